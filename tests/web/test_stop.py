"""The stop link: looking changes nothing, one POST stops everything, and asking again is harmless."""

import secrets
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from rekindle.journey.moving import Cause, move
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.messages import Message
from rekindle.store.moves import MoveRow
from rekindle.store.suppressions import suppressed
from rekindle.web.bodies import LIMIT
from rekindle.wiring import Rekindle
from states.candidate import Actor, CandidateState, Trigger
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW, anne, bert, stored
from tests.web.asking import (
    BUTTON,
    FORM,
    MULTIPART,
    ONE_CLICK,
    ONE_CLICK_IN_PARTS,
    ask,
    ask_at_once,
    everything,
    path_of,
)

#: As a mail program, a browser, and something unheard of may post it.
POSTS: dict[str, tuple[dict[str, str], bytes, str]] = {
    "our button": (FORM, BUTTON, "the link in the mail"),
    "one click, as a form": (FORM, ONE_CLICK, "one click"),
    "one click, in parts": (MULTIPART, ONE_CLICK_IN_PARTS, "one click"),
    "nothing at all": ({}, b"", "one click"),
    "a form of its own": (FORM, b"unsubscribe=1&reason=", "one click"),
    "json": ({"Content-Type": "application/json"}, b'{"List-Unsubscribe": "One-Click"}', "one click"),
    "bytes": ({"Content-Type": "application/octet-stream"}, b"\x00\xff\xfe" * 100, "one click"),
    "as much as may be": (FORM, b"x" * LIMIT, "one click"),
}
QUEUE = (MessageState.DRAFTED, MessageState.AWAITING, MessageState.APPROVED, MessageState.DEFERRED)
GONE = (MessageState.SENDING, MessageState.SENT, MessageState.UNCONFIRMED)


@pytest.fixture
def link(rekindle: Rekindle) -> str:
    """The path of Anne's link; she has mail in every state, and somebody is asked about her."""
    with rekindle.store.writing() as session:
        person = anne(session)
        for state in (*QUEUE, *GONE):
            session.add(message(person, state))
        session.add(question(person))
        return path_of(rekindle.links.stop(person.key))


def message(person: Candidate, state: MessageState) -> Message:
    return Message(
        candidate_id=person.id,
        programme=Programme.QUARTERLY_UPDATE,
        state=state,
        key=secrets.token_hex(12),
        due_at=NOW,
        created_at=NOW,
    )


def question(person: Candidate) -> Approval:
    return Approval(
        kind=ApprovalKind.MOVE,
        candidate_id=person.id,
        question="interview c-1?",
        digest="0" * 64,
        evidence={},
        state=ApprovalState.WAITING,
        asked_by="ann@acme.example",
        asked_at=NOW,
        deciders=["lead"],
        due_at=NOW + timedelta(days=7),
    )


def link_of(rekindle: Rekindle, given_name: str, **columns: Any) -> str:
    with rekindle.store.writing() as session:
        return path_of(rekindle.links.stop(stored(session, given_name, **columns).key))


def person_of(session: Session) -> Candidate:
    return session.scalars(select(Candidate)).one()


def test_looking_changes_nothing_however_often_a_scanner_looks(app: Starlette, rekindle: Rekindle, link: str) -> None:
    before = everything(rekindle.store)

    answers = ask_at_once(app, [(method, link, {}) for method in ("GET", "HEAD") * 25])

    assert {answer.status_code for answer in answers} == {200}
    assert everything(rekindle.store) == before


def test_whatever_a_scanner_adds_to_the_address_it_only_looks(app: Starlette, rekindle: Rekindle, link: str) -> None:
    before = everything(rekindle.store)
    for suffix in ("?answer=stop", "?List-Unsubscribe=One-Click", "?_method=POST"):
        answer = ask(app, "GET", link + suffix, headers={"X-HTTP-Method-Override": "POST"})
        assert b"<button" in answer.content
    assert everything(rekindle.store) == before


@pytest.mark.parametrize(("headers", "body", "via"), POSTS.values(), ids=POSTS)
def test_a_post_stops_everything(
    app: Starlette, rekindle: Rekindle, link: str, headers: dict[str, str], body: bytes, via: str
) -> None:
    answer = ask(app, "POST", link, headers=headers, content=body)

    assert answer.status_code in {200, 303}
    with rekindle.store.reading() as session:
        person = person_of(session)
        assert person.state is CandidateState.DECLINED
        assert person.opted_out_at == NOW
        address_hash = rekindle.address_hash("anne@example.org")
        assert suppressed(session, [address_hash]) == {address_hash}
        move = session.scalars(select(MoveRow)).one()
        assert (move.source, move.target) == (CandidateState.NURTURING, CandidateState.DECLINED)
        assert (move.actor, move.reason) == (Actor.CANDIDATE, f"asked us to stop, by {via}")
        assert session.scalars(select(Approval.state)).all() == [ApprovalState.VOIDED]
        states = session.scalars(select(Message.state).order_by(Message.id)).all()
        assert states == [*[MessageState.CANCELLED] * len(QUEUE), *GONE]


