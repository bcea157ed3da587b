"""Numbers that somebody is to reach, or has reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import fmean

from kg.extract.indicators import indicator
from kg.extract.reading import Reading
from kg.extract.target_features import Stated, TargetReader, near_date
from kg.extract.target_model import TargetModel, target_model
from kg.extract.target_subjects import Subject
from kg.model import Fact, Span


def targets(reading: Reading) -> Iterator[Fact]:
    """Yield the numbers that matter, each of the entity that it is most likely about."""
    model = target_model()
    reader = TargetReader(reading)
    best: dict[tuple[str, str, str], Fact] = {}
    last: tuple[Span, str] | None = None
    for stated, subject, chance in judged(model, list(reader.stated())):
        confidence = model.confidence(*chance, reading.doubts(subject.entity))
        before = last[1] if last is not None and last[0] == stated.sentence else ""
        fact = _fact(reading, reader, stated, subject, before)
        last = (stated.sentence, fact.qualifiers["indicator"])
        # A number of which the article does not say what it counts tells nobody anything.
        if confidence < model.threshold or not fact.qualifiers["indicator"]:
            continue
        key = (subject.entity, stated.quantity.value, stated.quantity.unit)
        if key not in best or best[key].confidence < confidence:
            best[key] = Fact(
                fact.subject, "hasTarget", None, None, fact.qualifiers, confidence, fact.evidence
            )
    yield from best.values()


def judged(
    model: TargetModel, listed: Sequence[Stated]
) -> Iterator[tuple[Stated, Subject, tuple[float, float]]]:
    """Yield each number with its likeliest subject, and how likely it matters and belongs to that one.

    All numbers of a chain vote for one subject.
    """
    owns = [[model.owns(subject.features) for subject in stated.subjects] for stated in listed]
    votes: dict[tuple[int, str], list[float]] = defaultdict(list)
    for stated, chances in zip(listed, owns, strict=True):
        for subject, chance in zip(stated.subjects, chances, strict=True):
            votes[stated.chain, subject.entity].append(chance)
    for stated, chances in zip(listed, owns, strict=True):
        shared = [fmean(votes[stated.chain, s.entity]) for s in stated.subjects]
        ranked = [(0.5 * (own + all_), -i) for i, (own, all_) in enumerate(zip(chances, shared, strict=True))]
        likely, index = max(ranked)
        yield stated, stated.subjects[-index], (model.worth.probability(stated.features), likely)


def _fact(reading: Reading, reader: TargetReader, stated: Stated, subject: Subject, before: str) -> Fact:
    quantity, text = stated.quantity, reading.text
    when = near_date(reader.dates, quantity, stated.sentence)
    aside = [Span(n.start, n.end) for n in reading.names_in(stated.sentence) if n.entity == subject.entity]
    aside += [Span(d.start, d.end) for d in reader.dates]
    qualifiers = {
        "indicator": indicator(text, quantity, stated.sentence, aside, before),
        "value": quantity.value,
        "unit": quantity.unit,
        "stated": text[quantity.start : quantity.end].removeprefix("了"),
    }
    if quantity.comparison:
        qualifiers["comparison"] = quantity.comparison
    if quantity.upto:
        qualifiers["upto"] = quantity.upto
    if when is not None and when.by is not None:
        qualifiers["by"] = when.by
    evidence = reading.evidence(quantity.number_at)
    return Fact(subject.entity, "hasTarget", None, None, qualifiers, 1.0, evidence)
