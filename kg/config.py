"""Every setting of a build, as one frozen value."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import ConfigError
from kg.models import VARIABLE as MODELS
from kg.vocabulary import ID

FORMATS = ("ttl", "jsonld", "graphml", "json", "csv", "html")
"""The files that `kg build` writes unless told otherwise."""

FILES = ("authority", "corrections")
"""The settings that name a file whose content is part of what a build says."""
MEANS = ("workers", "use_cache", "cache", "strict")
"""The settings that say how a build is made and not what comes of it."""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings; each has a default, and `kg.toml` or the command line changes it."""

    base: str = ID
    """IRI under which entities live."""
    min_confidence: float = 0.5
    """Facts less sure than this stay out of the graph (`extraction.jsonl` keeps them)."""
    max_bytes: int = 20_000_000
    """Larger inputs are skipped and reported."""
    authority: str = ""
    """A table or RDF file of names with their identifiers: adds `owl:sameAs` and `dcterms:identifier`."""
    reconcile: str = ""
    """The address of a W3C reconciliation service to ask for identifiers; empty for none."""
    workers: int = 0
    """Processes that extract; 0 means one for each core when there is enough to do."""
    use_cache: bool = True
    """Whether extractions are kept between builds."""
    cache: str = ""
    """The folder they are kept in; empty for the user's cache folder."""
    corrections: str = ""
    """A corrections.tsv to apply; empty for none."""
    formats: tuple[str, ...] = FORMATS
    strict: bool = False
    """Whether the first unreadable input ends the build."""
    page_title: str = ""
    page_lang: str = "zh"
    page_max: int = 100
    """How many nodes the page shows at first."""
    json_fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the fields of JSON input are called: title, text, date, url, publisher, authors, id."""

    @property
    def may_keep(self) -> bool:
        """Whether what is made may outlive the run; not what models put in by hand, for measuring, find."""
        return self.use_cache and not os.environ.get(MODELS)

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise ConfigError(f"min_confidence is {self.min_confidence}; it must lie between 0 and 1")
        if self.page_lang not in ("zh", "en"):
            raise ConfigError(f"page_lang is '{self.page_lang}'; it must be 'zh' or 'en'")
        if self.max_bytes < 1 or self.workers < 0 or self.page_max < 1:
            raise ConfigError("max_bytes and page_max must be positive, workers zero or more")
        if self.reconcile and not self.reconcile.startswith(("http://", "https://")):
            raise ConfigError(f"reconcile is '{self.reconcile}'; it must be an http or https address")
        if not self.base.startswith(("http://", "https://", "urn:")) or not self.base.endswith(
            ("/", "#", ":")
        ):
            raise ConfigError(f"base is '{self.base}'; it must be an http(s) or urn IRI ending in / # or :")

    def with_settings(self, settings: Mapping[str, Any], where: str = "settings") -> Config:
        """Return a copy with `settings` changed; raises `ConfigError` naming an unknown one."""
        known = {item.name: getattr(self, item.name) for item in fields(self)}
        values: dict[str, Any] = {}
        for name, value in settings.items():
            if name not in known:
                raise ConfigError(f"{where}: no setting '{name}'; known are {', '.join(sorted(known))}")
            values[name] = tuple(value) if isinstance(value, list) else value
            wanted = float | int if isinstance(known[name], float) else type(known[name])
            if not isinstance(values[name], wanted):
                raise ConfigError(f"{where}: '{name}' is {value!r}; write it like {known[name]!r}")
        return replace(self, **values)

    @classmethod
    def from_toml(cls, path: Path) -> Config:
        """The settings in `path`."""
        try:
            return cls().with_settings(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{path}: {error}") from error
