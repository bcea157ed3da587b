"""Where everything stands on the page: communities, positions and what is shown first.

Physics in the browser takes minutes at a thousand nodes; here it takes a second, once. All
randomness is seeded and every order is fixed, so that equal graphs are drawn equally.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import igraph
import numpy as np
import numpy.typing as npt

from kg.export.page_boxes import pack, spread

Points = npt.NDArray[np.float64]
Pair = tuple[int, int]

WHOLE = 160
"""A part up to this size is laid out in one go; a larger one by its communities."""
EDGE = 118.0
"""The length an edge would like to have, in pixels at scale 1."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Positions by node, communities by node, and the nodes of the first view with theirs."""

    x: list[int]
    y: list[int]
    community: list[int]
    first: list[int]
    first_x: list[int]
    first_y: list[int]


def draw(weights: Sequence[float], pairs: Sequence[Pair], widths: Sequence[int], limit: int) -> Drawing:
    """Place nodes of `weights` joined by `pairs`; `widths` are of their labels, in pixels."""
    with _seeded():
        community = _communities(len(weights), pairs)
        everything = _place(pairs, widths, community, careful=False)
        first = _first_view(weights, pairs, community, limit)
        shown = {node: number for number, node in enumerate(first)}
        inner = [(shown[a], shown[b]) for a, b in pairs if a in shown and b in shown]
        near = _place(inner, [widths[n] for n in first], [community[n] for n in first], careful=True)
    return Drawing(
        x=[round(v) for v in everything[:, 0].tolist()],
        y=[round(v) for v in everything[:, 1].tolist()],
        community=community,
        first=first,
        first_x=[round(v) for v in near[:, 0].tolist()],
        first_y=[round(v) for v in near[:, 1].tolist()],
    )


@contextmanager
def _seeded() -> Iterator[None]:
    """Igraph draws its random numbers from Python's; give it its own, then give `random` back."""
    igraph.set_random_number_generator(random.Random(20211012))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _communities(size: int, pairs: Sequence[Pair]) -> list[int]:
    """Numbered by falling size; what no fact joins stands alone in a last one, -1."""
    graph = igraph.Graph(n=size, edges=list(pairs))
    found = graph.community_multilevel().membership if pairs else list(range(size))
    members: dict[int, list[int]] = {}
    for node, group in enumerate(found):
        members.setdefault(group, []).append(node)
    ordered = sorted((g for g in members.values() if len(g) > 1), key=lambda g: (-len(g), g[0]))
    community = [-1] * size
    for number, group_members in enumerate(ordered):
        for node in group_members:
            community[node] = number
    return community


def _first_view(
    weights: Sequence[float], pairs: Sequence[Pair], community: Sequence[int], limit: int
) -> list[int]:
    """The ends of the weightiest pairs, taking turns between communities so that none is left out."""
    waiting: dict[int, list[Pair]] = {}
    for a, b in pairs:
        waiting.setdefault(community[a], []).append((a, b))
    queue: list[tuple[float, int, int]] = []
    for group, members in _weightiest(waiting, weights, limit):
        members.sort(key=lambda p: (-(weights[p[0]] + weights[p[1]]), p))
        heapq.heappush(queue, (-_worth(members[0], weights, 0), group, 0))
    chosen: set[int] = set()
    while queue and len(chosen) + 2 <= limit:
        _, group, turn = heapq.heappop(queue)
        chosen.update(waiting[group][turn])
        if turn + 1 < len(waiting[group]):
            worth = _worth(waiting[group][turn + 1], weights, turn + 1)
            heapq.heappush(queue, (-worth, group, turn + 1))
    if not chosen:
        chosen = set(sorted(range(len(weights)), key=lambda n: (-weights[n], n))[:limit])
    return sorted(chosen)


