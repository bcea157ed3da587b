"""Names of one article: which are one thing, what each is called, of what kind it is."""

from __future__ import annotations

import re

import pytest

from kg.extract.coreference import join_names, unwrapped
from kg.gold import TYPES
from kg.model import Article, Candidate

_MARK = re.compile(r"\[\[([^\[\]|]+)\|(ORG|PER|PROG|EVENT|PLACE)\]\]")


def entities(marked: str, title: str = ""):
    text, last, found = "", 0, []
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        found.append(Candidate(len(text), len(text) + len(match[1]), TYPES[match[2]]))
        text += match[1]
        last = match.end()
    return join_names(Article("a", title, text + marked[last:]), found)


ONE = {
    "introduced": "[[《江城市绿色发展条例》|PROG]]（以下简称[[《条例》|PROG]]）",
    "introduced without marks": "[[江海新能源有限公司|ORG]]（下称[[江新公司|ORG]]）",
    "brand": "[[浙江云栖谷数据科技股份有限公司|ORG]]上市，[[云栖谷|ORG]]",
    "group": "[[巴斯夫集团|ORG]]与[[巴斯夫|ORG]]",
    "commission": "[[上海市经济和信息化委员会|ORG]]、[[上海市经信委|ORG]]、[[市经信委|ORG]]",
    "commission of an unlisted city": "[[江州市国资委|ORG]]召开会议，[[市国资委|ORG]]要求",
    "department": "[[黑龙江省商务厅|ORG]]、[[商务厅|ORG]]",
    "place": "[[广东省|PLACE]]、[[广东|PLACE]]、[[粤|PLACE]]",
    "place with its province": "[[广东湛江|PLACE]]、[[湛江|PLACE]]",
    "conference": "[[第二届中国国际进口博览会|EVENT]]、[[第二届进博会|EVENT]]、[[进博会|EVENT]]",
    "conference named by its kind": "[[江海国资创新发展大会|EVENT]]召开，[[大会|EVENT]]发布",
    "year at either end": "[[2021江海软件论坛|EVENT]]、[[江海软件论坛2021|EVENT]]",
    "quoted": "[[“揭榜挂帅”平台|PROG]]、[[揭榜挂帅|PROG]]",
    "marks": "[[“一网通办”|PROG]]、[[一网通办|PROG]]",
    "family name of a foreigner": "[[约翰·史密斯|PER]]表示，[[史密斯|PER]]",
    "letters in brackets": "[[亚太经合组织|ORG]]（[[APEC|ORG]]）",
    "characters and letters": "[[林达（Linda Lin）|PER]]、[[林达（Linda Lin）|PER]]",
}

MANY = {
    "party and government": "[[长沙市委|ORG]]、[[长沙市政府|ORG]]",
    "bank and branch": "[[浦发银行|ORG]]、[[浦发银行上海分行|ORG]]",
    "company and local company": "[[中国电信|ORG]]、[[中国电信上海公司|ORG]]",
    "university and hospital": "[[复旦大学|ORG]]、[[复旦大学附属中山医院|ORG]]",
    "narrower university": "[[国防大学|ORG]]、[[国防科技大学|ORG]]",
    "two legal names": "[[江海集团有限公司|ORG]]、[[江海股份有限公司|ORG]]",
    "another country's ministry": "[[俄罗斯外交部|ORG]]、[[外交部|ORG]]",
    "five-year plans": "[[“十三五”规划|PROG]]、[[“十四五”规划|PROG]]",
    "the period and a plan of it": "[[十四五|PROG]]、[[《江城市“十四五”规划》|PROG]]",
    "editions": "[[第四届江海大会|EVENT]]、[[第五届江海大会|EVENT]]",
    "final of a contest": "[[海河杯创业大赛|EVENT]]、[[海河杯创业大赛总决赛|EVENT]]",
    "news conference about it": "[[江海数字大会|EVENT]]、[[江海数字大会新闻发布会|EVENT]]",
    "city and airport": "[[郑州|PLACE]]、[[郑州机场|PLACE]]",
    "province and city": "[[吉林省|PLACE]]、[[吉林市|PLACE]]",
    "two or three countries": "[[中俄|PLACE]]、[[中蒙俄|PLACE]]",
    "west and midwest": "[[西部|PLACE]]、[[中西部|PLACE]]",
    "people": "[[李明|PER]]、[[李明华|PER]]",
}


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_one_thing(text):
    assert len(entities(text)) == 1


