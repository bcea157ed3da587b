"""What a service has answered, kept beside the graph so that the same build gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.errors import ServiceError
from kg.reconcile.service import Candidate, Manifest, Query, Service

FILE = "reconcile.json"


@dataclass(slots=True)
class Answers:
    """The candidates of one service, by query."""

    url: str
    manifest: Manifest | None = None
    given: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def ask(self, queries: Iterable[Query]) -> None:
        """Put to the service those of `queries` that it has not answered yet."""
        missing = {_key(query): query for query in queries if _key(query) not in self.given}
        if missing:
            assert self.manifest is not None
            keys = sorted(missing)
            asked = [missing[key] for key in keys]
            found = Service(self.url).candidates(asked, self.manifest.batch)
            self.given |= dict(zip(keys, found, strict=True))

    def of(self, query: Query) -> tuple[Candidate, ...]:
        """What the service answered to `query`."""
        return self.given.get(_key(query), ())

    def as_bytes(self) -> bytes:
        """The file that holds them."""
        told = {
            "service": self.url,
            "manifest": asdict(self.manifest) if self.manifest else None,
            "answers": {key: [asdict(c) for c in self.given[key]] for key in sorted(self.given)},
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read_answers(folder: Path, url: str) -> Answers:
    """The answers that `folder` keeps of the service at `url`; none of another service."""
    path = folder / FILE
    if not path.is_file():
        return Answers(url, Service(url).manifest())
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["service"] != url:
            return Answers(url, Service(url).manifest())
        said = told["manifest"]
        manifest = Manifest(said["name"], said["space"], tuple(map(tuple, said["types"])), said["batch"])
        given = {key: tuple(Candidate(**c) for c in found) for key, found in told["answers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ServiceError(
            f"{path}: not the answers of a service ({error}); delete it to ask again"
        ) from error
    return Answers(url, manifest, given)


def _key(query: Query) -> str:
    return json.dumps(query.as_json(), ensure_ascii=False, sort_keys=True)
