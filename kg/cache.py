"""Extractions kept between builds: one SQLite file, keyed by all that decides what an extraction says.

The key is the article (all of it but where it lies), the code and data that extract, and the
settings. Nothing in the file is trusted: each entry carries the hash of its key and content,
and one that does not match, does not parse or is another article's counts as absent. A file
that is no database of ours is left behind for a new one. So a build with a cache gives the
same bytes as one without, whatever happened to the file; without one it is only slower.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from kg.errors import GraphFormatError
from kg.lexicon import lexicon_folder
from kg.lines import from_line, to_line
from kg.model import Article, Extraction
from kg.version import VERSION

FORMAT = 1
MOST_BYTES = 2_000_000_000
"""A larger file is emptied of what other versions wrote."""
_WAIT_SECONDS = 20
_BATCH = 32
_ENGINES = ("jieba", "spacy", "onnxruntime", "numpy")
_TABLE = (
    "CREATE TABLE IF NOT EXISTS extraction"
    " (key BLOB PRIMARY KEY, made_by BLOB NOT NULL, proof BLOB NOT NULL, line BLOB NOT NULL) WITHOUT ROWID"
)

Extract = Callable[[Sequence[Article]], Iterable[Extraction]]
"""Extracts articles, in order."""


class ExtractionCache:
    """Extractions of earlier builds in `folder`; safe for several builds at once.

    When the folder cannot be used it caches nothing, and `trouble` says why.
    """

    def __init__(self, folder: Path | None = None, settings: str = "", made_by: bytes | None = None) -> None:
        self.folder = folder or user_cache_folder()
        self.made_by = hashlib.sha256((made_by or code_stamp()) + settings.encode()).digest()
        self.trouble = ""
        self.found = self.missed = 0
        self._number = 0
        self._waiting: list[tuple[bytes, bytes, bytes, bytes]] = []
        self._database = self._opened()

    def __enter__(self) -> ExtractionCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, article: Article) -> Extraction | None:
        """The extraction of `article` if an earlier build kept it and it is whole."""
        extraction = self._got(article)
        if extraction is None:
            self.missed += 1
        else:
            self.found += 1
        return extraction

    def put(self, extraction: Extraction) -> None:
        """Keep `extraction` for later builds."""
        key = self._key(extraction.article)
        line = zlib.compress(to_line(extraction), 1)
        self._waiting.append((key, self.made_by, _proof(key, line), line))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def through(self, articles: Sequence[Article], extract: Extract) -> Iterator[Extraction]:
        """Yield the extraction of each article, in order; `extract` is asked for the missing ones only.

        What it makes is kept as it comes, so that a build that is killed goes on where it stopped.
        """
        known = [self._whole(article) for article in articles]
        made = iter(extract([a for a, kept in zip(articles, known, strict=True) if not kept]))
        for article, kept in zip(articles, known, strict=True):
            extraction = self.get(article) if kept else None
            if extraction is None:
                # An entry that was whole a moment ago may be gone: another build empties old ones.
                extraction = next(iter(extract([article]))) if kept else next(made)
                self.missed += not kept
                self.put(extraction)
            yield extraction

    def close(self) -> None:
        """Write what waits, and let go of the file."""
        if self._database is not None:
            self._flush()
            self._tidy()
            self._database.close()
            self._database = None

    def _whole(self, article: Article) -> bool:
        return self._row(self._key(article)) is not None

    def _got(self, article: Article) -> Extraction | None:
        line = self._row(self._key(article))
        if line is None:
            return None
        try:
            extraction = from_line(zlib.decompress(line))
        except (GraphFormatError, zlib.error, ValueError):
            return None
        if _what(extraction.article) != _what(article) or not _cut_from(extraction, article.text):
            return None
        return replace(extraction, article=article)

    def _row(self, key: bytes) -> bytes | None:
        """The content kept under `key`, when its proof fits."""
        if self._database is None:
            return None
        try:
            row = self._database.execute(
                "SELECT proof, line FROM extraction WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        whole = row and isinstance(row[1], bytes) and row[0] == _proof(key, row[1])
        return row[1] if whole else None

    def _key(self, article: Article) -> bytes:
        return hashlib.sha256(self.made_by + repr(_what(article)).encode("utf-8", "surrogatepass")).digest()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if self._database is None or not waiting:
            return
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO extraction VALUES (?, ?, ?, ?)", waiting)
        except sqlite3.Error as error:
            self._give_up(error)

    def _opened(self) -> sqlite3.Connection | None:
        """The newest usable file; a broken one is succeeded by one of the next number."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._number = max(map(_number, self.folder.glob(f"extractions-{FORMAT}.*.sqlite")), default=0)
            try:
                return _connected(self._file(self._number))
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                return _connected(self._succeeded())
        except (OSError, sqlite3.Error) as error:
            self.trouble = f"no cache in {self.folder}: {error}"
            return None

    def _succeeded(self) -> Path:
        """A new file instead of a broken one, never of its name: no old journal meets a new database."""
        broken = self._file(self._number)
        self._number += 1
        _connected(self._file(self._number)).close()
        _remove(broken)
        return self._file(self._number)

    def _file(self, number: int) -> Path:
        return self.folder / f"extractions-{FORMAT}.{number}.sqlite"

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without a cache; a damaged file makes way for the next build's."""
        self.trouble = f"the cache in {self.folder} is not used further: {error}"
        database, self._database = self._database, None
        if database is None:
            return
        database.close()
        if not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError, sqlite3.Error):
                self._succeeded()

    def _tidy(self) -> None:
        """Drop what other versions wrote, once the file is large."""
        if self._database is None:
            return
        try:
            pages, size = (
                self._database.execute(f"PRAGMA {p}").fetchone()[0] for p in ("page_count", "page_size")
            )
            if pages * size > MOST_BYTES:
                with self._database:
                    self._database.execute("DELETE FROM extraction WHERE made_by <> ?", (self.made_by,))
                self._database.execute("VACUUM")
        except sqlite3.Error as error:
            self.trouble = f"the cache in {self.folder} was not tidied: {error}"


