"""An edition of which too much comes back stops by itself, with the figures; nobody's letter is held up by counting."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event, update

from rekindle.journey.bulk import pausing, watching
from rekindle.journey.bulk.watching import Figures, Tolerance, Watch
from rekindle.mail.outcome import Accepted, Failed, Outcome, Step
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.suppressions import Suppression
from states.message import MessageState
from tests.cast import NOW
from tests.journey.letters.stage import hashed
from tests.journey.stage import FROZEN, approved, change, change_candidate, edition, letters

LATER = NOW + timedelta(hours=1)
TOLERANCE = Tolerance(letters=4, bounces=25, complaints=10, stops=20)
PEOPLE = ("Anne", "Emil", "Fay", "Gus", "Hal", "Ivy")
OK = Accepted(250, "queued")
NO = Failed(550, "5.1.1", "no such user", Step.RCPT)


def gone(store: Store, *states: MessageState, reason: str | None = None) -> None:
    """Let the first letters have gone, with these outcomes; the others wait."""
    approved(store, *PEOPLE)
    with store.writing() as session:
        for letter, state in zip(letters(store), states, strict=False):
            values = {"state": state, "sending_at": NOW, "reason": reason}
            session.execute(update(Message).where(Message.id == letter.id).values(**values))


def look(store: Store, tolerance: Tolerance = TOLERANCE) -> list[int]:
    with store.writing() as session:
        return watching.stop_what_is_too_much(session, tolerance, hashed)


def figures(store: Store) -> Figures:
    with store.reading() as session:
        return watching.figures(session, session.get_one(Edition, 1), hashed)


def stop(store: Store, candidate_id: int) -> None:
    change_candidate(store, candidate_id, opted_out_at=LATER)


def complain(store: Store, name: str) -> None:
    row = Suppression(address_hash=hashed(f"{name}@example.org"), reason="complaint", at=LATER)
    change(store, lambda session: session.add(row))


def test_an_edition_of_which_little_comes_back_goes_on(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 4, MessageState.BOUNCED)
    assert look(store) == []
    assert edition(store, 1).state is EditionState.APPROVED


def test_too_many_bounces_stop_it_with_the_figures(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 3, *[MessageState.BOUNCED] * 2)
    assert look(store) == [1]
    found = edition(store, 1)
    assert (found.state, found.told_at) == (EditionState.PAUSED, None)
    assert found.note == "paused by itself: of 5 letters 2 came back (40.0 %, at most 25 % may)"
    assert look(store) == [], "it is paused already"


@pytest.mark.parametrize(
    ("reason", "bounces"),
    [("550 no such user", 2), ("put off 8 times, last with 451 later", 0), ("ann found out that it did not arrive", 0)],
)
def test_a_hard_answer_is_a_bounce_and_no_other_failure_is(store: Store, reason: str, bounces: int) -> None:
    gone(store, MessageState.FAILED, MessageState.FAILED, reason=reason)
    assert figures(store) == Figures(bounces, bounces, 0, 0)


def test_too_many_stops_stop_it(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 4)
    stop(store, 1)
    assert look(store) == [1]
    assert edition(store, 1).note == (
        "paused by itself: of 4 letters 1 were answered with a stop (25.0 %, at most 20 % may)"
    )


def test_who_stopped_before_the_letter_went_did_not_answer_it(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 4)
    change_candidate(store, 1, opted_out_at=NOW - timedelta(days=1))
    assert figures(store) == Figures(4, 0, 0, 0)


def test_too_many_complaints_stop_it(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 4)
    complain(store, "anne")
    complain(store, "somebody-else")
    assert figures(store).complaints == 1
    assert look(store) == [1]


def test_a_complaint_of_before_is_not_about_this_letter(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 4)
    row = Suppression(address_hash=hashed("anne@example.org"), reason="complaint", at=NOW - timedelta(days=1))
    change(store, lambda session: session.add(row))
    assert figures(store).complaints == 0


def test_nothing_is_concluded_from_a_few_letters(store: Store) -> None:
    gone(store, *[MessageState.BOUNCED] * 3)
    assert look(store) == []
    assert look(store, Tolerance(3, 25, 10, 20)) == [1]


def test_an_edition_with_nothing_left_is_not_paused(store: Store) -> None:
    gone(store, *[MessageState.BOUNCED] * 6)
    assert look(store) == []


def test_once_somebody_lets_it_go_on_it_is_counted_from_there(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 3, *[MessageState.BOUNCED] * 2)
    look(store)
    change(store, partial(pausing.resume, edition_id=1, frozen=FROZEN, by="ann@acme.example", now=LATER))
    assert figures(store) == Figures(0, 0, 0, 0)
    assert look(store) == []


def test_a_limit_is_what_may_come_back() -> None:
    assert Figures(100, 5, 0, 0).too_much(Tolerance(20, 5.0, 0.5, 5.0)) == ""
    assert "6 came back" in Figures(100, 6, 0, 0).too_much(Tolerance(20, 5.0, 0.5, 5.0))


def looks(store: Store, watch: Watch, outcome: Outcome, rounds: int, lanes: int = 4) -> bool:
    """Let so many rounds be recorded; say whether the database was asked for anything."""
    asked: list[str] = []
    with store.writing() as session:

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        for number in range(rounds):
            watch.look(session, [(number, outcome)] * lanes)
        event.remove(store.engine, "before_cursor_execute", note)
    return bool(asked)


def test_the_database_is_asked_when_a_delivery_begins_and_then_seldom(sqlite_store: Store) -> None:
    watch = Watch(TOLERANCE, hashed)
    assert looks(sqlite_store, watch, OK, rounds=1)
    assert not looks(sqlite_store, watch, OK, rounds=49)
    assert looks(sqlite_store, watch, OK, rounds=1)


def test_after_a_failure_it_is_asked_sooner(sqlite_store: Store) -> None:
    watch = Watch(Tolerance(20, 5, 5, 5), hashed)
    looks(sqlite_store, watch, OK, rounds=1)
    assert not looks(sqlite_store, watch, NO, rounds=4)
    assert looks(sqlite_store, watch, OK, rounds=1)


def test_a_stop_of_somebody_whose_letter_has_not_gone_is_not_counted(store: Store) -> None:
    gone(store, *[MessageState.SENT] * 2)
    stop(store, 6)
    assert figures(store) == Figures(2, 0, 0, 0)
