"""What a name identifies by the grammar of names alone: the part of identity that needs no text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.chinese.abbreviations import editions, key, simplified
from kg.chinese.bodies import Body, known_parent, read_body, side
from kg.chinese.generic import local_office
from kg.chinese.places import Place, bare, gazetteer
from kg.chinese.schools import full_school
from kg.lexicon import lexicon_folder, read_rows
from kg.model import EntityType


@dataclass(frozen=True, slots=True)
class Named:
    """The identity that a name gives."""

    key: str
    """Equal for names that are one by grammar; readable."""
    level: str
    """`lexicon`, `body`, `place` or `name`; `open` when only an article can say which is meant."""


@lru_cache(maxsize=131072)
def named(type_: EntityType, name: str) -> Named:
    """What `name` identifies.

    >>> named(EntityType.ORGANISATION, "上海市经信委").key
    '上海市经济和信息化委员会'
    >>> named(EntityType.ORGANISATION, "市国资委").level
    'open'
    """
    if type_ is EntityType.ORGANISATION:
        return _organisation(simplified(name))
    if type_ is EntityType.PLACE:
        return _place(simplified(name))
    full = expanded(type_, name)
    if type_ is EntityType.EVENT:
        for form, usual in _SESSIONS:
            if form.fullmatch(key(full)):
                return Named(form.sub(usual, key(full)), "lexicon")
        return Named(_YEAR_LAST.sub(r"\2\1", _YEAR.sub(r"\1", key(full))), "name")
    return Named(key(full), "name" if full == name else "lexicon")


_N = "([一二三四五六七八九十]+)"
_PARTYS = "(?:中国共产党|中共|党的)?"
_NPC = "(?:全国人民代表大会|全国人大)"
_SESSIONS = tuple(
    (re.compile(form), usual)
    for form, usual in (
        (f"{_PARTYS}第?{_N}届(?:中央委员会第{_N}次全体会议|{_N}中全会)", r"中共\1届\2\3中全会"),
        (f"{_PARTYS}第?{_N}(?:次全国代表大会|大)", r"中共\1大"),
        (f"第?{_N}届{_NPC}第?{_N}次会议", r"\1届全国人大\2次会议"),
        (f"第?{_N}届{_NPC}(?:常委会|常务委员会)第?{_N}次会议", r"\1届全国人大常委会\2次会议"),
        (f"(?:中国人民政治协商会议|政协)第?{_N}届全国委员会第?{_N}次会议", r"全国政协\1届\2次会议"),
        (f"中华人民共和国第?{_N}届运动会|第?{_N}(?:届全国运动会|届全运会|运会)", r"\1\2届全运会"),
        (f"全国政协第?{_N}届第?{_N}次会议", r"全国政协\1届\2次会议"),
    )
)
"""Sessions of party and state by their full and short forms, and the form that identifies them."""
_YEAR = re.compile(r"((?:19|20)\d\d)年度?(?=.)")
_YEAR_LAST = re.compile(r"^(\D+)((?:19|20)\d\d)$")


def expanded(type_: EntityType, name: str) -> str:
    """`name` with a short name that the whole country knows written in full.

    >>> expanded(EntityType.EVENT, "第四届进博会")
    '第四届中国国际进口博览会'
    """
    plain = key(name)
    for short, full in _known_short().get(type_, ()):
        if plain == short or (type_ is EntityType.EVENT and plain.endswith(short) and editions(name)):
            return plain.removesuffix(short) + full
    return name


@cache
def _known_short() -> dict[EntityType, tuple[tuple[str, str], ...]]:
    """Short names with the full ones, by type; the longest first."""
    found: dict[EntityType, list[tuple[str, str]]] = {}
    for row in read_rows(lexicon_folder() / "programmes.tsv", ("name", "also", "type")):
        pairs = found.setdefault(EntityType(row["type"]), [])
        pairs += [(key(also), row["name"]) for also in row["also"].split() if key(also) != key(row["name"])]
    return {type_: tuple(sorted(pairs, key=lambda p: (-len(p[0]), p))) for type_, pairs in found.items()}


@cache
def widely_known() -> dict[str, EntityType]:
    """The names of events and programmes, full and short, that need no text to be one."""
    rows = read_rows(lexicon_folder() / "programmes.tsv", ("name", "also", "type"))
    forms = ((form, row["type"]) for row in rows for form in (row["name"], *row["also"].split()))
    return {form.strip("《》"): EntityType(type_) for form, type_ in forms}


_CENTRAL = ("部", "署", "总局")
"""Offices that only the centre has, when no place is named and the party is not meant."""


LEAGUE = "共青团"


def body_key(place: Place, body: Body) -> str:
    """The identity of the body of this kind at `place`: 上海市国有资产监督管理委员会, 中共上海市委员会."""
    if body.core.startswith(LEAGUE):
        return LEAGUE + (place.key or place.name) + body.core.removeprefix(LEAGUE)
    foreign = place.level == "国" and place.name != "中国"
    core = body.core.removeprefix("人民") if foreign else body.core
    return ("中共" if body.core.startswith("委员会") else "") + (place.key or place.name) + core


_ZONE_COMMITTEE = re.compile("([区园城岛港湖山])管理委员会$")
_STATE_TAX = "国家税务总局"
"""Stands before the names of its offices, or does not: 国家税务总局江西省税务局 is 江西省税务局."""


def _at_home(name: str) -> str:
    """A foreign firm that the lexicon knows, without its country: 美国特斯拉公司 is 特斯拉."""
    place, rest = gazetteer().prefix(name)
    if place is None or place.level != "国" or place.name == "中国" or known_parent(name):
        return name
    brand = rest.removesuffix("公司")
    known = known_parent(brand)
    return brand if known is not None and not known[1] and known[0].subtype == "Company" else name


_ZONES = {
    "经开区": "经济技术开发区",
    "高新区": "高新技术产业开发区",
    "高新技术开发区": "高新技术产业开发区",
    "综保区": "综合保税区",
}
_ZONE = re.compile(f"({'|'.join(_ZONES)})(?=$|管委会)")


def _full_zone(name: str) -> str:
    """`name` with a zone of a known place in full: 南京经开区 is 南京经济技术开发区."""
    match = _ZONE.search(name)
    if match is None or not match.start() or gazetteer().prefix(name[: match.start()])[1]:
        return name
    return bare(name[: match.start()]) + _ZONES[match[1]] + name[match.end() :]


_CENTRE_WORDS = (("超算", "超级计算"), ("疾控", "疾病预防控制"))
"""Words by which centres go for short: 国家超算济南中心."""


def _full_centre(name: str) -> str:
    """The name of a centre with such words in full."""
    if name.endswith("中心"):
        for short, full in _CENTRE_WORDS:
            name = name.replace(short, full)
    return name


def _organisation(name: str) -> Named:
    name = _full_centre(_full_zone(name))
    name = _at_home(_ZONE_COMMITTEE.sub(r"\1管委会", name))
    if name.startswith(_STATE_TAX) and name.endswith("税务局"):
        name = name.removeprefix(_STATE_TAX)
    name = name if known_parent(name) else full_school(name)
    known = known_parent(name)
    if known is not None:
        return Named(known[0].name + _unit(known[1]), "lexicon")
    body = read_body(name)
    if body.known:
        if (
            body.place is None
            and not body.level
            and body.core.endswith(_CENTRAL)
            and side(body.core) != "party"
        ):
            return Named(key(body.core), "body")
        if body.place is None:
            return Named(key(body.level + body.core), "open")
        return Named(body_key(body.place, body), "body" if body.place.key else "open")
    if body.place is not None and body.place.key and body.place.level != "国" and local_office(body.core):
        return Named(key(body.place.key + body.core), "name")
    return Named(key(name), "name")


_BRACKETS = str.maketrans("()", "（）")


def _unit(unit: str) -> str:
    """A branch or department, its place without the word for its level: 上海市分行 is 上海分行."""
    place, rest = gazetteer().prefix(unit)
    return key(bare(place.key or place.name) + rest if place is not None and rest else unit)


def _place(name: str) -> Named:
    name = _full_zone(name.translate(_BRACKETS))
    place = gazetteer().called(name)
    if place is None:
        inner, rest = gazetteer().prefix(name)
        place = inner if inner is not None and not rest else None
    if place is not None:
        return Named(place.key or key(name), "place" if place.key else "open")
    return Named(key(name), "open" if gazetteer().by_name.get(name) else "name")
