"""Every question: what it answers when its fact is taken away, and on which day the answer changes."""

import inspect
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from states import guards
from states.facts import Basis, Facts
from states.guards import Guard, Refusal
from states.machine import Refused, decide
from states.moves import MOVES, Move

# The guard, the fact taken away, and what it says to that.
TAKEN_AWAY: list[tuple[Guard, dict[str, Any], str]] = [
    (guards.is_runner_up, {"runner_up": False}, "nothing on record marks this candidate as a runner-up"),
    (
        guards.did_not_withdraw,
        {"withdrew": True},
        "the candidate withdrew: who left of their own accord is not pursued",
    ),
    (
        guards.is_not_with_us,
        {"with_us": True},
        "the candidate works here, or is in a process with us right now",
    ),
    (guards.cooled_off, {"decided_on": None}, "it is not on record when the candidate was turned down"),
    (
        guards.cooled_off,
        {"decided_on": date(2026, 9, 14)},
        "the rejection of 2026-09-14 is under 30 days old",
    ),
    (guards.is_contactable, {"opted_out": True}, "the candidate asked us to stop"),
    (guards.is_contactable, {"has_address": False}, "there is no email address to write to"),
    (guards.is_contactable, {"unreachable": True}, "mail to the candidate's address came back"),
    (
        guards.basis_is_known,
        {"basis": Basis.UNKNOWN},
        "no lawful basis for writing to the candidate is on record",
    ),
    (
        guards.basis_is_known,
        {"consent_until": date(2026, 10, 12)},
        "the candidate's consent ended on 2026-10-12",
    ),
    (
        guards.is_not_snoozed,
        {"snoozed_until": date(2026, 10, 14)},
        "the candidate asked to be left in peace until 2026-10-14",
    ),
    (guards.role_is_open, {"role_open": False}, "the role is not open any more"),
    (
        guards.letter_passes_courtesy,
        {"courtesy_clean": False},
        "the courtesy check has not passed this letter",
    ),
    (guards.budget_allows, {"budget_free": False}, "the candidate has heard from us often enough for now"),
    (
        guards.budget_allows,
        {"budget_free": False, "budget_free_on": date(2026, 11, 3)},
        "the candidate has heard from us often enough for now: one more mail may go from 2026-11-03 on",
    ),
    (
        guards.no_letter_comes_first,
        {"letter_waits": True},
        "a personal letter to the candidate waits or is on its way",
    ),
    (guards.wants_updates, {"wants_updates": False}, "the candidate does not want company updates"),
    (guards.wants_events, {"wants_events": False}, "the candidate does not want invitations to events"),
    (
        guards.wants_words_between,
        {"wants_updates": False, "wants_events": False},
        "the candidate does not want to hear from us but for openings, if at all",
    ),
    (
        guards.is_due_a_word,
        {"due_a_word": False},
        "somebody has been in touch with the candidate since, or not long enough ago",
    ),
    (guards.wants_openings, {"wants_openings": False}, "the candidate does not want to hear of openings"),
    (
        guards.no_other_outreach,
        {"other_outreach_live": True},
        "a letter about another role is already out or on its way",
    ),
    (guards.server_accepted, {"message_accepted": False}, "the mail server has not accepted the letter"),
    (
        guards.not_now_or_reply_window_over,
        {"reply_window_over": False},
        "the candidate still has time to answer",
    ),
    (
        guards.candidate_said_yes,
        {"candidate_said_yes": False},
        "the candidate has not said that they are interested",
    ),
    (
        guards.candidate_asked_back,
        {"candidate_asked_back": False},
        "no request of the candidate to hear from us again is on record",
    ),
    (
        guards.told_in_person_first,
        {"spoken_since": False},
        "a second rejection is told by a call first, and no call is on record",
    ),
    (
        guards.has_not_answered,
        {"answered": True},
        "the candidate has been in touch since the letter: a person reads that first",
    ),
]
#: Asked before mail that makes no move.
OF_MAIL = {
    guards.told_in_person_first,
    guards.has_not_answered,
    guards.no_letter_comes_first,
    guards.wants_updates,
    guards.wants_events,
    guards.wants_words_between,
    guards.is_due_a_word,
}
GUARDS = list(dict.fromkeys(guard for guard, _, _ in TAKEN_AWAY))
#: They refuse nothing by themselves: they say when, or let pass what else is refused.
_HARMLESS = {"now", "cool_off_days", "said_rest", "turned_down_before", "budget_free_on"}
# With each of these alone at its default, an ideal candidate must not pass everywhere any more.
FORGETTABLE = [f for f in fields(Facts) if f.name not in _HARMLESS]


def answers(facts: Facts, move: Move) -> object:
    return decide(move.sources[0], move.trigger, move.actors[0], facts, needs_approval=frozenset(), approved=True)


def test_every_guard_of_the_table_is_tried_here_and_none_is_idle() -> None:
    assert set(GUARDS) == {guard for move in MOVES for guard in move.guards} | OF_MAIL
    written = [thing for thing in vars(guards).values() if inspect.isfunction(thing)]
    assert set(GUARDS) == {thing for thing in written if inspect.signature(thing).return_annotation == Refusal | None}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_guard_lets_an_ideal_candidate_pass(guard: Guard, ideal: Facts) -> None:
    assert guard(ideal) is None


