"""Organisations, programmes and places joined by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from kg.chinese.abbreviations import abbreviates, key, same_short_head, word_put_in
from kg.chinese.bodies import known_parent
from kg.chinese.distinct import apart
from kg.chinese.firm_names import FINANCE, firm_short, levelless, read_firm
from kg.chinese.places import gazetteer
from kg.model import EntityType
from kg.resolve.decisions import Clusters
from kg.resolve.members import Member

ORG = EntityType.ORGANISATION
_TELLING = 4
"""The end of a longer name must have so many characters to mean it in another article: not 民主党."""
_SCORES = {"introduced": 0.97, "firm": 0.9, "quoted": 0.9, "edition": 0.85, "abbreviation": 0.85}


def by_key(clusters: Clusters, members: Iterable[Member]) -> dict[str, list[Member]]:
    """Join members whose names are one by the grammar of names; the members by key."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        groups[member.key].append(member)
    for group in groups.values():
        for other in group[1:]:
            clusters.join(group[0], other, group[0].level if group[0].level != "name" else "same name")
    return dict(groups)


def by_alias(
    clusters: Clusters, groups: dict[str, list[Member]], agree: Callable[[Member, Member], bool] | None = None
) -> None:
    """Join a name to the thing that another article says it is short for, if all agree on one.

    `agree` is asked whether the article of the short name can speak of the full one.
    """
    agree = agree or place_agrees
    meant: dict[str, list[Member]] = defaultdict(list)
    for group in groups.values():
        for member in group:
            for alias_key in member.others:
                if alias_key in groups and _can_be_alias(groups[alias_key][0], member, alias_key):
                    meant[alias_key].append(member)
    for alias_key in sorted(meant):
        shorts, fulls = groups[alias_key], meant[alias_key]
        able = [full for full in fulls if not apart(full.entity.type, shorts[0].name, full.name)]
        roots = {clusters.root(full) for full in able} - {clusters.root(shorts[0])}
        if len(roots) == 1:
            full = min(able, key=lambda m: m.order)
            how = _how(full, full.others[alias_key])
            for short in shorts:
                if agree(short, full) and not (how == "end" and len(short.name) < _TELLING):
                    clusters.join(full, short, how, _SCORES.get(how, 0.8))
        elif roots:
            for full in sorted(able, key=lambda m: m.order)[:2]:
                clusters.doubt(shorts[0], full, 0.4, f"{shorts[0].name} is short for {len(roots)} things")


def _can_be_alias(short: Member, full: Member, alias_key: str) -> bool:
    """A name that the grammar or the lexicon knows is another's only where a text introduces it so."""
    return short.level == "name" or _how(full, full.others[alias_key]) in ("introduced", "firm")


def _how(member: Member, name: str) -> str:
    return next((alias.how for alias in member.entity.aliases if alias.name == name), "same article")


def place_agrees(short: Member, full: Member) -> bool:
    """Whether a place that only the full name has is told in the article of the short one."""
    place, _ = gazetteer().prefix(full.name)
    if place is None or gazetteer().prefix(short.name)[0] is not None or place.level == "国":
        return True
    if any(
        alias.name == full.others.get(short.key) and alias.how == "introduced"
        for alias in full.entity.aliases
    ):
        return True
    if full.entity.type is ORG and read_firm(full.name).legal:
        return True
    if place.name.startswith(short.name[0]):
        return True
    told = short.source.article.title + short.source.article.text
    return any(len(form) > 1 and form in told for form in place.names)


def by_firm(clusters: Clusters, groups: dict[str, list[Member]]) -> None:
    """Join brand, group and legal name of a company, where the corpus knows only one company of the brand."""
    bases: dict[str, list[Member]] = defaultdict(list)
    for name in sorted(groups):
        head = groups[name][0]
        if head.level == "name":
            bases[_base(head.name)].append(head)
    for base in sorted(bases):
        _firms_of(clusters, bases[base])
    _brands(clusters, bases)
    _with_company(clusters, groups)
    _without_group(clusters, groups)


