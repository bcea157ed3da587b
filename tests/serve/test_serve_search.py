"""Full-text search: names, aliases, pinyin, initials, sentences."""

from __future__ import annotations

import sqlite3

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph
from kg.serve import Limits, building, search_index
from kg.serve.opened import Opened
from kg.serve.searching import Wanted, search


def entity(id_, kind, name, *aliases, subtype=None):
    return Entity(id_, kind, name, subtype, tuple(Alias(a) for a in aliases), articles=("n1",))


SAID = "江州市发展和改革委员会副主任李大明表示，ABC-2计划将投入3.5亿元。"
ENTITIES = (
    entity(
        "org-1", EntityType.ORGANISATION, "江州市发展和改革委员会", "江州市发改委", subtype="GovernmentBody"
    ),
    entity("org-2", EntityType.ORGANISATION, "江州银行", "江银"),
    entity("org-3", EntityType.ORGANISATION, "江州市发展和改革委员会能源处"),
    entity("per-1", EntityType.PERSON, "李大明", "李大明（处长）", subtype="Official"),
    entity("per-2", EntityType.PERSON, "李大明亮"),
    entity("per-3", EntityType.PERSON, "买买提·阿不都"),
    entity("prog-1", EntityType.PROGRAMME, "《ABC-2计划》", subtype="Policy"),
    entity("place-1", EntityType.PLACE, "東河縣"),
    entity("place-2", EntityType.PLACE, "100%县_"),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    sentence = Evidence("n1", 0, len(SAID), SAID)
    other = Evidence("n1", 40, 60, "会议在東河縣举行。")
    graph = Graph(
        (Article("n1", "江州新闻", "", date="2021-05-06", publisher="江州日报"),),
        ENTITIES,
        (
            Fact("per-1", "holdsPost", "org-1", None, {"role": "副主任"}, 0.9, (sentence,)),
            Fact("org-1", "issues", "prog-1", None, {}, 0.8, (sentence, other)),
        ),
    )
    folder = tmp_path_factory.mktemp("search")
    building.store(KnowledgeGraph(graph).save(folder / "graph.ttl"), folder / "made")
    building.search(folder / "made")
    return Opened.at(folder / "made", Limits())


def ids(opened, text, **more):
    return [item["id"] for item in search(opened, Wanted(text, **more))["entities"]["items"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("李大明", ["per-1", "per-2"]),  # the whole name before its beginning
        ("发改委", ["org-1"]),  # an alias, in its middle
        ("江州市发展和改革委员会", ["org-1", "org-3"]),
        ("改革 能源", ["org-3"]),  # every word, in any order
        ("能源 改革", ["org-3"]),
        ("lidaming", ["per-1", "per-2"]),
        ("LiDaMing", ["per-1", "per-2"]),
        ("li da ming", ["per-1", "per-2"]),
        ("ldm", ["per-1", "per-2"]),
        ("jzfgw", []),
        ("jzsfgw", ["org-1"]),  # initials of an alias
        ("jiangzhouyinhang", ["org-2"]),  # 行 is read háng here
        ("abc-2", ["prog-1"]),
        ("ＡＢＣ－２", ["prog-1"]),
        ("《ABC-2计划》", ["prog-1"]),
        ("东河县", ["place-1"]),  # traditional as it is written, found by simplified
        ("東河縣", ["place-1"]),
        ("买买提阿不都", ["per-3"]),
        ("100%", ["place-2"]),
        ("_", []),
        ("%", []),
        ("", []),
        ("无此名", []),
    ],
)
def test_entities_are_found(opened, text, found):
    assert ids(opened, text) == found


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        '江州"',
        "NEAR(江 州)",
        "江 OR 州",
        "江*",
        "name:江",
        "a AND",
        "\x00",
        "﷽",
        "\ud800",
        "; DROP TABLE name",
    ],
)
def test_no_text_breaks_a_search(opened, text):
    search(opened, Wanted(text))


def test_entities_say_how_they_were_found_and_how_much_is_known(opened):
    (item, *_) = search(opened, Wanted("发改委"))["entities"]["items"]
    assert item == {
        "id": "org-1",
        "iri": "https://w3id.org/zhengmai/id/org-1",
        "name": "江州市发展和改革委员会",
        "type": "Organisation",
        "subtype": "GovernmentBody",
        "aliases": ["江州市发改委"],
        "facts": 2,
        "matched": "alias",
    }
    assert search(opened, Wanted("fazhan"))["entities"]["items"][0]["matched"] == "pinyin"


def test_sentences_are_found_by_any_run_of_their_characters(opened):
    for text in ("副主任李大明", "投入3.5亿元", "李大明 投入", "abc-2计划将"):
        found = search(opened, Wanted(text))["sentences"]
        assert [item["text"] for item in found["items"]] == [SAID], text
    item = found["items"][0]
    assert item["article"] == {
        "id": "art-n1",
        "title": "江州新闻",
        "date": "2021-05-06",
        "publisher": "江州日报",
    }
    assert len(item["facts"]) == 2
    assert search(opened, Wanted("东河县"))["sentences"]["total"] == 1
    assert search(opened, Wanted("李大明 东河县"))["sentences"]["total"] == 0


def test_a_type_or_subtype_narrows(opened):
    assert ids(opened, "江", type="Organisation") == ["org-1", "org-2", "org-3"]
    assert ids(opened, "江", type="GovernmentBody") == ["org-1"]
    assert ids(opened, "江", type="Person") == []


def test_pages_follow_one_another_and_the_total_stays(opened):
    whole = ids(opened, "江")
    pages = [search(opened, Wanted("江", limit=1, offset=n))["entities"] for n in range(4)]
    assert [item["id"] for page in pages for item in page["items"]] == whole
    assert {page["total"] for page in pages} == {3}


def test_the_index_is_whole_or_absent(opened, tmp_path, monkeypatch):
    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(search_index, "_sentences", broken)
    with pytest.raises(OSError, match="disk full"):
        search_index.build(opened, tmp_path / "search.db")
    assert not (tmp_path / "search.db").exists()


def test_the_index_can_be_read_by_sqlite_alone(opened):
    with sqlite3.connect(opened.folder / "search.db") as index:
        assert index.execute("SELECT COUNT(*) FROM entity").fetchone() == (len(ENTITIES),)
    index.close()


class TestByHttp:
    def test_json(self, server, gold_graph):
        person = gold_graph.people[0]
        answer = server.ask(f"/search?q={person.name}&limit=5")
        assert answer.status == 200 and answer.type == "application/json"
        assert answer.json["entities"]["items"][0]["id"] == person.id
        assert answer.json["limit"] == 5 and answer.json["sentences"]["total"] > 0

    def test_a_page_for_people(self, server, gold_graph):
        person = gold_graph.people[0]
        answer = server.ask(f"/search?q={person.name}", Accept="text/html")
        assert answer.type == "text/html" and person.name in answer.text

    @pytest.mark.parametrize(
        "query",
        ["", "q=", "q=%20", "q=江&limit=101", "q=江&limit=-1", "q=江&limit=x", "q=江&offset=1e9", "q=%ff"],
    )
    def test_what_makes_no_sense_is_said(self, server, query):
        answer = server.ask("/search?" + query)
        assert answer.status == 400 and answer.text.strip()

    def test_markup_in_a_search_stays_text(self, server):
        answer = server.ask("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22", Accept="text/html")
        assert "<script" not in answer.text and "&lt;script&gt;" in answer.text
