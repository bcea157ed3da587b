"""Fits the curve from scores to the share of facts that is right."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.calibration import Calibration

_ROUNDING = 4
_WEAK = 1e4
"""Inverse of the weight decay: next to none, as there are few weights and many verdicts."""


def fitted(scored: Sequence[tuple[float, tuple[int, int]]], right: Sequence[bool]) -> Calibration:
    """The curve that fits `right` best: from scores of unseen articles, and the doubts about the names."""
    from sklearn.linear_model import LogisticRegression

    table = [[score, *doubts] for score, doubts in scored]
    fit = LogisticRegression(C=_WEAK, max_iter=1000).fit(table, right)
    slope, much, some = (round(float(weight), _ROUNDING) for weight in fit.coef_[0])
    return Calibration(slope, round(float(fit.intercept_[0]), _ROUNDING), min(0.0, much), min(0.0, some))
