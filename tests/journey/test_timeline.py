from datetime import date

from rekindle.journey import recording
from rekindle.journey.moving import Cause, move
from rekindle.journey.timeline import timeline
from rekindle.store.applications import Application
from rekindle.store.engine import Store
from states.candidate import Actor, Trigger
from tests.cast import NOW, POLICY, anne
from tests.journey.stage import letters, planned


def test_everything_on_record_stands_in_the_order_it_happened(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        told = {"kind": "strength", "text": "clear", "source": "onsite", "on": "2026-04-20", "sayable": True}
        recording.note(session, person.id, told, NOW)
        call = {"on": "2026-06-10", "channel": "call", "direction": "in", "summary": "asked how we are"}
        recording.touch(session, person.id, call, NOW)
        move(session, person.id, Trigger.DECLINE, Cause(Actor.CANDIDATE, "moved abroad"), now=NOW, policy=POLICY)
    with store.reading() as session:
        events = timeline(session, person.id)
    assert [(str(event.on), event.kind, event.sayable) for event in events] == [
        ("2026-03-02", "applied", None),
        ("2026-04-20", "interviewed", None),
        ("2026-04-20", "note: strength", True),
        ("2026-05-02", "rejected", None),
        ("2026-06-10", "call in", None),
        ("2026-10-13", "moved", None),
    ]
    assert events[-1].text == "decline: nurturing → declined, by candidate: moved abroad"


def test_how_they_were_turned_down_and_what_was_promised_is_told(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        row = session.query(Application).one()
        row.promise, row.reason, row.reason_sayable = "write when a role opens", "more B2B experience", True
    with store.reading() as session:
        told = {event.kind: event for event in timeline(session, person.id)}
    assert told["rejected"].text.endswith("finalist, told in a personal way, promised: write when a role opens")
    assert (told["reason"].text, told["reason"].sayable) == ("more B2B experience", True)


def test_a_letter_is_told_with_its_state(store: Store) -> None:
    planned(store, "Anne")
    with store.reading() as session:
        last = timeline(session, letters(store)[0].candidate_id)[-1]
    assert (last.kind, last.text, last.on) == ("message", "quarterly-update awaiting", NOW.date())


def test_an_application_without_a_day_is_told_first(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        row = session.query(Application).one()
        row.applied_on = row.last_interview_on = row.decided_on = None
    with store.reading() as session:
        assert [event.on for event in timeline(session, person.id)] == [date.min]
