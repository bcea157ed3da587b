"""What a stretch names, by how it ends and by what it does."""

from __future__ import annotations

import pytest

from kg.extract.told_kind import of_its_kind, surer_where_introduced
from kg.model import Candidate, EntityType

ORG, PROG, EVENT = EntityType.ORGANISATION, EntityType.PROGRAMME, EntityType.EVENT

KINDS = {
    "a fund that announces": ("江南绿色基金", PROG, "宣布投资三个项目。", ORG),
    "a centre with a head": ("江南装备创新中心", PROG, "主任介绍成果。", ORG),
    "a centre that publishes": ("江南装备创新中心", PROG, "在东河市发布成果。", ORG),
    "a centre that is opened": ("江南装备创新中心", PROG, "在东河市举行揭牌仪式。", PROG),
    "a platform in use": ("江南服务平台", PROG, "已服务企业三万家。", PROG),
    "a programme that is an occasion": ("江南项目启动仪式", PROG, "举行。", EVENT),
    "a course": ("江南人才培训班", ORG, "开班。", EVENT),
    "an event that is a body": ("江南博览会组委会", EVENT, "介绍安排。", ORG),
    "a body of the lexicon": ("全国乘用车市场信息联席会", EVENT, "发布数据。", ORG),
}


@pytest.mark.parametrize("name, read, after, kind", KINDS.values(), ids=KINDS)
def test_kind(name: str, read: EntityType, after: str, kind: EntityType):
    assert of_its_kind(name + after, Candidate(0, len(name), read, 0.6)).type is kind


def test_the_short_name_acts_for_the_full_one():
    text = "江南装备创新中心（简称“江创中心”）揭牌。江创中心首席科学家讲话。"
    assert of_its_kind(text, Candidate(0, 8, PROG, 0.6)).type is ORG


def test_only_a_name_is_given_a_short_one():
    text = "江南装备创新中心（以下简称“江创中心”）揭牌。"
    assert surer_where_introduced(text, Candidate(0, 8, ORG, 0.4)).confidence == pytest.approx(0.7)
    assert surer_where_introduced(text, Candidate(0, 4, ORG, 0.4)).confidence == pytest.approx(0.4)