def user_cache_folder() -> Path:
    """Where this system keeps a user's caches."""
    if stated := os.environ.get("ZHENGMAI_CACHE"):
        return Path(stated)
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "zhengmai"


@cache
def code_stamp() -> bytes:
    """A hash of everything that extracts: this package's code and data, its lists, its engines."""
    here = Path(__file__).parent
    digest = hashlib.sha256(f"{FORMAT} {VERSION}".encode())
    files = [*here.rglob("*.py"), *(p for p in (here / "data").glob("*") if p.is_file())]
    for folder, paths in ((here, files), (lexicon_folder(), list(lexicon_folder().glob("*.tsv")))):
        for path in sorted(paths):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"\n{path.relative_to(folder).as_posix()} {content}".encode())
    for name in _ENGINES:
        try:
            digest.update(f"\n{name} {version(name)}".encode())
        except PackageNotFoundError:
            digest.update(f"\n{name} absent".encode())
    return digest.digest()


def _what(article: Article) -> tuple[object, ...]:
    """All of an article that an extraction may depend on: not where it was found."""
    return (
        article.id,
        article.title,
        article.date,
        article.publisher,
        article.authors,
        article.sha256,
        len(article.text),
    )


def _cut_from(extraction: Extraction, text: str) -> bool:
    """Whether every mention and sentence stands in `text` where it says."""
    mentions = ((m.start, m.end, m.text) for entity in extraction.entities for m in entity.mentions)
    sentences = ((e.start, e.end, e.text) for fact in extraction.facts for e in fact.evidence)
    return all(text[start:end] == quote for spans in (mentions, sentences) for start, end, quote in spans)


def _proof(key: bytes, line: bytes) -> bytes:
    return hashlib.sha256(key + line).digest()


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level="IMMEDIATE")
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        with database:
            database.execute(_TABLE)
        database.execute("SELECT key, made_by, proof, line FROM extraction LIMIT 1").fetchone()
    except BaseException:
        database.close()
        raise
    return database


def _number(path: Path) -> int:
    middle = path.name.split(".")[1]
    return int(middle) if middle.isdigit() else 0


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
