import pytest

from rekindle.errors import BadInput
from rekindle.journey import recording
from rekindle.store.engine import Store
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from tests.cast import NOW, anne

STRENGTH = {"kind": "strength", "text": "asks the question nobody dares to", "source": "onsite", "on": "2026-04-20"}
CALL = {"on": "2026-10-01", "channel": "call", "direction": "out", "summary": "talked about her plans"}


def test_a_note_is_kept_and_not_sayable_unless_said(store: Store) -> None:
    with store.writing() as session:
        row, new = recording.note(session, anne(session).id, STRENGTH, NOW)
    assert new
    assert (row.kind, row.source, str(row.on), row.sayable) == ("strength", "onsite", "2026-04-20", False)


def test_the_same_note_twice_is_one_note_with_the_newer_word(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        first, _ = recording.note(session, person.id, STRENGTH, NOW)
        second, new = recording.note(session, person.id, {**STRENGTH, "sayable": True}, NOW)
        assert not new
        assert (second.id, second.sayable) == (first.id, True)
        assert session.query(Note).count() == 1


def test_a_note_without_a_day_is_of_today(store: Store) -> None:
    with store.writing() as session:
        row, _ = recording.note(session, anne(session).id, {"kind": "interest", "text": "pricing"}, NOW)
    assert row.on == NOW.date()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "gossip"}, "kind: gossip; expected strength, background"),
        ({"kind": None}, r"kind: \(nothing\)"),
        ({"text": ""}, "text: "),
        ({"text": " \n "}, "text: "),
        ({"text": "x" * 4001}, "at most 4000 characters"),
        ({"text": "a\x1b[31mb"}, "without control characters"),
        ({"source": "one\ntwo"}, "one line without control characters"),
        ({"on": "yesterday"}, "a date, such as"),
        ({"on": "2027-01-01"}, "a day that has come"),
        ({"kind": "internal", "sayable": True}, "an internal note is never said"),
        ({"colour": "red"}, "colour: red; expected a known name"),
    ],
)
def test_a_note_that_is_none_is_refused_and_nothing_is_kept(told: dict[str, object], said: str, store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
    with pytest.raises(BadInput, match=said), store.writing() as session:
        recording.note(session, person.id, {**STRENGTH, **told}, NOW)
    with store.reading() as session:
        assert session.query(Note).count() == 0


def test_a_touch_is_kept_once(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        first, new = recording.touch(session, person.id, CALL, NOW)
        again, new_again = recording.touch(session, person.id, CALL, NOW)
        other, _ = recording.touch(session, person.id, {**CALL, "summary": None}, NOW)
    assert (new, new_again) == (True, False)
    assert first.id == again.id != other.id


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"channel": "pigeon"}, "channel: pigeon; expected email, call"),
        ({"direction": "up"}, "direction: up; expected in or out"),
        ({"on": None}, "on: "),
        ({"on": "2026-10-20"}, "a day that has come"),
    ],
)
def test_a_touch_that_did_not_take_place_is_refused(told: dict[str, object], said: str, store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
    with pytest.raises(BadInput, match=said), store.writing() as session:
        recording.touch(session, person.id, {**CALL, **told}, NOW)
    with store.reading() as session:
        assert session.query(Touch).count() == 0


def test_everything_wrong_is_said_at_once(store: Store) -> None:
    with store.writing() as session, pytest.raises(BadInput) as caught:
        recording.touch(session, anne(session).id, {"on": "soon", "channel": "x", "direction": "y"}, NOW)
    assert [part.partition(":")[0] for part in str(caught.value).split("; ") if ": " in part] == [
        "on",
        "channel",
        "direction",
    ]
