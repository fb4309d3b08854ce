"""What a new row does to somebody known: ids stay, the origin may change its words, others only fill gaps."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from rekindle.journey import intake
from rekindle.journey.intake import Action
from rekindle.store.applications import Application
from rekindle.store.candidates import CandidateSource, Label
from rekindle.store.engine import Store
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from tests.cast import NOW
from tests.exchange.samples import application, note
from tests.journey.arrivals import actions, all_of, bring, count, everything, people, person
from tests.journey.stage import change_candidate, moves_of

NOUNS = (Application, Note, Touch, Label)


def ids(store: Store) -> dict[str, list[int]]:
    return {noun.__tablename__: [row.id for row in all_of(store, noun)] for noun in NOUNS}


def test_a_changed_row_is_updated_in_place(store: Store) -> None:
    bring(store, person())
    before = ids(store)
    changed = person(
        given_name="Iris",
        family_name="Tamm",
        city="Narva",
        recruiter="Ben@acme.example",
        consent={"basis": "legitimate-interest"},
        applications=[application(decided_on="2026-05-12", promise="call in autumn", reason={"text": "no budget"})],
        notes=[note(on="2026-04-21", sayable=False)],
    )
    (entry,) = bring(store, changed)
    assert entry.action is Action.UPDATED
    assert entry.why == ("changed: given name, family name, city, recruiter, consent, applications, notes",)
    assert ids(store) == before
    (found,), (candidacy,), (remark,) = people(store), all_of(store, Application), all_of(store, Note)
    assert (found.given_name, found.family_name, found.city, found.recruiter) == (
        "Iris",
        "Tamm",
        "Narva",
        "ben@acme.example",
    )
    assert (found.basis, found.consent_given_on, found.consent_until) == (Basis.LEGITIMATE_INTEREST, None, None)
    assert (candidacy.decided_on, candidacy.promise) == (date(2026, 5, 12), "call in autumn")
    assert (candidacy.reason, candidacy.reason_sayable) == ("no budget", False)
    assert (remark.on, remark.sayable, remark.created_at) == (date(2026, 4, 21), False, NOW)


def test_what_a_row_leaves_out_stays_as_it_was(store: Store) -> None:
    bring(store, person())
    before = everything(store)
    bare = person(
        family_name=None, city=None, timezone=None, locale=None, linkedin=None, recruiter=None, consent=None, tags=None,
        skills=None, interests=None, notes=None, touches=None,
        applications=[application(reason=None, promise=None, rejection=None, family=None, level=None, last_stage=None)],
    )  # fmt: skip
    (entry,) = bring(store, bare)
    assert (entry.action, entry.why) == (Action.UPDATED, ("nothing new",))
    after = everything(store)
    assert {name for name in before if before[name] != after[name]} == {"candidate_sources"}, "but for the digest"


def test_what_is_new_is_added(store: Store) -> None:
    bring(store, person())
    more = person(
        skills=["editors", "Accessibility", "typography"],
        applications=[application(), application(role="Staff Engineer", applied_on="2026-08-01", decided_on="2026-09-01")],
        notes=[note(), note(text="calm under fire")],
        touches=[{"on": "2026-08-10", "channel": "event", "direction": "in"}],
    )
    (entry,) = bring(store, more)
    assert entry.why == ("changed: skills, applications, notes, touches",)
    assert [row.role for row in all_of(store, Application)] == ["Frontend Engineer", "Staff Engineer"]
    assert [row.text for row in all_of(store, Note)] == ["kind reviews", "calm under fire"]
    assert [row.channel for row in all_of(store, Touch)] == ["call", "event"]
    labels = [row.label for row in all_of(store, Label) if row.kind == "skill"]
    assert labels == ["editors", "accessibility", "typography"], "once, in the case it came in first"


@pytest.mark.parametrize("size", [1, 1000], ids=["in two batches", "in one batch"])
def test_the_same_address_in_another_system_is_the_same_person(
    store: Store, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", size)
    entries = bring(store, person(), person(7, source="older-ats", email="Person1@Example.ORG"))
    assert actions(entries) == [Action.STORED, Action.MERGED]
    assert entries[1].why == ("the same address: one person under two ids", "nothing new")
    (found,) = people(store)
    sources = [(row.source, row.source_id, row.candidate_id) for row in all_of(store, CandidateSource)]
    assert sources == [("acme-ats", "c-1", found.id), ("older-ats", "c-7", found.id)]
    assert len(moves_of(store, found.id)) == 1


def other(**changes: Any) -> dict[str, Any]:
    """Return the same person as another system knows them."""
    return person(1, source="older-ats", source_id="x", **changes)


def test_another_source_fills_gaps_and_overwrites_nothing(store: Store) -> None:
    bring(store, person(city=None, consent=None, family_name=None))
    (entry,) = bring(store, other(given_name="I.", family_name="Õ.", city="Tallinn", timezone="Europe/Riga"))
    (found,) = people(store)
    assert (found.given_name, found.family_name, found.city, found.timezone) == ("Íris", "Õ.", "Tallinn", "Europe/Tallinn")
    assert (found.basis, found.consent_until) == (Basis.CONSENT, date(2028, 3, 2))
    assert entry.why[1] == "changed: family name, city, consent"


def test_a_consent_is_taken_whole_or_not_at_all(store: Store) -> None:
    bring(store, person(consent={"basis": "consent", "given_on": "2026-03-02"}))
    bring(store, other(consent={"basis": "legitimate-interest", "until": "2026-12-31"}))
    (found,) = people(store)
    assert (found.basis, found.consent_until) == (Basis.CONSENT, None)


def test_what_another_source_changes_later_fills_gaps_only_too(store: Store) -> None:
    bring(store, person(), other(city="Tallinn"))
    assert actions(bring(store, other(city="Riga", given_name="I."))) == [Action.UPDATED]
    (found,) = people(store)
    assert (found.city, found.given_name) == ("Tartu", "Íris")


def test_an_import_only_fills_gaps_of_somebody_a_recruiter_entered(store: Store) -> None:
    from tests.cast import anne
