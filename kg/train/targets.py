"""Trains the judge of targets from gold: which numbers matter, and whose they are.

    kg train targets --gold GOLD [--found FOUND.jsonl] -o kg/data/targets.json

Each article is read with the gold's names; with `--found` also with the names that a tagger found
in it without having been trained on it, so that the judge meets the mistakes it will live with.
Needs scikit-learn (`pip install zhengmai[train]`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.chinese.quantities import normalise
from kg.evaluate.matching import match_entities
from kg.extract.calibration import Calibration
from kg.extract.coreference import join_names
from kg.extract.reading import Reading
from kg.extract.target_features import Stated, TargetReader
from kg.extract.target_model import Logistic, TargetModel, log_odds
from kg.extract.targets import judged
from kg.gold import Gold
from kg.model import Alias, Candidate, Entity, Mention
from kg.train.calibration import fitted
from kg.train.folds import FOLDS, fold_of
from kg.train.written import told

STRENGTH = 0.05
"""Inverse of the weight decay; chosen by the folds."""
RARE = 4
"""A feature met less often than this is left out."""
THRESHOLD = 0.45
"""Targets less sure than this are not given out; chosen by the folds for the best F1."""

_WEIGHT = {"gold": 1.0, "tagger": 1.0, "written": 0.5}
"""How much an example counts."""


@dataclass(frozen=True, slots=True)
class Example:
    """A number of a gold article: whether it is a target, and which of the entities have it."""

    article: str
    stated: Stated
    wanted: bool
    owners: frozenset[str]
    named_by: str
    """`gold`, `tagger`, or `written` in a text made for training."""
    doubts: Mapping[str, tuple[int, int]]
    """Each entity that it may be about → whether that was found with doubt."""


def gold_reading(gold: Gold) -> Reading:
    """A gold article as an extractor sees it: only the entities that its text names."""
    mentions: dict[str, list[Mention]] = {}
    for mark in gold.mentions:
        text = gold.article.text[mark.start : mark.end]
        mentions.setdefault(mark.entity, []).append(Mention(gold.article.id, mark.start, mark.end, text))
    entities = []
    for eid, marks in mentions.items():
        known = gold.entities[eid]
        aliases = tuple(Alias(name) for name in sorted({m.text for m in marks} - {known.name}))
        entities.append(
            Entity(eid, known.type, known.name, known.subtype, aliases, tuple(marks), (gold.article.id,))
        )
    return Reading(gold.article, entities)


def examples(gold: Gold, found: Sequence[Candidate] | None = None) -> list[Example]:
    """Every number of a gold article, read with the gold's names or with those `found`."""
    if found is None:
        reading, named_by = gold_reading(gold), "gold"
        theirs = {eid: eid for eid in reading.entities}
    else:
        reading, named_by = Reading(gold.article, join_names(gold.article, found), found), "tagger"
        theirs = match_entities(gold, reading.entities.values())
    owners = _owners(gold)
    listed = []
    for stated in TargetReader(reading).stated():
        wanted = _owners_of(stated, owners)
        mine = frozenset(eid for eid, gold_id in theirs.items() if gold_id in wanted)
        doubts = {s.entity: reading.doubts(s.entity) for s in stated.subjects}
        listed.append(Example(gold.article.id, stated, bool(wanted), mine, named_by, doubts))
    return listed


def _owners(gold: Gold) -> dict[tuple[float, str], set[str]]:
    owners: dict[tuple[float, str], set[str]] = {}
    for fact in gold.facts:
        if fact.property == "hasTarget":
            amount = normalise(fact.qualifiers["value"], fact.qualifiers.get("unit", ""))
            if amount is not None:
                owners.setdefault(amount, set()).add(fact.subject)
    return owners


def _owners_of(stated: Stated, owners: Mapping[tuple[float, str], set[str]]) -> set[str]:
    amount = normalise(stated.quantity.value, stated.quantity.unit)
    return {
        owner
        for (value, unit), several in owners.items()
        if amount is not None and value == amount[0] and (unit == amount[1] or not unit or not amount[1])
        for owner in several
    }


def train_targets(
    golds: Mapping[str, Gold], found: Mapping[str, Sequence[Candidate]] | None = None
) -> TargetModel:
    """A judge trained on all of `golds`; its confidence is fitted on folds that it had not seen."""
    data = [example for name in sorted(golds) for example in examples(golds[name])]
    if found is not None:
        data += [e for name in sorted(golds) if name in found for e in examples(golds[name], found[name])]
    data += [replace(e, named_by="written") for gold in told().values() for e in examples(gold)]
    judged_by = "gold" if found is None else "tagger"
    unseen: list[_Verdict] = []
    for fold in range(FOLDS):
        rest = [e for e in data if e.named_by == "written" or fold_of(e.article) != fold]
        if not rest or len(rest) == len(data):
            continue
        model = _fit(rest)
        for name in sorted(golds):
            mine = [e for e in data if e.article == name and e.named_by == judged_by]
            unseen += _judged(model, mine) if fold_of(name) == fold else ()
    whole = _fit(data)
    return TargetModel(whole.worth, whole.subject, _calibrated(unseen), THRESHOLD)


def _fit(data: Sequence[Example]) -> TargetModel:
    worth = _logistic((e.stated.features, e.wanted, _WEIGHT[e.named_by]) for e in data)
    subject = _logistic(
        (s.features, s.entity in e.owners, _WEIGHT[e.named_by])
        for e in data
        if e.wanted
        for s in e.stated.subjects
    )
    return TargetModel(worth, subject, Calibration(1.0, 0.0), 0.0)


def _logistic(rows: Iterable[tuple[tuple[str, ...], bool, float]]) -> Logistic:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    listed = list(rows)
    seen = Counter(feature for features, _, _ in listed for feature in set(features))
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(
        [{f: 1.0 for f in features if seen[f] >= RARE} for features, _, _ in listed]
    )
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(matrix, [label for _, label, _ in listed], sample_weight=[weight for _, _, weight in listed])
    names = vectors.get_feature_names_out()
    return Logistic(float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True)))


_Verdict = tuple[float, tuple[int, int], bool]
"""Log odds of a guess, the doubts about the name, whether it was right."""


def _judged(model: TargetModel, listed: Sequence[Example]) -> Iterator[_Verdict]:
    """How likely `model` holds its best guess on each number of an article to be, and whether it is right."""
    found = judged(model, [example.stated for example in listed])
    for example, (_, subject, (worth, likely)) in zip(listed, found, strict=True):
        known = example.doubts[subject.entity]
        yield log_odds(worth * likely), known, subject.entity in example.owners


def _calibrated(verdicts: Sequence[_Verdict]) -> Calibration:
    return fitted([(odds, doubts) for odds, doubts, _ in verdicts], [right for _, _, right in verdicts])
