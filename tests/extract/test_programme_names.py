"""Programmes by what is said of them, lists that tell their kind, and what reads like a name and is none."""

from __future__ import annotations

import time

import pytest

from kg.extract.boundaries import mend, nominal
from kg.extract.events import events, split
from kg.extract.firms import firms
from kg.extract.kinds import kinds
from kg.extract.listings import edges, listed
from kg.extract.names import find_names
from kg.extract.plans import is_vague, plans
from kg.extract.programmes import alike, each_quotation, quoted, titles, unmarked
from kg.extract.undertakings import undertakings
from kg.extract.unnamed import unnamed
from kg.lac import words
from kg.model import Article, Candidate, EntityType

ORG, PROG, EVENT = EntityType.ORGANISATION, EntityType.PROGRAMME, EntityType.EVENT
PLACE = EntityType.PLACE


def cut(text: str, found) -> list[str]:
    return [text[item.start : item.end] for item in found]


def spot(text: str, name: str, type_: EntityType) -> Candidate:
    start = text.index(name)
    return Candidate(start, start + len(name), type_, 0.9)


KINDS = [
    (
        "格力中部总部、京东智能产业基地、美的华南数据中心等一批重大项目相继签约。",
        ["格力中部总部", "京东智能产业基地", "美的华南数据中心"],
    ),
    ("推进引汉济渭工程、甘肃酒泉风电基地等重点工程建设。", ["引汉济渭工程", "甘肃酒泉风电基地"]),
    ("比亚迪公司等安徽合肥电池基地等一批项目开工。", ["安徽合肥电池基地"]),
    ("人工智能、大数据、生物医药等重点项目落地。", []),
    ("医院、学校、道路等项目建设加快。", []),
    ("聚焦铁路、水利等领域重大项目建设。", []),
    ("国家电网、中国石化等企业参会。", []),
]


@pytest.mark.parametrize(("text", "names"), KINDS, ids=[text[:10] for text, _ in KINDS])
def test_a_list_tells_the_kind_of_its_members(text: str, names: list[str]) -> None:
    assert cut(text, kinds(text, words(text))) == names


UNDERTAKINGS = [
    ("省教育厅启动退役军人就业促进计划，", ["退役军人就业促进计划"]),
    ("全市推行“暖心驿站”提升工程，", ["“暖心驿站”提升工程"]),
    ("“海燕号”轮渡提质行动从五月开始。", ["“海燕号”轮渡提质行动"]),
    ("企业可通过国家企业信用信息公示系统查询。", ["国家企业信用信息公示系统"]),
    ("“老字号”推动项目落地。", []),
    ("“一网办”小程序和“清洁港湾”提升行动同步推出。", ["“清洁港湾”提升行动"]),
    ("“智慧+乡村供水”示范工程惠及农户。", ["“智慧+乡村供水”示范工程"]),
    ("省里启动乡村医生培养计划第三批试点。", ["乡村医生培养计划"]),
    ("“春风”助企帮扶行动开始。", ["“春风”助企帮扶行动"]),
    ("国家的有关信息平台已经建成。", []),
    ("我省将实施高标准农田改造提升工程，", ["高标准农田改造提升工程"]),
    ("工信部启动了中小企业数字化转型试点。", ["中小企业数字化转型试点"]),
    ("四川启动化肥“减量行动”，", ["化肥“减量行动”"]),
    ("近日，武汉科技成果转化和知识产权运营试点正式启动。", ["武汉科技成果转化和知识产权运营试点"]),
    ("在包头，30万吨光伏玻璃二期项目投产，", ["30万吨光伏玻璃二期项目"]),
    ("他带来的“灵犀”心脏介入机器人产业化项目获奖。", ["“灵犀”心脏介入机器人产业化项目"]),
    ("中企承建的塞尔维亚泽蒙跨河大桥项目进展顺利", ["塞尔维亚泽蒙跨河大桥项目"]),
    ("公司实施多个项目，", []),
    ("各地开展专项整治行动，", []),
    ("实施重大项目和重点工程，", []),
    ("“云岭”打通了各部门的管理平台。", []),
]


@pytest.mark.parametrize(("text", "names"), UNDERTAKINGS, ids=[text[:12] for text, _ in UNDERTAKINGS])
def test_what_is_done_with_a_programme_gives_its_name_away(text: str, names: list[str]) -> None:
    assert sorted(set(cut(text, undertakings(text, words(text))))) == names


