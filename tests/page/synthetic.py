"""Graphs of our shape in any size: communities around bodies and events, every fact with its sentence."""

from __future__ import annotations

import random

from kg.ids import entity_id
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph, Mention

PLACES = "东海 西山 南岭 北川 临江 云溪 金陵 银滩 石桥 青浦 白河 长岛 平湖 安丘 宁远 永川 重阳 广陵".split()
FIELDS = "教育 科技 财政 商务 交通 水务 文旅 卫健 民政 农业 能源 环保 数据 金融 住建 应急 体育 统计".split()
BODIES = "厅 局 委员会 集团 研究院 协会 银行 大学".split()
DEEDS = "行动计划 实施意见 管理办法 专项规划 示范工程 服务平台".split()
EVENTS = "推进会 创新大赛 新闻发布会 高峰论坛 签约仪式 博览会".split()
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN = "明华建国文军平志伟东海燕红霞丽娟强磊涛超勇峰"
KINDS = (
    (EntityType.ORGANISATION, 0.38),
    (EntityType.PROGRAMME, 0.24),
    (EntityType.PERSON, 0.2),
    (EntityType.EVENT, 0.1),
    (EntityType.PLACE, 0.08),
)
LINKS = (
    (EntityType.PERSON, EntityType.ORGANISATION, "holdsPost", "{a}任{b}主任。"),
    (EntityType.PERSON, EntityType.EVENT, "speaksAt", "{a}在{b}上致辞，介绍了有关情况。"),
    (EntityType.ORGANISATION, EntityType.EVENT, "organises", "{b}由{a}主办。"),
    (EntityType.ORGANISATION, EntityType.EVENT, "coOrganises", "{b}由{a}承办。"),
    (EntityType.ORGANISATION, EntityType.PROGRAMME, "issues", "近日，{a}发布《{b}》，提出了一批新举措。"),
    (EntityType.ORGANISATION, EntityType.PROGRAMME, "implements", "{a}正在推进{b}。"),
    (EntityType.EVENT, EntityType.PLACE, "locatedIn", "{a}在{b}举行。"),
    (EntityType.ORGANISATION, EntityType.ORGANISATION, "cooperatesWith", "{a}与{b}签署战略合作协议。"),
)


def synthetic(size: int, seed: int = 7) -> Graph:
    """A graph of `size` entities, about as many links again, and targets and dates besides."""
    rng = random.Random(seed)
    articles = [_article(rng, n) for n in range(max(3, size // 10))]
    kinds = rng.choices([k for k, _ in KINDS], [w for _, w in KINDS], k=size)
    names = _names(rng, kinds)
    groups = [rng.randrange(max(1, size // 45)) for _ in range(size)]
    by_group: dict[int, dict[EntityType, list[int]]] = {}
    for n, group in enumerate(groups):
        by_group.setdefault(group, {}).setdefault(kinds[n], []).append(n)
    ids = [entity_id(kind, name) for kind, name in zip(kinds, names, strict=True)]
    facts: dict[tuple[str, ...], Fact] = {}
    mentions: dict[int, list[Mention]] = {n: [] for n in range(size)}
    for number in range(size * 2):
        source, target, prop, wording = rng.choice(LINKS)
        home = by_group[groups[rng.randrange(size)]]
        away = by_group[groups[rng.randrange(size)]] if rng.random() < 0.06 else home
        if not home.get(source) or not away.get(target):
            continue
        # The first of a community is its hub: a third of the links go there.
        a = home[source][0] if rng.random() < 0.33 else rng.choice(home[source])
        b = away[target][0] if rng.random() < 0.33 else rng.choice(away[target])
        if a == b:
            continue
        article = articles[number % len(articles)]
        text = wording.format(a=names[a], b=names[b])
        start = number * 100
        for end in (a, b):
            at = start + text.index(names[end])
            mentions[end].append(Mention(article.id, at, at + len(names[end]), names[end]))
        facts[ids[a], prop, ids[b]] = Fact(
            subject=ids[a],
            property=prop,
            object=ids[b],
            qualifiers={"role": "主任"} if prop == "holdsPost" else {},
            confidence=round(0.6 + 0.39 * rng.random(), 2),
            evidence=(Evidence(article.id, start, start + len(text), text),),
        )
    for n in range(0, size, 9):
        article = articles[n % len(articles)]
        text = f"{names[n]}提出，到2025年完成{n}项。"
        evidence = (Evidence(article.id, n, n + len(text), text),)
        if kinds[n] in (EntityType.PROGRAMME, EntityType.ORGANISATION):
            qualifiers = {"indicator": "任务", "value": str(n), "unit": "项", "by": "2025"}
            facts[ids[n], "hasTarget", ""] = Fact(ids[n], "hasTarget", None, None, qualifiers, 0.9, evidence)
        elif kinds[n] is EntityType.EVENT:
            facts[ids[n], "date", ""] = Fact(ids[n], "date", None, article.date, {}, 0.9, evidence)
    entities = [
        Entity(
            id=ids[n],
            type=kinds[n],
            name=names[n],
            aliases=(Alias(f"{names[n][:2]}简称{n}"),) if n % 11 == 0 else (),
            mentions=tuple(sorted(mentions[n])),
            articles=tuple(sorted({m.article for m in mentions[n]})),
        )
        for n in range(size)
    ]
    return Graph(
        articles=tuple(sorted(articles, key=lambda a: a.id)),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        facts=tuple(facts[key] for key in sorted(facts)),
    )


def _article(rng: random.Random, n: int) -> Article:
    date = f"20{18 + n % 7}-{1 + n % 12:02}-{1 + n % 28:02}"
    title = f"{rng.choice(PLACES)}{rng.choice(FIELDS)}工作取得新进展（{n}）"
    return Article(
        id=f"a{n:05}",
        title=title,
        text="",
        date=date,
        publisher=f"{rng.choice(PLACES)}日报",
        url=f"https://example.org/{n}",
    )


def _names(rng: random.Random, kinds: list[EntityType]) -> list[str]:
    taken: set[str] = set()
    names = []
    for n, kind in enumerate(kinds):
        name = _name(rng, kind)
        while name in taken:
            name = (
                f"{_name(rng, kind)}{n}"
                if kind is not EntityType.PERSON
                else f"{_name(rng, kind)}{rng.choice(GIVEN)}"
            )
        taken.add(name)
        names.append(name)
    return names


def _name(rng: random.Random, kind: EntityType) -> str:
    place, field = rng.choice(PLACES), rng.choice(FIELDS)
    if kind is EntityType.PERSON:
        return rng.choice(FAMILY) + rng.choice(GIVEN) + rng.choice(GIVEN)
    if kind is EntityType.PLACE:
        return place + rng.choice(("新区", "开发区", "会展中心", "产业园", "县"))
    ending = {EntityType.ORGANISATION: BODIES, EntityType.PROGRAMME: DEEDS, EntityType.EVENT: EVENTS}[kind]
    return f"{place}市{field}{rng.choice(ending)}"
