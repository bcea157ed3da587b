"""Posts that stand elsewhere than before the name: after it, in verbs of office, in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.post_phrases import Post, PostPhrases
from kg.extract.reading import Name, Reading
from kg.model import EntityType

_FORM = r"(?:同志|先生|女士|等)?"
_TAKES = re.compile(
    rf"{_FORM}(?:，)?(?:已|正式|将|被|获|拟)?"
    r"(?:任命为|聘任为|聘为|选举为|选为|推选为|推举为|增选为|补选为|当选为?|出任|就任|接任|继任|升任|转任|调任|改任|履新)(?:了)?"
)
_HOLDS = re.compile(rf"{_FORM}(?:，)?(?:现任|现为|担任|兼任|同时担任|任|系|是)(?:了)?")
_HELD = re.compile(rf"{_FORM}(?:，)?(?:曾任|历任|曾担任|先后担任|曾是|原任)(?:过|了)?")
_LEAVES = re.compile(
    rf"{_FORM}(?:，)?(?:已|正式|将|被|因[^，。]{{1,12}})?(?:不再担任|不再兼任|卸任|辞去|辞任|请辞|离任|被免去)(?:了)?(?:其)?(?:所任|担任|兼任)?的?"
)
_AS = re.compile(rf"{_FORM}(?:为|担任|任|出任|兼任)")
_NAMED_AS = re.compile(r"(?:任命|聘任|选举|推选|提名|增选|补选|聘请|推举|委任|选出|决定)(?:了)?$")
_REMOVED = re.compile(r"(?:免去|罢免|解聘|撤销|免除)(?:了)?$")
_OF_REMOVED = re.compile(rf"{_FORM}的?")
_BY = re.compile(r"(?:一职|职务)?(?:由|为|是|：)$")
_DOES = re.compile(rf"{_FORM}(?:担任|出任|兼任|接任|继任|任|代理)(?![^，。；]*(?:[长任记员事席]))")
_LATER = re.compile(r"[，、](?:现任|现为|时任|曾任|历任|担任|兼任)(?:过|了)?")
_APPOSED = re.compile(r"[，（(：:]|[ \u3000\t]+|—+")
_FOREVER = ("是", "为", "系")


@dataclass(frozen=True, slots=True)
class Change:
    """Posts of a person that a verb or an apposition gives."""

    person: Name
    posts: tuple[Post, ...]
    status: str
    bound: str
    """`start` or `end` when the words tell of taking up or leaving the post, else empty."""
    how: str


class PostChanges:
    """Reads what is said of one person's posts around the name."""

    def __init__(self, reading: Reading, phrases: PostPhrases) -> None:
        self._reading = reading
        self._text = reading.text
        self._phrases = phrases

    def of(self, person: Name) -> Iterator[Change]:
        """Yield each statement of office beside the name `person`."""
        limit = self._reading.sentence_at(person.start).end
        before = self._text[max(0, person.start - 8) : person.start]
        if _REMOVED.search(before):
            yield from self._read(person, _OF_REMOVED, limit, ("former", "end", "verb"))
        elif _NAMED_AS.search(before):
            yield from self._read(person, _AS, limit, ("", "start", "verb"))
        yield from self._read(person, _TAKES, limit, ("", "start", "verb"))
        yield from self._read(person, _LEAVES, limit, ("former", "end", "verb"))
        yield from self._read(person, _HELD, limit, ("former", "", "verb"))
        yield from self._read(person, _HOLDS, limit, ("", "", "verb"))
        yield from self._read(person, _APPOSED, limit, ("", "", "apposed"))
        yield from self._later(person, limit)
        yield from self._by(person)

    def _read(
        self, person: Name, words: re.Pattern[str], limit: int, kind: tuple[str, str, str]
    ) -> Iterator[Change]:
        match = words.match(self._text, person.end, limit)
        if match is None:
            return
        posts = self._phrases.after(match.end(), limit)
        status, bound, how = kind
        if how == "apposed" and not (posts and self._closed(person, posts)):
            return
        if posts:
            over = self._text.startswith(("期间", "时期"), posts[-1].stop)
            yield Change(person, tuple(posts), "former" if over else status, bound, how)

    def _closed(self, person: Name, posts: list[Post]) -> bool:
        """Whether an apposition is whole: its body named, its end a stop, no post before the name."""
        ending = self._text[posts[-1].stop : posts[-1].stop + 1]
        whole = ending in ("", "，", "。", "；", "）", ")", "\n")
        return whole and posts[0].body is not None and not self._phrases.before(person.start)

    def _later(self, person: Name, limit: int) -> Iterator[Change]:
        """张三，男，1965年生，现任…: the verb comes after what else is said of the person."""
        if person.start > self._reading.sentence_at(person.start).start + 1:
            return
        for match in _LATER.finditer(self._text, person.end + 2, limit):
            between = self._reading.names_in(self._reading.sentence_at(person.start), EntityType.PERSON)
            if any(person.end <= other.start < match.start() for other in between):
                return
            former = "former" if match[0][1] in "时曾历" else ""
            if posts := self._phrases.after(match.end(), limit):
                yield Change(person, tuple(posts), former, "", "verb")

    def _by(self, person: Name) -> Iterator[Change]:
        """董事长由张三担任, 法定代表人为张三: the post stands before, parted by a word."""
        floor = max(self._text.rfind("\n", 0, person.start) + 1, person.start - 6)
        match = _BY.search(self._text, floor, person.start)
        if match is None or (match[0].endswith("由") and not _DOES.match(self._text, person.end)):
            return
        if posts := self._phrases.before(match.start()):
            yield Change(person, tuple(posts), "", "", "verb")
