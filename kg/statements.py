"""Entities and facts of a graph in one line of words, Chinese or English."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Final, Literal

from kg.model import Article, Entity, EntityType, Fact, Graph

Lang = Literal["zh", "en"]

TYPE_WORDS: Final = MappingProxyType(
    {
        EntityType.ORGANISATION: "机构",
        EntityType.PERSON: "人物",
        EntityType.PROGRAMME: "项目",
        EntityType.EVENT: "活动",
        EntityType.PLACE: "地点",
    }
)
SUBTYPE_WORDS: Final = MappingProxyType(
    {
        "GovernmentBody": "党政机关",
        "Company": "企业",
        "Institution": "事业单位与社会组织",
        "Official": "官员",
        "Policy": "政策文件",
        "Initiative": "行动",
        "Platform": "平台",
    }
)
PROPERTY_WORDS: Final = MappingProxyType(
    {
        "holdsPost": ("任职于", "holds a post in"),
        "attends": ("出席", "attends"),
        "speaksAt": ("发言于", "speaks at"),
        "chairs": ("主持", "chairs"),
        "organises": ("主办", "organises"),
        "coOrganises": ("承办", "co-organises"),
        "issues": ("发布", "issues"),
        "launches": ("启动", "launches"),
        "implements": ("实施", "implements"),
        "participatesIn": ("参与", "participates in"),
        "partOf": ("属于", "is part of"),
        "locatedIn": ("位于", "is located in"),
        "cooperatesWith": ("合作于", "cooperates with"),
        "invests": ("投资", "invests in"),
        "basedOn": ("依据", "is based on"),
        "hasTarget": ("目标", "has the target"),
        "date": ("时间", "is dated"),
    }
)
"""Property → how a sentence says it, in Chinese and in English."""


class Speaker:
    """Says what the things of one graph are; a name that several bear is given with its id."""

    def __init__(self, graph: Graph, lang: Lang = "zh") -> None:
        self.lang = lang
        self._names = {entity.id: entity.name for entity in graph.entities}
        self._times = Counter(self._names.values())

    def name(self, id_: str) -> str:
        """The name of the entity `id_`."""
        name = self._names.get(id_, id_)
        return name if self._times[name] < 2 else f"{name}〔{id_}〕"

    def entity(self, entity: Entity) -> str:
        """The entity with its kind."""
        if self.lang == "en":
            return f"{self.name(entity.id)} [{entity.subtype or entity.type}]"
        return (
            f"{self.name(entity.id)}［{SUBTYPE_WORDS.get(entity.subtype or '') or TYPE_WORDS[entity.type]}］"
        )

    def fact(self, fact: Fact) -> str:
        """The fact as a short sentence."""
        word = PROPERTY_WORDS[fact.property][self.lang == "en"]
        return f"{self.name(fact.subject)} {word} {self.target(fact)}{_role(fact, self.lang)}"

    def target(self, fact: Fact) -> str:
        """The other end of a fact: a name, a date or what is to be reached."""
        if fact.object is not None:
            return self.name(fact.object)
        if fact.value is not None:
            return fact.value
        said = fact.qualifiers
        amount = said.get("stated") or said.get("value", "") + said.get("unit", "")
        by = f" ({said['by']})" if "by" in said else ""
        return f"{said.get('indicator', '')} {amount}{by}".strip()

    def article(self, article: Article) -> str:
        """The article by its title, day and paper."""
        about = " ".join(word for word in (article.date, article.publisher) if word)
        title = article.title or article.id
        titled = f"《{title}》" if self.lang == "zh" else f"“{title}”"
        return f"{titled}{about} [{article.id}]"


def _role(fact: Fact, lang: Lang) -> str:
    role = fact.qualifiers.get("role")
    if role is None:
        return ""
    return f"（{role}）" if lang == "zh" else f" ({role})"
