"""Universities by the short forms that rules make: 西南交大 is 西南交通大学."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.chinese.bodies import known_names
from kg.chinese.places import gazetteer

_REGIONS = re.compile("华东|华南|华中|华北|东北|西北|西南|中南|东南|南方|北方|首都|中央|中国|国防")
_FIELDS = {
    "交": "交通",
    "工": "工业",
    "理工": "理工",
    "科": "科技",
    "师": "师范",
    "农": "农业",
    "林": "林业",
    "财": "财经",
    "医": "医科",
    "海": "海洋",
    "邮": "邮电",
    "矿": "矿业",
    "石": "石油",
    "地": "地质",
}
_BRIEF = re.compile(f"(?P<field>{'|'.join(sorted(_FIELDS, key=len, reverse=True))})大(?!学)")
_SCHOOL = re.compile("[\u4e00-\u9fff]+大学(?=$|[^生])")
_HOSPITAL = re.compile("(?:附属)?第?(?P<number>[一二三四五六])(?:附属)?(?:医院|附院|院)$")


@lru_cache(maxsize=65536)
def full_school(name: str) -> str:
    """`name` with the short form of a university, which a place and a field make, in full.

    >>> full_school("西南交大"), full_school("湖南师大附属中学"), full_school("人大")
    ('西南交通大学', '湖南师范大学附属中学', '人大')
    >>> full_school("川大三附院")
    '四川大学第三附属医院'
    """
    known = known_names()[0].get(name[:2])
    hospital = _HOSPITAL.fullmatch(name[2:]) if known and known.name.endswith("大学") else None
    if known and hospital:
        return f"{known.name}第{hospital['number']}附属医院"
    before = _place_before(name)
    match = _BRIEF.match(name, len(before)) if before else None
    if match is None:
        return name
    return f"{before}{_FIELDS[match['field']]}大学{name[match.end() :]}"


def school_short(short: str, full: str) -> bool:
    """Whether `short` is the usual short form of the university `full`, or of its numbered hospital.

    >>> school_short("兰大", "兰州大学"), school_short("郑大一附院", "郑州大学第一附属医院")
    (True, True)
    >>> school_short("兰大", "兰州理工大学")
    False
    """
    match = _SCHOOL.match(full)
    head, at, unit = short.partition("大")
    if match is None or not at or not head or unit.startswith("学"):
        return False
    rest = full[match.end() :]
    return _takes(head, match[0].removesuffix("大学")) and _same_unit(unit, rest)


def _takes(head: str, name: str) -> bool:
    """Whether `head` is `name`'s first character, or one of each half: 兰 of 兰州, 华科 of 华中科技."""
    if len(head) == 1:
        return len(name) <= 3 and name.startswith(head)
    return len(head) * 2 == len(name) and all(name[2 * n] == char for n, char in enumerate(head))


def _same_unit(short: str, full: str) -> bool:
    if short == full:
        return True
    ours, theirs = _HOSPITAL.fullmatch(short), _HOSPITAL.fullmatch(full)
    return ours is not None and theirs is not None and ours["number"] == theirs["number"]


def _place_before(name: str) -> str:
    """The place or region that `name` begins with."""
    region = _REGIONS.match(name)
    if region is not None:
        return region[0]
    places = gazetteer().by_name
    return next((name[:n] for n in (4, 3, 2) if n < len(name) and name[:n] in places), "")
