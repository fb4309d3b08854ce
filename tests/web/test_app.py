"""Every answer is guarded, whatever it answers; nothing that breaks shows why; a stop is whole or not at all."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.applications import Starlette

from rekindle import settings
from rekindle.errors import LostRace, TemplateError
from rekindle.journey import answers
from rekindle.store import dialect
from rekindle.store.engine import Store
from rekindle.web import stop
from rekindle.web.app import build
from rekindle.wiring import Rekindle
from tests.cast import anne
from tests.web.asking import BUTTON, FORM, ONE_CLICK, ask, everything, path_of


@pytest.fixture
def link(rekindle: Rekindle) -> str:
    with rekindle.store.writing() as session:
        return path_of(rekindle.links.stop(anne(session).key))


def answers_of_every_kind(app: Starlette, link: str) -> dict[str, Any]:
    asked = {
        "page": ask(app, "GET", link),
        "head": ask(app, "HEAD", link),
        "one click": ask(app, "POST", link, content=ONE_CLICK),
        "redirect": ask(app, "POST", link, headers=FORM, content=BUTTON),
        "health": ask(app, "GET", "/health"),
        "no link": ask(app, "GET", "/stop/nope"),
        "no page": ask(app, "GET", "/favicon.ico"),
        "no method": ask(app, "DELETE", link),
        "too much": ask(app, "POST", link, content=b"x" * 100_000),
    }
    with broken(stop, "_is_stopped", KeyError("anne@example.org")):
        asked["failed"] = ask(app, "GET", link)
    with broken(stop, "_is_stopped", PoolTimeoutError("anne@example.org")):
        asked["unavailable"] = ask(app, "GET", link)
    return asked


@contextmanager
def broken(module: Any, name: str, error: Exception) -> Iterator[None]:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, name, fail)
        yield


def test_every_answer_carries_the_safety_headers(app: Starlette, link: str) -> None:
    answers = answers_of_every_kind(app, link)
    assert {answer.status_code for answer in answers.values()} == {200, 303, 404, 405, 413, 500, 503}
    for kind, answer in answers.items():
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy.pop("style-src").startswith("'sha256-"), kind
        assert policy == {
            "default-src": "'none'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
            "base-uri": "'none'",
        }
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "strict-transport-security" not in answer.headers
        assert "set-cookie" not in answer.headers


def test_no_error_tells_what_broke(app: Starlette, link: str) -> None:
    for kind, answer in answers_of_every_kind(app, link).items():
        for word in ("Traceback", "Error", "anne", "sqlite", "psycopg", link.rpartition("/")[2]):
            assert word not in answer.text, kind


def test_https_is_insisted_on_where_links_are_https(rekindle: Rekindle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_WEB_BASE_URL", "https://people.acme.example")
    secure = Rekindle(settings.load())
    answer = ask(build(secure), "GET", "/health")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_a_stop_link_works_under_the_path_of_base_url_and_without_it(
    rekindle: Rekindle, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_WEB_BASE_URL", "https://acme.example/careers/letters/")
    under = Rekindle(settings.load())
    app = build(under)
    for path in (f"/careers/letters{link}", link):
        assert b"<button" in ask(app, "GET", path).content
        answer = ask(app, "POST", path, headers=FORM, content=BUTTON)
        assert path_of(str(answer.url.join(answer.headers["location"]))) == path
        rekindle_again(rekindle)
    for path in ("/careers", "/careers/letters", "/careers/letters/stop", "/careers/letters/elsewhere"):
        assert ask(app, "GET", path).status_code == 404
    under.store.close()


def rekindle_again(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        session.execute(text("UPDATE candidates SET opted_out_at = NULL"))


def test_health_says_ok(app: Starlette) -> None:
    answer = ask(app, "GET", "/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/", "/stop", "/health/", "/stop-it", "/../etc/passwd", "//evil.example/", "/a?b=c"])
def test_an_unknown_path_gets_the_kind_page_and_no_redirect(app: Starlette, path: str) -> None:
    answer = ask(app, "GET", f"http://127.0.0.1:8080{path}", headers={"Host": "evil.example"})
    assert answer.status_code == 404
    assert "This link leads nowhere." in answer.text
    assert "location" not in answer.headers


def test_a_database_that_is_locked_is_503_and_nothing_half_done(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0)
    monkeypatch.setenv("REKINDLE_DATABASE_URL", str(sqlite_store.engine.url))
    rekindle = Rekindle(settings.load())
    app = build(rekindle)
    with sqlite_store.writing() as session:
        link = path_of(rekindle.links.stop(anne(session).key))
    before = everything(sqlite_store)

    with sqlite_store.writing() as session:
        session.execute(text("SELECT 1"))  # the lock is taken with the first statement
        answer = ask(app, "POST", link, content=ONE_CLICK)
        looked = ask(app, "GET", link)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "nothing has been changed" in answer.text
    assert looked.status_code == 200
    assert everything(sqlite_store) == before
    assert ask(app, "POST", link, content=ONE_CLICK).status_code == 200
    rekindle.store.close()


@pytest.mark.parametrize("url", ["postgresql+psycopg://nobody@127.0.0.1:1/none", "sqlite:///empty.db"])
def test_no_database_at_all_is_503_whatever_the_link(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_DATABASE_URL", url)
    rekindle = Rekindle(settings.load())
    app = build(rekindle)
    for path in (path_of(rekindle.links.stop("0" * 24)), "/stop/nope"):
        for method in ("GET", "POST"):
            answer = ask(app, method, path)
            assert answer.status_code == 503
            assert "try again" in answer.text
            assert "127.0.0.1" not in answer.text
    assert ask(app, "GET", "/health").status_code == 200
    rekindle.store.close()


@pytest.mark.parametrize("error", [LostRace("c-1 is declined meanwhile"), ValueError("anne@example.org")])
def test_a_stop_that_breaks_in_the_middle_leaves_nothing_behind(
    app: Starlette, rekindle: Rekindle, link: str, error: Exception
) -> None:
    before = everything(rekindle.store)
    with broken(answers, "move", error):
        answer = ask(app, "POST", link, content=ONE_CLICK)
    assert answer.status_code == (503 if isinstance(error, LostRace) else 500)
    assert everything(rekindle.store) == before


def test_what_broke_is_logged_with_its_place_and_without_its_words(
    app: Starlette, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with broken(stop, "_is_stopped", KeyError("anne@example.org")):
        assert ask(app, "GET", link).status_code == 500
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("rekindle"))
    assert "KeyError" in ours
    assert "stop.py" in ours
    assert "anne" not in ours
    assert link.rpartition("/")[2] not in ours


def test_a_team_replaces_one_page_and_keeps_the_others(rekindle: Rekindle, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "pages"
    own.mkdir(parents=True)
    (own / "not_found.html").write_text("<p>Not at {{ company }}.</p>")
    app = build(Rekindle(settings.load()))
    assert ask(app, "GET", "/").text == "<p>Not at Acme Labs.</p>"
    assert "ok" in ask(app, "GET", "/health").text


@pytest.mark.parametrize("broken_page", ["{% if %}", "{{ nobody }}", "{{ 1 / 0 }}", b"\xff\xfe", '{% extends "x" %}'])
def test_a_page_that_cannot_be_rendered_is_said_before_anybody_asks(
    rekindle: Rekindle, tmp_path: Path, broken_page: str | bytes
) -> None:
    own = tmp_path / "templates" / "pages"
    own.mkdir(parents=True)
    (own / "stopped.html").write_bytes(broken_page if isinstance(broken_page, bytes) else broken_page.encode())
    with pytest.raises(TemplateError, match=r"stopped\.html"):
        build(rekindle)
