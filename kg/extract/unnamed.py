"""What reads like the name of a programme and is none: slogans, themes, spans of time, one of many."""

from __future__ import annotations

import re
from typing import Final

from kg.chinese.generic import needs_context
from kg.model import Candidate, EntityType

_FIVE_YEARS: Final = re.compile("“?十[一二三四五六七八九]五”?")
_TIME: Final = re.compile("”?(?:时期|期间|以来|末|初|开局|收官|将|即将|前|后|中后期)")
_CREEDS: Final = re.compile(
    "“?(?:两个维护|两个确立|四个意识|四个自信|三个代表|三严三实|四个伟大|两个一百年)”?"
)
_NO_HEAD: Final = re.compile(
    "(?:格局|局面|空间|工作|水平|需求|作用|体系建设|规则|共同体|伙伴关系|问题|方针|项目部|专项资金|(?:登记|许可|代码|资格|合格|身份)(?:证|证书)|执照"
    "|(?:交换|发表|提出|听取|征求|修改|反馈)意见)$"
)
_EACH_ITS_OWN: Final = re.compile("“?一(?!带)[\u4e00-\u9fff]一[\u4e00-\u9fff]”?")
"""One for each, a way of working: 一企一策."""
_OF_A_BODY: Final = re.compile(
    "[工作]{0,2}(?:领导小组|办公室|合伙企业|管理公司|有限公司|股份公司|管理中心|主席团|秘书处|组委会)"
)
"""What follows makes the name part of a body's: 河长制|办公室."""
_ONE_OF_MANY: Final = re.compile(
    "(?:一批|一系列|一些|多个|若干|更多|许多|各类|各种|大批|首批|每个|各|类|种|一个|一项)(?:[^，。；：！？\n“”]{1,24}的)?$"
)
_THEME: Final = re.compile("”?为(?:大赛|论坛|大会|活动|会议)?(?:的)?(?:主题|题|口号|宗旨|理念)")
_MOTTO: Final = re.compile("(?:主题|口号|理念|宗旨|精神)(?:是|为|：)“$")
_IS_A: Final = re.compile("是[^，。；：！？\n“”]{0,24}(?:的|首个|首张|第一个|唯一|首条|最大)$")
_MANY: Final = re.compile("(?:一系列|各项|各类|多项|若干|一批|所有|每个|多个)")
_PLAIN: Final = re.compile(
    "(?:深化|推进|推动|加快|加强|促进|完善|优化|落实|坚持|创新|扩大|全面)[\u4e00-\u9fff]{2,3}"
)
"""A verb and what it does: 深化改革."""
_THING: Final = re.compile("(?:航天员|[乘机]组|[测器机舰船星箭车]|战争|小组|团队)$")
_OCCASION: Final = re.compile(
    "(?:[0-9一二三四五六七八九十]+[场次个])?(?:第[一二三四五]个|紧急|特别|联合|部长级|开幕|闭幕|毕业|结业|欢迎|欢送|发布|招待|全体|视频|专门|内部|闭门|工作|重要|隆重|盛大|线上|线下)*"
    "(?:会议|会|记者会|专题民主生活会|仪式|典礼|座谈会|大会|招待会|研讨会|活动|招聘会|分论坛|专题论坛)"
)
"""An occasion by its kind alone: 紧急会议."""
_COUNT: Final = re.compile(r"(?:[0-9一二三四五六七八九十百两几多余]+|首)[场次个届]$")
_NTH: Final = re.compile("第[一二三四五六七八九十]+个(?!世界|国际|国家|中国|全国)")
_FORM: Final = re.compile("(?:的)?(?:形式|方式)")
_TILLERS: Final = re.compile("[林果菜茶蔗烟棉粮药花蚕稻薯椒瓜橘枣]农|[渔牧盐]民")
"""People by what they grow or catch; several of the characters are surnames."""
_DATELINE: Final = re.compile("[\u4e00-\u9fff]{0,8}[0-9]{1,2}月[0-9]{1,2}日(?:[电讯]|消息)")
"""What follows the agency at the beginning of its report: 新华社南昌8月2日电."""
REACH: Final = 30


def unnamed(text: str, item: Candidate) -> bool:
    """Whether the wording round `item` speaks against its being a name."""
    name = text[item.start : item.end]
    if item.type is EntityType.EVENT:
        bare = _THING.search(name) or _OCCASION.fullmatch(name)
        return bool(bare) or _one_of_a_kind(text, item, name) or bool(_OF_A_BODY.match(text, item.end))
    if item.type is EntityType.PERSON:
        return bool(_TILLERS.fullmatch(name))
    if item.type is EntityType.ORGANISATION:
        opens = not text[text.rfind("\n", 0, item.start) + 1 : item.start].strip()
        return opens and bool(_DATELINE.match(text, item.end))
    if item.type is not EntityType.PROGRAMME:
        return False
    if _OF_A_BODY.match(text, item.end):
        return True
    if _FIVE_YEARS.fullmatch(name) and _TIME.match(text, item.end):
        return True
    if _MANY.match(name) or _PLAIN.fullmatch(name):
        return True
    if _EACH_ITS_OWN.fullmatch(name):
        return True
    if _CREEDS.fullmatch(name) or _NO_HEAD.search(name):
        return True
    before = text[max(0, item.start - REACH) : item.start]
    if _THEME.match(text, item.end) or _MOTTO.search(before):
        return True
    return before[-1:] != "“" and bool(_ONE_OF_MANY.search(before) or _IS_A.search(before))


def _one_of_a_kind(text: str, item: Candidate, name: str) -> bool:
    """Whether a bare kind of meeting is counted (22场专题论坛) or the way of meeting (以电视电话会议形式)."""
    if _FORM.match(text, item.end) or _NTH.match(name):
        return True
    return bool(_COUNT.search(text[max(0, item.start - 6) : item.start])) and needs_context(item.type, name)
