"""A link that is nobody's, a body too much, a method that is none: refused, nothing revealed, nothing changed."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from rekindle.mail.links import Links
from rekindle.web import bodies
from rekindle.web.bodies import LIMIT
from rekindle.wiring import Rekindle
from tests.cast import anne
from tests.web.asking import FORM, ONE_CLICK, ask, everything, path_of

FOREIGN = Links("the key of another company", "https://people.other.example")


@pytest.fixture
def key(rekindle: Rekindle) -> str:
    with rekindle.store.writing() as session:
        return anne(session).key


@pytest.fixture
def token(rekindle: Rekindle, key: str) -> str:
    return rekindle.links.stop(key).rpartition("/")[2]


def bad_tokens(token: str, key: str) -> dict[str, str]:
    payload, _, signature = token.rpartition(".")
    other = "B" if signature[0] == "A" else "A"
    return {
        "empty": "",
        "a word": "nope",
        "the key alone": key,
        "no signature": f"{payload}.",
        "half a signature": token[:-10],
        "one letter of the signature changed": f"{payload}.{other}{signature[1:]}",
        "the signature in capitals": f"{payload}.{signature.upper()}",
        "another's key under this signature": f"{'0' * 24}.{signature}",
        "signed twice": f"{token}.{signature}",
        "something after it": f"{token}/more",
        "a full stop after it": f"{token}.",
        "signed by another company": FOREIGN.stop(key).rpartition("/")[2],
        "a space before it": f"%20{token}",
        "a line end in it": f"{payload}%0A.{signature}",
        "a zero byte": f"{token}%00",
        "a path upwards": f"..%2F{token}",
        "oversized": "A" * 5000,
        "oversized, signed at the end": f"{'A' * 5000}.{signature}",
        "not ASCII": "%C3%BCmlaut.%F0%9F%8C%BF",
        "not even UTF-8": "%FF%FE%FD.%80",
        "markup": "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "SQL": "'%20OR%20''='",
    }


NAMES = list(bad_tokens("x.y", "z"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_nobodys_gets_the_kind_page(
    app: Starlette, rekindle: Rekindle, token: str, key: str, name: str, method: str
) -> None:
    before = everything(rekindle.store)

    answer = ask(app, method, f"/stop/{bad_tokens(token, key)[name]}", headers=FORM)

    assert answer.status_code == 404
    assert "This link leads nowhere." in answer.text
    assert 'href="mailto:hello@acme.example"' in answer.text
    assert everything(rekindle.store) == before


def test_who_was_erased_looks_like_who_never_was(app: Starlette, rekindle: Rekindle, token: str) -> None:
    with rekindle.store.writing() as session:
        emptied = anne(session, email="", address=None).key
    never_was = rekindle.links.stop("0" * 24)
    row_is_there = rekindle.links.stop(emptied)
    for method in ("GET", "POST"):
        answers = [
            ask(app, method, path)
            for path in (path_of(never_was), path_of(row_is_there), "/stop/nope", f"/stop/{token[:-1]}!", "/elsewhere")
        ]
        assert len({answer.content for answer in answers}) == 1
        assert {answer.status_code for answer in answers} == {404}
        assert len({tuple(answer.headers.raw) for answer in answers}) == 1


def test_the_database_is_asked_for_a_bad_link_too_and_never_for_its_write_lock(
    app: Starlette, rekindle: Rekindle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noted(name: str, opens: Callable[[], object]) -> Callable[[], object]:
        def open_session() -> object:
            asked.append(name)
            return opens()

        return open_session

    for name in ("reading", "writing"):
        monkeypatch.setattr(rekindle.store, name, noted(name, getattr(rekindle.store, name)))
    for path in (path_of(rekindle.links.stop("0" * 24)), "/stop/nope"):
        for method in ("GET", "POST"):
            ask(app, method, path)
    assert asked == ["reading"] * 4


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_any_other_method_is_refused(app: Starlette, rekindle: Rekindle, token: str, method: str) -> None:
    before = everything(rekindle.store)
    answer = ask(app, method, f"/stop/{token}", content=ONE_CLICK)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert "nothing has been changed" in answer.text
    assert everything(rekindle.store) == before


def test_an_oversized_body_is_refused_before_it_is_read_whole(app: Starlette, rekindle: Rekindle, token: str) -> None:
    before = everything(rekindle.store)
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * LIMIT:
            sent += 1000
            yield b"x" * 1000

    answer = ask(app, "POST", f"/stop/{token}", content=endless())

    assert answer.status_code == 413
    assert "nothing has been changed" in answer.text
    assert sent < LIMIT + 3000
    assert everything(rekindle.store) == before
    assert ask(app, "POST", f"/stop/{token}", content=b"x" * (LIMIT + 1)).status_code == 413


def test_a_body_that_never_ends_is_not_waited_for(
    app: Starlette, rekindle: Rekindle, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.02)
    before = everything(rekindle.store)

    async def trickle() -> AsyncIterator[bytes]:
        yield b"List-Unsubscribe="
        await asyncio.Event().wait()

    assert ask(app, "POST", f"/stop/{token}", content=trickle()).status_code == 408
    assert everything(rekindle.store) == before


def test_half_a_post_does_nothing(app: Starlette, rekindle: Rekindle, token: str) -> None:
    before = everything(rekindle.store)
    arriving: list[Message] = [
        {"type": "http.request", "body": b"List-", "more_body": True},
        {"type": "http.disconnect"},
    ]
    said: list[Message] = []

    async def receive() -> Message:
        return arriving.pop(0)

    async def send(message: Message) -> None:
        said.append(message)

    path = f"/stop/{token}"
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
    asyncio.run(app(scope, receive, send))

    assert said[0]["status"] == 400
    assert everything(rekindle.store) == before
