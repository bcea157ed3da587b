"""Posts: who holds which post in which body, and what the text leaves out."""

from __future__ import annotations

import pytest
from named_sentences import names, reading

from kg.extract.posts import posts
from kg.extract.titles import title_grammar
from kg.model import Entity, Fact


def held(marked: str) -> dict[tuple[str, str, str], Fact]:
    """Person, body and role → fact."""
    found = list(posts(reading(marked)))
    implied = names(found)
    facts = [item for item in found if isinstance(item, Fact)]
    return {(f.subject, implied.get(f.object or "", f.object or ""), f.qualifiers["role"]): f for f in facts}


BEFORE_THE_NAME = """
[青川市财政局|ORG]局长[张三|PER]介绍  =>  张三 青川市财政局 局长
[青川市委|ORG]常委、[青川市纪委|ORG]书记[张三|PER]  =>  张三 青川市委 常委; 张三 青川市纪委 书记
[云岭集团|ORG]董事、总裁[李四|PER]  =>  李四 云岭集团 董事; 李四 云岭集团 总裁
[云岭集团|ORG]党委委员副总经理[李四|PER]  =>  李四 云岭集团 党委委员; 李四 云岭集团 副总经理
[江湾协会|ORG]副会长兼秘书长[李四|PER]  =>  李四 江湾协会 副会长; 李四 江湾协会 秘书长
[云岭科技|ORG]产品研发部副总监[李四|PER]  =>  李四 云岭科技 产品研发部副总监
[云岭科技|ORG]首席技术官（CTO）[李四|PER]  =>  李四 云岭科技 首席技术官
[云岭科技|ORG]CEO [李四|PER]说  =>  李四 云岭科技 CEO
[云岭集团|ORG] 党委书记 [李四|PER]  =>  李四 云岭集团 党委书记
[云岭集团|ORG]（600000.SH）董事长[李四|PER]  =>  李四 云岭集团 董事长
[甲公司|ORG]（[乙集团|ORG]子公司）总经理[李四|PER]  =>  李四 甲公司 总经理
[云岭科技|ORG]创始人/CEO[李四|PER]  =>  李四 云岭科技 CEO; 李四 云岭科技 创始人
[云岭集团|ORG]董事长、监事会主席[李四|PER]  =>  李四 云岭集团 监事会主席; 李四 云岭集团 董事长
[甲总局|ORG]总审计师兼货物和劳务司司长[王五|PER]  =>  王五 甲总局 总审计师; 王五 甲总局 货物和劳务司司长
[江湾医院|ORG]副主任医师[王五|PER]  =>  王五 江湾医院 副主任医师
[审计署|ORG]审计长[王五|PER]  =>  王五 审计署 审计长
[江湾大学|ORG]的教授[王五|PER]  =>  王五 江湾大学 教授
[外交部|ORG]长[王五|PER]  =>  王五 外交部 部长
[江湾大学|ORG]教授、[河谷研究院|ORG]院长[王五|PER]  =>  王五 江湾大学 教授; 王五 河谷研究院 院长
[甲公司|ORG]及[乙公司|ORG]执行董事[王五|PER]  =>  王五 乙公司 执行董事; 王五 甲公司 执行董事
"""

SERVING_ANOTHER = """
[山海组织|ORG]秘书长副发言人[甲克|PER]  =>  甲克 山海组织 秘书长副发言人
[山海组织|ORG]秘书长特使[甲克|PER]  =>  甲克 山海组织 秘书长特使
[甲克|PER]总书记是老朋友  =>  -
"""

SEVERAL_PEOPLE = """
[山国|PLACE]总统[甲克|PER]夫妇、总理[乙拉|PER]夫妇到场  =>  甲克 山国政府 总统; 乙拉 山国政府 总理
[山国|PLACE]总统[甲|PER]、总理[乙|PER]、总理[丙|PER]  =>  甲 山国政府 总统; 乙 山国政府 总理; 丙 山国政府 总理
[青川市科技局|ORG]局长[张三|PER]、副局长[李四|PER]出席  =>  张三 青川市科技局 局长; 李四 青川市科技局 副局长
[青川市科技局|ORG]副局长[张三|PER]、[李四|PER]出席  =>  张三 青川市科技局 副局长; 李四 青川市科技局 副局长
[甲部|ORG]党组成员、副部长[张三|PER]、[李四|PER]出席
  =>  张三 甲部 党组成员; 张三 甲部 副部长; 李四 甲部 副部长
[青川市科技局|ORG]局长[张三|PER]、[李四|PER]出席  =>  张三 青川市科技局 局长
[甲校|ORG]校长[张三|PER]，[乙校|ORG]校长、教授[李四|PER]  =>  张三 甲校 校长; 李四 乙校 校长; 李四 乙校 教授
"""

