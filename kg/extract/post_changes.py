"""Posts that stand elsewhere than before the name: after it, in verbs of office, in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.post_phrases import Post, PostPhrases
from kg.extract.reading import Name, Reading
from kg.model import EntityType

_FORM = r"(?:同志|先生|女士|等)?"
_DAY = (
    r"(?:[今去前昨当]年|[本上]月|(?:19|20)?\d\d年|\d{1,2}[月日]|[上中下]旬|[初底末]|[今昨]天|[日近此]前|近日)"
)
_WHEN = rf"(?:(?:已经?|将|也|又|曾)?[于自从在]?{_DAY}+(?:起|后|开始|以来)?，?)?"
_SO = r"(?:(?:已经?|正式|将|被|获|拟|仍|仍然|还|也|又|并|同时|继续|一直|新近?|全票|再次|成功|光荣|现){1,3})?"
_LEAD = rf"{_FORM}，?{_WHEN}{_SO}"
_TAKES = re.compile(
    rf"{_LEAD}(?:任命为|聘任为|聘为|选举为|选为|推选为|推举为|增选为|补选为|当选为?|出任|就任|接任|继任|升任|转任|调任|改任|履新)了?"
)
_HOLDS = re.compile(rf"{_LEAD}(?:现任|现为|担任|兼任|任|系|是)了?")
_HELD = re.compile(
    rf"{_FORM}，?{_WHEN}(?:曾任|历任|曾担任|先后担任|先后任|曾先后任|曾先后担任|曾是|原任)[过了]?"
)
_LEAVES = re.compile(
    rf"{_FORM}，?{_WHEN}(?:已|正式|将|被|因[^，。]{{1,12}})?"
    r"(?:不再担任|不再兼任|卸任|辞去|辞任|请辞|离任|被免去)了?其?(?:所任|担任|兼任)?的?"
)
_AS = re.compile(rf"{_FORM}(?:为|担任|任|出任|兼任)")
_NAMED_AS = re.compile(r"(?:任命|聘任|选举|推选|提名|增选|补选|聘请|推举|委任|选出|决定)了?$")
_GOES_ON = re.compile(r"(?:任命|聘任|选举|推选|增选|补选|聘请|推举|委任)[^。]{0,160}[，；、]$")
_REMOVED = re.compile(r"(?:免去|罢免|解聘|撤销|免除)了?$")
_OF_REMOVED = re.compile(rf"{_FORM}的?")
_AND = re.compile(r"[、和与及]|以及")
_BY = re.compile(
    r"(?:一职|职务)?(?:(?P<by>[由请])|为|是|：)(?:我?国?(?:著名|知名|资深|杰出)(?:学者|专家|教授|院士|[\u4e00-\u9fff]{1,4}家)?)?$"
)
_DOES = re.compile(rf"{_FORM}(?:担任|出任|兼任|接任|继任|任|代理)(?![^，。；]*(?:[长任记员事席]))")
_LATER = re.compile(
    rf"[，、；](?:(?:此前|之前|辞任后|卸任后|离任后|离职后|退休后|曾经|后|先后|还|并|仍|将|同时|继续)*{_WHEN}(?:现任|现为|时任|曾任|历任|担任|兼任|出任|升任|调任|转任|任)[过了]?)"
)
_APPOSED = re.compile(r"[，（(：:]|[ \u3000\t]+|—+")


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
        self._persons = [name for name in reading.names if name.type is EntityType.PERSON]
        self._index = {name.start: index for index, name in enumerate(self._persons)}

    def of(self, person: Name) -> Iterator[Change]:
        """Yield each statement of office beside the name `person`."""
        sentence = self._reading.sentence_at(person.start)
        limit = sentence.end
        first, last = self._list_around(person)
        before = self._text[max(sentence.start, first.start - 8) : first.start]
        if _REMOVED.search(before):
            yield from self._read(person, last, _OF_REMOVED, limit, ("former", "end", "verb"))
        elif _NAMED_AS.search(before) or _GOES_ON.search(self._text, sentence.start, first.start):
            yield from self._read(person, last, _AS, limit, ("", "start", "verb"))
        yield from self._read(person, last, _TAKES, limit, ("", "start", "verb"))
        yield from self._read(person, last, _LEAVES, limit, ("former", "end", "verb"))
        yield from self._read(person, last, _HELD, limit, ("former", "", "verb"))
        yield from self._read(person, last, _HOLDS, limit, ("", "", "verb"))
        yield from self._read(person, person, _APPOSED, limit, ("", "", "apposed"))
        yield from self._later(person, limit)
        yield from self._by(person)

    def _list_around(self, person: Name) -> tuple[Name, Name]:
        """The first and the last of the persons that stand in one list with `person`, bare names all."""
        first = last = self._index[person.start]
        while first and self._joined(first - 1):
            first -= 1
        while last + 1 < len(self._persons) and self._joined(last):
            last += 1
        return self._persons[first], self._persons[last]

    def _joined(self, index: int) -> bool:
        gap = self._text[self._persons[index].end : self._persons[index + 1].start]
        return _AND.fullmatch(gap) is not None

    def _read(
        self, person: Name, last: Name, words: re.Pattern[str], limit: int, kind: tuple[str, str, str]
    ) -> Iterator[Change]:
        match = words.match(self._text, last.end, limit)
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
        opens = self._reading.sentence_at(person.start).start
        if person.start > opens + 1 and self._text[person.start - 1] not in "，：":
            return
        for match in _LATER.finditer(self._text, person.end + 2, limit):
            between = self._reading.names_in(self._reading.sentence_at(person.start), EntityType.PERSON)
            if any(person.end <= other.start < match.start() for other in between):
                return
            former = "former" if re.search("时任|曾|历任|此前|之前", match[0]) else ""
            if posts := self._phrases.after(match.end(), limit):
                yield Change(person, tuple(posts), former, "", "verb")

    def _by(self, person: Name) -> Iterator[Change]:
        """董事长由张三担任, 院长由甲大学教授张三担任: the post stands before, parted by a word."""
        own = self._phrases.before(person.start)
        start = own[0].start if own else person.start
        floor = max(self._text.rfind("\n", 0, start) + 1, start - 6)
        match = _BY.search(self._text, floor, start)
        if match is None or ((match["by"] or own) and not _DOES.match(self._text, person.end)):
            return
        if posts := self._phrases.before(match.start()):
            yield Change(person, tuple(posts), "", "", "verb")
