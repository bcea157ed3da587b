"""How Chinese names of organisations are built: place, field, office, legal form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.chinese.places import Place, gazetteer
from kg.lexicon import lexicon_folder, read_rows

RELATIVE = ("自治区", "自治州", "市", "省", "区", "县", "州", "盟", "旗")
"""Words for a level that stand before a body in place of the place's name: 市国资委, 自治区卫健委."""

_UNIT_END = re.compile(
    r"(?:司|局|处|科|室|院|所|中心|支行|分行|分公司|总部|学院|医院|部|厅|办|办公室|实验室|组|队|站|馆|会|委|校区)$"
)
_PARTY = re.compile(r"^(?:中共|中国共产党)")
_CONFERENCE = re.compile(r"(?:中国人民政治协商会议|中国政协|政协)(?P<place>[\u4e00-\u9fff]{2,12})委员会")
"""The consultative conference by its own wording, its place in the middle: 政协三明市委员会."""
_LEAGUE = re.compile("(?:中国)?共青团(?P<place>[\u4e00-\u9fff]{2,8})委(?:员会)?")
_JOINERS = re.compile(r"[和与及、]")


@dataclass(frozen=True, slots=True)
class Body:
    """A public body's name taken apart."""

    place: Place | None
    """The place it is named after, when it says which."""
    level: str
    """The bare word for a level when it does not: `市` of 市国资委."""
    core: str
    """What it is, in full: 国有资产监督管理委员会."""
    known: bool
    """Whether the grammar knows this kind of body."""


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the lexicon."""

    name: str
    subtype: str


@lru_cache(maxsize=65536)
def read_body(name: str) -> Body:
    """`name` as the name of a public body.

    >>> read_body("上海市经信委") == read_body("上海市经济信息化委")
    True
    >>> read_body("市国资委").level
    '市'
    """
    conference = _CONFERENCE.fullmatch(name)
    if conference is not None and gazetteer().prefix(conference["place"])[1] == "":
        return read_body(conference["place"] + "政协")
    league = _LEAGUE.fullmatch(name)
    if league is not None and (seat := gazetteer().called(league["place"])) is not None:
        return Body(seat, "", "共青团委员会", True)
    party = bool(_PARTY.match(name))
    place, rest = gazetteer().prefix(_PARTY.sub("", name))
    if party and rest in ("委", "委员会"):
        return Body(place, "", "委员会", True)
    core = "委员会" if place is not None and rest == "党委" else full_core(rest)
    if place is not None:
        return Body(place, "", core or ("中共" * party + rest), core is not None)
    for level in RELATIVE:
        if name.startswith(level):
            inner = "委员会" if name[len(level) :] == "党委" else full_core(name[len(level) :])
            if inner is not None:
                return Body(None, level, inner, True)
    unlisted = _unlisted(name) if core is None else None
    return unlisted or Body(None, "", core or name, core is not None)


_SEAT = re.compile(
    r"(?!(?:团[省市区县州旗]|(?:国家级)?(?:高新|经开|开发|新)区)$)[\u4e00-\u9fff]{1,8}(?:新区|开发区|高新区|街道|[省市州盟县区旗镇乡])$"
)


def _unlisted(name: str) -> Body | None:
    """A body of a place that the gazetteer lacks: any name before the word for a level will do."""
    plain = _PARTY.sub("", name)
    for stop in range(2, min(len(plain), 10)):
        core = full_core(plain[stop:]) if _SEAT.fullmatch(plain[:stop]) else None
        if core is not None:
            return Body(unlisted_place(plain[:stop]), "", core, True)
    return None


def unlisted_place(name: str) -> Place:
    """A place by its name alone, at the level its last word says."""
    tier = {"省": "省", "市": "市", "州": "市", "盟": "市"}.get(name[-1], "县")
    return Place(name=name, also=(), level=tier, within="", key=name)


_CENTRAL_ONLY = ("部", "署", "总局", "行", "院")


def sharing_place(name: str, before: str) -> str:
    """`name` with the place of the body listed right before it, when it is a bare department.

    >>> sharing_place("科委", "上海市经济信息化委"), sharing_place("财政部", "上海市经济信息化委")
    ('上海市科委', '财政部')
    """
    body, other = read_body(name), read_body(before)
    bare = body.known and body.place is None and not body.level and known_parent(name) is None
    if not bare or name.endswith(_CENTRAL_ONLY) or not other.known or other.place is None:
        return name
    if other.place.level not in ("省", "市", "县") or (name.endswith("厅") and other.place.level != "省"):
        return name
    return other.place.name + name


def full_core(core: str) -> str | None:
    """`core` in its full form, a unit under it kept; None when the grammar does not know it.

    >>> full_core("国资委"), full_core("市监局价格处"), full_core("饭店")
    ('国有资产监督管理委员会', None, None)
    """
    whole = _whole_core(core)
    if whole is not None:
        return whole
    for length in range(len(core) - 1, 2, -1):
        head = _whole_core(core[:length])
        if head is not None and _UNIT_END.search(core[length:]) and len(core) - length > 1:
            return head + core[length:]
    return None


def _whole_core(core: str) -> str | None:
    if core in ("委", "委员会"):
        return "委员会"
    grammar = _grammar()
    if core in grammar.bodies:
        return grammar.bodies[core]
    flat = _JOINERS.sub("", core)
    for length in range(min(len(flat) - 1, grammar.longest), 1, -1):
        field = grammar.fields.get(flat[:length])
        office = grammar.offices.get(flat[length:])
        if field is not None and office is not None:
            return field + office
    return _several_fields(flat)


_MOST_FIELDS = 4


def _several_fields(flat: str) -> str | None:
    """The full form of an office for several fields, 文化广电旅游体育局; None when one of them is unknown."""
    grammar = _grammar()
    for office in sorted(grammar.offices, key=lambda o: (-len(o), o)):
        if len(office) > 0 and flat.endswith(office) and len(flat) - len(office) >= 4:
            fields = _parted(flat.removesuffix(office), _MOST_FIELDS)
            if fields is not None:
                return "".join(fields) + grammar.offices[office]
    return None


def _parted(text: str, most: int) -> list[str] | None:
    """`text` as a row of known fields of two characters or more, each in full."""
    if not text:
        return []
    for length in range(min(len(text), _grammar().longest), 1, -1) if most else ():
        field = _grammar().fields.get(text[:length])
        rest = _parted(text[length:], most - 1) if field is not None else None
        if field is not None and rest is not None:
            return [field, *rest]
    return None


@dataclass(frozen=True, slots=True)
class _Grammar:
    fields: Mapping[str, str]
    offices: Mapping[str, str]
    bodies: Mapping[str, str]
    sides: Mapping[str, str]
    longest: int


@cache
def _grammar() -> _Grammar:
    folder = lexicon_folder()
    fields = _forms(folder / "fields.tsv", ("field", "also"))
    bodies = {}
    sides = {}
    for row in read_rows(folder / "bodies.tsv", ("body", "also", "side")):
        for form in (row["body"], *row["also"].split()):
            bodies[form] = row["body"]
        sides[row["body"]] = row["side"]
    offices = _forms(folder / "offices.tsv", ("office", "also"))
    return _Grammar(fields, offices, bodies, sides, max(map(len, fields)))


def _forms(path: Path, columns: tuple[str, ...]) -> dict[str, str]:
    table: dict[str, str] = {}
    for row in read_rows(path, columns):
        for form in (row[columns[0]], *row["also"].split()):
            table[_JOINERS.sub("", form)] = row[columns[0]]
    return table


@cache
def known_names() -> tuple[Mapping[str, Known], Mapping[str, Known]]:
    """The lexicon's organisations by every certain name, and by the names that are theirs by default."""
    certain: dict[str, Known] = {}
    default: dict[str, Known] = {}
    for row in read_rows(lexicon_folder() / "aliases.tsv", ("name", "also", "bare", "subtype")):
        known = Known(row["name"], row["subtype"])
        for form in (row["name"], *row["also"].split()):
            certain[form] = known
        for form in row["bare"].split():
            default[form] = known
    return certain, default


