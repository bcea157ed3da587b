"""Names between marks: documents in 《》, and quoted names that a programme's or event's head follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Candidate, EntityType

_BOOK = re.compile(r"《([^《》\n]{2,90})》")
_MEDIA = re.compile(
    r"(日报|晚报|早报|时报|商报|周刊|新闻|快报|都市报|导报|青年报|财经|观察报|杂志|周报|之声)$"
)
_REPORTER = re.compile(r"^[的网]?(记者|报道|讯|消息|编辑部|刊文|发文|撰文|采访)")


def titles(text: str) -> Iterator[Candidate]:
    """Yield each document named in 《》, without the marks; newspapers are not documents."""
    for match in _BOOK.finditer(text):
        if _MEDIA.search(match[1]) or _REPORTER.match(text[match.end() : match.end() + 4]):
            continue
        yield Candidate(match.start(1), match.end(1), EntityType.PROGRAMME, 0.95, "quotes")