NO_NAMES = [
    ("论坛以“绿色让生活更美好”为主题。", "绿色让生活更美好", PROG, True),
    ("发布“绿色让生活更美好”计划。", "绿色让生活更美好", PROG, False),
    ("“十四五”时期，我市将", "十四五", PROG, True),
    ("按照“十四五”的部署", "十四五", PROG, False),
    ("做到“两个维护”，", "两个维护", PROG, True),
    ("打造一批场景集聚的数字产业示范基地，", "数字产业示范基地", PROG, True),
    ("打造宁波数字产业示范基地，", "宁波数字产业示范基地", PROG, False),
    ("这是支持实体经济的结构性支持工具，", "结构性支持工具", PROG, True),
    ("形成全面开放新格局。", "全面开放新格局", PROG, True),
    ("进一步深化改革。", "深化改革", PROG, True),
    ("共举行12场专题论坛，", "专题论坛", EVENT, True),
    ("会议以电视电话会议形式召开", "电视电话会议", EVENT, True),
    ("举行新闻发布会，", "新闻发布会", EVENT, False),
    ("“远望”探测器升空", "“远望”探测器", EVENT, True),
    ("河长制办公室上午", "河长制", PROG, True),
    ("全面推行河长制，", "河长制", PROG, False),
    ("海洋产业母基金合伙企业（有限合伙）", "海洋产业母基金", PROG, True),
    ("博览会组委会介绍", "博览会", EVENT, True),
    ("两国领导人共同出席联合记者会。", "联合记者会", EVENT, True),
    ("在非洲举行部长级会议，", "部长级会议", EVENT, True),
    ("世贸组织部长级会议开幕", "世贸组织部长级会议", EVENT, False),
    ("这是今年的第三个渔业峰会。", "第三个渔业峰会", EVENT, True),
    ("今天是第十个中国航天日。", "第十个中国航天日", EVENT, False),
    ("上传《食品经营许可证》、", "食品经营许可证", PROG, True),
]


@pytest.mark.parametrize(("text", "name", "type_", "none"), NO_NAMES, ids=[row[0][:12] for row in NO_NAMES])
def test_the_wording_around_tells_slogans_from_names(
    text: str, name: str, type_: EntityType, none: bool
) -> None:
    assert unnamed(text, spot(text, name, type_)) is none


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("省政府印发关于加快发展现代渔业的若干意见。", ["关于加快发展现代渔业的若干意见"]),
        ("会议通过关于修改港口条例的决定，", ["关于修改港口条例的决定"]),
        ("大家提出关于食堂的意见。", []),
    ],
)
def test_titles_of_documents_without_marks(text: str, names: list[str]) -> None:
    assert cut(text, unmarked(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("推进ETF、REITs试点。", ["ETF", "REITs试点"]),
        ("ETF、REITs两项试点扩大", ["ETF", "REITs"]),
        ("ETF试点", []),
    ],
)
def test_programmes_that_share_one_head(text: str, names: list[str]) -> None:
    assert cut(text, alike(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("比如，“智慧停车一码通”打通了三个系统。", ["智慧停车一码通"]),
        ("“云上问诊”“掌上公交”标杆场景", ["云上问诊", "掌上公交"]),
        ("推广“公司＋农户”模式", []),
        ("县里推出“金果贷”，", ["金果贷"]),
        ("市总工会上线“匠心工坊”，", ["匠心工坊"]),
        ("发放“文旅惠民券”2万张", ["文旅惠民券"]),
        ("农商行推出稻虾贷、茶农贷，", ["稻虾贷", "茶农贷"]),
        ("银行发放信贷、房贷。", []),
        ("“大家要的是信用贷”，他说。", []),
        ("全面推行河湖长制和林长制。", ["河湖长制", "林长制"]),
        ("开展“吃喝风”专项整治。", []),
        ("“证券”板块", []),
        ("“明天会更好”，他说。", []),
    ],
)
def test_quotations_that_do_what_systems_do(text: str, names: list[str]) -> None:
    assert list(dict.fromkeys(cut(text, quoted(text)))) == names


@pytest.mark.parametrize(
    "text",
    [
        "今晚播出的《大河奔流》",
        "电影《远山》上映",
        "《治水记》一书出版",
        "推出《港城变迁纪实》",
        "合唱《故乡的河》响起",
        "小品《归途》、相声《看海》等节目",
        "第三集《山海之间》讲述",
        "《灯火》的优美旋律",
        "他读过《采莲记》",
    ],
)
def test_films_and_books_are_no_documents(text: str) -> None:
    assert cut(text, titles(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("《港口条例（草案）》公布", "港口条例（草案）"),
        ("会议通过了《海港共识》。", "海港共识"),
        ("协会发布《纸箱分级》团体标准", "纸箱分级"),
        ("作题为《奋进新征程》的报告", "奋进新征程"),
        ("节目解读了《渔业法》", "渔业法"),
        ("依据《绿色船厂2030》，", "绿色船厂2030"),
    ],
)
def test_documents_are_told_by_their_name_or_by_what_is_done_with_them(text: str, name: str) -> None:
    assert cut(text, titles(text)) == [name]