def _weightiest(
    waiting: dict[int, list[Pair]], weights: Sequence[float], limit: int
) -> list[tuple[int, list[Pair]]]:
    """The communities that get a turn: few enough for each to show more than a single pair."""
    heaviest = sorted(
        waiting.items(),
        key=lambda item: (
            -sum(sorted((weights[a] + weights[b] for a, b in item[1]), reverse=True)[:8]),
            item[0],
        ),
    )
    return heaviest[: max(4, limit // 8)]


def _worth(pair: Pair, weights: Sequence[float], turn: int) -> float:
    return (weights[pair[0]] + weights[pair[1]]) / math.sqrt(1 + turn / 4)


def _place(pairs: Sequence[Pair], widths: Sequence[int], community: Sequence[int], careful: bool) -> Points:
    """Each connected part by itself, the parts packed side by side, the unconnected in a grid below."""
    points = np.zeros((len(widths), 2))
    if not len(widths):
        return points
    graph = igraph.Graph(n=len(widths), edges=list(pairs))
    parts = sorted((sorted(part) for part in graph.components()), key=lambda part: (-len(part), part[0]))
    joined = [part for part in parts if len(part) > 1]
    local = [_part(graph, part, widths, community, careful) for part in joined]
    for part, where in zip(joined, pack(local), strict=True):
        points[part] = where
    alone = [part[0] for part in parts if len(part) == 1]
    below = points[:, 1].max() + 160 if joined else 0.0
    columns = max(6, round(math.sqrt(len(alone)) * 0.8))
    for number, node in enumerate(alone):
        row, column = divmod(number, columns)
        points[node] = ((column - (columns - 1) / 2) * 170, below + row * 64)
    return points


def _part(
    graph: igraph.Graph, part: list[int], widths: Sequence[int], community: Sequence[int], careful: bool
) -> Points:
    whole = graph.induced_subgraph(part)
    sizes = np.array([widths[n] for n in part], dtype=float)
    if len(part) <= WHOLE or careful:
        return spread(_small(whole, careful), sizes)
    groups: dict[int, list[int]] = {}
    for index, node in enumerate(part):
        groups.setdefault(community[node], []).append(index)
    members = [groups[key] for key in sorted(groups)]
    inside = [_group(whole.induced_subgraph(group), sizes[group]) for group in members]
    centres = _centres(whole, members, inside)
    points = np.zeros((len(part), 2))
    for group, where, centre in zip(members, inside, centres, strict=True):
        points[group] = where + centre
    return points


def _group(graph: igraph.Graph, sizes: Points) -> Points:
    count = graph.vcount()
    if count <= WHOLE:
        return spread(_small(graph, careful=False), sizes, rounds=50)
    start = _disc(count) * math.sqrt(count)
    found = np.array(graph.layout_fruchterman_reingold(niter=120, seed=start.tolist(), grid="grid").coords)
    return spread(_scaled(graph, found), sizes, rounds=50) if count <= 300 else _scaled(graph, found)


def _small(graph: igraph.Graph, careful: bool) -> Points:
    """Kamada–Kawai from a fixed start: distances on the page follow distances in the graph."""
    count = graph.vcount()
    start = _disc(count) * count
    found = np.array(graph.layout_kamada_kawai(seed=start.tolist(), maxiter=30 * count).coords)
    points = _scaled(graph, found)
    return _refined(graph, points) if careful else points


def _refined(graph: igraph.Graph, points: Points, rounds: int = 60) -> Points:
    """Lower the stress with links that are longer about hubs, so that their neighbours' names fit."""
    degree = graph.degree()
    lengths = [86 + 8.0 * min(max(degree[a], degree[b]), 26) for a, b in graph.get_edgelist()]
    wanted = np.array(graph.distances(weights=lengths), dtype=float)
    np.fill_diagonal(wanted, 1.0)
    weight = 1 / wanted**2
    np.fill_diagonal(weight, 0.0)
    for _ in range(rounds):
        for node in range(len(points)):
            gap = points[node] - points
            distance = np.sqrt((gap**2).sum(axis=1)) + 1e-6
            aims = points + gap * (wanted[node] / distance)[:, None]
            points[node] = (aims * weight[node][:, None]).sum(axis=0) / weight[node].sum()
    return points


def _scaled(graph: igraph.Graph, points: Points) -> Points:
    ends = np.array(graph.get_edgelist(), dtype=int).reshape(-1, 2)
    points = points - points.mean(axis=0)
    if not len(ends):
        return points
    lengths = np.sqrt(((points[ends[:, 0]] - points[ends[:, 1]]) ** 2).sum(axis=1))
    return points * (EDGE / max(float(lengths.mean()), 1e-9))


def _centres(graph: igraph.Graph, members: list[list[int]], inside: list[Points]) -> Points:
    """Communities as discs: laid out by their links, then pushed apart until none covers another."""
    at = {node: number for number, group in enumerate(members) for node in group}
    ends = ((at[a], at[b]) for a, b in graph.get_edgelist())
    links = sorted({(min(a, b), max(a, b)) for a, b in ends if a != b})
    above = igraph.Graph(n=len(members), edges=links)
    radii = np.array([np.sqrt((p**2).sum(axis=1)).max() + 110 for p in inside])
    start = _disc(len(members)) * len(members)
    found = np.array(above.layout_fruchterman_reingold(niter=400, seed=start.tolist(), grid="nogrid").coords)
    points = _scaled(above, found) * (float(radii.mean()) * 2.0 / EDGE)
    for _ in range(300):
        gap = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2)) + 1e-6
        overlap = np.maximum(0, radii[:, None] + radii[None, :] - distance)
        np.fill_diagonal(overlap, 0)
        if overlap.max() < 1:
            break
        points = points + (gap / distance[..., None] * overlap[..., None]).sum(axis=1) * 0.25
    return points


def _disc(count: int) -> Points:
    """Points on a sunflower, radius 1: an even start that needs no random numbers.

    Python's own sine, because that of NumPy differs in the last bit between processors.
    """
    spots = []
    for number in range(count):
        angle, radius = number * 2.399963229728653, math.sqrt((number + 0.5) / max(count, 1))
        spots.append((radius * math.cos(angle), radius * math.sin(angle)))
    return np.array(spots, dtype=float).reshape(-1, 2)
