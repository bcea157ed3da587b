"""How light queries fare while a hostile client sends heavy ones, on a graph of a million triples.

    python tests/bench/serve_load.py [--triples 1000000] [--seconds 30] [--same-name]

Eight clients ask short things of every kind for `--seconds`: first alone, then beside one client
that sends heavy queries, four at a time. Every figure is in milliseconds, as a client sees it.
Beside it, if it is installed, the `oxigraph` server with the same queries.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from rdf_speed import PER_ARTICLE, synthetic

from kg import export
from kg.model import EntityType, Graph

Made = Callable[[], tuple[str, str]]
"""Gives the next question: its address and what is wished for."""

LIGHT, HOSTILE = 8, 4
PREFIXES = """PREFIX zm: <https://w3id.org/zhengmai/ns#> PREFIX zmid: <https://w3id.org/zhengmai/id/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
"""
QUERIES = (
    "SELECT ?name {{ ?who zm:holdsPost <{body}> ; rdfs:label ?name }} LIMIT 100",
    "SELECT ?who {{ ?who zm:attends <{event}> }}",
    "SELECT ?p ?o {{ <{person}> ?p ?o }}",
    "SELECT ?text {{ ?f rdf:subject <{person}> ; prov:wasDerivedFrom/oa:exact ?text }} LIMIT 50",
    "ASK {{ <{person}> zm:holdsPost ?body }}",
    "SELECT DISTINCT ?other {{ <{person}> zm:attends ?e . ?other zm:attends ?e }} LIMIT 50",
    "CONSTRUCT WHERE {{ <{event}> ?p ?o }}",
    "SELECT ?name {{ ?p a zm:Programme ; rdfs:label ?name }} LIMIT 20",
)
HEAVY = (
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(?c != ?f) }} #{n}",
    "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?c ?f ?b LIMIT {n}",
    "SELECT ?a (COUNT(DISTINCT ?f) AS ?x{n}) {{ ?a (zm:attends|^zm:attends)* ?f }} GROUP BY ?a",
    "SELECT * {{ ?s{n} ?p ?o FILTER(REGEX(STR(?o), '(江.*河.*){{3,}}山$')) }}",
    "SELECT (GROUP_CONCAT(?o) AS ?x{n}) {{ ?s ?p ?o . ?s ?q ?r }}",
)


@dataclass
class Tally:
    """What the clients met."""

    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, seconds: float, problem: str | None) -> None:
        if problem:
            self.errors[problem] += 1
        else:
            self.times.append(seconds * 1000)

    def percentile(self, share: float) -> float:
        if len(self.times) < 2:
            return float("inf")
        return statistics.quantiles(self.times, n=1000)[round(share * 1000) - 1]

    def told(self) -> str:
        p50, p95, p99 = (self.percentile(share) for share in (0.5, 0.95, 0.99))
        errors = f"{sum(self.errors.values())} errors {dict(self.errors) or ''}"
        return f"{len(self.times):7d} answers  {errors}  p50 {p50:6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f}"


@dataclass(frozen=True)
class Place:
    """A server under test."""

    port: int
    things: bool
    """Whether it has pages of things and a search, and not SPARQL alone."""
    path: str


class Client(threading.Thread):
    """Asks one thing after another over one connection until told to stop."""

    def __init__(self, place: Place, name: str, made: Made, stop: threading.Event) -> None:
        super().__init__()
        self.place, self.called, self.made, self.stop = place, name, made, stop
        self.tally = Tally()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.place.port, timeout=60)
        while not self.stop.is_set():
            path, accept = self.made()
            start = time.monotonic()
            problem = None
            try:
                connection.request("GET", path, headers={"Accept": accept, "User-Agent": self.called})
                reply = connection.getresponse()
                reply.read()
                problem = None if reply.status == 200 else str(reply.status)
            except (OSError, http.client.HTTPException) as error:
                problem = type(error).__name__
                connection.close()
            self.tally.add(time.monotonic() - start, problem)
            if problem:
                time.sleep(0.05)
        connection.close()


def light(graph: Graph, place: Place, seed: int) -> Made:
    """Short questions of every kind, each about something else."""
    chance = random.Random(seed)
    base = "https://w3id.org/zhengmai/id/"
    kinds = {
        "body": EntityType.ORGANISATION,
        "person": EntityType.PERSON,
        "event": EntityType.EVENT,
    }
    pools = {name: [e for e in graph.entities if e.type == kind] for name, kind in kinds.items()}

    def made() -> tuple[str, str]:
        chosen = {name: chance.choice(pool) for name, pool in pools.items()}
        kind = chance.random()
        if place.things and kind < 0.1:
            return "/search?q=" + quote(chosen["person"].name[:4]), "application/json"
        if place.things and kind < 0.2:
            return "/entity/" + quote(chosen["person"].id), chance.choice(("text/html", "text/turtle"))
        text = chance.choice(QUERIES).format(**{name: base + e.id for name, e in chosen.items()})
        accept = "text/turtle" if text.startswith("CONSTRUCT") else "application/sparql-results+json"
        return f"{place.path}?" + urlencode({"query": PREFIXES + text}), accept

    return made


def heavy(place: Place, seed: int) -> Made:
    """Questions without end, no two alike."""
    chance = random.Random(seed)

    def made() -> tuple[str, str]:
        text = chance.choice(HEAVY).format(n=chance.randrange(10**9))
        return f"{place.path}?" + urlencode({"query": PREFIXES + text}), "application/sparql-results+json"

    return made


def measured(graph: Graph, place: Place, seconds: float, hostile: int, *, same: bool) -> tuple[Tally, Tally]:
    """The light clients' tally and the hostile one's."""
    stop = threading.Event()
    called = ["client" if same else f"client {n}" for n in range(LIGHT)]
    clients = [Client(place, name, light(graph, place, n), stop) for n, name in enumerate(called)]
    name = "client" if same else "hostile"
    bad = [Client(place, name, heavy(place, 100 + n), stop) for n in range(hostile)]
    for client in (*bad, *clients):
        client.start()
    time.sleep(seconds)
    stop.set()
    for client in clients:
        client.join()
    both = []
    for group in (clients, bad):
        tally = Tally()
        for client in group:
            client.join()
            tally.times += client.tally.times
            tally.errors += client.tally.errors
        both.append(tally)
    return both[0], both[1]


@contextmanager
def ours(path: Path, folder: Path) -> Iterator[Place]:
    """Our server."""
    command = [sys.executable, "-m", "kg", "serve", str(path), "--port", "0", "--quiet"]
    command += ["--store", str(folder / "stores")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        port = int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        place = Place(port, True, "/sparql")
        for path_ in ("/search?q=x", "/"):  # so that nothing is being made beside it any more
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
            connection.request("GET", path_)
            connection.getresponse().read()
            connection.close()
        yield place
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        process.stdout.close()


@contextmanager
def oxigraph(path: Path, folder: Path) -> Iterator[Place]:
    """The server of Oxigraph, with the same time limit."""
    binary = shutil.which("oxigraph") or ""
    location = str(folder / "oxigraph")
    subprocess.run([binary, "load", "-l", location, "-f", str(path)], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [binary, "serve-read-only", "-l", location, "-b", f"127.0.0.1:{port}", "--timeout-s", "10"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Place(port, False, "/query")
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument(
        "--same-name", action="store_true", help="the hostile client has the name of the others"
    )
    parser.add_argument("--alone", action="store_true", help="without oxigraph")
    args = parser.parse_args()
    graph = synthetic(args.triples // PER_ARTICLE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (path,) = export.write(graph, folder, "ttl")
        servers = {"kg serve": ours}
        if not args.alone and shutil.which("oxigraph"):
            servers["oxigraph"] = oxigraph
        for title, server in servers.items():
            with server(path, folder) as place:
                measured(graph, place, min(5.0, args.seconds), 0, same=False)
                quiet, _ = measured(graph, place, args.seconds, 0, same=False)
                print(f"{title}, load {os.getloadavg()[0]:.1f}")
                print(f"  light alone    {quiet.told()}", flush=True)
                loaded, bad = measured(graph, place, args.seconds, HOSTILE, same=args.same_name)
                print(f"  light, loaded  {loaded.told()}  load {os.getloadavg()[0]:.1f}")
                answered = f"{len(bad.times)} answered, others {dict(bad.errors)}"
                print(f"  heavy          {answered}")
                bound = 50 + 3 * quiet.percentile(0.99)
                holds = not loaded.errors and loaded.percentile(0.99) <= bound
                said = "holds" if holds else "DOES NOT HOLD"
                print(f"  p99 {loaded.percentile(0.99):.1f} against {bound:.1f}: {said}", flush=True)


if __name__ == "__main__":
    main()
