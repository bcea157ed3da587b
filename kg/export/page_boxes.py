"""Labels are wide and low: keep boxes from covering each other, and parts side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

HEIGHT = 56.0
"""A node with its label below it."""
GAP = 46.0
ASPECT = 1.12
"""Between the panels of a wide screen there is a field hardly wider than high."""


def spread(points: Points, widths: Points, rounds: int = 220) -> Points:
    """Push apart points whose labels, `widths` wide, would cover each other.

    Each pair moves along the axis on which it overlaps least, so that shapes are kept.
    """
    points = points.copy()
    if len(points) < 2:
        return points
    wide = (widths[:, None] + widths[None, :]) / 2 + 14
    tie = 1e-9 * np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
    for _ in range(rounds):
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        over_x, over_y = wide - np.abs(dx), HEIGHT - np.abs(dy)
        hit = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        sideways = hit & (over_x < over_y)
        upright = hit & ~sideways
        points[:, 0] += np.where(sideways, np.where(dx + tie > 0, over_x, -over_x), 0).sum(axis=1) * 0.26
        points[:, 1] += np.where(upright, np.where(dy + tie > 0, over_y, -over_y), 0).sum(axis=1) * 0.26
    return points


def pack(parts: Sequence[Points]) -> list[Points]:
    """The parts moved so that their boxes stand side by side, the first in the middle."""
    if not parts:
        return []
    boxes = [(float(np.ptp(p[:, 0])) + 120 + GAP, float(np.ptp(p[:, 1])) + HEIGHT + GAP) for p in parts]
    corners = _corners(boxes[:150])
    corners += _shelves(boxes[150:], corners, boxes[:150])
    return [
        part - part.min(axis=0) + np.array([x + (60 + GAP / 2), y + GAP / 2])
        for part, (x, y) in zip(parts, corners, strict=True)
    ]


def _corners(boxes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Each box at the free corner nearest to the middle."""
    placed: list[tuple[float, float]] = []
    taken = np.zeros((0, 4))
    for width, height in boxes:
        if not placed:
            where = (-width / 2, -height / 2)
        else:
            left, top, right, bottom = taken.T
            xs = np.concatenate([right, right, left, left, left - width, left - width, right - width])
            ys = np.concatenate([top, bottom - height, bottom, top - height, top, bottom - height, bottom])
            free = ~(
                (xs[:, None] + 1 < right)
                & (left + 1 < xs[:, None] + width)
                & (ys[:, None] + 1 < bottom)
                & (top + 1 < ys[:, None] + height)
            ).any(axis=1)
            reach_x = np.maximum(np.abs(xs), np.abs(xs + width))
            reach_y = np.maximum(np.abs(ys), np.abs(ys + height)) * ASPECT
            cost = np.where(free, np.maximum(reach_x, reach_y) + (reach_x + reach_y) * 0.05, np.inf)
            best = int(np.argmin(np.round(cost, 3)))
            where = (float(xs[best]), float(ys[best]))
        placed.append(where)
        taken = np.vstack([taken, [where[0], where[1], where[0] + width, where[1] + height]])
    return placed


def _shelves(
    boxes: Sequence[tuple[float, float]],
    corners: Sequence[tuple[float, float]],
    above: Sequence[tuple[float, float]],
) -> list[tuple[float, float]]:
    """Row after row below the rest: the many small parts of a large graph."""
    if not boxes:
        return []
    left = min(x for x, _ in corners)
    right = max(x + w for (x, _), (w, _) in zip(corners, above, strict=True))
    y = max(y + h for (_, y), (_, h) in zip(corners, above, strict=True))
    placed, x, row = [], left, 0.0
    for width, height in boxes:
        if x > left and x + width > right:
            x, y, row = left, y + row, 0.0
        placed.append((x, y))
        x, row = x + width, max(row, height)
    return placed