IMPLIED = """
[青川市委|ORG]副书记、市长[张三|PER]  =>  张三 青川市人民政府 市长; 张三 青川市委 副书记
[市委|ORG=青川市委]常委、副市长[张三|PER]  =>  张三 青川市人民政府 副市长; 张三 青川市委 常委
[青川市|PLACE]副市长[张三|PER]  =>  张三 青川市人民政府 副市长
[青川|PLACE]市长[张三|PER]  =>  张三 青川市人民政府 市长
[东海区委|ORG]召开会议。副区长[张三|PER]主持  =>  张三 东海区人民政府 副区长
[德国|PLACE]总理[朔尔茨|PER]  =>  朔尔茨 德国政府 总理
[法国|PLACE]外交部长[巴罗|PER]  =>  巴罗 法国政府 外交部长
国家主席[习近平|PER]  =>  习近平 中华人民共和国 国家主席
在同山国民主同盟总书记[甲克|PER]会谈时  =>  -
[习近平|PER]总书记指出  =>  习近平 中共中央 总书记
[青川市|PLACE]与人签约，市长[张三|PER]出席  =>  -
[徐州|PLACE]与人签约，市长[张三|PER]出席  =>  张三 徐州市人民政府 市长
[自治区党委|ORG=广西壮族自治区党委]常委、自治区副主席[张三|PER]
  =>  张三 广西壮族自治区党委 常委; 张三 广西壮族自治区人民政府 自治区副主席
[市委|ORG=赣州市委]常委、常务副市长[张三|PER]  =>  张三 赣州市人民政府 常务副市长; 张三 赣州市委 常委
[西藏自治区|PLACE]副主席、[拉萨市|PLACE]市长[张三|PER]
  =>  张三 拉萨市人民政府 市长; 张三 西藏自治区人民政府 副主席
国务委员[张三|PER]  =>  张三 国务院 国务委员
[青川市政府|ORG]发布。[青川市|PLACE]市长[张三|PER]  =>  张三 青川市政府 市长
副市长[张三|PER]主持  =>  -
"""

AFTER_THE_NAME = """
[王五|PER]，[江湾大学|ORG]教授。  =>  王五 江湾大学 教授
[王五|PER]（[江湾大学|ORG]教授）认为  =>  王五 江湾大学 教授
[江湾大学|ORG][王五|PER]教授指出  =>  王五 江湾大学 教授
[王五|PER] [江湾大学|ORG]教授  =>  王五 江湾大学 教授
[王五|PER]：[江湾大学|ORG]教授  =>  王五 江湾大学 教授
[王五|PER]是[江湾大学|ORG]校长。  =>  王五 江湾大学 校长
[张三|PER]，男，1968年生，现任[青川市财政局|ORG]局长。  =>  张三 青川市财政局 局长
[张三|PER]当选[江湾协会|ORG]会长。  =>  张三 江湾协会 会长
[云岭集团有限公司|ORG]董事长由[张三|PER]担任。  =>  张三 云岭集团有限公司 董事长
[云岭有限公司|ORG]成立，法定代表人为[张三|PER]。  =>  张三 云岭有限公司 法定代表人
[张三|PER]任[云岭集团|ORG]董事长、[云岭银行|ORG]行长。  =>  张三 云岭银行 行长; 张三 云岭集团 董事长
"""

