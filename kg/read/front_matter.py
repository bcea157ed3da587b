"""YAML front matter as plain strings: parsed event by event, so that nothing in it can act or grow."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

MAX_LENGTH = 64_000
MAX_DEPTH = 20
_OPENING = re.compile(r"\s*---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(r"[\w\u4e00-\u9fff-]+[ \t]*:(?:\s|$)")

Value = str | tuple[str, ...]


class FrontMatterError(ValueError):
    """The front matter is there, but is not readable; the message is the reason."""


def split(text: str) -> tuple[dict[str, Value], str]:
    """The front matter of `text` (empty without one) and the body that follows it.

    Values are strings as written, or tuples of them; deeper structure is passed over.
    Raises `FrontMatterError` for YAML that is broken or hostile.
    """
    opening = _OPENING.match(text)
    if not opening:
        return {}, text
    rest = text[opening.end() : opening.end() + MAX_LENGTH]
    closing = _CLOSING.search(rest)
    if not closing:
        if _KEY.match(rest):
            raise FrontMatterError("front matter is opened by --- and not closed within 64,000 characters")
        return {}, text
    fields = _fields(rest[: closing.start()])
    if fields is None:
        return {}, text
    return fields, text[opening.end() + closing.end() :]


def _fields(source: str) -> dict[str, Value] | None:
    """The top-level fields, or None when the source is no mapping but a text between rules."""
    try:
        events = _checked(source)
        first = next(events, None)
        if not isinstance(first, yaml.MappingStartEvent):
            for _ in events:
                pass
            return None
        return dict(_pairs(events))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or "not readable"
        raise FrontMatterError(f"front matter is broken YAML{where}: {problem}") from error


def _checked(source: str) -> Iterator[yaml.Event]:
    depth = 0
    for event in yaml.parse(source, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise FrontMatterError("front matter uses YAML aliases (*name), which are not read")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise FrontMatterError(f"front matter is nested more than {MAX_DEPTH} deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _pairs(events: Iterator[yaml.Event]) -> Iterator[tuple[str, Value]]:
    """Key and value for each field of a mapping whose start has been read."""
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            for _ in events:
                pass
            return
        name = key.value.strip() if isinstance(key, yaml.ScalarEvent) else None
        if name is None:
            _strings(key, events)
        value = next(events)
        strings = _strings(value, events)
        if name is not None:
            yield name.casefold(), strings[0] if isinstance(value, yaml.ScalarEvent) else tuple(strings)


def _strings(event: yaml.Event, events: Iterator[yaml.Event]) -> list[str]:
    """Every scalar of the node that begins with `event`; of a mapping inside, the values only."""
    if isinstance(event, yaml.ScalarEvent):
        return ["" if event.value in ("~", "null") and event.implicit[0] else event.value.strip()]
    found: list[str] = []
    depth = 1
    while depth:
        event = next(events)
        if isinstance(event, yaml.ScalarEvent):
            found.append(event.value.strip())
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        else:
            depth -= 1
    return found


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
