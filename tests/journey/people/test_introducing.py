"""Whoever takes over is introduced in the next mail to each candidate, once, and writes from then on."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from rekindle.journey.bulk import nurture
from rekindle.journey.letters.gathering import dossier
from rekindle.journey.letters.standards import Colleague
from rekindle.journey.outbox.sending import Outgoing, record, take
from rekindle.journey.outbox.writing import Writer
from rekindle.journey.people.team import as_it_is
from rekindle.mail.outcome import Accepted, Failed, Outcome, Step
from rekindle.mail.render import Renderer
from rekindle.resources import shipped
from rekindle.store.candidates import Candidate
from rekindle.store.departures import Gone, Introduction
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from states.message import Occasion
from tests.cast import NOW, news
from tests.journey.letters.stage import STANDARDS, drafted, role, sarah
from tests.journey.outbox.test_writing import HOUSE, LINKS
from tests.journey.stage import DESK, FROZEN, RULE, approved, change, change_candidate, decide, letters

ANN, BEN, CLEO = (f"{name}@acme.example" for name in ("ann", "ben", "cleo"))
TO_BEN: Gone = ((ANN, BEN),)
TO_CLEO: Gone = (*TO_BEN, (BEN, CLEO))
TEAM = {**STANDARDS.team, CLEO: Colleague("Cleo Martin", "Recruiter")}
PEOPLE = {address: (who.name, who.title) for address, who in TEAM.items()}
TEMPLATES = Renderer([shipped("templates") / "emails"])
OK, NO = Accepted(250, "queued"), Failed(550, "5.1.1", "no such user", Step.RCPT)
LINE = "I have taken over from {}, who was your contact here."


def written(store: Store, gone: Gone, outcome: Outcome = OK, days: int = 0) -> list[tuple[str, str]]:
    """Deliver what may go, the team being without those who have `gone`; return from whom it came and what it said."""
    now = NOW + timedelta(days=days, minutes=1)
    house = replace(HOUSE, people=PEOPLE, successors=dict(gone))
    writer = Writer(house, TEMPLATES, LINKS, "acme.example")
    desk = replace(DESK, write=writer.write, stale_after=timedelta(days=400))
    with store.writing() as session:
        taken = take(session, 10, now, desk)
    with store.writing() as session:
        record(session, [(out.message_id, outcome) for out in taken], now, desk)
    return [read(out) for out in taken]


def read(out: Outgoing) -> tuple[str, str]:
    mail = message_from_bytes(out.data, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(mail["From"]), " ".join(body.get_content().split())


def next_update(store: Store, period: str, number: int, days: int) -> None:
    """Plan and approve the update after: there is more news."""
    change(store, lambda session: news(session, number))
    edition_id = nurture.plan_update(store, period, NOW + timedelta(days=days), RULE, FROZEN)
    assert decide(store, edition_id).won


def known(store: Store) -> list[tuple[int, str]]:
    with store.reading() as session:
        return [(row.candidate_id, row.successor) for row in session.scalars(select(Introduction))]


def signer(store: Store, gone: Gone, message_id: int | None = None) -> tuple[str, str | None]:
    """Return who signs the next personal letter to the first candidate, and whom it names as their contact before."""
    standards = replace(STANDARDS, team=as_it_is(TEAM, gone))
    with store.reading() as session:
        person = session.get_one(Candidate, 1)
        found = dossier(session, person, Occasion.CHECK_IN, None, standards, NOW.date(), message_id=message_id).signer
    return found.name, found.handed_over_by


def test_while_nobody_has_left_nobody_is_introduced(store: Store) -> None:
    approved(store, "Anne")
    ((sender, said),) = written(store, ())
    assert "Ann Lee" in sender
    assert "taken over" not in said
    assert known(store) == []


def test_the_update_introduces_whoever_took_over_and_comes_from_them(store: Store) -> None:
    approved(store, "Anne")
    ((sender, said),) = written(store, TO_BEN)
    assert "Ben Okafor" in sender
    assert LINE.format("Ann Lee") in said
    assert said.count("Ben Okafor") == 1, "under it"
    assert known(store) == [(1, BEN)]


def test_once_is_enough_and_the_same_person_goes_on_writing(store: Store) -> None:
    approved(store, "Anne")
    written(store, TO_BEN)
    next_update(store, "2027-Q1", 2, days=90)
    ((sender, said),) = written(store, TO_BEN, days=90)
    assert "Ben Okafor" in sender
    assert "taken over" not in said


def test_after_the_update_a_letter_says_it_no_more(store: Store) -> None:
    approved(store, "Anne")
    assert signer(store, TO_BEN) == ("Ben Okafor", "Ann Lee")
    written(store, TO_BEN)
    assert signer(store, TO_BEN) == ("Ben Okafor", None)
    assert signer(store, TO_BEN, letters(store)[0].id) == ("Ben Okafor", "Ann Lee"), "what it says itself is no news"


def test_a_letter_that_never_left_has_said_nothing(store: Store) -> None:
    approved(store, "Anne")
    written(store, TO_BEN, NO)
    assert signer(store, TO_BEN) == ("Ben Okafor", "Ann Lee")
    next_update(store, "2027-Q1", 2, days=90)
    ((_, said),) = written(store, TO_BEN, days=90)
    assert LINE.format("Ann Lee") in said
    assert known(store) == [(1, BEN)]


@pytest.mark.parametrize(("first", "name"), [(TO_BEN, "Ben Okafor"), ((), "Ann Lee")], ids=["they know Ben", "Ann"])
def test_the_third_takes_over_from_whom_they_know(store: Store, first: Gone, name: str) -> None:
    approved(store, "Anne")
    written(store, first)
    next_update(store, "2027-Q1", 2, days=90)
    ((sender, said),) = written(store, TO_CLEO, days=90)
    assert "Cleo Martin" in sender
    assert LINE.format(name) in said
    assert signer(store, TO_CLEO) == ("Cleo Martin", None)


def test_who_comes_back_writes_as_if_nothing_had_been(store: Store) -> None:
    approved(store, "Anne")
    written(store, TO_BEN)
    next_update(store, "2027-Q1", 2, days=90)
    ((sender, said),) = written(store, (), days=90)
    assert "Ann Lee" in sender
    assert "taken over" not in said


@pytest.mark.parametrize("recruiter", [None, "nobody@acme.example"])
def test_whom_nobody_of_ours_knew_hears_from_the_company(store: Store, recruiter: str | None) -> None:
    approved(store, "Anne")
    change_candidate(store, 1, recruiter=recruiter)
    ((sender, said),) = written(store, TO_BEN)
    assert sender == "Àcme Labs <hello@acme.example>"
    assert "taken over" not in said


@pytest.mark.parametrize(("signs", "introduces"), [(BEN, BEN), (ANN, None)])
def test_a_personal_letter_introduces_whoever_signs_in_the_place_of_a_colleague(
    store: Store, signs: str, introduces: str | None
) -> None:
    with store.writing() as session:
        row = drafted(session, sarah(session), role(session))
        letters_of(session, [row.id])[row.id].signer = signs
    dresser = Writer(replace(HOUSE, people=PEOPLE, successors=dict(TO_BEN)), TEMPLATES, LINKS, "acme.example").personal
    with store.reading() as session:
        assert dresser.write(session, session.merge(row), NOW).introduces == introduces