def _base(name: str) -> str:
    """The brand of a company's name; a short name says the country or not: 荷兰阿斯麦公司 is 阿斯麦."""
    firm = read_firm(levelless(name))
    place, rest = gazetteer().prefix(firm.base)
    abroad = place is not None and place.level == "国" and place.name != "中国"
    return rest if abroad and firm.form == "公司" and len(rest) > 1 else firm.base


def _with_company(clusters: Clusters, groups: dict[str, list[Member]]) -> None:
    """INTEL公司 is the one thing that another article introduces as Intel or names by it among others."""
    introduced: dict[str, list[Member]] = defaultdict(list)
    for group in groups.values():
        for member in group:
            for alias_key, alias in member.others.items():
                if member.level == "name" and _how(member, alias) == "introduced":
                    introduced[alias_key].append(member)
    for name in sorted(groups):
        head = groups[name][0]
        firm = read_firm(head.name)
        if head.level != "name" or firm.form != "公司" or firm.group or len(firm.base) < 2:
            continue
        plain = key(firm.base)
        fulls = introduced.get(plain, []) + [m for m in groups.get(plain, ()) if m.others]
        if len({clusters.root(full) for full in fulls}) == 1:
            clusters.join(min(fulls, key=lambda m: m.order), head, "firm", 0.85)


def _without_group(clusters: Clusters, groups: dict[str, list[Member]]) -> None:
    """云南交投 is the only company that an article introduces as 云南交投集团."""
    meant: dict[str, list[Member]] = defaultdict(list)
    for group in groups.values():
        for member in group:
            for alias in member.others.values():
                firm = read_firm(alias)
                if firm.group and not firm.form and _how(member, alias) == "introduced":
                    meant[key(firm.base)].append(member)
    for base in sorted(meant):
        short = groups.get(base, ())
        if short and short[0].level == "name" and len({clusters.root(full) for full in meant[base]}) == 1:
            clusters.join(min(meant[base], key=lambda m: m.order), short[0], "firm", 0.85)


def _firms_of(clusters: Clusters, heads: list[Member]) -> None:
    """A group and a listed company stay apart; a bare brand is the only one of them there is."""
    groups = [m for m in heads if read_firm(m.name).group]
    legal = [m for m in heads if read_firm(m.name).legal and not read_firm(m.name).group]
    bare = [m for m in heads if m not in groups and m not in legal]
    named_groups = [m for m in groups if read_firm(m.name).legal]
    short_groups = [m for m in groups if m not in named_groups]
    for short in short_groups[1:]:
        clusters.join(short_groups[0], short, "firm", 0.95)
    if short_groups and len(named_groups) == 1:
        clusters.join(named_groups[0], short_groups[0], "firm", 0.95)
    for short in bare[1:]:
        clusters.join(bare[0], short, "firm", 0.9)
    rivals = {clusters.root(m): m for m in [*groups, *legal]}
    if bare and len(rivals) == 1:
        clusters.join(next(iter(rivals.values())), bare[0], "firm", 0.85)
    elif bare and rivals:
        for rival in rivals.values():
            clusters.doubt(bare[0], rival, 0.5, "group or listed company")


def _brands(clusters: Clusters, bases: dict[str, list[Member]]) -> None:
    """妙可蓝多 and 上海妙可蓝多食品科技股份有限公司."""
    meant: dict[str, list[Member]] = defaultdict(list)
    for base in sorted(bases):
        for head in bases[base]:
            firm = read_firm(head.name)
            if not (firm.legal or firm.group):
                continue
            core = gazetteer().prefix(base)[1] or base
            for length in range(2, len(core) + 1):
                brand = core[:length]
                if (
                    brand in bases
                    and brand != base
                    and not _TRADE.fullmatch(brand)
                    and firm_short(bases[brand][0].name, head.name)
                ):
                    meant[brand].append(head)
    for brand in sorted(meant):
        roots = {clusters.root(head): head for head in meant[brand]}
        short = next((m for m in bases[brand] if not read_firm(m.name).legal), None)
        if short is None:
            continue
        if len(roots) == 1 and _only_trade(brand, next(iter(roots.values()))):
            clusters.join(next(iter(roots.values())), short, "brand", 0.75)
        else:
            for head in roots.values():
                clusters.doubt(short, head, 0.5, "brand of the company")


