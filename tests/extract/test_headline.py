"""Events that only the headline names."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Article, EntityType

HEADLINE = "东河市启动第二届智能制造创新大赛"


def events(text: str) -> dict[str, str]:
    found = extract(Article(id="a", title=HEADLINE, text=text, date="2024-03-03"))
    return {e.name: e.id for e in found.entities if e.type is EntityType.EVENT and not e.mentions}


@pytest.mark.parametrize("word", ["本次大赛", "此次大赛", "该大赛", "本届大赛"])
def test_what_the_text_only_points_to_is_the_headlines_event(word):
    assert list(events(f"据了解，{word}由东河市科技局主办，设三个赛道。")) == ["第二届智能制造创新大赛"]


@pytest.mark.parametrize(
    "text",
    [
        "据了解，本次论坛由东河市科技局主办。",  # another kind of event
        "第二届智能制造创新大赛开幕，本次大赛由东河市科技局主办。",  # named in the text itself
        "东河市科技局公布了名单。",  # nothing points to it
    ],
)
def test_an_event_is_not_taken_from_the_headline_without_need(text):
    assert events(text) == {}


def test_its_facts_are_facts():
    article = Article(
        id="a", title=HEADLINE, text="据了解，本次大赛由东河市科技局主办，设三个赛道。", date="2024-03-03"
    )
    found = extract(article)
    names = {e.id: e.name for e in found.entities}
    stated = {(names[f.subject], f.property, names.get(f.object)) for f in found.facts}
    assert ("东河市科技局", "organises", "第二届智能制造创新大赛") in stated