VERBS_OF_OFFICE = """
[张三|PER]已于2023年6月出任[云岭新区党工委|ORG]副书记。  =>  张三 云岭新区党工委 副书记
[张三|PER]仍担任[云岭集团|ORG]董事长。  =>  张三 云岭集团 董事长
任命[张三|PER]为[甲局|ORG]局长，[李四|PER]为[乙局|ORG]局长；免去[王五|PER]的[乙局|ORG]局长职务。
  =>  张三 甲局 局长; 李四 乙局 局长; 王五 乙局 局长
任命[张三|PER]、[李四|PER]为[甲局|ORG]副局长。  =>  张三 甲局 副局长; 李四 甲局 副局长
[张三|PER]、[李四|PER]等当选[江湾协会|ORG]副会长。  =>  张三 江湾协会 副会长; 李四 江湾协会 副会长
[张三|PER]曾任[甲部|ORG]总工程师室主任、[乙厅|ORG]厅长等职。  =>  张三 乙厅 厅长; 张三 甲部 总工程师室主任
据介绍，[张三|PER]已任[甲局|ORG]副局长，此前担任[江湾医院|ORG]院长。  =>  张三 江湾医院 院长; 张三 甲局 副局长
[张三|PER]任重组后的[乙集团|ORG]董事长、党委书记，[丙公司|ORG]总裁[李四|PER]任总经理。
  =>  张三 乙集团 党委书记; 张三 乙集团 董事长; 李四 丙公司 总裁; 李四 乙集团 总经理
[江湾大学|ORG]校长[张三|PER]院士、[甲医院|ORG]院长[李四|PER]致辞  =>  张三 江湾大学 校长; 李四 甲医院 院长
[张三|PER]任[江湾医院|ORG]副院长、骨科主任。  =>  张三 江湾医院 副院长; 张三 江湾医院 骨科主任
[江湾协会|ORG]会长由[云岭集团|ORG]董事长[张三|PER]担任。  =>  张三 云岭集团 董事长; 张三 江湾协会 会长
[江湾大学|ORG]首任校长由著名学者[王五|PER]出任。  =>  王五 江湾大学 首任校长
[甲协会|ORG]会长[张三|PER]当选[乙联盟|ORG]首届理事长，[丙公司|ORG]总裁[李四|PER]出席
  =>  张三 乙联盟 首届理事长; 张三 甲协会 会长; 李四 丙公司 总裁
"""

FROM_THE_CONTEXT = """
[江湾协会|ORG]换届，[张三|PER]当选会长，[李四|PER]、[王五|PER]当选副会长。
  =>  张三 江湾协会 会长; 李四 江湾协会 副会长; 王五 江湾协会 副会长
[甲部|ORG]部长[张三|PER]作报告，副部长[李四|PER]、[王五|PER]出席。
  =>  张三 甲部 部长; 李四 甲部 副部长; 王五 甲部 副部长
[江湾协会|ORG]换届，产生[第五届理事会|ORG]，[张三|PER]当选会长。  =>  张三 江湾协会 会长
[云岭有限公司|ORG]公告，同意聘任[张三|PER]为公司副总经理，任期三年。  =>  张三 云岭有限公司 副总经理
[甲部|ORG]召开发布会，新闻发言人[张三|PER]回答提问。  =>  张三 甲部 新闻发言人
[云岭有限公司|ORG]公告，[张三|PER]辞去公司总裁职务，辞任后继续担任公司董事。
  =>  张三 云岭有限公司 总裁; 张三 云岭有限公司 董事
[云岭大学|ORG]校长[张三|PER]来访我校。副校长[李四|PER]会见来宾。  =>  张三 云岭大学 校长
[西部联盟|ORG]成立，[江湾医院|ORG]院长[张三|PER]当选联盟理事长并致辞。
  =>  张三 江湾医院 院长; 张三 西部联盟 理事长
联盟成立，[江湾协会|ORG]会长[张三|PER]当选首届会长，[云岭学会|ORG]会长[李四|PER]任副会长。
  =>  张三 江湾协会 会长; 李四 云岭学会 会长
[甲研究院|ORG]由[乙研究院|ORG]、[丙局|ORG]共建，院长由[张三|PER]担任。  =>  张三 甲研究院 院长
[江湾大学|ORG]举行典礼，校长[王五|PER]致辞。  =>  王五 江湾大学 校长
[江湾大学|ORG]举行典礼。该校副校长[王五|PER]致辞。  =>  王五 江湾大学 副校长
[云岭有限公司|ORG]发布公告。公司董事长[李四|PER]表示  =>  李四 云岭有限公司 董事长
[青川市财政局|ORG]发布公告。校长[李四|PER]表示  =>  -
"""

