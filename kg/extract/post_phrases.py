"""Post phrases: [body][title], with the bodies and titles that a list of them leaves out.

`before` reads leftwards from a person's name (上海市委常委、副市长|吴清), `after` rightwards
from a verb (任命…为|南海市市长、市委副书记).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from kg.extract.bodies_meant import POINTED
from kg.extract.reading import Name, Reading
from kg.extract.titles import MAX_ROLE, Role, title_grammar
from kg.model import EntityType

_BREAK = re.compile(r"[、，,；;。：:！!？?\n“（(《—/]|兼任?(?!职)|[ \u3000]+")
_LINK = re.compile(r"(?:[、，,/]|[ \u3000]|兼任?|和|与|及|以及|暨)+(?=(?:原|前|时任|现任)?[“\"]?$)")
_LINK_ON = re.compile(r"、|，?兼任?|，(?=[^，]{2,20}[，。；])|[和与及]")
_JOINED = re.compile(r"(?:和|与|及|以及|暨)$")
_BODIES = (EntityType.ORGANISATION, EntityType.PLACE)
_STOP = re.compile(
    r"[，。；：！？,;:!?\n、）)”《]|兼任?(?!职)|的?(?:职务|一职|职位)|期间|时期|以来|等职?(?![级候])|并|后(?!勤)"
)
_ASIDE = re.compile(r"^[（(][^（()）]*[）)]")
_IN_LETTERS = re.compile(r"[（(][A-Za-z]{2,5}[）)]$")
_LEADS = ("", *"由对向与同据经请是为和")
_OF_OFFICE = re.compile(r"[^，。；：]{0,4}(?:当选|[^负责常专]任|任(?!期|务)|为|是|系)[^。；：]*")
"""What follows a person whose post stands before the comma: 张三当选甲会会长，."""
_REGION = re.compile(
    "(?:亚洲|亚太|大中华|中国|欧洲|欧美|北美|南亚|东南亚|华[东南北中]|西[南北]|东北|全球)(?:大?区|地区)"
)
"""甲公司亚洲区总裁: a region of a firm is no body."""
_ANEW = re.compile("(?:重组后|新成立|合并后|改组后|更名后|新组建|新一届|换届后)的?")
_LAST = "部局厅司处省市区县镇乡州"


@dataclass(frozen=True, slots=True)
class Segment:
    """One link of a post phrase: its titles and the body named with them, if one is."""

    roles: tuple[Role, ...]
    body: Name | None
    start: int
    stop: int
    cut: bool = False
    """Whether words that are no title stand right before it: perhaps a body that was not found."""
    joined: bool = False
    """Whether the titles stand with the body that follows: 甲公司|及乙公司董事."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its title, the name that stands for its body, and how that is known."""

    role: Role
    body: Name | None
    start: int
    stop: int
    cut: bool
    how: str
    """`named`, `shared` (from the post before it in the list), `joined` or `none`."""


