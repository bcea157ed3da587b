"""How many independent voices stand behind a fact: reprints of one story are one voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Article, Evidence

MOST = 0.99
"""No number of voices makes a fact surer."""
_NOT_WORD = re.compile(r"[\W_]+")


def speakers(articles: Iterable[Article]) -> dict[str, str]:
    """For each article's id, the id that stands for its voice."""
    return {article.id: article.voice or article.id for article in articles}


def by_voice(evidence: Sequence[Evidence], speaker: Mapping[str, str]) -> list[list[Evidence]]:
    """`evidence` in groups of one voice each.

    Sentences that say the same word for word are one voice too, whatever stands around them.
    """
    if len(evidence) < 2:
        return [[sentence] for sentence in evidence]
    places: dict[str, int] = {}
    groups = Groups(2 * len(evidence))
    found = []
    for sentence in evidence:
        voice = places.setdefault(f"voice {speaker.get(sentence.article, sentence.article)}", len(places))
        wording = places.setdefault(f"words {_NOT_WORD.sub('', sentence.text)}", len(places))
        groups.join(voice, wording)
        found.append(voice)
    told: dict[int, list[Evidence]] = {}
    for sentence, voice in zip(evidence, found, strict=True):
        told.setdefault(groups.root(voice), []).append(sentence)
    return list(told.values())


def independent(evidence: Sequence[Evidence], speaker: Mapping[str, str]) -> int:
    """How many independent voices stand behind `evidence`."""
    return len(by_voice(evidence, speaker))


def sources(evidence: Iterable[Evidence]) -> int:
    """In how many articles `evidence` stands."""
    return len({sentence.article for sentence in evidence})


def together(told: Iterable[float]) -> float:
    """The confidence of what voices state that are each so sure; one voice alone stays as it is.

    Each further voice takes away half as much doubt as it would if its reading could not be wrong in the
    same way; hundredths, and never certain: that is for people to say.

    >>> together([0.8]), together([0.8, 0.8]), together([0.99, 0.9, 0.9])
    (0.8, 0.88, 0.99)
    """
    first, *others = sorted(told, reverse=True) or [0.0]
    doubt = 1 - first
    for sure in others:
        doubt *= 1 - sure / 2
    return max(first, min(round(1 - doubt, 2), MOST))


class Groups:
    """Numbers joined into groups; the smallest of a group is its root."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def root(self, number: int) -> int:
        """The number that stands for the group of `number`."""
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make the groups of two numbers one."""
        one, other = sorted((self.root(one), self.root(other)))
        self.parent[other] = one
