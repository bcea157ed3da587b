"""How a server is set up."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from kg.serve.limits import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """What `kg serve` was told; the defaults serve one person on this machine."""

    host: str = "127.0.0.1"
    port: int = 8000
    token: str = ""
    """Who asks must know it; always there when `host` is reached from elsewhere."""
    cors: tuple[str, ...] = ()
    """Origins whose pages may read our answers; `*` for all."""
    names: tuple[str, ...] = ()
    """Host names, other than this machine's own, by which clients may call us."""
    store: Path | None = None
    log: Path | None = None
    quiet: bool = False
    limits: Limits = field(default_factory=Limits)
    fast: int = max(3, os.cpu_count() or 1)
    slow: int = max(1, (os.cpu_count() or 1) // 2)

    @property
    def local(self) -> bool:
        """Whether only this machine reaches us."""
        return is_local(self.host)


def is_local(host: str) -> bool:
    """Whether `host` names this machine to itself.

    >>> is_local("127.0.0.1"), is_local("0.0.0.0")
    (True, False)
    """
    name = host.removesuffix(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    return is_address(name) and ipaddress.ip_address(name).is_loopback


def is_address(host: str) -> bool:
    """Whether `host` is an address of numbers."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