class PostPhrases:
    """Reads the post phrases of one article."""

    def __init__(self, reading: Reading) -> None:
        self._names = reading.names
        self._text = reading.text
        self._starts = [name.start for name in reading.names]
        self._grammar = title_grammar()

    def before(self, position: int) -> list[Post]:
        """The posts whose phrase ends at `position`, leftmost first."""
        floor = self._text.rfind("\n", 0, position) + 1
        found: list[Segment] = []
        stop = position
        while (segment := self._segment_before(floor, stop)) is not None:
            if found and segment.cut and self._behind_person(segment):
                break
            found.append(segment)
            link = _LINK.search(self._text, max(floor, segment.start - 6), segment.start)
            if link is None:
                break
            stop = link.start()
            if "，" in link[0] and self._is_anothers(floor, stop):
                break
            if _JOINED.search(link[0]) and (other := self._joined(segment, floor, stop)) is not None:
                found.append(other)
                break
        return _resolved(found[::-1])

    def after(self, position: int, limit: int) -> list[Post]:
        """The posts whose phrase begins at `position` and ends before `limit`, leftmost first."""
        found: list[Segment] = []
        while (segment := self._segment_after(position, limit)) is not None:
            found.append(segment)
            link = _LINK_ON.match(self._text, segment.stop, limit)
            if link is None:
                break
            position = link.end()
        return _resolved(found)

    def name_before(self, position: int) -> Name | None:
        """The last name that begins before `position`."""
        index = bisect_left(self._starts, position) - 1
        return self._names[index] if index >= 0 else None

    def _behind_person(self, segment: Segment) -> bool:
        name = self.name_before(segment.stop)
        return name is not None and name.type is EntityType.PERSON and name.end == segment.start

    def _segment_before(self, floor: int, stop: int) -> Segment | None:
        name = self._bracketed(floor, stop) or self.name_before(stop)
        lower = max(floor, name.end) if name is not None else floor
        gap = self._text[lower:stop].rstrip(" \u3000“”的")
        bare = _IN_LETTERS.sub("", _ASIDE.sub("", gap.lstrip(" \u3000")))
        if not _BREAK.search(bare) and name is not None and name.end == lower and name.type in _BODIES:
            roles = self._grammar.roles(_whole_head(name, bare))
            status = self._grammar.status_before(self._text[max(0, name.start - 3) : name.start])
            roles = [replace(role, status=role.status or status) for role in roles]
            if _REGION.fullmatch(name.text):
                return None
            return Segment(tuple(roles), name, name.start, stop) if roles else None
        gap = _IN_LETTERS.sub("", gap)
        at = max((match.end() for match in _BREAK.finditer(gap)), default=0)
        found = self._bare(gap[at:], lower + at, stop)
        # 张三院士、李四: a title that stands right behind a person is that person's.
        touching = name is not None and name.type is EntityType.PERSON and found is not None
        return replace(found, cut=True) if touching and found and found.start == lower else found

    def _bracketed(self, floor: int, stop: int) -> Name | None:
        """The body before a bracket that closes in the gap: 甲公司（乙集团子公司）|总经理."""
        inner = self.name_before(stop)
        if inner is None or inner.end <= floor:
            return None
        close = re.compile(r"[^（(）)，。；]*[）)]").match(self._text, inner.end, stop)
        floor = max(floor, inner.start - MAX_ROLE)
        opening = max(self._text.rfind("（", floor, inner.start), self._text.rfind("(", floor, inner.start))
        if close is None or opening < 0 or re.search(r"[）)。；]", self._text[opening : inner.end]):
            return None
        body = self.name_before(opening)
        return body if body is not None and body.end == opening else None

    def _bare(self, text: str, start: int, stop: int) -> Segment | None:
        text = text.strip("”的")
        if POINTED.match(text) and self._grammar.is_pure(POINTED.sub("", text, count=1)):
            return Segment((Role(text),), None, start, stop)
        roles, cut = self._grammar.roles(text), False
        if roles and not all(
            self._grammar.is_pure(r.title) or self._grammar.is_of_unit(r.title) for r in roles
        ):
            title = self._grammar.pure_end(text)
            at = text.rfind(title)
            start, roles, cut = start + at, self._grammar.roles(title), text[at - 1 : at] not in _LEADS
        return Segment(tuple(roles), None, start, stop, cut) if roles else None

    def _is_anothers(self, floor: int, stop: int) -> bool:
        """Whether the post that ends at `stop` is what a verb gives to somebody else: 张三当选甲会会长，."""
        names = self._names[bisect_left(self._starts, floor) : bisect_left(self._starts, stop)]
        person = next((name for name in reversed(names) if name.type is EntityType.PERSON), None)
        return person is not None and _OF_OFFICE.fullmatch(self._text, person.end, stop) is not None

    def _joined(self, segment: Segment, floor: int, stop: int) -> Segment | None:
        name = self.name_before(stop)
        if segment.body is None or name is None or name.end != stop or name.start < floor:
            return None
        kin = name.text.startswith(segment.body.text) or segment.body.text.startswith(name.text)
        if name.type is not EntityType.ORGANISATION or kin:
            return None
        return Segment(segment.roles, name, name.start, segment.stop, joined=True)

    def _segment_after(self, start: int, limit: int) -> Segment | None:
        anew = _ANEW.match(self._text, start, limit)
        start = anew.end() if anew is not None else start
        index = bisect_left(self._starts, start)
        body: Name | None = None
        lower = start
        for name in self._names[index:]:
            if name.start != lower or name.type not in _BODIES:
                break
            body, lower = name, name.end
        end = _STOP.search(self._text, lower, limit)
        stop = end.start() if end is not None else limit
        text = self._text[lower:stop]
        if any(lower < name.end and name.start < stop for name in self._names[index:]):
            return None
        if body is not None:
            roles = self._grammar.roles(_whole_head(body, text))
            return Segment(tuple(roles), body, start, stop) if roles else None
        if POINTED.match(text) and self._grammar.is_pure(POINTED.sub("", text, count=1)):
            return Segment((Role(text),), None, start, stop)
        if not (self._grammar.is_pure(text) or self._grammar.is_of_unit(text)):
            return None
        return Segment(tuple(self._grammar.roles(text)), None, start, stop)


def _whole_head(name: Name, gap: str) -> str:
    """外交部|长 as 外交部|部长: the head noun takes the body's last character again."""
    return name.text[-1] + gap if gap.startswith("长") and name.text[-1] in _LAST else gap


def _resolved(segments: list[Segment]) -> list[Post]:
    posts: list[Post] = []
    current: Name | None = None
    for segment in segments:
        how = "named" if segment.body is not None else "shared" if current is not None else "none"
        current = segment.body if segment.body is not None else current
        how = "joined" if segment.joined else how
        posts.extend(
            Post(role, current, segment.start, segment.stop, segment.cut, how) for role in segment.roles
        )
    return posts
