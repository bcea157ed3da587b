"""What a worker gives up before it sees a query: memory, files to write, the network, other programs.

The query guard already refuses what would need them; this holds where the guard has a hole.
Each part is taken where the system has it: everything on Linux, limits of resources on other Unixes.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

_PARENT = "KG_SERVER"
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # with EACCES
_OTHER_ABI = 0x40000000

_KERNELS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425)),
}
"""Audit number, and system calls: socket, connect, execve, execveat, io_uring_setup."""


def environment() -> dict[str, str]:
    """The environment of a process that the server starts."""
    paths = os.pathsep.join(filter(None, sys.path))
    # Memory that each thread of the allocator keeps for itself would count against the limit.
    return os.environ | {_PARENT: str(os.getpid()), "PYTHONPATH": paths, "MALLOC_ARENA_MAX": "2"}


def die_with_parent() -> None:
    """Be killed when the server is gone, however it went."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.environ.get(_PARENT, str(os.getppid())) != str(os.getppid()):
            sys.exit(1)  # it went before that was asked for


def confine(memory: int) -> None:
    """Take at most `memory` bytes more than now, write no file, reach no network, start no program."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, _address_space() + memory)
        _close_network()


def _lower(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(limit, (value, value))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _close_network() -> None:
    """Ask the kernel to fail those system calls; where it cannot, the guard stands alone."""
    known = _KERNELS.get(platform.machine())
    if known is None:
        return
    audit, calls = known
    rows = [(_LOAD, 0, 0, 4), (_EQUAL, 0, len(calls) + 3, audit), (_LOAD, 0, 0, 0)]
    rows.append((_AT_LEAST, len(calls) + 1, 0, _OTHER_ABI))
    rows += [(_EQUAL, len(calls) - n, 0, call) for n, call in enumerate(calls)]
    rows += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *row) for row in rows))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(rows), ctypes.addressof(program)))
    if _prctl(_PR_SET_NO_NEW_PRIVS, 1) == 0:
        _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(header))


def _prctl(option: int, first: int, second: int = 0) -> int:
    libc = ctypes.CDLL(None)
    return int(libc.prctl(option, *(ctypes.c_ulong(n) for n in (first, second, 0, 0))))
