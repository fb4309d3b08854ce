"""What a new row does to somebody known: ids stay, the origin may change its words, others only fill gaps."""

from datetime import date
from typing import Any

import pytest

from rekindle.journey.intake import taking_in as intake
from rekindle.journey.intake.amending import amend
from rekindle.journey.intake.taking_in import Action
from rekindle.store.applications import Application
from rekindle.store.candidates import CandidateSource, Label
from rekindle.store.engine import Store
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from tests.cast import NOW, anne
from tests.exchange.samples import TODAY, application, note
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
    later = {"applied_on": "2026-08-01", "last_interview_on": None, "decided_on": "2026-09-01"}
    more = person(
        skills=["editors", "Accessibility", "typography"],
        applications=[
            application(),
            application(role="Staff Engineer", **later),
        ],
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
    assert (found.given_name, found.family_name, found.city, found.timezone) == (
        "Íris",
        "Õ.",
        "Tallinn",
        "Europe/Tallinn",
    )
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


def test_an_import_only_fills_gaps_of_somebody_a_person_entered(store: Store) -> None:
    with store.writing() as session:
        anne_id = anne(session).id
    for city in ("Narva", "Riga"):
        (entry,) = bring(store, person(email="anne@example.org", city=city, recruiter="ben@acme.example"))
        assert entry.candidate_id == anne_id
    (found,) = people(store)
    assert (found.given_name, found.city, found.recruiter) == ("Anne", "Narva", "ann@acme.example")


def test_nobodys_reason_is_said_on_somebody_elses_permission(store: Store) -> None:
    bring(store, person(applications=[application(reason={"text": "too quiet", "sayable": False})]))
    bring(store, other(applications=[application(reason={"text": "another profile", "sayable": True})]))
    (candidacy,) = all_of(store, Application)
    assert (candidacy.reason, candidacy.reason_sayable) == ("too quiet", False)


def test_a_note_does_not_become_sayable_by_another_system(store: Store) -> None:
    bring(store, person(notes=[note(sayable=False)]))
    bring(store, other(notes=[note(sayable=True)]))
    assert [row.sayable for row in all_of(store, Note)] == [False]


def test_a_missing_reason_comes_with_its_permission(store: Store) -> None:
    bring(store, person(applications=[application(reason=None)]))
    bring(store, other(applications=[application(reason={"text": "another profile", "sayable": True})]))
    (candidacy,) = all_of(store, Application)
    assert (candidacy.reason, candidacy.reason_sayable) == ("another profile", True)


@pytest.mark.parametrize(
    ("before", "after", "candidacies"),
    [
        ({"applied_on": None}, {}, 1),
        ({"team": None}, {}, 1),
        ({}, {"team": None, "applied_on": None}, 1),
        ({}, {"team": "Platform"}, 2),
        ({}, {"applied_on": "2026-03-03"}, 2),
        ({}, {"role": "Staff Engineer"}, 2),
    ],
)
def test_a_candidacy_is_recognised_when_a_gap_is_filled(
    store: Store, before: dict[str, Any], after: dict[str, Any], candidacies: int
) -> None:
    bring(store, person(applications=[application(**before)]))
    (first,) = ids(store)["applications"]
    bring(store, person(applications=[application(**after)]))
    assert (ids(store)["applications"][0], count(store, Application)) == (first, candidacies)


def test_of_two_candidacies_each_keeps_its_own(store: Store) -> None:
    early, late = application(applied_on="2025-01-07", decided_on="2025-02-01"), application()
    bring(store, person(applications=[early, late]))
    before = ids(store)
    bring(store, person(applications=[late | {"promise": "call"}, early | {"promise": "write"}]))
    assert ids(store) == before
    assert [row.promise for row in all_of(store, Application)] == ["write", "call"]


def test_a_new_address_is_taken_over(store: Store) -> None:
    bring(store, person())
    (entry,) = bring(store, person(email="Iris.New@Example.org"))
    (found,) = people(store)
    assert (found.email, found.address) == ("Iris.New@Example.org", "iris.new@example.org")
    assert entry.why == ("changed: email",)
    assert actions(bring(store, person(2, email="person1@example.org"))) == [Action.STORED], "the old one is free"


def test_another_source_does_not_change_an_address(store: Store) -> None:
    bring(store, person(), other())
    bring(store, other(email="old@example.org"))
    assert [found.address for found in people(store)] == ["person1@example.org"]


@pytest.mark.parametrize("size", [1, 1000], ids=["batch by batch", "in one batch"])
def test_an_address_that_belongs_to_somebody_else_is_not_taken(
    store: Store, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", size)
    bring(store, person(1), person(2))
    taken = person(1, email="person2@example.org", city="Narva")
    entries = bring(store, taken, person(7, source="older-ats", email="person2@example.org"))
    assert entries[0].why == ("changed: city", "the new address is that of c-2: the old one stays")
    assert [(found.address, found.city) for found in people(store)] == [
        ("person1@example.org", "Narva"),
        ("person2@example.org", "Tartu"),
    ]
    assert entries[1].candidate_id == 2, "the row that follows is about the owner of the address"


def test_an_address_passes_from_one_to_the_next_in_one_file(store: Store) -> None:
    bring(store, person(1), person(2), person(3))
    entries = bring(store, person(3, email="new@example.org"), person(1, email="person3@example.org"))
    assert actions(entries) == [Action.UPDATED, Action.UPDATED]
    assert {found.id: found.address for found in people(store)}[3] == "new@example.org"
    assert actions(bring(store, person(1, email="person3@example.org", city="Narva"))) == [Action.UPDATED]
    assert {found.id: found.address for found in people(store)} == {
        1: "person3@example.org",
        2: "person2@example.org",
        3: "new@example.org",
    }


@pytest.mark.parametrize("state", [CandidateState.DECLINED, CandidateState.NURTURING, CandidateState.HIRED])
def test_no_import_changes_a_state_or_takes_back_a_stop(store: Store, state: CandidateState) -> None:
    bring(store, person())
    (found,) = people(store)
    change_candidate(store, found.id, state=state, opted_out_at=NOW, unreachable_since=NOW, snoozed_until=TODAY)
    assert actions(bring(store, person(city="Narva"))) == [Action.UPDATED]
    assert actions(bring(store, other(city="Riga"))) == [Action.MERGED]
    (after,) = people(store)
    assert (after.city, after.state) == ("Narva", state)
    assert (after.opted_out_at, after.unreachable_since, after.snoozed_until) == (NOW, NOW, TODAY)
    assert len(moves_of(store, found.id)) == 1


def test_an_amendment_of_nobody_is_nothing_to_do(store: Store) -> None:
    with store.writing() as session:
        assert amend(session, [], NOW) == []
