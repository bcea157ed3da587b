"""Traditional characters: as much is found, and told as it was written."""

from __future__ import annotations

from kg.chinese.script import is_traditional, one_for_one
from kg.extract import extract
from kg.model import Article

SIMPLIFIED = "10月12日，东河市市长赵立新出席绿色发展论坛并致辞。论坛由东河市商务局主办。"
TRADITIONAL = "10月12日，東河市市長趙立新出席綠色發展論壇並致辭。論壇由東河市商務局主辦。"


def read(text: str):
    return extract(Article(id="a", title="", text=text, date="2024-10-13"))


def test_the_script_is_told_by_the_whole_text_not_by_a_name():
    assert is_traditional(TRADITIONAL)
    assert not is_traditional(SIMPLIFIED)
    assert not is_traditional(SIMPLIFIED + "他介绍了著名作家、乾隆年间的瓷器和李喆的书法作品。")


def test_every_offset_stays():
    assert one_for_one(TRADITIONAL) == SIMPLIFIED


def test_as_much_is_found_in_either_script():
    old, new = read(TRADITIONAL), read(SIMPLIFIED)
    assert [one_for_one(e.name) for e in old.entities] == [e.name for e in new.entities]
    assert [(f.subject, f.property, f.object, f.value) for f in old.facts] == [
        (f.subject, f.property, f.object, f.value) for f in new.facts
    ]
    assert new.facts


def test_what_is_found_is_told_as_written():
    found = read(TRADITIONAL)
    for entity in found.entities:
        assert all(TRADITIONAL[m.start : m.end] == m.text for m in entity.mentions)
        assert entity.implied or entity.name in TRADITIONAL
    assert all(TRADITIONAL[s.start : s.end] == s.text for f in found.facts for s in f.evidence)
    assert "赵立新" in {alias.name for e in found.entities for alias in e.aliases}