@pytest.mark.parametrize("text", MANY.values(), ids=MANY)
def test_as_many_things_as_names(text):
    assert len(entities(text)) == text.count("[[")


SUBTYPES = {
    "上海市国资委": "GovernmentBody",
    "中共长沙市委": "GovernmentBody",
    "最高人民检察院": "GovernmentBody",
    "临港新片区管委会": "GovernmentBody",
    "上海市公安局浦东分局": "GovernmentBody",
    "江海重工股份有限公司": "Company",
    "浦发银行": "Company",
    "上汽": "Company",
    "特斯拉": "Company",
    "复旦大学": "Institution",
    "中国信息通信研究院": "Institution",
    "江城市软件行业协会": "Institution",
    "商务部国际贸易经济合作研究院": "Institution",
    "世界卫生组织": "Institution",
}


@pytest.mark.parametrize(("name", "expected"), SUBTYPES.items(), ids=SUBTYPES)
def test_kind_of_organisation(name, expected):
    assert entities(f"[[{name}|ORG]]")[0].subtype == expected


PROGRAMMES = {
    "《江城市绿色发展条例》": "Policy",
    "江城新片区总体方案": "Policy",
    "“揭榜挂帅”平台": "Platform",
    "数字化转型创新基地": "Platform",
    "工赋行动": "Initiative",
    "东数西算工程": "Initiative",
}


@pytest.mark.parametrize(("name", "expected"), PROGRAMMES.items(), ids=PROGRAMMES)
def test_kind_of_programme(name, expected):
    assert entities(f"[[{name}|PROG]]")[0].subtype == expected


def test_the_fullest_name_is_the_name_and_the_others_say_how_they_are_known():
    (found,) = entities("[[江海新能源有限公司|ORG]]（以下简称“[[江新能|ORG]]”）。[[江新能|ORG]]")
    assert found.name == "江海新能源有限公司"
    assert [(alias.name, alias.how) for alias in found.aliases] == [("江新能", "introduced")]
    assert "以下简称" in found.aliases[0].where.text
    assert [m.text for m in found.mentions] == ["江海新能源有限公司", "江新能", "江新能"]


def test_a_short_form_is_named_in_full_where_the_article_says_the_city():
    (body,) = [e for e in entities("[[深圳|PLACE]]消息，[[市国资委|ORG]]召开会议。") if e.id == "o1"]
    assert body.name == "深圳市国资委"
    assert [(alias.name, alias.how) for alias in body.aliases] == [("市国资委", "context")]


def test_each_short_title_means_the_document_named_last_before_it():
    found = entities("[[《甲市水网规划》|PROG]]提出。[[《规划》|PROG]]明确。[[《乙市路网规划》|PROG]]提出。")
    assert [[m.text for m in e.mentions] for e in found] == [
        ["《甲市水网规划》", "《规划》"],
        ["《乙市路网规划》"],
    ]


def test_ids_are_local_and_in_order_of_first_mention():
    found = entities(
        "[[上海|PLACE]]的[[上汽|ORG]]和[[特斯拉|ORG]]，[[陈立群|PER]]，[[海河论坛|EVENT]]，[[东数西算|PROG]]"
    )
    assert [e.id for e in found] == ["l1", "o1", "o2", "p1", "e1", "g1"]


def test_a_short_name_has_the_type_of_its_full_one():
    found = entities("[[浙江云栖谷数据科技股份有限公司|ORG]]上市。[[云栖谷|PLACE]]增长。")
    assert len(found) == 1


def test_marks_around_the_whole_name_are_left_out():
    assert unwrapped("《规划》") == "规划"
    assert unwrapped("“一网通办”平台") == "“一网通办”平台"
    assert unwrapped("“甲”与“乙”") == "“甲”与“乙”"


def test_nothing_found_is_no_entity():
    assert entities("没有名字。") == []
