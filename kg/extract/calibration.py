"""From a score to the share of such facts that is right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve, lower where the names of a fact were found with doubt.

    It is fitted on articles that the scoring model had not seen, with the names that a tagger found there.
    """

    slope: float
    offset: float
    much: float = 0.0
    """Added to the log odds for each name found with much doubt."""
    some: float = 0.0
    """Added for each name found with some doubt."""

    def probability(self, score: float, doubts: tuple[int, int] = (0, 0)) -> float:
        """How likely a fact of this score is right.

        >>> Calibration(2.0, 0.0, -1.0, -0.5).probability(0.5, (1, 0))
        0.5
        """
        odds = self.slope * score + self.offset + self.much * doubts[0] + self.some * doubts[1]
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