MENDED = [
    ("设立50亿元海洋装备引导基金，", "50亿元海洋装备引导基金", PROG, "海洋装备引导基金"),
    ("30万吨甲醇二期项目", "30万吨甲醇二期项目", PROG, "30万吨甲醇二期项目"),
    ("入选商务部国家外贸转型试点，", "商务部国家外贸转型试点", PROG, "国家外贸转型试点"),
    ("商务部工作规则", "商务部工作规则", PROG, "商务部工作规则"),
    ("“海云眼”渔船调度平台上线", "“海云眼”渔船调度平台", PROG, "海云眼"),
    ("浙江省“5个50”重大工程", "浙江省“5个50”重大工程", PROG, "5个50"),
    ("国家“十三五”重点工程", "国家“十三五”重点工程", PROG, "十三五"),
    ("“清波”行动", "“清波”行动", PROG, "“清波”行动"),
    ("“12345”政务服务平台", "“12345”政务服务平台", PROG, "“12345”政务服务平台"),
    ("台州《“好家风”培育行动方案》", "台州《“好家风”培育行动方案》", PROG, "“好家风”培育行动方案"),
    ("近日，我国海水淡化试点扩大", "国海水淡化试点", PROG, "海水淡化试点"),
    ("关于实施乡村教师支持计划，代表建议", "关于实施乡村教师支持计划", PROG, "乡村教师支持计划"),
    ("关于推进渔港建设的意见", "关于推进渔港建设的意见", PROG, "关于推进渔港建设的意见"),
    ("将在5月世界茶叶大会期间", "5月世界茶叶大会", EVENT, "世界茶叶大会"),
    ("外交部9月例行新闻发布会", "9月例行新闻发布会", EVENT, "9月例行新闻发布会"),
    ("第三届茶叶博览会今晚开幕", "第三届茶叶博览会今晚", EVENT, "第三届茶叶博览会"),
]


@pytest.mark.parametrize(("text", "found", "type_", "name"), MENDED, ids=[row[1] for row in MENDED])
def test_size_ministry_and_description_stay_outside(
    text: str, found: str, type_: EntityType, name: str
) -> None:
    assert cut(text, [mend(text, spot(text, found, type_))]) == [name]


NOMINAL = [
    ("福建省海丝核心区配套项目", "福建省海丝核心区配套项目"),
    ("深远海养殖示范工程配套项目", "深远海养殖示范工程"),
    ("国家海洋渔业基地建设名单", "国家海洋渔业基地"),
    ("废止渔船双控制度", "渔船双控制度"),
    ("西部电网启动绿电直供改革试点", "绿电直供改革试点"),
    ("（三）渔民转产培训计划", "渔民转产培训计划"),
]


@pytest.mark.parametrize(("text", "name"), NOMINAL)
def test_what_is_done_with_a_programme_is_no_part_of_its_name(text: str, name: str) -> None:
    starts = {word.start: word for word in words(text)}
    assert cut(text, [nominal(text, starts, Candidate(0, len(text), PROG))]) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("海上风电扩建项目、渔光互补二期项目", ["海上风电扩建项目", "渔光互补二期项目"]),
        ("渔业振兴计划和海洋牧场工程", ["渔业振兴计划", "海洋牧场工程"]),
        ("渔业规划和2035年远景目标", ["渔业规划和2035年远景目标"]),
        ("项目和工程", ["项目和工程"]),
    ],
)
def test_programmes_in_a_list_each_have_their_head(text: str, names: list[str]) -> None:
    assert cut(text, each_quotation(text, Candidate(0, len(text), PROG))) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("海洋牧场分论坛和渔业产销对接会", ["海洋牧场分论坛", "渔业产销对接会"]),
        ("茶叶发展和粮食安全年会", ["茶叶发展和粮食安全年会"]),
        ("党的十七大和十七届三中全会", ["党的十七大", "十七届三中全会"]),
    ],
)
def test_events_in_a_list_each_have_their_head(text: str, names: list[str]) -> None:
    assert cut(text, split(text, Candidate(0, len(text), EVENT))) == names


def test_a_drive_against_something_is_no_special_fund() -> None:
    text = "各地开展欠薪问题专项治理。"
    assert not any(name.endswith("专项") for name in cut(text, plans(text, words(text))))


