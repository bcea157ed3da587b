"""Words for those who deal with each other (双方, 三方), and for whose funding it is (本轮融资)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.clause import BLANK, Atom
from kg.extract.reading import Name, Reading
from kg.model import EntityType, Span

_PARTIES: Final = re.compile(
    rf"(?<![代表经对于为与和在给向{BLANK}等])(?P<number>[双两三四])(?:方|校|院|地|市|企|家(?:公司|企业|单位|机构|银行|医院)|国)"
    r"(?=将|还|共同|拟|计划|合作|合资|联合|携手|以|决定|同意|共建|签|约定|商定|开展|分别|一致|宣布|会|就|在|，|按|各|依托|围绕)"
)
_NUMBERS: Final = {"双": 2, "两": 2, "三": 3, "四": 4}
_DEALING: Final = re.compile(
    "合作|签[署约订]|共建|携手|联合|战略|会谈|会商|合资|出资|协议|结对|牵手|对接|联手|共同|入股|增资|备忘录"
)
_BETWEEN: Final = re.compile(r"[^，。；：“”]{0,8}?(?:与|和|同|及|以及|、|跟|联合|携手|联手|牵手)")
_ROUND: Final = re.compile(r"(?:本|此|该|这)[轮次](?:[A-Z+]{1,5}轮?)?(?:战略)?(?:融资|增资)")
_FUNDED: Final = re.compile(r"[^。]{0,24}?(?:完成|获得?|宣布|启动|公布)[^。]{0,24}?(?:融资|增资|投资)")
_RECENT: Final = 3
"""So many sentences back, the one at hand among them, the parties are named."""


def parties(reading: Reading, masked: str, span: Span) -> Iterator[Atom]:
    """Yield what such words in the sentence `span` stand for; the parties of one word touch each other."""
    for match in _PARTIES.finditer(masked):
        start, end = span.start + match.start(), span.start + match.end()
        for index, name in enumerate(_named_together(reading, start, _NUMBERS[match["number"]])):
            at = end if index else start
            yield Atom(at, end, name.entity, name.type, "anaphor", name.start)
    for match in _ROUND.finditer(masked):
        company = _funded(reading, span.start + match.start())
        if company is not None:
            start, end = span.start + match.start(), span.start + match.end()
            yield Atom(start, end, company.entity, company.type, "anaphor", company.start)


def _sentences_back(reading: Reading, position: int) -> Iterator[Span]:
    """The sentence at `position` up to there, then those before, the nearest first."""
    sentence = reading.sentence_at(position)
    yield Span(sentence.start, position)
    for _ in range(_RECENT - 1):
        if sentence.start == 0:
            return
        sentence = reading.sentence_at(sentence.start - 1)
        yield sentence


def _named_together(reading: Reading, position: int, number: int) -> Sequence[Name]:
    """The `number` bodies or places that one sentence names side by side as dealing with each other."""
    for sentence in _sentences_back(reading, position):
        here = sentence.end == position
        if not here and not _DEALING.search(reading.text, sentence.start, sentence.end):
            continue
        row: list[Name] = []
        rows = [row]
        for name in reading.names_in(sentence):
            if name.type not in (EntityType.ORGANISATION, EntityType.PLACE):
                row = []
            elif row and _BETWEEN.fullmatch(reading.text[row[-1].end : name.start]) is not None:
                row.append(name)
                continue
            else:
                row = [name]
            rows.append(row)
        for found in rows:
            if len({name.entity for name in found}) == len(found) == number:
                return found
        if any(len(found) > 1 for found in rows):
            return ()
    return ()


def _funded(reading: Reading, position: int) -> Name | None:
    """The company whose round of funding was told of last."""
    for sentence in _sentences_back(reading, position):
        for name in reading.names_in(sentence, EntityType.ORGANISATION):
            if _FUNDED.match(reading.text, name.end, sentence.end):
                return name
    return None
