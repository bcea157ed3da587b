"""Who is answered when: short questions pass long ones, and who has asked for least goes first.

Every question starts in the fast lane. One that is not done in a moment gives its place up to
those that wait: it goes on in the slow lane if there is room, after a while behind all other
processes, and starts again there later if there is none. A question whose like was slow before
starts in the slow lane. So a client that sends nothing but heavy queries holds the slow lane, not
the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.serve.frames import RefusedError, Reply
from kg.serve.limits import Limits
from kg.serve.workers import TOO_LONG, DiedError, Worker, refusal

_MOMENT = 0.1
"""Seconds that a question may hold a place of the fast lane while others wait and the slow lane has room."""
_OF_THE_CLOCK = 0.02
"""What a second of waiting for the disk, or for the processor on a busy machine, counts as."""
_LONG = 0.5
"""Seconds after which it loses its place even so, and is known as slow."""
_BROKEN = 1.0
"""Seconds that the death of a worker counts for: what it costs to replace."""
_FORGET = 20.0
"""Seconds after which half of what a client has used is forgiven."""
_WAITING, _WAITING_EACH = 256, 64
_SLOW_WAITING, _SLOW_EACH = 8, 3
_REMEMBERED = 1000
_CONSTANT = re.compile(
    r"""(?P<variable>[?$]\w+)|(?P<gap>\s+|\#[^\n]*)
      | <[^<>\s]*> | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \d+ | [\w-]*:[\w-]*""",
    re.VERBOSE,
)


@dataclass(slots=True, eq=False)
class Ticket:
    """A question that waits or is being answered."""

    job: dict[str, Any]
    client: str
    like: bytes
    done: asyncio.Future[Reply]
    slow: bool = False
    started: float = 0.0
    """When, and below at what reading of its worker's clock, it was given its worker."""
    reading: float = 0.0
    worker: Worker | None = None

    def cost(self) -> float:
        """Seconds of work so far."""
        waited = (time.monotonic() - self.started) * _OF_THE_CLOCK
        return max(self.worker.worked() - self.reading, waited) if self.worker else waited


@dataclass(slots=True)
class _Used:
    """Seconds that the questions of a client took beyond a moment each, less what is forgiven."""

    seconds: float = 0.0
    at: float = field(default_factory=time.monotonic)

    def now(self) -> float:
        return float(self.seconds * 0.5 ** ((time.monotonic() - self.at) / _FORGET))

    def add(self, seconds: float) -> None:
        self.seconds, self.at = self.now() + seconds, time.monotonic()


class Lanes:
    """Workers, and the questions in front of them."""

    def __init__(self, folder: Path, limits: Limits, fast: int, slow: int) -> None:
        self._folder, self._limits = folder, limits
        self._room = {False: fast, True: slow}
        self._idle: list[Worker] = []
        self._waiting: list[Ticket] = []
        self._running: set[Ticket] = set()
        self._heavy: OrderedDict[bytes, None] = OrderedDict()
        self._used: OrderedDict[str, _Used] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self.replaced = 0

    async def open(self) -> None:
        """Start a worker, which raises if it cannot; the others start while that one serves."""
        self._idle.append(await Worker.start(self._folder, self._limits))
        for _ in range(sum(self._room.values()) - 1):
            self._keep(asyncio.create_task(self._add()))
        self._keep(asyncio.create_task(self._watch()))

    async def close(self) -> None:
        """Kill what runs and refuse what waits."""
        self._closed = True
        for ticket in [*self._waiting, *self._running]:
            _refuse(ticket, RefusedError(503, "the server is stopping"))
        workers = [*self._idle, *(t.worker for t in self._running if t.worker)]
        for task in self._tasks:
            task.cancel()
        for worker in workers:
            worker.kill()
        await asyncio.gather(*self._tasks, *(worker.gone() for worker in workers), return_exceptions=True)

    async def answer(self, job: dict[str, Any], client: str) -> Reply:
        """The reply to `job`; raises `RefusedError` where there is no room or it costs too much."""
        like = _like(job)
        ticket = Ticket(job, client, like, asyncio.get_running_loop().create_future(), like in self._heavy)
        self._admit(ticket)
        self._waiting.append(ticket)
        self._dispatch()
        try:
            return await ticket.done
        finally:
            self._leave(ticket)

    def state(self) -> dict[str, int]:
        """How busy the lanes are."""
        return {
            "idle": len(self._idle),
            "running": len(self._running),
            "slow": sum(ticket.slow for ticket in self._running),
            "waiting": len(self._waiting),
            "replaced": self.replaced,
        }

    # -- coming and going ----------------------------------------------------------------

    def _admit(self, ticket: Ticket) -> None:
        there = [*self._waiting, *self._running]
        mine = sum(other.client == ticket.client for other in there)
        if len(self._waiting) >= _WAITING or mine >= _WAITING_EACH:
            raise RefusedError(429 if mine >= _WAITING_EACH else 503, "too many at once; ask again soon")
        if ticket.slow:
            self._admit_slow(ticket)

    def _admit_slow(self, ticket: Ticket) -> None:
        slow = [other for other in (*self._waiting, *self._running) if other.slow and other is not ticket]
        if sum(other.client == ticket.client for other in slow) >= _SLOW_EACH:
            raise RefusedError(429, f"{_SLOW_EACH} slow queries of yours are under way; wait for one of them")
        if len(slow) >= _SLOW_WAITING:
            raise RefusedError(503, "the server is busy with slow queries; ask again in a while")

    def _leave(self, ticket: Ticket) -> None:
        """The client has its reply, or has gone; what still runs for nobody is ended by the watch."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)

    # -- the lanes -----------------------------------------------------------------------

    def _dispatch(self) -> None:
        """Give every free place to the waiting question of the client that has used least."""
        while self._idle and not self._closed:
            lanes = Counter(ticket.slow for ticket in self._running)
            free = [t for t in self._waiting if lanes[t.slow] < self._room[t.slow] and self._may(t)]
            if not free:
                return
            # Short ones first: the slow lane has time.
            ticket = min(free, key=lambda t: (t.slow, self._cost(t.client)))
            self._waiting.remove(ticket)
            ticket.worker = self._idle.pop()
            ticket.started, ticket.reading = time.monotonic(), ticket.worker.worked()
            if ticket.slow:
                # It is known to be slow; what has once stepped back has to be replaced afterwards.
                ticket.worker.step_back()
            self._running.add(ticket)
            self._keep(asyncio.create_task(self._run(ticket, ticket.worker)))

    def _may(self, ticket: Ticket) -> bool:
        """No client has every place of the fast lane; one that was slow before has a single one."""
        mine = sum(t.client == ticket.client and not t.slow for t in self._running)
        room = max(1, self._room[False] - 1) if self._cost(ticket.client) < _LONG else 1
        return ticket.slow or mine < room

    def _cost(self, client: str) -> float:
        return self._used[client].now() if client in self._used else 0.0

    async def _run(self, ticket: Ticket, worker: Worker) -> None:
        try:
            reply = await asyncio.wait_for(worker.ask(ticket.job), self._limits.seconds)
            if not ticket.done.done():
                ticket.done.set_result(reply)
        except TimeoutError:
            _refuse(ticket, RefusedError(503, TOO_LONG.format(self._limits.seconds)))
            worker.spoilt = True
        except DiedError as death:
            worker.spoilt = True
            if ticket.worker is worker:
                _refuse(ticket, refusal(death, self._limits))
        if ticket.worker is worker:
            # Otherwise it lost its place, and may be running again elsewhere.
            self._running.discard(ticket)
            self._account(ticket, died=worker.spoilt and not ticket.slow)
        await self._release(worker)

    def _account(self, ticket: Ticket, died: bool) -> None:
        seconds = ticket.cost()
        used = self._used.setdefault(ticket.client, _Used())
        used.add(max(0.0, seconds - _MOMENT) + _BROKEN * died)
        self._used.move_to_end(ticket.client)
        if seconds > _LONG:
            self._heavy[ticket.like] = None
            self._heavy.move_to_end(ticket.like)
        elif seconds < _MOMENT and not died:
            self._heavy.pop(ticket.like, None)
        for memory in (self._heavy, self._used):
            if len(memory) > _REMEMBERED:
                memory.popitem(last=False)

    async def _release(self, worker: Worker) -> None:
        """Take the worker back, or another in its place."""
        if not worker.spoilt:
            self._idle.append(worker)
            self._dispatch()
            return
        worker.kill()
        self.replaced += 1
        self._dispatch()
        await worker.gone()
        await self._add()

    async def _add(self) -> None:
        """Start a worker, trying until it starts."""
        while not self._closed:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                self._idle.append(await Worker.start(self._folder, self._limits))
                self._dispatch()
                return
            await asyncio.sleep(1.0)

    async def _watch(self) -> None:
        """End what runs for nobody; move what has had its moment out of the way of what waits."""
        while True:
            await asyncio.sleep(_MOMENT / 4)
            over = [ticket for ticket in self._running if ticket.cost() > _MOMENT]
            for ticket in over:
                if ticket.worker is None:
                    continue
                if ticket.done.done():
                    ticket.worker.kill()
                elif ticket.slow and ticket.cost() > _LONG and not ticket.worker.spoilt:
                    ticket.worker.step_back()
            if any(not ticket.slow for ticket in self._waiting):
                fast = [ticket for ticket in over if not ticket.slow and not ticket.done.done()]
                for ticket in sorted(fast, key=lambda t: -self._cost(t.client)):
                    self._demote(ticket, long=ticket.cost() > _LONG)
                self._dispatch()

    def _demote(self, ticket: Ticket, long: bool) -> None:
        worker = ticket.worker
        assert worker is not None
        if sum(other.slow for other in self._running) < self._room[True]:
            ticket.slow = True
        elif long:
            # No room beside the others: it is stopped, and starts again when its turn comes.
            self._running.discard(ticket)
            self._account(ticket, died=True)
            ticket.slow, ticket.worker = True, None
            try:
                self._admit_slow(ticket)
            except RefusedError as refused:
                _refuse(ticket, refused)
            else:
                self._waiting.append(ticket)
            worker.spoilt = True
            worker.kill()

    def _keep(self, task: asyncio.Task[None]) -> asyncio.Task[None]:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _refuse(ticket: Ticket, refused: RefusedError) -> None:
    if not ticket.done.done():
        ticket.done.set_exception(refused)


def _like(job: dict[str, Any]) -> bytes:
    """What queries of one make have in common: all but their constants and the names of their variables."""
    text = _CONSTANT.sub(_blank, job["text"]) if job["do"] == "query" else repr(sorted(job.items()))
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _blank(match: re.Match[str]) -> str:
    return "?" if match["variable"] else "" if match["gap"] else "_"
