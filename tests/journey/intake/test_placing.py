"""Who is not brought back, and what it means that somebody known is no runner-up any more."""

from datetime import timedelta
from typing import Any

import pytest

from rekindle.journey.bulk import nurture
from rekindle.journey.intake.taking_in import Action
from rekindle.store.applications import Application
from rekindle.store.engine import Store
from rekindle.store.facts import facts_of
from states.candidate import Actor, CandidateState, Trigger
from states.guards import may_be_mailed
from states.machine import Refused, decide
from tests.cast import LIMITS, NOW, news
from tests.exchange.samples import application
from tests.journey.arrivals import actions, all_of, bring, everything, people, person, suppress
from tests.journey.stage import FROZEN, RULE, change_candidate, letter_states, letters

LATER: dict[str, Any] = {
    "role": "Staff Engineer",
    "applied_on": "2026-08-01",
    "last_interview_on": "2026-08-20",
    "decided_on": "2026-09-01",
}


def refusals(store: Store) -> list[str]:
    """Return why the only candidate may not be mailed."""
    with store.reading() as session:
        ((_, facts),) = facts_of(session, [people(store)[0].id], NOW, LIMITS).items()
    return [refusal.reason for refusal in may_be_mailed(facts)]


@pytest.mark.parametrize("spelling", ["person1@example.org", "Person1@EXAMPLE.org"])
def test_who_asked_us_to_stop_is_not_brought_back(store: Store, spelling: str) -> None:
    suppress(store, "person1@example.org")
    before = everything(store)
    (entry,) = bring(store, person(email=spelling))
    assert (entry.action, entry.why) == (Action.SUPPRESSED, ("this address asked us never to write again",))
    assert everything(store) == before


@pytest.mark.parametrize(("kept", "arrives"), [("bücher", "xn--bcher-kva"), ("xn--bcher-kva", "BÜCHER")])
def test_a_suppressed_address_is_known_in_every_spelling_of_its_domain(store: Store, kept: str, arrives: str) -> None:
    suppress(store, f"iris@{kept}.example")
    assert actions(bring(store, person(email=f"iris@{arrives}.example"))) == [Action.SUPPRESSED]
    assert people(store) == []


def test_who_is_known_at_a_suppressed_address_is_not_written_to_any_more(store: Store) -> None:
    with_a_letter_that_waits(store)
    suppress(store, "stopped@example.org")
    (entry,) = bring(store, person(email="stopped@example.org"))
    (found,) = people(store)
    assert (entry.action, entry.candidate_id) == (Action.SUPPRESSED, found.id)
    assert (found.address, found.opted_out_at) == ("person1@example.org", NOW)
    assert letter_states(store) == ["cancelled"]


def test_mail_that_came_back_is_not_a_wish_to_be_left_alone(store: Store) -> None:
    bring(store, person())
    suppress(store, "gone@example.org", "bounce")
    (entry,) = bring(store, person(email="gone@example.org"))
    assert entry.why == ("mail to this address came back for good",)
    assert people(store)[0].opted_out_at is None


def test_a_stop_of_long_ago_keeps_its_date(store: Store) -> None:
    bring(store, person())
    long_ago = NOW - timedelta(days=400)
    change_candidate(store, people(store)[0].id, opted_out_at=long_ago)
    suppress(store, "person1@example.org")
    assert actions(bring(store, person(city="Narva"))) == [Action.SUPPRESSED]
    (found,) = people(store)
    assert (found.opted_out_at, found.city) == (long_ago, "Tartu")


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        ({"outcome": "withdrew"}, "the candidate withdrew: who left of their own accord is not pursued"),
        ({"rejected_by": "candidate"}, "the candidate withdrew: who left of their own accord is not pursued"),
        (
            {"reason": {"text": "Withdrawn: took another job"}},
            "the candidate withdrew: who left of their own accord is not pursued",
        ),
        ({"outcome": "hired"}, "the candidate works here, or is in a process with us right now"),
        (
            {"outcome": "open", "decided_on": None},
            "the candidate works here, or is in a process with us right now",
        ),
    ],
)
@pytest.mark.parametrize("source", ["acme-ats", "older-ats"])
def test_somebody_who_is_no_runner_up_any_more_is_updated_and_gets_no_mail(
    store: Store, source: str, later: dict[str, Any], reason: str
) -> None:
    bring(store, person())
    assert refusals(store) == []
    (entry,) = bring(store, person(source=source, applications=[application(), application(**LATER | later)]))
    assert "gets no mail" in entry.why[-1]
    assert [row.role for row in all_of(store, Application)] == ["Frontend Engineer", "Staff Engineer"]
    assert refusals(store) == [reason]


def test_who_is_no_runner_up_any_more_is_not_kept_warm_either(store: Store) -> None:
    bring(store, person(applications=[application(), application(**LATER)]))
    bring(store, person(applications=[application(), application(**LATER, outcome="withdrew")]))
    with store.reading() as session:
        ((_, facts),) = facts_of(session, [people(store)[0].id], NOW, LIMITS).items()
    outcome = decide(CandidateState.REJECTED_WARM, Trigger.NURTURE, Actor.SCHEDULE, facts, needs_approval=frozenset())
    assert isinstance(outcome, Refused)
    assert [refusal.code for refusal in outcome.reasons] == ["did_not_withdraw"]


def test_who_came_second_once_more_may_be_mailed_again(store: Store) -> None:
    bring(store, person())
    bring(store, person(applications=[application(), application(**LATER, outcome="open")]))
    assert refusals(store)
    bring(store, person(applications=[application(), application(**LATER)]))
    assert refusals(store) == []


def test_an_older_withdrawal_does_not_count_against_who_came_close_later(store: Store) -> None:
    bring(store, person())
    earlier = application(role="Engineer", applied_on="2024-01-01", decided_on="2024-02-01", outcome="withdrew")
    earlier.pop("last_interview_on")
    bring(store, person(applications=[earlier, application()]))
    assert refusals(store) == []


@pytest.mark.parametrize("tags", [["do not contact"], ["silver medal", "unsubscribed"]])
def test_who_is_off_limits_from_now_on_gets_no_mail_and_what_waits_is_taken_back(store: Store, tags: list[str]) -> None:
    with_a_letter_that_waits(store)
    (entry,) = bring(store, person(tags=tags))
    assert entry.action is Action.UPDATED
    assert entry.why[-1] == "stays stored, but gets no mail from now on"
    assert people(store)[0].opted_out_at == NOW
    assert refusals(store) == ["the candidate asked us to stop"]
    assert [(letter.state.value, letter.reason) for letter in letters(store)] == [
        ("cancelled", "a later import says that nobody may write to them")
    ]


def test_a_tag_that_says_withdrew_is_enough_without_an_application(store: Store) -> None:
    bring(store, person())
    (entry,) = bring(store, person(tags=["withdrew"], applications=None))
    assert "gets no mail" in entry.why[-1]
    assert refusals(store)


def test_a_runner_up_by_tag_without_any_application_has_not_withdrawn(store: Store) -> None:
    bring(store, person(applications=None))
    assert refusals(store) == []


def with_a_letter_that_waits(store: Store) -> None:
    bring(store, person())
    with store.writing() as session:
        news(session, topics=["editors"], families=["engineering"])
    change_candidate(store, people(store)[0].id, state=CandidateState.NURTURING)
    nurture.plan_update(store, "2026-Q4", NOW, RULE, FROZEN)
    assert letter_states(store) == ["awaiting"]
