"""A server over the graph of the seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served, serving


@pytest.fixture(scope="session")
def graph_file(gold_graph, tmp_path_factory) -> Path:
    return gold_graph.save(tmp_path_factory.mktemp("served") / "graph.ttl")


@pytest.fixture(scope="session")
def server(graph_file) -> Iterator[Served]:
    with serving(str(graph_file)) as served:
        yield served