@pytest.mark.parametrize(
    ("guard", "change", "reason"), TAKEN_AWAY, ids=[f"{g.__name__}-{next(iter(c))}" for g, c, _ in TAKEN_AWAY]
)
def test_a_move_is_refused_with_exactly_the_reason_of_the_guard_whose_fact_is_gone(
    guard: Guard, change: dict[str, Any], reason: str, ideal: Facts
) -> None:
    facts = replace(ideal, **change)
    for move in MOVES:
        if guard in move.guards:
            assert answers(facts, move) == Refused((Refusal(guard.__name__, reason),))
        else:
            assert answers(facts, move) == answers(ideal, move)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_guard_refuses_when_it_was_told_nothing(guard: Guard, ideal: Facts) -> None:
    assert guard(Facts(now=ideal.now)) is not None


@pytest.mark.parametrize("field", FORGETTABLE, ids=lambda field: field.name)
def test_a_single_forgotten_fact_refuses(field: Any, ideal: Facts) -> None:
    forgotten = replace(ideal, **{field.name: field.default})
    asked = (
        *(guards.may_be_updated, guards.may_be_invited, guards.may_be_reminded),
        *(guards.may_be_checked_on, guards.may_be_told),
    )
    assert any(isinstance(answers(forgotten, move), Refused) for move in MOVES) or any(ask(forgotten) for ask in asked)


def test_facts_without_a_time_zone_are_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Facts(now=datetime(2026, 10, 13, 8, 0))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("cool_off_days", "decided_on", "passes"),
    [
        (30, date(2026, 9, 13), True),
        (30, date(2026, 9, 14), False),
        (0, date(2026, 10, 13), True),
        (0, date(2026, 10, 14), False),
    ],
)
def test_a_rejection_cools_off_on_its_last_day(
    cool_off_days: int, decided_on: date, *, passes: bool, ideal: Facts
) -> None:
    facts = replace(ideal, decided_on=decided_on, cool_off_days=cool_off_days)
    assert (guards.cooled_off(facts) is None) is passes


def test_a_consent_holds_through_its_last_day(ideal: Facts) -> None:
    assert guards.basis_is_known(replace(ideal, consent_until=date(2026, 10, 13))) is None


def test_a_consent_without_an_end_holds(ideal: Facts) -> None:
    assert guards.basis_is_known(replace(ideal, consent_until=None)) is None


def test_a_legitimate_interest_does_not_end_with_an_old_consent(ideal: Facts) -> None:
    facts = replace(ideal, basis=Basis.LEGITIMATE_INTEREST, consent_until=date(2020, 1, 1))
    assert guards.basis_is_known(facts) is None


def test_a_snooze_is_over_on_the_day_it_was_asked_for(ideal: Facts) -> None:
    assert guards.is_not_snoozed(replace(ideal, snoozed_until=date(2026, 10, 13))) is None


def test_who_said_not_now_may_rest_before_the_reply_window_is_over(ideal: Facts) -> None:
    facts = replace(ideal, said_rest=True, reply_window_over=False)
    assert guards.not_now_or_reply_window_over(facts) is None


def test_which_day_it_is_depends_on_the_time_zone_asked_in(ideal: Facts) -> None:
    auckland = replace(ideal, now=datetime(2026, 10, 14, 1, 0, tzinfo=ZoneInfo("Pacific/Auckland")))
    same_instant = replace(auckland, now=auckland.now.astimezone(ZoneInfo("Europe/Berlin")))
    until = date(2026, 10, 14)
    assert guards.is_not_snoozed(replace(auckland, snoozed_until=until)) is None
    assert guards.is_not_snoozed(replace(same_instant, snoozed_until=until)) is not None


def test_an_ideal_candidate_may_be_mailed(ideal: Facts) -> None:
    assert guards.may_be_mailed(ideal) == ()


def test_whoever_may_not_be_mailed_is_told_with_every_reason(ideal: Facts) -> None:
    refusals = guards.may_be_mailed(Facts(now=ideal.now))
    assert [r.code for r in refusals] == [
        "is_contactable",
        "did_not_withdraw",
        "is_not_with_us",
        "basis_is_known",
        "is_not_snoozed",
        "budget_allows",
    ]


def test_each_kind_of_mail_asks_whether_they_want_that_kind(ideal: Facts) -> None:
    asks = {
        "wants_updates": guards.may_be_updated,
        "wants_events": guards.may_be_invited,
        "wants_openings": guards.may_be_approached,
    }
    for name in asks:
        unwanted = replace(ideal, **{name: False})  # type: ignore[arg-type] # the three are facts of yes and no
        assert {other for other, ask in asks.items() if ask(unwanted)} == {name}


def test_a_personal_letter_comes_before_mail_to_many(ideal: Facts) -> None:
    facts = replace(ideal, letter_waits=True)
    assert [r.code for r in guards.may_be_updated(facts)] == ["no_letter_comes_first"]
    assert [r.code for r in guards.may_be_invited(facts)] == ["no_letter_comes_first"]
    assert guards.may_be_approached(facts) == ()


def test_the_follow_up_is_not_held_by_the_budget_but_by_an_answer(ideal: Facts) -> None:
    assert guards.may_be_reminded(replace(ideal, budget_free=False)) == ()
    assert [r.code for r in guards.may_be_reminded(replace(ideal, answered=True))] == ["has_not_answered"]


def test_a_rejection_is_owed_even_to_somebody_who_snoozed_or_heard_from_us_often(ideal: Facts) -> None:
    facts = replace(ideal, budget_free=False, snoozed_until=date(2027, 1, 1), basis=Basis.UNKNOWN)
    assert guards.may_be_told(facts) == ()


def test_a_first_rejection_needs_no_call(ideal: Facts) -> None:
    facts = replace(ideal, turned_down_before=False, spoken_since=False)
    assert guards.may_be_told(facts) == ()
