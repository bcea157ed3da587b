"""One file to its drafts: which format it is, and the reader for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.config import Config
from kg.read.dates import parse_date
from kg.read.draft import Draft, Markup, Skipped, UnreadableError
from kg.read.encoding import decode
from kg.read.feeds import feed_drafts
from kg.read.front_matter import FrontMatterError, Value, split
from kg.read.inputs import ENDINGS, Content, Source, opened
from kg.read.records import Records

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format", "a database"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "packed twice"),
)
_FEED = re.compile(r"<(?:\?xml|rss|feed|rdf:RDF)\b", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)


def drafts(source: Source, config: Config) -> Iterator[Draft | Skipped]:
    """Yield each article of `source` as its file has it; raises `UnreadableError` when there is none."""
    if source.ending not in ENDINGS and source.ending and source.path and _strange(source.ending):
        raise UnreadableError(
            f"'{source.ending}' files are not read; known are {' '.join(ENDINGS)}, each also .gz"
        )
    with opened(source, config.max_bytes) as content:
        head = content.head()
        if not head:
            raise UnreadableError("empty")
        kind = ENDINGS.get(source.ending) or _sniffed(head)
        if kind == "lines" and not _one_value(head):
            yield from _line_by_line(source, content, config)
            return
        yield from _whole(kind, source, _decoded(content.whole()), config)


def _one_value(head: bytes) -> bool:
    """Whether a file of records is none: one JSON value over many lines, or in two-byte characters."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.split(b"\n", 1)[0].strip() in (
        b"{",
        b"[",
        b"[{",
    )


def _strange(ending: str) -> bool:
    """A short ending of letters says what a file is; `report.2021年终` has none."""
    return bool(re.fullmatch(r"\.[a-z0-9]{1,5}", ending)) and not ending[1:].isdigit()


def _whole(kind: str, source: Source, text: str, config: Config) -> Iterator[Draft | Skipped]:
    if not text.strip():
        raise UnreadableError("empty")
    if kind in ("json", "lines"):
        yield from Records(source.name, source.stem, config.json_fields).of_text(text)
    elif kind == "feed":
        yield from feed_drafts(text, source.name, source.stem)
    else:
        yield _article(kind, source, text)


def _line_by_line(source: Source, content: Content, config: Config) -> Iterator[Draft | Skipped]:
    records = Records(source.name, source.stem, config.json_fields)
    some = False
    for number, line in enumerate(content.lines(), 1):
        where = f"{source.name}#{number}"
        if line is None:
            yield Skipped(where, content.too_large)
        elif line.strip():
            text = decode(line)
            if text is None:
                yield Skipped(where, "not text in a known encoding")
            else:
                yield from records.of_line(text, number)
        some = some or bool(line is None or line.strip())
    if not some:
        raise UnreadableError("empty")


def _decoded(data: bytes) -> str:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError(f"binary: {name}")
    text = decode(data)
    if text is None or text.count("\x00") > 2:
        raise UnreadableError("binary, or text in no known encoding")
    return text


def _sniffed(head: bytes) -> str:
    """The format of a file whose ending says nothing."""
    text = (decode(head) or head.decode("utf-8", "ignore")).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return "lines" if re.match(r"\{[^\n]*\}[ \t\r]*\n[ \t]*\{", text) else "json"
    if text.startswith("[") and re.match(r"\[\s*[\{\]]", text):
        return "json"
    if text.startswith("<") and _PAGE.search(text[:1000]):
        return "page"
    return "feed" if _FEED.match(text) else "text"


def _article(kind: str, source: Source, text: str) -> Draft:
    try:
        fields, body = split(text)
    except FrontMatterError as error:
        raise UnreadableError(str(error)) from error
    markup = {"page": Markup.PAGE, "markdown": Markup.MARKDOWN}.get(kind, Markup.ANY)
    if fields and markup is Markup.PAGE:
        markup = Markup.HTML
    url = _first(fields, "url", "link", "canonical", "permalink", "source_url")
    # The web's exporters put the outlet in `author`; only a file that names its outlet means a person.
    outlet = _first(fields, "publisher", "source", "site", "media", "来源")
    author = _all(fields, "authors", "byline", "作者", "记者")
    if outlet:
        author += _all(fields, "author")
    return Draft(
        source=source.name,
        id=_first(fields, "id", "guid") or source.stem,
        body=body,
        markup=markup,
        title=_first(fields, "title", "headline", "标题"),
        date=next(
            (d for v in _all(fields, "date", "published", "pubdate", "日期") if (d := parse_date(v))), None
        ),
        publisher=outlet or _first(fields, "author") or None,
        authors=author,
        url=url or None,
    )


def _all(fields: dict[str, Value], *names: str) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        value = fields.get(name, ())
        found += [value] if isinstance(value, str) else list(value)
    return tuple(value for value in found if value)


def _first(fields: dict[str, Value], *names: str) -> str:
    return next(iter(_all(fields, *names)), "")
