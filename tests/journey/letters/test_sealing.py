"""What an approval freezes: each part that is not any more what was seen is named, and no other."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rekindle.journey.letters.judging import judge
from rekindle.journey.letters.sealing import Seal, what_changed
from rekindle.journey.letters.writing import Words, add_version
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate, Label
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.roles import Role
from rekindle.store.touches import Touch
from states.message import Occasion
from tests.cast import NOW, turned_down
from tests.journey.letters.stage import BODY, STANDARDS, SUBJECT, drafted, role, sarah
from tests.journey.stage import change

OTHER_TEMPLATE = replace(STANDARDS, templates=dict.fromkeys(Occasion, "another template"))


def sealed(store: Store, standards: object = STANDARDS) -> Seal:
    with store.reading() as session:
        return judge(session, session.get_one(Message, 1), standards, NOW).seal  # type: ignore[arg-type] # a table


@pytest.fixture
def seen(store: Store) -> Seal:
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    return sealed(store)


def written(subject: str = SUBJECT, body: str = BODY, signer: str = "ann@acme.example") -> Callable[[Session], object]:
    words = Words(subject, body, signer, "ann@acme.example", {})
    return lambda session: add_version(session, session.get_one(Message, 1), words, NOW)


def setting(row: type, **columns: object) -> Callable[[Session], object]:
    def act(session: Session) -> None:
        for name, value in columns.items():
            setattr(session.scalars(select(row)).one(), name, value)

    return act


def adding(row: Callable[..., object], **columns: object) -> Callable[[Session], object]:
    return lambda session: session.add(row(candidate_id=1, **columns))


TEXT, RECIPIENT = "the text was changed", "the candidate's name or address was changed"
ROLE, CONTACT = "the role was changed or closed", "there has been contact since"
RECORDS = "a skill, an interest, an application or a note was changed, added or taken away"

CHANGES: dict[str, tuple[Callable[[Session], object], str]] = {
    "another subject": (written(subject="Another subject"), TEXT),
    "one word": (written(body=BODY.replace("quick", "short")), TEXT),
    "another signer": (written(signer="ben@acme.example"), TEXT),
    "another address": (setting(Candidate, email="sarah.new@example.org"), RECIPIENT),
    "another given name": (setting(Candidate, given_name="Sara"), RECIPIENT),
    "another family name": (setting(Candidate, family_name="Kim"), RECIPIENT),
    "another title": (setting(Role, title="Head of Product"), ROLE),
    "another process": (setting(Role, process={"kind": "full", "steps": [{"name": "Talk", "minutes": 30}]}), ROLE),
    "closed": (setting(Role, closed_at=NOW), ROLE),
    "a call": (adding(Touch, on=date(2026, 10, 12), channel="call", direction="out"), CONTACT),
    "another reason": (setting(Application, reason="we promoted from within"), RECORDS),
    "not sayable": (setting(Application, reason_sayable=False), RECORDS),
    "another grade": (setting(Application, rejection="generic"), RECORDS),
    "another application": (adding(turned_down, decided_on=date(2020, 1, 1)), RECORDS),
    "a note edited": (setting(Note, text="background in consumer tech"), RECORDS),
    "a note unsaid": (setting(Note, sayable=False), RECORDS),
    "another source": (setting(Note, source="onsite"), RECORDS),
    "a note gone": (lambda session: session.execute(delete(Note)), RECORDS),
    "a note nobody may say": (
        adding(Note, kind="internal", text="has signed elsewhere", created_at=NOW),
        RECORDS,
    ),
    "an interest gone": (lambda s: s.execute(delete(Label).where(Label.kind == "interest")), RECORDS),
    "a skill more": (adding(Label, kind="skill", key="pricing", label="pricing"), RECORDS),
}


def test_what_is_still_what_was_seen_is_not_changed(store: Store, seen: Seal) -> None:
    assert sealed(store) == seen
    assert what_changed(seen.parts, sealed(store)) == ""


@pytest.mark.parametrize("what", CHANGES)
def test_the_part_that_changed_is_named_and_no_other(store: Store, seen: Seal, what: str) -> None:
    act, said = CHANGES[what]
    change(store, act)
    now = sealed(store)
    assert what_changed(seen.parts, now) == said
    assert now.digest != seen.digest


def test_another_template_is_named(store: Store, seen: Seal) -> None:
    assert what_changed(seen.parts, sealed(store, OTHER_TEMPLATE)) == "the template around the letter was changed"


def test_all_that_changed_is_named_what_matters_most_first(store: Store, seen: Seal) -> None:
    for what in ("a note edited", "another address", "one word"):
        change(store, CHANGES[what][0])
    assert what_changed(seen.parts, sealed(store)) == f"{TEXT}; {RECIPIENT}; {RECORDS}"


def test_a_change_that_was_taken_back_is_none(store: Store, seen: Seal) -> None:
    change(store, setting(Note, source="onsite"))
    change(store, setting(Note, source=None))
    assert sealed(store).digest == seen.digest


def test_the_order_in_which_labels_came_does_not_matter(store: Store, seen: Seal) -> None:
    with store.writing() as session:
        session.execute(delete(Label).where(Label.kind == "interest"))
        for label in ("pricing", "0-to-1 products"):
            session.add(Label(candidate_id=1, kind="interest", key=label, label=label))
            session.flush()
        session.execute(delete(Label).where(Label.key == "pricing"))
    assert sealed(store).digest == seen.digest


def test_a_seal_shows_nothing_of_what_it_was_made_of(store: Store, seen: Seal) -> None:
    with store.reading() as session:
        assert letters_of(session, [1])[1].body == BODY
    kept = json.dumps(dict(seen.parts))
    assert not [word for word in ("Sarah", "example.org", "Director", "B2B", "consumer") if word in kept]


def test_what_was_never_sealed_counts_as_changed(seen: Seal) -> None:
    assert what_changed({}, seen).count(";") == 5
