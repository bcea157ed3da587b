"""What contradicts itself is marked on the page, with the other claim beside it; and who only reprints."""

from __future__ import annotations

import pytest

from kg.model import Article, Entity, EntityType, Evidence, Fact, Graph, Mention

TEXTS = {
    "a": "江州市商务局局长张三会见来宾。港口论坛于3月8日举行。",
    "b": "江州市商务局局长李四主持会议。港口论坛于3月9日举行。",
    "c": "江州市商务局局长李四主持会议。港口论坛于3月9日举行。（转载）",
    "d": "会议由商务局局长李四主持。",
}
DAYS = {"a": "2022-03-10", "b": "2022-03-09", "c": "2022-03-11", "d": "2022-03-12"}
NAMES = {
    "org-江州市商务局": (EntityType.ORGANISATION, "江州市商务局"),
    "per-张三": (EntityType.PERSON, "张三"),
    "per-李四": (EntityType.PERSON, "李四"),
    "event-港口论坛": (EntityType.EVENT, "港口论坛"),
}


def disputed() -> Graph:
    """Two directors of one body in one month, two dates of one forum; one of the stories is a reprint."""

    def told(words: str, *articles: str) -> tuple[Evidence, ...]:
        spans = []
        for article in articles:
            text = TEXTS[article]
            at = text.index(words)
            start, end = text.rfind("。", 0, at) + 1, text.index("。", at) + 1
            spans.append(Evidence(article, start, end, text[start:end]))
        return tuple(spans)

    def post(person: str, confidence: float, evidence: tuple[Evidence, ...]) -> Fact:
        return Fact(person, "holdsPost", "org-江州市商务局", None, {"role": "局长"}, confidence, evidence)

    def entity(id_: str, type_: EntityType, name: str) -> Entity:
        found = [(a, text.index(name)) for a, text in TEXTS.items() if name in text]
        mentions = tuple(Mention(a, at, at + len(name), name) for a, at in found)
        return Entity(id_, type_, name, mentions=mentions, articles=tuple(a for a, _ in found))

    articles = tuple(
        Article(id_, f"题{id_}", text, DAYS[id_], "某报", voice="b" if id_ == "c" else None)
        for id_, text in TEXTS.items()
    )
    facts = (
        post("per-张三", 0.9, told("张三", "a")),
        post("per-李四", 0.95, (*told("李四", "b", "c"), *told("李四", "d"))),
        Fact("event-港口论坛", "date", None, "2022-03-08", {}, 0.8, told("3月8日", "a")),
        Fact("event-港口论坛", "date", None, "2022-03-09", {}, 0.8, told("3月9日", "b", "c")),
    )
    return Graph(articles, tuple(entity(id_, *said) for id_, said in NAMES.items()), facts)


@pytest.fixture
def page_of(build, open_page):
    return lambda link, **how: open_page(build("disputed", disputed), link, **how)


@pytest.mark.parametrize(
    ("card", "kind", "claims"),
    [
        ("org-江州市商务局", "一职多人", ["张三", "李四"]),
        ("per-张三", "一职多人", ["张三", "李四"]),
        ("event-港口论坛", "日期不一", ["2022年3月8日", "2022年3月9日"]),
    ],
)
def test_a_card_shows_what_is_disputed_and_every_claim(page_of, card, kind, claims):
    section = page_of(f"#e={card}").locator("section.odds")
    assert section.count() == 1
    said = section.inner_text()
    assert "说法不一" in said and kind in said
    assert all(claim in said for claim in claims)


def test_a_disputed_fact_is_marked_and_opens_the_other_claim(page_of):
    page = page_of("#e=per-张三")
    row = page.locator(".fact").first
    assert row.locator(".fact-text .odd").inner_text() == "说法不一"
    if row.locator(".quote").count() == 0:
        row.locator(".toggle").click()
    other = row.locator(".odds .said")
    assert other.count() == 1 and "李四" in other.inner_text()
    other.click()
    assert "f=" in page.url
    assert "李四" in page.inner_text("#panel") and "张三" in page.locator("#panel .odds").inner_text()


def test_what_nobody_disputes_bears_no_mark(pages, open_page):
    page = open_page(pages("seeds"), "#e=per-陈寅")
    assert page.locator(".odd").count() == 0


def test_both_counts_are_shown_and_reprints_are_called_so(page_of):
    page = page_of("#e=per-李四")
    assert page.locator(".toggle .badge").first.inner_text() == "3 个来源，2 个独立"
    assert page.locator(".source", has_text="同一报道的转载").count() == 1
    assert page.locator(".voices").first.inner_text() == "3 个来源，2 个独立"


def test_in_english_and_in_the_dark(page_of):
    page = page_of("#e=per-李四&lang=en", scheme="dark")
    said = page.inner_text("#panel")
    assert "Disputed" in said and "one post, several holders" in said and "3 sources, 2 independent" in said