_LATIN = re.compile("[A-Za-z][A-Za-z0-9&.]+(?![A-Za-z0-9])")


@cache
def _latin_names() -> Mapping[str, str]:
    """The lexicon's names in Latin letters by their lower case."""
    return {name.casefold(): name for name in known_names()[0] if _LATIN.fullmatch(name)}


_DASHES = str.maketrans("－—–", "---")


def _in_usual_case(name: str) -> str:
    """`name` with dashes and first Latin letters as the lexicon has them: INTEL公司 as Intel公司."""
    name = name.translate(_DASHES)
    match = _LATIN.match(name)
    usual = _latin_names().get(match[0].casefold()) if match else None
    return usual + name[match.end() :] if match and usual else name


_WHOLE = frozenset(
    ["集团", "集团公司", "公司", "有限公司", "集团有限公司", "（集团）有限公司", "有限责任公司"]
)


@lru_cache(maxsize=65536)
def known_parent(name: str) -> tuple[Known, str] | None:
    """The lexicon's organisation that `name` begins with, and the unit of it that follows."""
    certain, _ = known_names()
    name = _in_usual_case(name)
    if name.startswith("中国") and (own := certain.get(name[2:])) and own.subtype == "GovernmentBody":
        return own, ""
    if _PARTY.match(name) and gazetteer().prefix(_PARTY.sub("", name))[0] is not None:
        return None
    for length in range(len(name), 1, -1):
        known = certain.get(name[:length])
        unit = name[length:]
        if known is not None and known.subtype == "Company" and unit in _WHOLE:
            return known, ""
        if known is not None and (not unit or (length > 2 and len(unit) > 1 and _UNIT_END.search(unit))):
            return known, unit
        if known is not None and unit.endswith(("分行", "支行", "研究所", "研究院")):
            return known, unit
    return None


def side(core: str) -> str:
    """party, state, mass or institution, for the core of a known body; empty when it is not known."""
    grammar = _grammar()
    return "party" if core == "委员会" else grammar.sides.get(core, "")
