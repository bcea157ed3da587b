"""JSON records as drafts: arrays, objects, JSON Feed, and one record a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from kg.read.dates import parse_date
from kg.read.draft import Draft, Markup, Skipped, UnreadableError

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "guid", "uuid", "docid", "news_id", "编号"),
    "title": ("title", "headline", "name", "标题"),
    "text": (
        "text",
        "content",
        "body",
        "content_text",
        "content_html",
        "article",
        "articleBody",
        "html",
        "正文",
        "内容",
        "summary",
    ),
    "date": (
        "date",
        "published",
        "date_published",
        "datePublished",
        "publish_time",
        "pubDate",
        "pubtime",
        "publish_date",
        "published_at",
        "time",
        "created_at",
        "日期",
        "发布时间",
        "时间",
    ),
    "url": ("url", "link", "external_url", "href", "链接", "网址"),
    "publisher": ("publisher", "source", "site", "media", "来源", "媒体"),
    "authors": ("authors", "author", "byline", "reporter", "作者", "记者"),
}
"""What each field may be called when the settings do not say."""
_LISTS = ("items", "articles", "data", "results", "docs", "records", "list", "news", "rows")
MAX_RECORDS_DEPTH = 3


class Records:
    """Makes drafts from the records of one file."""

    def __init__(self, source: str, stem: str, fields: Mapping[str, str]) -> None:
        self.source = source
        self.stem = stem
        self.names = {key: ((fields[key],) if key in fields else names) for key, names in FIELDS.items()}

    def of_text(self, text: str) -> Iterator[Draft | Skipped]:
        """The drafts of a whole JSON file, which may also be one record a line."""
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            lines = [line for line in text.split("\n") if line.strip()]
            if len(lines) < 2 or not _is_json(lines[0]):
                raise UnreadableError(f"broken JSON: {error}") from error
            for number, line in enumerate(lines, 1):
                yield from self.of_line(line, number)
            return
        records = _records(value)
        if records is None:
            yield self._draft(value, self.source)
            return
        for number, record in enumerate(records, 1):
            yield self._kept(record, number)

    def of_line(self, line: str, number: int) -> Iterator[Draft | Skipped]:
        """The draft of one line."""
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield Skipped(f"{self.source}#{number}", f"broken JSON: {error}")
            return
        yield self._kept(record, number)

    def _kept(self, record: object, number: int) -> Draft | Skipped:
        name = self._text(record, "id") if isinstance(record, dict) else ""
        source = f"{self.source}#{name or number}"
        try:
            return self._draft(record, source)
        except UnreadableError as error:
            return Skipped(source, str(error))

    def _draft(self, record: object, source: str) -> Draft:
        if not isinstance(record, dict):
            raise UnreadableError(f"a JSON {type(record).__name__} where a record with a text was expected")
        body = self._text(record, "text")
        if not body:
            raise UnreadableError(f"no text: none of the fields {', '.join(self.names['text'])} holds one")
        return Draft(
            source=source,
            id=self._text(record, "id") or self.stem,
            body=body,
            markup=Markup.ANY,
            title=self._text(record, "title"),
            date=next((day for v in self._values(record, "date") if (day := parse_date(v))), None),
            publisher=self._text(record, "publisher") or None,
            authors=tuple(self._authors(record)),
            url=self._text(record, "url") or None,
        )

    def _values(self, record: Mapping[str, Any], field: str) -> Iterator[Any]:
        for name in self.names[field]:
            value: Any = record.get(name)
            if value is None and "." in name:
                value = record
                for part in name.split("."):
                    value = value.get(part) if isinstance(value, dict) else None
            if value not in (None, "", []):
                yield value

    def _text(self, record: Mapping[str, Any], field: str) -> str:
        for value in self._values(record, field):
            if isinstance(value, dict):
                value = value.get("name") or value.get("value") or value.get("$oid")
            if isinstance(value, list) and all(isinstance(part, str) for part in value):
                value = "\n".join(value)
            if isinstance(value, str | int) and not isinstance(value, bool):
                return str(value).strip()
        return ""

    def _authors(self, record: Mapping[str, Any]) -> Iterator[str]:
        for value in self._values(record, "authors"):
            for item in value if isinstance(value, list) else [value]:
                name = item.get("name") if isinstance(item, dict) else item
                if isinstance(name, str) and name.strip():
                    yield name.strip()
            return


def _records(value: object) -> list[Any] | None:
    """The list of records that `value` is or wraps; None when it is a record itself."""
    for _ in range(MAX_RECORDS_DEPTH):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict):
            break
        inner = next((value[name] for name in _LISTS if isinstance(value.get(name), list | dict)), None)
        if inner is None:
            break
        value = inner
    return value if isinstance(value, list) else None


def _is_json(line: str) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True
