"""Finished builds kept between runs: what was made of the same articles by the same code is copied.

One file a build, named by the hash of all that decides what the build says and by the hash of its own
content, so that nothing in the folder is trusted: a file that was damaged, cut or put there by
others does not fit its name and counts as absent.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.cache import code_stamp, user_cache_folder
from kg.config import FILES, Config
from kg.ontology_files import ontology_folder
from kg.staging import staged

FORMAT = 1
MOST_BYTES = 1_000_000_000
"""Together; what was not used for longest goes first."""
_WRITERS = ("pyoxigraph", "orjson", "networkx", "igraph", "numpy", "pypinyin", "rdflib", "pyarrow")


class KeptBuilds:
    """The builds of earlier runs in `folder`; without one, none is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder / f"builds-{FORMAT}" if folder else None

    @classmethod
    def of(cls, config: Config) -> KeptBuilds:
        """Where these settings have them."""
        if not config.may_keep:
            return cls(None)
        return cls(Path(config.cache) if config.cache else user_cache_folder())

    def key(self, config: Config, told: Iterable[object]) -> str:
        """The name of the build that `config` makes of what is `told`, which must tell all the rest."""
        if self.folder is None:
            return ""
        digest = hashlib.sha256(_stamp())
        for name in FILES:
            path = Path(getattr(config, name) or os.devnull)
            content = path.read_bytes() if path.is_file() else b""
            digest.update(f"\n{name} {path.name} {_hash(content)}".encode())
        for item in told:
            digest.update(repr(item).encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()[:40]

    def restore(self, key: str, out: Path, last: str) -> list[Path]:
        """Write the files of the build `key` into `out`, that named `last` last; none if it is not kept."""
        for path in sorted(self.folder.glob(f"{key}.*.zip")) if self.folder else ():
            with suppress(OSError, zipfile.BadZipFile), path.open("rb") as file:
                if not path.name.endswith(f".{_hash_of(path)}.zip"):
                    continue
                with zipfile.ZipFile(file) as packed, staged(out, last) as stage:
                    packed.extractall(stage)
                    names = packed.namelist()
                os.utime(path)
                return [out / name for name in names]
        return []

    def keep(self, key: str, files: Iterable[Path], hashes: Mapping[str, str]) -> None:
        """Keep the build `key`, unless one of its files is no longer what it was when it was made."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".part-")
            os.close(handle)
            part = Path(name)
            try:
                if _packed(files, hashes, part):
                    os.replace(part, self.folder / f"{key}.{_hash_of(part)}.zip")
            finally:
                part.unlink(missing_ok=True)
            self._tidy()

    def _tidy(self) -> None:
        """Let the builds go that were not used for longest, once there is too much of them."""
        if self.folder is None:
            return
        states = sorted(((p.stat(), p) for p in self.folder.glob("*.zip")), key=lambda s: -s[0].st_mtime)
        total = 0
        for state, path in states:
            total += state.st_size
            if total > MOST_BYTES:
                path.unlink(missing_ok=True)


def _packed(files: Iterable[Path], hashes: Mapping[str, str], path: Path) -> bool:
    """Pack `files` into `path`; whether each had its hash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for file in files:
            content = file.read_bytes()
            if _hash(content) != hashes.get(file.name):
                return False
            packed.writestr(file.name, content)
    return True


@cache
def _stamp() -> bytes:
    """A hash of everything that reads, extracts, resolves and writes."""
    digest = hashlib.sha256(code_stamp() + f"{FORMAT} {sys.version}".encode())
    for name in _WRITERS:
        try:
            digest.update(f"\n{name} {version(name)}".encode())
        except PackageNotFoundError:
            digest.update(f"\n{name} absent".encode())
    for folder in (Path(__file__).parent / "data", ontology_folder()):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(f"\n{path.relative_to(folder).as_posix()} {_hash_of(path)}".encode())
    return digest.digest()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
