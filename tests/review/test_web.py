"""The page of a sitting: keys answer, answers are on disk, and nobody else can read or answer."""

from __future__ import annotations

import json
import shutil
import threading
import urllib.error
import urllib.request

import pytest

from kg.corrections import read_corrections
from kg.model import Correction
from kg.review import Question, ReviewServer, Session, Shown, Signature

EVIL = "<img src=x onerror=\"document.title='ran'\">"


def asked(number: int) -> Question:
    said = {"property": "attends", "article": "a", "quote": f"第{number}句。"}
    return Question(
        "fact",
        f"人{number} 出席 {EVIL}",
        (Shown(f"人{number}出席{EVIL}大会。", "a", (f"人{number}", "大会")),),
        1.0,
        (Correction("confirm", f"人{number}", object="大会", **said),),
        (Correction("drop-fact", f"人{number}", object="大会", **said),),
    )


@pytest.fixture
def server(tmp_path):
    session = Session.over([asked(n) for n in range(3)], tmp_path / "c.tsv", Signature("甲", "2024-05-31"))
    found = ReviewServer(session, {"a": "《题》某报"})
    thread = threading.Thread(target=found.run)
    thread.start()
    yield found
    if not found.closed:
        found.shutdown()
    thread.join(10)
    assert not thread.is_alive()


def fetch(url: str, data: object = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    body = None if data is None else data if isinstance(data, bytes) else json.dumps(data).encode()
    request = urllib.request.Request(url, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def kept(server: ReviewServer) -> list[str]:
    path = server.session.path
    return [f"{c.kind} {c.subject} {c.reason}" for c in read_corrections(path)] if path.exists() else []


def test_answers_go_to_the_file_and_come_back(server):
    def answer(key: str, reason: str = "") -> dict[str, object]:
        return json.loads(fetch(server.address + "answer", {"key": key, "reason": reason})[1])

    assert answer("y")["yes"] == 1
    assert answer("n", "原文没有")["no"] == 1
    assert kept(server) == ["confirm 人0 kg review", "drop-fact 人1 原文没有"]
    assert answer("u")["no"] == 0
    assert answer("s")["left"] == 1
    assert answer("x")["left"] == 1
    assert answer("y")["question"] is None
    assert answer("y")["yes"] == 2
    assert kept(server) == ["confirm 人0 kg review", "confirm 人2 kg review"]
    assert answer("q")["closed"] is True


def test_only_who_knows_the_address_is_served(server):
    home = f"http://127.0.0.1:{server.server_port}/"
    for path in ("", "state", "wrong/state", f"{server.word}/../state", f"{server.word}/secret"):
        assert fetch(home + path)[0] == 404
    assert fetch(home + "answer", {"key": "y"})[0] == 404
    assert fetch(server.address + "state", Host="evil.example")[0] == 404
    assert fetch(server.address + "answer", {"key": "y"}, Host=f"localhost:{server.server_port}")[0] == 404
    assert server.server_address[0] == "127.0.0.1"
    assert kept(server) == []


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"{", b"1", b"\xff", b'{"key": ["y"]}'])
def test_a_broken_answer_changes_nothing(server, body):
    assert fetch(server.address + "answer", body)[0] in (200, 400, 404)
    assert kept(server) == []


def test_a_huge_answer_is_refused(server):
    assert fetch(server.address + "answer", {"key": "y", "reason": "长" * 10_000})[0] == 404
    assert kept(server) == []


def test_an_answer_that_cannot_be_saved_is_told(server, monkeypatch):
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("kg.review.session.write_text", full)
    status, body, _ = fetch(server.address + "answer", {"key": "y"})
    assert (status, body) == (500, b"no space left")
    assert json.loads(fetch(server.address + "state")[1])["left"] == 3


def test_every_answer_carries_headers_that_keep_others_out(server):
    for name in ("", "review.js", "review.css", "state"):
        headers = fetch(server.address + name)[2]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.browser
def test_a_keyboard_drives_the_page(server):
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "no Chromium here; install it with the system's packages (apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"], headless=True)
        page = browser.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(server.address)
        page.get_by_text("人0 出席").first.wait_for()
        assert page.locator("mark").all_inner_texts() == ["人0", "大会"]
        page.keyboard.press("y")
        page.get_by_role("heading", name="人1 出席").wait_for()
        page.keyboard.press("r")
        page.keyboard.type("不是同一个会 yes")
        page.keyboard.press("Enter")
        page.keyboard.press("n")
        page.get_by_role("heading", name="人2 出席").wait_for()
        page.keyboard.press("u")
        page.get_by_role("heading", name="人1 出席").wait_for()
        page.get_by_role("button", name="跳过").click()
        page.get_by_role("heading", name="人2 出席").wait_for()
        page.keyboard.press("n")
        page.get_by_text("没有待定的问题").wait_for()
        assert page.title() != "ran"
        page.keyboard.press("q")
        page.get_by_text("已结束").wait_for()
        browser.close()
    assert [w for w in wrong if "favicon" not in w and "404" not in w] == []
    assert kept(server) == ["confirm 人0 kg review", "drop-fact 人2 kg review"]
