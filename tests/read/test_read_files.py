"""Files of every format and encoding become articles, or say plainly why not."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tomllib
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import InputError
from kg.model import Article
from kg.read import Skipped, read_articles

BODY = "3月7日，江州市智慧港口建设推进会召开。副市长赵建国出席会议并讲话。"
TRADITIONAL = "三月七日，江州市智慧港口建設推進會召開。副市長趙建國出席會議並講話。"
PAGES = Path(__file__).parent / "pages"


def article(item: Article | Skipped) -> Article:
    assert isinstance(item, Article), item
    return item


def reason(item: Article | Skipped) -> str:
    assert isinstance(item, Skipped), item
    return item.reason


def all_of(*inputs: str | Path, **settings: object) -> list[Article | Skipped]:
    return list(read_articles(inputs, Config(**settings)))  # type: ignore[arg-type]


# Encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("length", [14, len(BODY)])
def test_simplified_text_in_any_encoding(read_one, encoding: str, length: int) -> None:
    assert article(read_one(BODY[:length].encode(encoding))).text == BODY[:length]


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "cp950", "gb18030", "utf-16"])
def test_traditional_text_in_any_encoding_is_kept_as_written(read_one, encoding: str) -> None:
    assert article(read_one(TRADITIONAL.encode(encoding))).text == TRADITIONAL


def test_a_page_that_names_the_wrong_encoding_is_still_read(read_one) -> None:
    page = f"<html><head><meta charset=utf-8><title>题</title></head><body><p>{BODY}</p></body></html>"
    assert article(read_one(page.encode("gb18030"), "a.html")).text == BODY


def test_characters_that_show_nothing_are_dropped_and_the_rest_is_untouched(read_one) -> None:
    found = article(
        read_one("\ufeff\u200b" + BODY.replace("智慧", "智\u200b慧") + "ＡＩ①\r\n\r\n第二段，①②。")
    )
    assert found.text == BODY + "ＡＩ①\n第二段，①②。"


# Formats


def test_front_matter_and_html(read_one) -> None:
    found = article(
        read_one(
            "---\ntitle: '港口会议'\nauthor: 江州网\ndate: 2023-03-08\nurl: http://a.cn/1\n---\n"
            f"<div><p>　　{BODY}</p><p><b>第二</b>段&nbsp;<a href='#'>江州</a>港。</p></div>",
            "note.md",
        )
    )
    assert found.id == "note"
    assert (found.title, found.publisher, found.date) == ("港口会议", "江州网", "2023-03-08")
    assert found.text == BODY + "\n第二段\xa0江州港。"
    assert found.url == "http://a.cn/1"


def test_front_matter_with_outlet_and_author(read_one) -> None:
    found = article(read_one(f"---\ntitle: 会\npublisher: 江州网\nauthor: 张三\nid: x7\n---\n{BODY}"))
    assert (found.id, found.publisher, found.authors) == ("x7", "江州网", ("张三",))


def test_plain_text_takes_a_first_line_that_is_no_sentence_as_its_title(read_one) -> None:
    found = article(read_one(f"江州召开港口会议\n来源：江州日报\n2023-03-08 10:00\n\n{BODY}\n"))
    assert (found.title, found.text) == ("江州召开港口会议", BODY)
    assert (found.publisher, found.date) == ("江州日报", "2023-03-08")
    assert article(read_one(BODY + "\n" + BODY)).title == "a"


def test_wrapped_lines_are_joined_and_short_paragraphs_are_not(read_one) -> None:
    wrapped = "今年以来全市智慧港口建设稳步推进重点\n项目加快落地形成了一批可复制推广的经\n验做法。"
    assert article(read_one(wrapped)).text == wrapped.replace("\n", "")
    lines = "会议召开。\n市长讲话，指出要加快建设。\n大家鼓掌。"
    assert article(read_one(lines)).text == lines


def test_markdown_marks_go(read_one) -> None:
    text = f"# 港口会议\n\n{BODY.replace('江州市', '**江州市**')}\n\n![图](a.png)\n\n- 见[方案](http://a.cn/(1))。\n"
    found = article(read_one(text, "a.md"))
    assert (found.title, found.text) == ("港口会议", BODY + "\n见方案。")


EXPECTED = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_yields_its_article_only(read_one, name: str) -> None:
    page, wanted = (PAGES / f"{name}.html").read_text(encoding="utf-8"), EXPECTED[name]
    encoding = "gb18030" if "gb2312" in page else "utf-8"
    found = article(read_one(page.encode(encoding), f"{name}.html"))
    assert (found.title, found.date, found.publisher) == (
        wanted["title"],
        wanted["date"],
        wanted["publisher"],
    )
    assert list(found.authors) == wanted["authors"]
    assert found.text.startswith(wanted["first"]) and found.text.endswith(wanted["last"])
    assert found.text.count("\n") + 1 == wanted["paragraphs"]


def test_json_in_its_common_shapes(tmp_path: Path) -> None:
    record = {"id": 7, "title": "会", "content": f"<p>{BODY}</p>", "date": "2023-03-08", "author": ["张三"]}
    shapes = {
        "object.json": json.dumps(record),
        "array.json": json.dumps([record]),
        "wrapped.json": json.dumps({"data": {"items": [record]}}),
        "lines.jsonl": json.dumps(record, ensure_ascii=False) + "\n\n",
        "pretty.jsonl": json.dumps(record, indent=1),
        "misnamed.json": json.dumps(record) + "\n" + json.dumps(record | {"id": 8}),
    }
    for name, text in shapes.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        found = article(all_of(path)[0])
        assert (found.id, found.title, found.text, found.date) == ("7", "会", BODY, "2023-03-08"), name
        assert found.authors == ("张三",)


def test_json_fields_may_be_named_in_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"t": "会", "doc": {"zw": BODY}, "text": "英文 not this"}), encoding="utf-8")
    found = article(all_of(path, json_fields={"title": "t", "text": "doc.zw"})[0])
    assert (found.title, found.text) == ("会", BODY)


def test_records_that_cannot_be_read_do_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        b"{broken",
        b'{"title": "x"}',
        b"[]",
        json.dumps({"id": "ok", "text": BODY}).encode(),
        b"\xff\xfe\x00",
    ]
    path.write_bytes(b"\n".join(lines))
    found = all_of(path)
    assert [item.source for item in found] == [f"a.jsonl#{n}" for n in (1, 2, 3, 5)] + ["a.jsonl#ok"]
    assert "broken JSON" in reason(found[0]) and "no text" in reason(found[1])


RSS = f"""<?xml version="1.0" encoding="{{}}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>江州网</title><link>http://a.cn</link>
<item><title>港口会议</title><link>http://a.cn/2023/t1234.html</link><description>摘要</description>
<content:encoded><![CDATA[<p>{BODY}</p><script>x</script>]]></content:encoded>
<pubDate>Wed, 08 Mar 2023 09:15:00 +0800</pubDate><dc:creator>张三</dc:creator></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>江州网</title>
<entry><title>港口会议</title><id>tag:a.cn,2023:t1234</id><link href="http://a.cn/2023/t1234.html"/>
<published>2023-03-08T09:15:00+08:00</published><author><name>张三</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p></div></content></entry></feed>"""


@pytest.mark.parametrize(
    "content", [RSS.format("utf-8").encode(), RSS.format("gb2312").encode("gb18030"), ATOM.encode()]
)
def test_feeds(read_one, content: bytes) -> None:
    found = article(read_one(content, "news.xml"))
    assert (found.id, found.title, found.text) == ("t1234", "港口会议", BODY)
    assert (found.date, found.publisher, found.authors) == ("2023-03-08", "江州网", ("张三",))
    assert found.url == "http://a.cn/2023/t1234.html"


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.html.gz", "a.xml.gz", "a.md.gz"])
def test_any_of_them_may_be_packed(read_one, name: str) -> None:
    content = {
        "a.jsonl.gz": json.dumps({"text": BODY}),
        "a.html.gz": f"<html><body><p>{BODY}</p></body></html>",
        "a.xml.gz": RSS.format("utf-8"),
    }.get(name, BODY)
    found = article(read_one(gzip.compress(content.encode()), name))
    assert found.text == BODY
    assert found.id == ("t1234" if name == "a.xml.gz" else "a")


@pytest.mark.parametrize(
    "content",
    [BODY, f"<!DOCTYPE html><html><body><p>{BODY}</p></body></html>", json.dumps({"text": BODY}), ATOM],
)
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_told_by_its_content(
    monkeypatch: pytest.MonkeyPatch, content: str, packed: bool
) -> None:
    data = gzip.compress(content.encode()) if packed else content.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = article(all_of("-")[0])
    assert found.text == BODY
    assert found.sources[0].startswith("-")


# What cannot be read

UNREADABLE = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n\t", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "zero.txt": (b"\0" * 1000, "binary"),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
    "pdf.txt": (b"%PDF-1.7 ...", "PDF"),
    "word.docx": (b"PK\x03\x04", "'.docx' files are not read; known are .txt"),
    "yaml.md": (f"---\ntitle: 'open\n---\n{BODY}".encode(), "broken YAML"),
    "unclosed.md": (f"---\ntitle: x\n{BODY}".encode(), "not closed"),
    "bomb.md": (f"---\na: &a [x, x]\nb: [*a, *a]\n---\n{BODY}".encode(), "aliases"),
    "english.txt": (b"The city held a meeting about the port today. " * 5, "not Chinese"),
    "japanese.txt": ("これは日本語の文章です。東京で会議が開かれました。".encode(), "not Chinese"),
    "korean.txt": ("이것은 한국어 문장입니다. 서울에서 회의가 열렸습니다.".encode(), "not Chinese"),
    "only-notices.txt": ("责任编辑：张三\n版权声明".encode(), "no text is left"),
    "large.txt": (BODY.encode() * 400, "too large: more than 10,000 bytes"),
    "large.txt.gz": (gzip.compress(BODY.encode() * 400), "too large"),
    "cut.txt.gz": (gzip.compress(BODY.encode() * 9)[:-9], "damaged gzip"),
    "laughs.xml": (b"<!DOCTYPE a [<!ENTITY l 'ha'>]><rss><channel><item/></channel></rss>", "entities"),
    "other.xml": (b"<a><b/></a>", "neither RSS nor Atom"),
    "broken.xml": (b"<rss><channel>", "broken XML"),
    "broken.json": (b"{", "broken JSON"),
    "number.json": (b"3", "a JSON int"),
    "deep.html": (b"<b>" * 2100, "nested more than"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why(read_one, name: str) -> None:
    content, words = UNREADABLE[name]
    assert words in reason(read_one(content, name, max_bytes=10_000))


def test_strict_stops_at_the_first(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(InputError, match=r"a\.txt: empty"):
        all_of(tmp_path, strict=True)


@pytest.mark.parametrize("given", ["nowhere.txt", "no/*.txt"])
def test_an_input_that_is_not_there_says_what_would_do(given: str) -> None:
    with pytest.raises(InputError, match=r"\.jsonl.*folders, globs, or - for standard input"):
        all_of(given)


# Folders


def test_folders_are_read_whole_but_hidden_files_links_and_pipes_are_not(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "deep.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.txt")
    found = all_of(tmp_path)
    assert [(item.source or "").rsplit("/", 1)[1] for item in found] == [
        "dangling.txt",
        "pipe.txt",
        "deep.txt",
    ]


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    scan = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = all_of(tmp_path)
    assert reason(found[0]) == "a folder that cannot be listed"
    assert article(found[1]).text == BODY


def test_where_an_input_lies_on_this_machine_is_not_part_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(BODY, encoding="utf-8")
    for given in (tmp_path / "in", tmp_path / "in" / ".." / "in"):
        (found,) = all_of(given)
        assert article(found).sources == ("in/a.txt",)


def test_globs_and_doubled_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(BODY + BODY, encoding="utf-8")
    found = all_of(str(tmp_path / "*.txt"), tmp_path, tmp_path / "a.txt")
    assert [article(item).id for item in found] == ["a", "b"]
    assert all(len(article(item).sources) == 1 for item in found)


# Copies and ids


def test_the_same_text_twice_is_one_article_with_two_sources(tmp_path: Path) -> None:
    late = f"---\ntitle: 转载的会议消息\nauthor: 乙网\ndate: 2023-03-09\n---\n{BODY}"
    early = f"---\ntitle: 会议消息\nauthor: 甲网\ndate: 2023-03-08\n---\n<p>{BODY}</p>"
    for first, second in ((late, early), (early, late)):
        (tmp_path / "1.md").write_text(first, encoding="utf-8")
        (tmp_path / "2.md").write_text(second, encoding="utf-8")
        (found,) = all_of(tmp_path / "2.md", tmp_path / "1.md")
        one = article(found)
        assert (one.title, one.publisher, one.date) == ("会议消息", "甲网", "2023-03-08")
        assert one.sources == ("1.md", "2.md")


def test_two_articles_of_one_name_get_ids_from_their_text(tmp_path: Path) -> None:
    for folder, text in (("x", BODY), ("y", BODY + BODY)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, encoding="utf-8")
    forth = [article(item) for item in all_of(tmp_path / "x", tmp_path / "y")]
    back = [article(item) for item in all_of(tmp_path / "y", tmp_path / "x")]
    assert forth == back
    assert all(one.id == f"a-{one.sha256[:8]}" for one in forth)
