"""What a number measures, in the article's words."""

from __future__ import annotations

import re

from kg.extract.quantities import Quantity
from kg.model import Span

_CLAUSE = re.compile(r"[，；。：！？\n]|(?<=[%元个家项吨])、")
_TRAILING = re.compile(
    r"(?:[将已要约超近逾达至到为是有了仅的]|分别|依次|累计|达到|实现|超过|突破|共有|总共|合计|约为|均|就|都|高达|再|"
    r"(?<=[率重比例额量模数])提高|提升至)+$"
)
_LEADING = re.compile(
    r"^(?:[\s、“”（）()的]|其中|同时|此外|并|且|将|已|要|到|截至|截止|目前|预计|计划|力争|争取|全年|共|据悉|据了解|另外|以及|而|还|在|"
    r"年底?|末|时|前|后)+"
)
_LONGEST = 12
"""So much of a whole clause is kept as an indicator."""
_AFTER = re.compile(r"[^，。；、：！？\n（）()“”《》]{1,24}")
_BARE_VERB = re.compile(
    r"(?:同比|环比|比[^，]{1,8}|较[^，]{1,8})?(?:增长|下降|提高|提升|增加|减少|上升|回落|上涨|下跌)(?:了|至|到)?$"
)
_VERB_ONLY = re.compile(
    r"(?:新增|建成|培育|打造|形成|完成|引进|入驻|设立|拥有|覆盖|服务|发放|投资|实现|建设|举办|评选|推动|推出|发布|吸引|支持|带动|超|有|共|"
    r"达|为|到)+"
)


def indicator(text: str, quantity: Quantity, sentence: Span, names: list[Span], before: str = "") -> str:
    """The words that say what `quantity` counts; `before` is that of the number before it.

    `names` are stretches (the subject's name, dates) that tell whose or when, not what.
    """
    start = sentence.start
    for match in _CLAUSE.finditer(text, sentence.start, quantity.start):
        start = match.end()
    left = _without(text, Span(start, quantity.start), names)
    left = _TRAILING.sub("", _LEADING.sub("", left))
    right = _AFTER.match(text, quantity.end)
    noun = right[0].removeprefix("的").strip() if right else ""
    if _BARE_VERB.fullmatch(left):
        return before + left if before and not before.endswith(left) else left
    if (
        quantity.kind in ("count", "time")
        and noun
        and (not left or _VERB_ONLY.fullmatch(left) or len(noun) > 1)
    ):
        return noun
    return (
        left
        or noun
        or before
        or _said_before(text, Span(sentence.start, max(sentence.start, start - 1)), names)
    )


def _said_before(text: str, span: Span, names: list[Span]) -> str:
    """What the clause before says it is about: 湛茂都市圈的面积最大，达到2万平方公里."""
    start = span.start
    for match in _CLAUSE.finditer(text, span.start, span.end):
        start = match.end()
    return _TRAILING.sub("", _LEADING.sub("", _without(text, Span(start, span.end), names)))[-_LONGEST:]


def _without(text: str, span: Span, names: list[Span]) -> str:
    parts, last = [], span.start
    for name in sorted(names):
        if last <= name.start and name.end <= span.end:
            parts.append(text[last : name.start])
            last = name.end
    return "".join([*parts, text[last : span.end]]).strip()
