"""How names of companies are built, and whether one is short for another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.chinese.places import gazetteer

_LEGAL = re.compile(
    r"(?P<group>[（(]?集团[）)]?)?(?P<form>股份有限公司|股份公司|有限责任公司|有限公司|总公司|公司|股份)?$"
)
_SUBUNIT = re.compile(
    r"分公司|分行|支行|子公司|营业部|分局|分校|分会|附属|财务|资产管理|租赁|证券|基金|保险|信托|期货|资本|物业|置业|研究院|研究所|学院|医院|大学|基金会|联合会|协会|委员会|法院|检察院"
)
_TRADE_END = re.compile(
    r"(?:集团|公司|股份|控股|银行|证券|保险|企业|厂|社|中心|研究院|大学|学院|协会|基金会|事务所)$"
)


@dataclass(frozen=True, slots=True)
class Firm:
    """A company's name taken apart: 上海仪电（集团）有限公司 → 上海仪电, group, 有限公司."""

    base: str
    group: bool
    form: str

    @property
    def legal(self) -> bool:
        """Whether this is a full legal name."""
        return self.form not in ("", "公司", "股份")


@lru_cache(maxsize=65536)
def read_firm(name: str) -> Firm:
    """`name` as a company's name; all of it is the base when there is no legal form.

    >>> read_firm("上海仪电（集团）有限公司")
    Firm(base='上海仪电', group=True, form='有限公司')
    """
    match = _LEGAL.search(name)
    base = name[: match.start()] if match else name
    if match is None or len(base) < 2 or gazetteer().called(base) is not None:
        return Firm(name, False, "")
    form = match["form"] or ""
    return Firm(
        base, bool(match["group"]), {"有限责任公司": "有限公司", "股份公司": "股份有限公司"}.get(form, form)
    )


_HOLDS = "控股"
_HOUSE = 3
"""A short name of so many characters may be a house of many trades: 中信; a longer one is a firm's own."""
FINANCE = frozenset(["证券", "期货", "保险", "信托", "银行"])


_RURAL_BANK = re.compile("农商(?:银)?行(?!业)")


_LEVEL = re.compile("(?<=.{2})(?:自治区|[省市])(?=.{2})")


def levelless(name: str) -> str:
    """`name` with places within it bare and 农商行 in full: 国网江苏电力 for 国网江苏省电力."""
    name = _RURAL_BANK.sub("农村商业银行", name)
    match = _LEVEL.search(name)
    if match is None or name[match.start() - 2 : match.end()] not in gazetteer().by_name:
        return name
    return name[: match.start()] + name[match.end() :]


def firm_short(short: str, full: str) -> bool:
    """Whether `short` is the brand of the company `full`: 妙可蓝多 of 上海妙可蓝多食品科技股份有限公司."""
    ours, theirs = read_firm(levelless(short)), read_firm(levelless(full))
    held = not ours.form and ours.base.endswith(_HOLDS) and theirs.base.endswith(_HOLDS)
    if held:
        ours, theirs = (replace(firm, base=firm.base.removesuffix(_HOLDS)) for firm in (ours, theirs))
    if ours.base == theirs.base:
        return not (ours.legal and theirs.legal and ours.form != theirs.form)
    if ours.legal or len(ours.base) < 2:
        return False
    at = theirs.base.find(ours.base)
    if at < 0 or not (theirs.legal or theirs.group or theirs.form):
        return False
    before, after = theirs.base[:at], theirs.base[at + len(ours.base) :]
    if before and _TRADE_END.search(ours.base) and not _of_its_own(ours.base):
        return False
    if before and gazetteer().prefix(before)[1] and not (ours.form and theirs.form):
        return False
    if after and (
        not (theirs.legal or ((theirs.form or theirs.group) and len(ours.base) > 2))
        or (ours.group and not (theirs.group and theirs.legal))
        or _TRADE_END.search(ours.base if held or _one_form(ours, theirs) else short)
        or (_SUBUNIT.search(after) and not (len(ours.base) > _HOUSE and after in FINANCE))
        or _names_place(after)
    ):
        return False
    return gazetteer().called(ours.base) is None


_COMMON = re.compile(
    "(?:农村|城市|商业|工商|发展|建设|投资|开发|交通|农业|国际|国家|科技|中心|民生|实业|工业|产业|控股|金融)+"
)


def _of_its_own(base: str) -> bool:
    """Whether a name that ends with its trade tells one firm without the place before it: 苏商银行."""
    head = _TRADE_END.sub("", base)
    return gazetteer().prefix(base)[0] is not None or (len(head) > 1 and not _COMMON.fullmatch(head))


def clipped(short: str, full: str) -> bool:
    """Whether `short` is a company's place and trade, a character each: 江铜集团 of 江西铜业集团有限公司.

    >>> clipped("江铜集团", "江西铜业集团有限公司"), clipped("江铜集团", "江西铜业股份有限公司")
    (True, False)
    """
    ours, theirs = read_firm(short), read_firm(full)
    place, trade = gazetteer().prefix(theirs.base)
    if place is None or len(ours.base) != 2 or len(trade) < 2 or not (theirs.legal or theirs.group):
        return False
    if ours.legal or (ours.group and not theirs.group) or gazetteer().by_name.get(ours.base):
        return False
    return ours.base[1] == trade[0] and any(ours.base[0] == name[0] for name in place.names)


def _one_form(one: Firm, two: Firm) -> bool:
    """Whether a short name says of what form a company is: 甲股份 of 甲乙股份有限公司."""
    return (one.group and two.group and two.legal) or (one.form == "股份" and two.form == "股份有限公司")


def _names_place(text: str) -> bool:
    return next(gazetteer().in_text(text), None) is not None