NO_POST = [
    "[江湾日报|ORG]记者[张三|PER]",
    "[张三|PER]和[李四|PER]",
    "[青川市政府|ORG]新闻发布会上，[张三|PER]表示",
    "[云岭集团|ORG]员工[张三|PER]",
    "[张三|PER]先生",
    "[云岭集团|ORG]发布公告。不知名科技CEO[张三|PER]表示",
    "[青川市委|ORG]召开会议。白石副市长[张三|PER]出席",
    "",
]


def cases(table: str) -> list[tuple[str, str]]:
    """The rows of a table `marked text  =>  person body role; …`, `-` for none; `=>` may open a line."""
    rows = (line.partition("  =>  ") for line in table.replace("\n  =>", "  =>").splitlines() if line)
    return [(marked, expected) for marked, _, expected in rows]


TABLES = (
    BEFORE_THE_NAME,
    SERVING_ANOTHER,
    SEVERAL_PEOPLE,
    IMPLIED,
    AFTER_THE_NAME,
    VERBS_OF_OFFICE,
    FROM_THE_CONTEXT,
)


@pytest.mark.parametrize(("marked", "expected"), [case for table in TABLES for case in cases(table)])
def test_posts(marked: str, expected: str) -> None:
    said = "; ".join(sorted(" ".join(post) for post in held(marked)))
    assert (said or "-") == "; ".join(sorted(expected.split("; ")))


@pytest.mark.parametrize("marked", NO_POST)
def test_no_post_where_none_is_told(marked: str) -> None:
    assert held(marked) == {}


TENURES = [
    ("原[青川市财政局|ORG]局长[张三|PER]", {"status": "former"}),
    ("[青川市财政局|ORG]原局长[张三|PER]", {"status": "former"}),
    ("时任[青川市财政局|ORG]局长的[张三|PER]", {"status": "former"}),
    ("[青川市财政局|ORG]代理局长[张三|PER]", {"status": "acting"}),
    ("10月8日，会议任命[张三|PER]为[青川市财政局|ORG]局长。", {"start": "2021-10-08"}),
    ("10月8日，会议免去[张三|PER]的[青川市财政局|ORG]局长职务。", {"status": "former", "end": "2021-10-08"}),
    ("昨日，[张三|PER]不再担任[青川市财政局|ORG]局长。", {"status": "former", "end": "2021-10-12"}),
    ("[张三|PER]曾任[青川市财政局|ORG]局长。", {"status": "former"}),
    ("[张三|PER]任[青川市财政局|ORG]局长期间", {"status": "former"}),
    ("会议任命[张三|PER]为[青川市财政局|ORG]局长。", {}),
    ("日前，[青川市财政局|ORG]局长[张三|PER]", {}),
]


@pytest.mark.parametrize(("marked", "expected"), TENURES, ids=[marked for marked, _ in TENURES])
def test_when_a_post_is_held(marked: str, expected: dict[str, str]) -> None:
    (fact,) = held(marked).values()
    assert fact.qualifiers == {"role": "局长", **expected}


def test_a_post_told_twice_is_one_fact_with_both_sentences() -> None:
    (fact,) = held("[甲局|ORG]局长[张三|PER]出席。\n[甲局|ORG]局长[张三|PER]讲话。").values()
    assert len(fact.evidence) == 2


def test_an_implied_body_is_given_once_and_marked() -> None:
    found = list(posts(reading("[青川市|PLACE]市长[张三|PER]、副市长[李四|PER]")))
    (body,) = [item for item in found if isinstance(item, Entity)]
    assert body.implied and body.subtype == "GovernmentBody"
    assert "青川市政府" in body.names


ROLES = [
    ("副总经理", ["副总经理"]),
    ("党组成员副主任", ["党组成员", "副主任"]),
    ("执行董事总经理", ["执行董事总经理"]),
    ("总经理助理", ["总经理助理"]),
    ("党委书记和董事长", ["党委书记", "董事长"]),
    ("总编辑", ["总编辑"]),
    ("责任编辑", []),
    ("新闻发布会", []),
]


@pytest.mark.parametrize(("text", "expected"), ROLES, ids=[text for text, _ in ROLES])
def test_titles_are_cut_at_their_joints(text: str, expected: list[str]) -> None:
    assert [role.title for role in title_grammar().roles(text)] == expected
