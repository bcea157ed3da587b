"""Turns: short questions pass long ones, the one who has used least goes first, the broken are replaced."""

from __future__ import annotations

import asyncio
import time

import pytest

from kg.serve import Limits, lanes
from kg.serve.frames import RefusedError, Reply
from kg.serve.lanes import Lanes
from kg.serve.workers import DiedError

like = lanes._like
LIMITS = Limits(seconds=3.0)


class Fake:
    """A worker that sleeps as long as the question says, and works all the while."""

    def __init__(self) -> None:
        self.spoilt = False
        self.ended = asyncio.Event()

    @classmethod
    async def start(cls, folder, limits):
        await asyncio.sleep(0.01)
        return cls()

    async def ask(self, job):
        if job["text"].startswith("die"):
            raise DiedError("memory allocation of 99 bytes failed" if "memory" in job["text"] else "")
        wait = asyncio.create_task(self.ended.wait())
        seconds = float(job["text"].split()[1])
        done, _ = await asyncio.wait({wait}, timeout=seconds)
        wait.cancel()
        if done:
            raise DiedError("")
        return Reply(200, "text/plain", job["text"].encode())

    def worked(self) -> float:
        return time.monotonic()

    def step_back(self) -> None:
        self.spoilt = True

    def kill(self) -> None:
        self.ended.set()

    async def gone(self) -> None:
        pass


@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    monkeypatch.setattr(lanes, "Worker", Fake)
    # Each text is of a make of its own, unless a test says otherwise.
    monkeypatch.setattr(lanes, "_like", lambda job: job["text"].encode())


def run(scene, fast=3, slow=1):
    async def whole():
        place = Lanes(None, LIMITS, fast, slow)
        await place.open()
        await asyncio.sleep(0.1)
        try:
            return await scene(place)
        finally:
            await place.close()

    return asyncio.run(whole())


def asking(place, text, client="a"):
    return asyncio.create_task(place.answer({"do": "query", "text": text}, client))


async def ended(task):
    try:
        return (await task).body.decode()
    except RefusedError as refused:
        return refused.status


def test_an_answer_is_that_of_its_question():
    async def scene(place):
        tasks = [asking(place, f"q {n / 1000}") for n in range(30)]
        assert [await ended(task) for task in tasks] == [f"q {n / 1000}" for n in range(30)]

    run(scene)


def test_short_questions_pass_long_ones():
    async def scene(place):
        heavy = [asking(place, f"long 2.{n}", "bad") for n in range(6)]
        await asyncio.sleep(0.2)
        start = time.monotonic()
        for n in range(20):
            assert await ended(asking(place, f"short 0.00{n}", "good")) == f"short 0.00{n}"
        assert time.monotonic() - start < 2
        for task in heavy:
            task.cancel()

    run(scene)


def test_short_questions_of_the_same_client_pass_too():
    async def scene(place):
        heavy = [asking(place, f"long 2.{n}") for n in range(4)]
        await asyncio.sleep(1.2)
        start = time.monotonic()
        assert await ended(asking(place, "short 0.001")) == "short 0.001"
        assert time.monotonic() - start < 0.7
        for task in heavy:
            task.cancel()

    run(scene)


def test_who_has_used_least_goes_first():
    async def scene(place):
        for n in range(3):
            await ended(asking(place, f"some 0.2{n}", "greedy"))
        order = []

        async def noted(name, task):
            await ended(task)
            order.append(name)

        first = [asking(place, f"now 0.05{n}", "other") for n in range(4)]
        tasks = [noted("greedy", asking(place, f"wait 0.01{n}", "greedy")) for n in range(3)]
        tasks += [noted("modest", asking(place, "wait 0.019", "modest"))]
        await asyncio.gather(*tasks, *first)
        assert order[0] == "modest"

    run(scene, fast=1)


def test_what_takes_too_long_is_stopped_and_its_worker_replaced():
    async def scene(place):
        start = time.monotonic()
        assert await ended(asking(place, "long 60")) == 503
        assert time.monotonic() - start < LIMITS.seconds + 1
        await asyncio.sleep(0.1)
        assert place.state() == {"idle": 4, "running": 0, "slow": 0, "waiting": 0, "replaced": 1}

    run(scene)


@pytest.mark.parametrize(("text", "status"), [("die", 500), ("die of memory", 503)])
def test_a_death_is_told_and_the_worker_replaced(text, status):
    async def scene(place):
        assert await ended(asking(place, text)) == status
        await asyncio.sleep(0.1)
        assert place.state()["idle"] == 4
        assert await ended(asking(place, "short 0.001")) == "short 0.001"

    run(scene)


def test_what_runs_for_nobody_is_ended():
    async def scene(place):
        task = asking(place, "long 60")
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.sleep(0.5)
        assert place.state()["running"] == 0 and place.state()["idle"] == 4

    run(scene)


def test_what_was_slow_starts_in_the_slow_lane_and_may_leave_it(monkeypatch):
    monkeypatch.setattr(lanes, "_like", lambda job: b"one make")

    async def scene(place):
        await ended(asking(place, "long 0.7"))
        task = asking(place, "short 0.01")
        await asyncio.sleep(0)
        assert place.state()["slow"] == 1
        assert await ended(task) == "short 0.01"
        task = asking(place, "short 0.02")
        await asyncio.sleep(0)
        assert place.state()["slow"] == 0
        await ended(task)

    run(scene)


def test_one_client_has_so_many_slow_questions():
    async def scene(place):
        tasks = [asking(place, f"long 2.{n}") for n in range(10)]
        statuses = [await ended(task) for task in tasks]
        assert 429 in statuses or 503 in statuses
        assert await ended(asking(place, "short 0.001", "other")) == "short 0.001"

    run(scene)


def test_there_is_room_for_so_many():
    async def scene(place):
        tasks = [asking(place, f"q 0.1{n}") for n in range(70)]
        statuses = [await ended(task) for task in tasks]
        assert statuses.count(429) == 6

    run(scene)


def test_closing_refuses_what_waits():
    async def scene(place):
        tasks = [asking(place, f"long 2.{n}", str(n)) for n in range(6)]
        await asyncio.sleep(0.05)
        await place.close()
        assert {await ended(task) for task in tasks} == {503}

    run(scene)


def test_queries_of_one_make_are_known_by_all_but_their_constants():
    one = {"do": "query", "text": 'SELECT ?a { ?a zm:x "甲" ; zm:y <urn:1> FILTER(?a > 12) }'}
    two = {"do": "query", "text": "SELECT ?b  {?b zm:z '乙' ; zm:q <urn:2>\nFILTER(?b > 99) }"}
    other = {"do": "query", "text": 'SELECT ?a { ?a zm:x "甲" ; zm:y ?c . ?d ?e ?f }'}
    assert like(one) == like(two) != like(other)
    assert like({"do": "query", "text": "ASK { <urn:x> ?p ?o }"}) != like(
        {"do": "query", "text": "ASK { ?s ?p ?o }"}
    )
    assert like({"do": "thing", "id": "a"}) != like({"do": "thing", "id": "b"})
