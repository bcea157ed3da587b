"""Bodies that a post makes certain without naming them: 副市长 → the city's government."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from kg.chinese.home import Home
from kg.extract.reading import Name, Reading
from kg.extract.titles import title_grammar
from kg.ids import entity_id
from kg.model import Alias, Entity, EntityType

_LEVELS = "省市县区州旗盟镇乡"
_PLACE = r"(?P<place>.{1,12}(?:特别行政区|自治区|自治州|自治县|自治旗|新区|地区|[省市区县州盟旗镇乡]))"
_ORGAN = re.compile(
    _PLACE + r"(?:[省市区县州盟旗]?委|党工委|党委|委员会|人民政府|政府|[省市区县州]?(?:人大|政协|纪委).*)$"
)
_CHAIRS = re.compile("(?:常务)?副?主席")
"""Heads an autonomous region, where one is named."""
_STATE = ("总统", "首相", "国王", "女王", "总理")
_UNIT = re.compile(r"[^院局]{1,9}(?:部|司|处|科|室|中心|所|局|厅|检委会)")
_PARTY = re.compile(r"中共|党中央|中央")
_SELF = re.compile(r"中国|中华人民共和国|我国|全国")


def place_of(body: str) -> str:
    """The place whose organ `body` is; empty when the name does not tell.

    >>> place_of("赣州市委"), place_of("湖南省长沙市人民政府"), place_of("东海区区委"), place_of("商务部")
    ('赣州市', '湖南省长沙市', '东海区', '')
    """
    short = re.sub(r"^(?:中共|中国共产党)", "", body)
    found = _ORGAN.match(short)
    return re.sub(r"(?<=.)([区市县])\1$", r"\1", found["place"]) if found else ""


class ImpliedBodies:
    """Finds or makes the bodies that titles in one article imply."""

    def __init__(self, reading: Reading) -> None:
        self._named = {
            name: entity.id
            for entity in reversed(list(reading.entities.values()))
            if entity.type is EntityType.ORGANISATION
            for name in (*entity.names, *(m.text for m in entity.mentions))
        }
        self._reading = reading
        self.made: dict[str, Entity] = {}

    def of(self, title: str, near: Name | None) -> str | None:
        """The id of the body that `title` is held in, when it is certain; `near` is named with it."""
        region = near is not None and near.type is EntityType.PLACE and near.text.endswith("自治区")
        if region and near is not None and _CHAIRS.fullmatch(title):
            return self._government(self._place(near, "自治区主席"))
        implies = title_grammar().implied(title)
        if not implies:
            return None
        kinds = implies.split("|")
        if near is not None and near.type is EntityType.PLACE and not _SELF.fullmatch(near.text):
            return self._government(self._place(near, title))
        for kind in kinds:
            if kind == "government":
                place = self._place(near, title) if near is not None else ""
                place = place or self._only_place(title)
                if place:
                    return self._government(place)
            else:
                return self.named(kind[1:])
        return None

    def of_home(self, title: str, position: int) -> str | None:
        """The id of the government that `title` is held in, in the one place of its level that is meant."""
        level = _level(title)
        if "government" not in title_grammar().implied(title).split("|") or not level:
            return None
        place = self._home.place(level, position)
        return self._government(place.name) if place is not None else None

    @cached_property
    def _home(self) -> Home:
        return Home(self._reading.article)

    def of_country(self, near: Name) -> str | None:
        """The government of the country `near`, whose minister is spoken of."""
        if near.text[-1] in _LEVELS or _SELF.fullmatch(near.text):
            return None
        return self._government(near.text)

    def of_state(self, title: str, near: Name) -> str | None:
        """The government that a head of state or government heads, where only a country is named."""
        head = title_grammar().head(title)
        if head not in _STATE or re.search(r"国务院|政府|内阁|王室|委员会|组织|联盟", near.text):
            return None
        return self.named(f"{near.text}政府")

    def whole_of(self, unit: Name) -> tuple[str, str] | None:
        """The body that `unit` is a department of, and the department's name within it."""
        if _PARTY.match(unit.text):
            return None
        for end in range(len(unit.text) - 2, 2, -1):
            whole = self._named.get(unit.text[:end])
            if whole is not None and whole != unit.entity and _UNIT.fullmatch(unit.text[end:]):
                return whole, unit.text[end:]
        return None

    def _place(self, near: Name, title: str) -> str:
        entity = self._reading.entities[near.entity]
        level = _level(title)
        names = (near.text, *entity.names) if near.type is EntityType.PLACE else (*entity.names, near.text)
        places = names if near.type is EntityType.PLACE else tuple(filter(None, map(place_of, names)))
        fitting = [p for p in places if not level or (p.endswith(level) and p != level)]
        if fitting:
            return max(fitting, key=lambda p: (len(p), p))
        if near.type is EntityType.PLACE and places[0][-1] not in _LEVELS:
            return places[0] + level
        return ""

    def _only_place(self, title: str) -> str:
        """The one place of the title's level whose organs the article speaks of, if only one."""
        level = _level(title)
        if not level:
            return ""
        counts = Counter(
            place
            for entity in self._reading.entities.values()
            if entity.type is EntityType.ORGANISATION
            for place in {place_of(name) for name in entity.names}
            if place.endswith(level) and place != level
        )
        return counts.most_common(1)[0][0] if len(counts) == 1 else ""

    def _government(self, place: str) -> str | None:
        if not place:
            return None
        if place[-1] in _LEVELS or place.endswith("特别行政区"):
            return self.named(f"{place}人民政府", f"{place}政府")
        return self.named(f"{place}政府")

    def named(self, name: str, *others: str) -> str:
        """The id of the body that goes by one of these names: the article's own, or a new one."""
        for known in (name, *others):
            if known in self._named:
                return self._named[known]
        body = entity_id(EntityType.ORGANISATION, name)
        if body not in self.made:
            self.made[body] = Entity(
                body,
                EntityType.ORGANISATION,
                name,
                subtype="GovernmentBody",
                aliases=tuple(Alias(other, "rule") for other in others),
                articles=(self._reading.article.id,),
                implied=True,
            )
        return body


def _level(title: str) -> str:
    head = title_grammar().head(title)
    if head.startswith("自治区"):
        return "自治区"
    if head.endswith("领导"):
        return head[0]
    return head[-2] if len(head) > 1 and head[-1] == "长" and head[-2] in _LEVELS else ""
