"""The words of a post: where a title ends, what narrows it, and which body it makes certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import titles

MAX_ROLE = 30
_UNITS = "事业部|办公室|委员会|中心|学院|部|司|处|科|室|院|所|局|厅|办"
_DEPARTMENT = rf"(?:[\u4e00-\u9fffA-Za-z]{{2,12}}?(?:{_UNITS})|[\u4e00-\u9fff]科)"
_UNCLEAN = re.compile(
    r"[，。；：！？《》“”、,;:!?\n]|[的了]|出席|参加|表示|宣布|主持|会见|听取|担任|指出|介绍|发布|召开|认为|要求|邀请|代表团|由|不再"
)
_AFTER_HEAD = (
    *("助理", "秘书", "代表", "顾问", "负责人", "主管", "干部", "专员"),
    *("发言人", "副发言人", "特使", "特别代表", "高级代表", "私人代表", "个人代表", "办公室"),
)
"""秘书长副发言人 is one post, of one who serves another: not a 秘书长 who is also 副发言人."""


@dataclass(frozen=True, slots=True)
class Role:
    """A post's title, and whether it is still held."""

    title: str
    status: str = ""


class TitleGrammar:
    """Titles as the lexicon lists them, compiled."""

    def __init__(self) -> None:
        listed = titles()
        self._heads = {t.word: t.implies for t in listed if t.kind == "head"}
        self._not = {t.word for t in listed if t.kind == "not"}
        self._longest = max(map(len, self._heads))
        self._status = {t.word: t.implies for t in listed if t.kind == "status"}
        heads = _any(self._heads)
        words = _any([*self._heads, *(t.word for t in listed if t.kind == "before")])
        status = _any(self._status)
        self._head_at = re.compile(f"(?:{words}|[（(][\\u4e00-\\u9fff]+[）)])*?(?:{heads})")
        self._pure = re.compile(f"(?:{status})?(?:{words})*(?:{heads})")
        self._unit = re.compile(f"(?:{status})?{_DEPARTMENT}(?:{status})?(?:{words})*(?:{heads})")
        self._status_last = re.compile(rf"(?:^|[^\u4e00-\u9fff]|[由是和与的为对据])({status})$")
        self._status_first = re.compile(f"^()({status})(?![台端线沿锋卫])(.{{2,}})$")
        self._status_at = re.compile(f"^(.*?)({status})((?:{words})*(?:{heads}))$")

    def head(self, text: str) -> str:
        """The head noun that `text` ends with; empty when it ends with no title."""
        for length in range(min(self._longest, len(text)), 1, -1):
            if (end := text[-length:]) in self._heads:
                return end
            if end in self._not:
                return ""
        return ""

    def implied(self, title: str) -> str:
        """What `title` implies about its body, as the lexicon says it."""
        return self._heads.get(self.head(title), "")

    def is_pure(self, text: str) -> bool:
        """Whether `text` is a title and nothing else, so that its body must stand elsewhere."""
        return len(text) <= MAX_ROLE and self._pure.fullmatch(text) is not None

    def is_of_unit(self, text: str) -> bool:
        """Whether `text` is a title with the department it is held in (产品总体部主任)."""
        return len(text) <= MAX_ROLE and self._unit.fullmatch(text) is not None

    def pure_end(self, text: str) -> str:
        """The longest stretch at the end of `text` that is a title and nothing else."""
        for start in range(max(0, len(text) - MAX_ROLE), len(text) - 1):
            if self._pure.fullmatch(text, start):
                return text[start:]
        return ""

    def pure_start(self, text: str) -> str:
        """The longest stretch at the start of `text` that is a title and nothing else."""
        match = self._pure.match(text)
        return match[0] if match else ""

    def status_before(self, text: str) -> str:
        """The status that `text`, which stands right before a body, gives the post: 原|甲局局长."""
        match = self._status_last.search(text)
        return self._status[match[1]] if match else ""

    def roles(self, text: str) -> list[Role]:
        """The roles that `text` (between a body and a name) states; none when it states none."""
        text = text.strip("”’」）) 　的－-—–·")
        if not text or len(text) > MAX_ROLE or _UNCLEAN.search(text) or not self.head(text):
            return []
        return [self._role(part) for part in self._parts(text)]

    def _parts(self, text: str) -> list[str]:
        for joint in (r"兼任?|[和与及暨]|以及", r"兼任?"):
            first, *others = re.split(joint, text)
            if others and all(self.is_pure(o) or self.is_of_unit(o) for o in others) and self.head(first):
                return [first, *others]
        if not self.is_pure(text):
            return [text]
        parts, start = [], 0
        for match in self._head_at.finditer(text):
            rest = text[match.end() :]
            if match.start() < start or not rest or rest.startswith(_AFTER_HEAD):
                continue
            if self.is_pure(rest) and not self._spans(text, match.end()):
                parts.append(text[start : match.end()])
                start = match.end()
        return [*parts, text[start:]]

    def _spans(self, text: str, split: int) -> bool:
        """Whether a head noun stands across `split`: 副总|经理."""
        near = range(1, self._longest)
        return any(text[split - i : split + j] in self._heads for i in near for j in near if split >= i)

    def _role(self, text: str) -> Role:
        match = self._status_at.match(text) or self._status_first.match(text)
        if match is None:
            return Role(text)
        return Role(match[1] + match[3], self._status[match[2]])


@cache
def title_grammar() -> TitleGrammar:
    """The shared grammar of titles."""
    return TitleGrammar()


def _any(words: object) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))  # type: ignore[call-overload]
