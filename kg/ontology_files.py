"""Where the ontology's files are: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from kg.errors import NotFoundError

_HERE = Path(__file__).parent


def ontology_folder() -> Path:
    """The folder that holds `zhengmai.ttl`, the shapes, the context and the queries."""
    for folder in (_HERE / "ontology", _HERE.parent / "ontology"):
        if (folder / "zhengmai.ttl").is_file():
            return folder
    raise NotFoundError(
        f"no ontology/zhengmai.ttl in {_HERE} or {_HERE.parent}; "
        "reinstall zhengmai, or run it from a full checkout"
    )


def ontology_file(name: str) -> Path:
    """The file `name` of the ontology, such as `zhengmai.ttl` or `shapes.ttl`."""
    path = ontology_folder() / name
    if not path.is_file():
        raise NotFoundError(f"the ontology has no file '{name}' ({path})")
    return path