def test_one_click_is_answered_at_once_in_plain_words(app: Starlette, link: str) -> None:
    for headers, body in ((FORM, ONE_CLICK), (MULTIPART, ONE_CLICK_IN_PARTS)):
        answer = ask(app, "POST", link, headers=headers, content=body)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text == "Done: no more mail from Acme Labs.\n"


def test_the_button_leads_to_a_page_that_may_be_reloaded(app: Starlette, link: str) -> None:
    answer = ask(app, "POST", link, headers=FORM, content=BUTTON)
    assert answer.status_code == 303
    after = str(answer.url.join(answer.headers["location"]))
    assert path_of(after) == link

    pages = [ask(app, "GET", after) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert all("It is done." in page.text and "<button" not in page.text for page in pages)


def test_neither_cookie_nor_origin_nor_referrer_matters(app: Starlette, rekindle: Rekindle, link: str) -> None:
    strange = {**FORM, "Cookie": "session=somebody", "Origin": "null", "Sec-Fetch-Site": "cross-site"}
    answer = ask(app, "POST", link, headers=strange, content=ONE_CLICK)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    with rekindle.store.reading() as session:
        assert person_of(session).state is CandidateState.DECLINED


@pytest.mark.parametrize("body", [BUTTON, ONE_CLICK])
def test_stopping_again_changes_nothing(app: Starlette, rekindle: Rekindle, link: str, body: bytes) -> None:
    first = ask(app, "POST", link, headers=FORM, content=body)
    after = everything(rekindle.store)

    again = ask(app, "POST", link, headers=FORM, content=body)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert everything(rekindle.store) == after


def test_ten_at_once_are_one_stop(app: Starlette, rekindle: Rekindle, link: str) -> None:
    posts = [("POST", link, {"headers": FORM, "content": body}) for body in (BUTTON, ONE_CLICK) * 5]

    answers = ask_at_once(app, posts)

    assert [answer.status_code for answer in answers] == [303, 200] * 5
    assert len(everything(rekindle.store)["moves"]) == 1


def test_a_move_by_schedule_in_the_same_moment_does_not_lose_the_stop(app: Starlette, rekindle: Rekindle) -> None:
    link = link_of(rekindle, "Anne", state=CandidateState.REJECTED_WARM)
    with ThreadPoolExecutor(1) as other:
        with rekindle.store.writing() as session:
            move(session, 1, Trigger.NURTURE, Cause(Actor.SCHEDULE, "cooled off"), now=NOW, policy=rekindle.policy)
            stopping = other.submit(ask, app, "POST", link, content=ONE_CLICK)
            wait([stopping], timeout=0.3)
            assert not stopping.done()
        assert stopping.result().status_code == 200

    with rekindle.store.reading() as session:
        assert person_of(session).state is CandidateState.DECLINED
        targets = session.scalars(select(MoveRow.target).order_by(MoveRow.id)).all()
    assert targets == [CandidateState.NURTURING, CandidateState.DECLINED]


def test_who_stopped_already_is_told_so(app: Starlette, rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        link = path_of(rekindle.links.stop(bert(session).key))
    page = ask(app, "GET", link)
    assert page.status_code == 200
    assert "There is nothing more to do" in page.text
    assert "<button" not in page.text


@pytest.mark.parametrize("state", [state for state in CandidateState if state is not CandidateState.DECLINED])
def test_mail_stops_from_every_state_and_who_was_hired_stays_hired(
    app: Starlette, rekindle: Rekindle, state: CandidateState
) -> None:
    link = link_of(rekindle, "Anne", state=state)
    assert ask(app, "POST", link, content=ONE_CLICK).status_code == 200
    with rekindle.store.reading() as session:
        person = person_of(session)
        assert person.state is (state if state is CandidateState.HIRED else CandidateState.DECLINED)
        assert person.opted_out_at == NOW


def test_who_was_declined_by_us_can_still_stop(app: Starlette, rekindle: Rekindle) -> None:
    link = link_of(rekindle, "Anne", state=CandidateState.DECLINED)
    assert "<button" in ask(app, "GET", link).text
    ask(app, "POST", link, headers=FORM, content=BUTTON)
    assert "It is done." in ask(app, "GET", link).text
    assert everything(rekindle.store)["moves"] == []


def test_a_stop_is_about_one_person(app: Starlette, rekindle: Rekindle, link: str) -> None:
    other = link_of(rekindle, "Dana")
    ask(app, "POST", other, content=ONE_CLICK)
    with rekindle.store.reading() as session:
        person = session.scalars(select(Candidate).where(Candidate.given_name == "Anne")).one()
        assert person.state is CandidateState.NURTURING
        queued = session.scalars(select(Message.state).where(Message.candidate_id == person.id)).all()
    assert set(queued) == {*QUEUE, *GONE}


def test_no_page_names_the_person(app: Starlette, link: str) -> None:
    before = ask(app, "GET", link)
    done = ask(app, "POST", link, content=ONE_CLICK)
    after = ask(app, "GET", link)
    for answer in (before, done, after):
        assert not [word for word in ("Anne", "anne@", "Example", "ann@") if word in answer.text]
        assert link.rpartition("/")[2] not in answer.text
