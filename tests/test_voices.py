"""Reprints and near-copies of one story are one voice; other stories are not, however alike their form."""

from __future__ import annotations

import random

import pytest

from kg.model import Article, Evidence
from kg.voices import voices
from kg.witnesses import independent

CITIES = "江州 海州 临州 平州 云州 青州 沙州 安州".split()
CLAUSES = [
    "{c}市召开智慧港口建设推进会，部署未来{n}年重点任务",
    "会议指出，要加快码头数字化改造，推动{n}个泊位实现自动化作业",
    "市交通运输局介绍，去年全市完成港口投资{n}亿元，同比增长{m}%",
    "{c}港务集团将牵头组建产业联盟，吸引{n}家企业参与联合攻关",
    "专家认为，港口是{c}参与区域分工的重要支点，潜力有待进一步释放",
    "截至目前，{c}已开通国际航线{n}条，覆盖{m}个国家和地区",
    "下一步，{c}将出台专项扶持政策，对重点项目给予最高{n}万元补助",
    "市民代表表示，希望岸线更多向公众开放，让大家共享发展成果第{n}期",
    "据了解，{c}第{n}批示范项目清单将于年底公布，涉及{m}个县区",
    "多位企业负责人说，办事流程由{n}个环节压缩到{m}个，明显更快",
]


def story(seed: int, sentences: int = 14) -> str:
    chance = random.Random(seed)
    city = chance.choice(CITIES)
    order = [chance.choice(CLAUSES) for _ in range(sentences)]
    filled = [c.format(c=city, n=chance.randrange(10, 999), m=chance.randrange(10, 99)) for c in order]
    names = ["".join(chance.choices("春江潮水连海平上明月共生滟随波千万里何处无", k=9)) for _ in filled]
    return "。\n".join(f"{text}，代号{name}" for text, name in zip(filled, names, strict=True)) + "。"


def article(name: str, text: str, date: str | None = "2023-03-08") -> Article:
    return Article(name, name, text, date)


def edited(text: str, seed: int, edits: int) -> str:
    chance = random.Random(seed)
    letters = list(text)
    for _ in range(edits):
        letters[chance.randrange(len(letters))] = chance.choice("的了在是，")
    return "".join(letters)


ORIGINAL = story(1)
COPIES = {
    "other outlet's head and tail": "本网综合消息：" + ORIGINAL + "\n本网将持续关注。",
    "small changes": edited(ORIGINAL, 2, 12),
    "cut short": ORIGINAL[: len(ORIGINAL) * 3 // 5],
    "paragraphs run together": ORIGINAL.replace("\n", ""),
    "other punctuation": ORIGINAL.replace("，", ",").replace("。", " "),
    "a paragraph added": ORIGINAL + "\n" + story(9, 2),
}
OTHERS = {
    "another story": story(2),
    "a digest of many stories": "\n".join(story(n, 6) for n in range(20, 26)) + ORIGINAL,
    "a quotation in another story": story(3) + ORIGINAL[:60],
}


@pytest.mark.parametrize("kind", COPIES)
def test_a_copy_is_no_voice_of_its_own(kind: str) -> None:
    found = voices([article("b", COPIES[kind], "2023-03-09"), article("a", ORIGINAL)])
    assert found == {"a": "a", "b": "a"}


@pytest.mark.parametrize("kind", OTHERS)
def test_another_story_is_a_voice_of_its_own(kind: str) -> None:
    assert voices([article("a", ORIGINAL), article("b", OTHERS[kind])]) == {"a": "a", "b": "b"}


def test_the_same_words_a_year_later_are_news_again() -> None:
    found = voices([article("a", ORIGINAL), article("b", ORIGINAL + "完", "2024-03-08")])
    assert found == {"a": "a", "b": "b"}


def test_the_voice_is_named_after_the_earliest() -> None:
    articles = [
        article("c", ORIGINAL, None),
        article("b", ORIGINAL + "一", "2023-03-08"),
        article("a", ORIGINAL + "二", "2023-03-09"),
    ]
    assert set(voices(articles).values()) == {"b"}


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [article(f"s{n}", story(n)) for n in range(30)]
    articles += [article(f"c{n}-{k}", edited(story(n), k, 8)) for n in range(0, 30, 3) for k in range(4)]
    found = voices(articles)
    assert sum(name != voice for name, voice in found.items()) == 40
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert voices(articles) == found


def test_empty_and_very_short_texts() -> None:
    assert voices([]) == {}
    articles = [article("a", "。"), article("b", "！"), article("c", "会"), article("d", "会。")]
    assert voices(articles) == {"a": "a", "b": "b", "c": "c", "d": "c"}


def test_independent_voices_behind_a_fact() -> None:
    voice = {"a": "a", "b": "a", "c": "c", "d": "d"}

    def said(name: str, text: str) -> Evidence:
        return Evidence(name, 0, len(text), text)

    assert independent([], voice) == 0
    assert independent([said("a", "甲任局长。"), said("b", "甲是局长。")], voice) == 1
    assert independent([said("a", "甲任局长。"), said("c", "甲是局长。")], voice) == 2
    assert independent([said("a", "甲任局长。"), said("c", "甲任局长")], voice) == 1
    chain = [said("a", "甲任局长。"), said("c", "甲任局长。"), said("c", "局长甲。"), said("d", "局长甲。")]
    assert independent(chain, voice) == 1