FIRMS = [
    ("近日，星河芯片完成B轮融资。", ["星河芯片"]),
    ("，远景生物创始人李强表示", ["远景生物"]),
    ("，海川旗下恒达化工开工", ["海川"]),
    ("双方合资成立了“时代绿源”，", ["时代绿源"]),
    ("市里成立南通市城市更新工作领导小组。", ["南通市城市更新工作领导小组"]),
    ("，该公司持股30%", []),
    ("领导小组召开会议", []),
]


@pytest.mark.parametrize(("text", "names"), FIRMS, ids=[text[:10] for text, _ in FIRMS])
def test_what_only_a_body_does_gives_it_away(text: str, names: list[str]) -> None:
    assert cut(text, firms(text, words(text))) == names


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("引进了华星集团、海川公司、云杉科技等企业。", ("华星集团", "海川公司"), ["云杉科技"]),
        ("。云杉科技、华星集团、海川公司参会", ("华星集团", "海川公司"), ["云杉科技"]),
        ("有华星集团、海川公司、各部门等单位。", ("华星集团", "海川公司"), []),
    ],
)
def test_the_ends_of_a_list_of_bodies(text: str, known: tuple[str, str], names: list[str]) -> None:
    assert cut(text, edges(text, [spot(text, name, ORG) for name in known])) == names


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("推行“港航一单清”“船舶随时报”，", "港航一单清", ["船舶随时报"]),
        ("坚持“一国两制”“高度自治”方针，", "一国两制", []),
        ("“港航一单清”很受欢迎，“船东”说。", "港航一单清", []),
    ],
)
def test_quotations_beside_a_programme_are_programmes(text: str, known: str, names: list[str]) -> None:
    assert cut(text, listed(text, [spot(text, known, PROG)])) == names


def test_heads_of_two_words_are_seen() -> None:
    text = "自贸港出台跨境服务贸易负面清单。"
    assert "跨境服务贸易负面清单" in cut(text, plans(text, words(text)))
    assert is_vague("重大战略和重点工程")


def test_quoted_events_in_a_row_are_several() -> None:
    text = "“迎春联欢会”“新春团拜会”"
    assert len(list(split(text, Candidate(0, len(text), EVENT)))) == 2


SEASONS = [
    ("宁波国际港口周将于6月举行。", ["宁波国际港口周"]),
    ("烟台国际葡萄酒节期间，", ["烟台国际葡萄酒节"]),
    ("国际局势每周都在变化。", []),
    ("“悦读海河”全民阅读活动启动。", ["“悦读海河”全民阅读活动"]),
    ("商会举办“买全球”渔货对接会，", ["“买全球”渔货对接会"]),
    ("“海上丝路”等专题论坛，", []),
    ("第四届海岛茶叶节和环岛国际自行车赛将举行，", ["第四届海岛茶叶节", "环岛国际自行车赛"]),
    ("大会为期两天，设渔业碳汇、深海养殖两个平行论坛。", ["渔业碳汇", "深海养殖"]),
    ("合拍的《远海2》在电影节上首映。", []),
]


@pytest.mark.parametrize(("text", "names"), SEASONS, ids=[text[:8] for text, _ in SEASONS])
def test_weeks_held_for_the_world_and_quoted_activities_are_events(text: str, names: list[str]) -> None:
    assert list(dict.fromkeys(cut(text, events(text)))) == names


def test_people_by_what_they_grow_are_no_person() -> None:
    text = "合作社惠及林农。"
    assert unnamed(text, spot(text, "林农", EntityType.PERSON))


def test_an_event_runs_over_no_verb() -> None:
    assert cut("2023年茶博会今天举行开幕式", events("2023年茶博会今天举行开幕式")) == []


def test_a_country_is_a_place_whatever_it_does() -> None:
    text = "斯洛伐克宣布参加协定，斯洛伐克将派代表团。"
    found = find_names(Article("a", "", text))
    assert {item.type for item in found if text[item.start : item.end] == "斯洛伐克"} <= {PLACE}


HOSTILE = [
    "实施" * 4000,
    "“" * 6000,
    "“甲乙”" * 3000,
    "实施甲“乙丙”" * 2000,
    "、甲乙工程" * 2500,
    "等项目" * 4000,
    "关于加快" * 3000,
    "甲旗下" * 4000,
    "AB、" * 5000 + "试点",
    "《" + "甲" * 8000,
    "冬奥会" * 4000,
    "2023年" * 3000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:6] for text in HOSTILE])
def test_no_wording_makes_a_pattern_run_away(text: str) -> None:
    begun = time.process_time()
    no_words: list = []
    for find in (quoted, alike, unmarked, titles, events):
        list(find(text))
    for type_ in (PROG, EVENT):
        mend(text, Candidate(0, len(text), type_))
    for find in (kinds, undertakings, firms, plans):
        list(find(text, no_words))
    assert time.process_time() - begun < 3