_TRADE = re.compile(
    "(?:企业|科技|实业|数字|视频|智慧|光学|精密|仪器|海洋|化学|互联网|物联网|大数据|集成电路|芯片|显示|种业|牧业|渔业|纺织|服装|造纸|陶瓷|玻璃|水泥|建材|电机|电缆|机床|石油|天然气|锂业|铜业|铝业|稀土|黄金|珠宝|日化|水务|燃气|环境|生态|"
    "控股|技术|网络|信息|软件|电子|集团|智能|数据|生物|医药|新能源|食品|置业|发展|通信|通讯|汽车|工业|制造|材料|装备|"
    "药业|制药|乳业|婴幼儿|教育|文化|传媒|旅游|物流|供应链|机械|重工|航空|航天|半导体|微电子|光电|光伏|电力|电气|电器|环保|农业|化工|石化|"
    "钢铁|有色金属|矿业|建设|工程|建筑|设计|咨询|投资|资产|资本|产业|商业|贸易|国际|服饰|家居|家电|医疗|器械|健康|基因|检测|安全|机器人|"
    "自动化|船舶|重型|零部件|新材料|科工贸|工贸|饮料|酒业|餐饮|酒店|能源|储能|电池|锂电|动力|轨道|交通|系统|服务|开发|平台|运营|管理|股份)+"
)


def _only_trade(brand: str, full: Member) -> bool:
    """Whether at most words for a trade follow the brand: 万科企业股份有限公司, 广西柳工集团有限公司."""
    base = read_firm(full.name).base
    core = gazetteer().prefix(base)[1] or base
    rest = core.removeprefix(brand)
    trade = _TRADE.fullmatch(rest) is not None or rest in FINANCE
    general = brand[0] in "中国央民华" and len(brand) < 4
    return not general and (not rest or trade)


def brand(name: str) -> str:
    """What a firm's name has besides places and legal form; empty where no brand is told."""
    firm = read_firm(name)
    core = gazetteer().prefix(firm.base)[1]
    told = firm.form or firm.group or name != core
    return core if told and len(core) > 1 and not _TRADE.fullmatch(core) else ""


_COMMON_HOSPITAL = re.compile("附属|第|人民|中心|口腔|儿童|妇|肿瘤|中医|总医院|医院|分院|直属|教学")


def by_hospital(clusters: Clusters, groups: dict[str, list[Member]]) -> None:
    """Join 华西医院 and 四川大学华西医院, the only one that ends so."""
    meant: dict[str, list[Member]] = defaultdict(list)
    for name in sorted(groups):
        full = groups[name][0]
        tail = re.fullmatch("[^（）]+?(?:大学|学院)(?:附属)?([^（）]{2,8}医院)", full.name)
        if tail and not _COMMON_HOSPITAL.match(tail[1]) and key(tail[1]) in groups:
            meant[key(tail[1])].append(full)
    for tail_key in sorted(meant):
        if len({clusters.root(full) for full in meant[tail_key]}) == 1:
            clusters.join(meant[tail_key][0], groups[tail_key][0], "end", 0.85)


def by_unit(clusters: Clusters, groups: dict[str, list[Member]]) -> None:
    """Join abbreviated units of one parent: 中科院计算所 and 中国科学院计算技术研究所."""
    units: dict[str, list[tuple[str, Member]]] = defaultdict(list)
    for name in sorted(groups):
        head = groups[name][0]
        known = known_parent(head.name) if head.level == "lexicon" else None
        if known is not None and known[1]:
            units[known[0].name].append((known[1], head))
    for parent in sorted(units):
        for unit, head in units[parent]:
            fulls = [
                other
                for name, other in units[parent]
                if name != unit
                and (same_short_head(unit, name) or (abbreviates(unit, name) and not word_put_in(unit, name)))
            ]
            if len({clusters.root(full) for full in fulls}) == 1:
                clusters.join(fulls[0], head, "unit", 0.85)
