"""Worker processes as the server holds them: started, asked, killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from kg.serve.confine import environment
from kg.serve.frames import LENGTHS, RefusedError, Reply, packed, reply_of
from kg.serve.limits import Limits

_NICE = 10
_START = 30.0
"""Seconds that a worker may take to open the store."""
_SAID = 2000
"""Bytes kept of what a worker says on its standard error."""


_OUT_OF_MEMORY = ("memory allocation", "MemoryError", "bad_alloc", "Cannot allocate")
"""How Rust, Python, C++ and the system say it as they die."""


class DiedError(Exception):
    """A worker ended in the middle of a question."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.out_of_memory = any(word in said for word in _OUT_OF_MEMORY)


class Worker:
    """One process; ask it one question at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said = b""
        self._worked = 0.0
        self._listener = asyncio.create_task(self._listen())
        self.spoilt = False
        """Whether it was set back behind other processes, which cannot be undone."""

    @classmethod
    async def start(cls, folder: Path, limits: Limits) -> Worker:
        """A worker that is ready for questions."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.serve.worker", str(folder), limits.to_json()),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=environment(),
        )
        worker = cls(process)
        try:
            await asyncio.wait_for(worker._read(), _START)
        except BaseException:
            worker.kill()
            raise
        return worker

    async def ask(self, job: dict[str, Any]) -> Reply:
        """The reply to `job`; raises `DiedError` where the process ends instead."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(packed(job))
            await self._process.stdin.drain()
            head, body = await self._read()
        except (OSError, asyncio.IncompleteReadError) as error:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._listener), 1.0)
            raise DiedError(self._said.decode("utf-8", "replace")) from error
        return reply_of(head, body)

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout is not None
        lengths = await self._process.stdout.readexactly(LENGTHS.size)
        head, body = LENGTHS.unpack(lengths)
        return (
            json.loads(await self._process.stdout.readexactly(head)),
            await self._process.stdout.readexactly(body),
        )

    async def _listen(self) -> None:
        """Keep the end of what the process says; pass on what is no word of its death."""
        assert self._process.stderr is not None
        while said := await self._process.stderr.read(_SAID):
            self._said = (self._said + said)[-_SAID:]
            if b"Traceback" in said:
                sys.stderr.buffer.write(said)
                sys.stderr.flush()

    def step_back(self) -> None:
        """Let every other process go first from now on."""
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                behind = os.getpriority(os.PRIO_PROCESS, 0) + _NICE
                os.setpriority(os.PRIO_PROCESS, self._process.pid, behind)
                self.spoilt = True

    def worked(self) -> float:
        """Seconds of processor time it has had, where the system tells; of the clock elsewhere.

        On a busy machine a short question may take long and is still a short one.
        """
        if sys.platform != "linux":
            return time.monotonic()
        with contextlib.suppress(OSError):  # it has ended; what it had by then stands
            # The clock of another process, as clock_getcpuclockid(3) makes its number.
            self._worked = time.clock_gettime((~self._process.pid << 3) | 2)
        return self._worked

    def kill(self) -> None:
        """End it, whatever it does."""
        if self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                # Popen's own way looks first whether it has ended, and so takes its end from asyncio.
                os.kill(self._process.pid, signal.SIGKILL)

    async def gone(self) -> None:
        """Wait until it has ended."""
        await self._process.wait()
        await self._listener


TOO_LONG = "the query took longer than {:g} seconds and was stopped; ask for less, or add a LIMIT"
TOO_MUCH = "the query needed more than {} MB of memory and was stopped; ask for less, or add a LIMIT"
BROKE = "the query broke the process that answered it; nobody else was disturbed. Ask it another way"


def refusal(death: DiedError, limits: Limits) -> RefusedError:
    """What to tell a client whose question ended a worker."""
    if death.out_of_memory:
        return RefusedError(503, TOO_MUCH.format(limits.memory // 1_000_000))
    return RefusedError(500, BROKE)
