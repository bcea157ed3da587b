"""What a body's name is not: verbs and posts at its end, two bodies in a row, bare nouns, the press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.chinese.bodies import read_body
from kg.model import Candidate

_HEAD = "(?:委员会|管委会|国资委|发改委|委|政府|局|厅|部|办|院|大学|公司|集团|银行|协会|学会|中心|股份)"
_TWO: Final = (
    re.compile(rf"(?P<one>.+{_HEAD})（(?:原名?|曾用名)[：:“]?(?P<two>[^（）]+{_HEAD})”?）?"),
    re.compile(rf"(?P<one>.+{_HEAD})(?:联合|会同|携手|与|和|及|以及|所属|下属|旗下)(?P<two>.+{_HEAD})"),
    re.compile("(?P<one>.*(?:省|市|区|县|州|旗)委)(?P<two>(?:省|市|区|县|州|旗|人民)?政府)"),
    re.compile("(?P<one>.*党中央)(?P<two>国务院)"),
)
_LED_BY: Final = re.compile(
    "(?:[新]三板挂牌公司|上市公司|挂牌公司|全资子公司|控股子公司|子公司|龙头企业|最大股东|第一大股东|东道主|主办方|承办方)(?=.{2})"
)
_VERB_AFTER: Final = re.compile(
    "控股(?=的|了|子公司|股东|$)|(?:研报|公告|官网|微博|消息|党委|党组|方面|领导)$|(?:联合|共同)?(?:主办|承办|协办)$"
)
_PARTY: Final = re.compile("(?:书记|副书记|委员|成员|班子)")
_PRESS: Final = re.compile("(?:首席|驻.{1,4}|财经)?(?:记者|报道|讯|消息[，称]|电[，（])")
_BARE: Final = re.compile(
    "(?:各|该|本|有关|相关|国有|民营|外资|合资|商业|上市|头部|大型|中小|龙头|期货|证券|保险|基金|资管|科技|互联网|燃煤|地方|基层|外贸|汽车|物流|国际|跨国|班轮)*"
    "(?:公司|企业|银行|集团|机构|法院|检察院|环保局|政府|部门|高校|医院|学校|行业|电厂|协会|子公司|分公司|工厂|人民法院|人民检察院|平台|中心|团队|党委)"
    "|[前后]者|[新原]公司|[双对各]方"
)
_COUNTED: Final = re.compile("[0-9一二三四五六七八九十百两多]+(?:家|个|名|所|地市|省|部委)")


def bodies(text: str, item: Candidate) -> Iterator[Candidate]:
    """Yield the bodies that the candidate `item` really names: itself, a part of it, two or none."""
    name = text[item.start : item.end]
    for pattern in _TWO:
        both = pattern.fullmatch(name)
        if both:
            yield from bodies(text, replace(item, end=item.start + both.end("one")))
            yield from bodies(text, replace(item, start=item.start + both.start("two")))
            return
    led = _LED_BY.match(name)
    start = item.start + (led.end() if led else 0)
    end = _end(text, start, item.end)
    name = text[start:end]
    if len(name) < 2 or _BARE.fullmatch(name) or _COUNTED.search(name[1:]) or _by_the_press(text, name, end):
        return
    yield replace(item, start=start, end=end)


def _by_the_press(text: str, name: str, end: int) -> bool:
    """Whether what follows shows that an agency or paper is named: 甲社消息; 据某省纪委消息 names a body."""
    return _PRESS.match(text, end) is not None and not (
        text.startswith("消息", end) and read_body(name).known
    )


def _end(text: str, start: int, end: int) -> int:
    after = _VERB_AFTER.search(text, start + 2, end)
    if not after:
        return end
    verb = after[0]
    if verb in ("党委", "党组") and (
        text[after.start() - 1] in "镇乡村市县区省" or not _PARTY.match(text, end)
    ):
        return end
    if verb == "控股" and not re.match("的|了|子公司|股东", text[after.end() : after.end() + 3]):
        return end
    return after.start()
