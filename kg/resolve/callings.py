"""What a text calls a person by, right before the name: a villager, a swimmer, a director."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.resolve.members import Member

_PRIVATE = re.compile(
    r"(?:市民|村民|居民|游客|学生|顾客|乘客|司机|患者|个体工商户|个体户|商户|业主|车主|牧民|渔民|菜农|果农|茶农|种植户|养殖户|种粮大户|保洁员|环卫工|志愿者|乡亲|家长|读者|网友|农民|工人|职工|大学生|店主|老人)$"
)
_TRADES = {
    "运动员": "体育|俱乐部|[篮足排]协|队$",
    "选手": "体育|俱乐部|[篮足排]协|队$",
    "球员": "体育|俱乐部|[篮足排]协|队$",
    "队员": "体育|俱乐部|[篮足排]协|队$",
    "演员": "剧|艺术|文化|文联|影|歌舞",
    "歌手": "剧|艺术|文化|文联|影|歌舞",
    "医生": "医|卫生|卫健|健康|疾",
    "护士": "医|卫生|卫健|健康|疾",
    "教师": "学|教育|教",
    "老师": "学|教育|教",
    "民警": "公安|警",
    "消防员": "消防|救援",
    "快递员": "快递|邮政|物流|速运",
    "骑手": "外卖|美团|配送",
    "画家": "画|美术|艺术|文化|文联",
    "作家": "作家|作协|文学|文联|出版",
    "诗人": "作家|作协|文学|文联|出版",
    "书法家": "书法|书画|美术|艺术|文联",
}
"""Trades that the text may call someone by, and what names a body where one of the trade can have a post."""
_TRADE = re.compile(f"(?:{'|'.join(_TRADES)})$")
_POST = re.compile(
    "(?:书记|主任|局长|厅长|处长|部长|院长|校长|行长|会长|经理|总裁|董事长|教练|队长|站长|所长|镇长|乡长)$"
)


_TITLE = re.compile(
    "院士|教授|研究员|书记|主任|[局厅处部院校行会司]长|董事长|总裁|总经理|[市县区省镇]长|主席|医生|警官"
)


def private(member: Member) -> bool:
    """Whether the text calls them a citizen, a villager, a passenger."""
    return bool(_called(member, _PRIVATE, 4))


def field(member: Member) -> str:
    """What names a body where one of their trade can have a post: 游泳运动员何亚东; empty for none."""
    return _TRADES.get(_called(member, _TRADE, 3), "")


def other_trade(member: Member, bodies: Iterable[Member]) -> bool:
    """Whether their trade has nothing to do with `bodies`."""
    words = field(member)
    return bool(words) and not any(re.search(words, body.name) for body in bodies)


def other_post(member: Member, roles: Iterable[str]) -> bool:
    """Whether the text calls them by a post that is none of `roles`."""
    called = _called(member, _POST, 3)
    return bool(called) and not any(role.endswith(called) for role in roles)


def title_behind(member: Member) -> str:
    """The title that the text puts right behind the name: 甲院士; empty for none."""
    text = member.source.article.text
    found = (_TITLE.match(text, m.end) for m in member.entity.mentions)
    return next((match[0] for match in found if match), "")


def _called(member: Member, words: re.Pattern[str], reach: int) -> str:
    text = member.source.article.text
    found = (words.search(text, max(0, m.start - reach), m.start) for m in member.entity.mentions)
    return next((match[0] for match in found if match), "")
