"""What is said of last time is not held against the new plan, and what is said of the new plan is held against it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rekindle.courtesy.dossier import Step
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import DIRECTOR, GERMAN, PARTS, STRENGTH, good_letter, refused_by, rules, sarah
from tests.courtesy.truths import judged, noted, past, said_of, untrue

_FORGE = (
    Step(name="Phone call", minutes=20),
    Step(name="Conversation with Ben Okafor", minutes=45),
    Step(name="Trial day at the forge", minutes=300),
)
FULL: dict[str, Any] = {"role": replace(DIRECTOR, process_kind="full", steps=_FORGE)}
SCREENED: dict[str, Any] = past(finalist=False, last_stage="second interview")
NOTED = noted("background", "seven years of glazing at Corvane")

REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    # Minutes in brackets and in any spelling belong to the step before them.
    ("claimed-hours", "First a phone call (45 minutes), and then the rest.", FULL),
    ("claimed-hours", "A trial day at the forge (two hours) comes last.", FULL),
    ("claimed-hours", "The trial day, two and a half hours, comes last.", FULL),
    ("claimed-hours", "In total it takes three and a quarter hours.", FULL),
    ("claimed-hours", "In total it takes one hour and twenty-five minutes.", FULL),
    ("claimed-hours", "In total it takes 1 hr 25.", FULL),
    ("claimed-hours", "It is an hour and ten minutes altogether.", FULL),
    # The job itself was never promised.
    ("claimed-promise", "You have first refusal on every product job.", {}),
    ("claimed-promise", "You would get the next product post, as you know.", {}),
    ("claimed-promise", "The next seat in product was always to be yours, and has your name on it.", {}),
    ("claimed-offer", "The contract will be waiting for you at the end.", {}),
    ("claimed-offer", "After that the papers only need your signature.", {}),
    # Another speciality than the title on record has, with the same noun or with another.
    ("wrong-role", "That was for the Senior Payroll Manager post.", {}),
    ("wrong-role", "That was for the Senior Product Officer job.", {}),
    ("claimed-level", "It is two levels up from the last one.", past(level="manager")),
    ("claimed-contact", "Coffee with you in September was a joy.", {}),
    ("claimed-touch", "I like that we write to each other every month.", {}),
    ("claimed-strength", "You bring eleven years of steel hulls in a shipyard.", NOTED),
    ("claimed-figure", "Twelve years of glazing at Corvane say it all.", NOTED),
    ("claimed-team", "The job in Consumer is vacant again.", {}),
    ("claimed-time", "After the interview on 14 January I rang you on 2 May.", {}),
]
TRUE: list[tuple[str, dict[str, Any]]] = [
    ("First a phone call (twenty minutes), then Ben Okafor (three quarters of an hour).", FULL),
    ("The trial day at the forge (five hours) comes last.", FULL),
    ("In total it takes six hours and five minutes.", FULL),
    ("It would be an hour and forty-five minutes altogether.", {}),
    ("I could take you round the office one day.", {}),
    ("Not a minute of it was dull.", FULL),
    ("Back then you had four interviews with us.", FULL),
    ("You were with us for one trial and one talk in April.", FULL),
    ("You came to a second interview.", SCREENED),
    ("A product line is what you would own, and the first customer would be yours.", {}),
    ("You may well have that spring in your mind still.", {}),
    ("Nobody was hurried by you.", {}),
    ("We are looking for somebody who can lead it.", {}),
    ("I should have sent you more than the form letter that said no.", past(rejection="generic", promise=None)),
    ("We could have coffee together some day.", {}),
    ("Seven years of glazing at Corvane say it all.", NOTED),
    ("It is a different crew, not the same shop.", {}),
    ("I said that I would reach out if a product role opens.", {}),
]


def _beside_the_plan(line: str, **changes: Any) -> dict[str, Severity]:
    """Say the line in a letter that tells nothing else of the process, since the plan may be another."""
    if "role" not in changes:
        return said_of(line, **changes)
    return judged(untrue(good_letter(PARTS, process="", extra=line), sarah(**changes)))


@pytest.mark.parametrize(("rule", "line", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_the_records_contradict_is_refused(rule: str, line: str, changes: dict[str, Any]) -> None:
    refused = refused_by(good_letter(PARTS, process="", extra=line), sarah(**changes))
    assert rule in refused
    assert rule not in refused_by(good_letter(PARTS, process=""), sarah(**changes))


@pytest.mark.parametrize(("line", "changes"), TRUE, ids=lambda value: str(value)[:60])
def test_what_they_bear_out_passes(line: str, changes: dict[str, Any]) -> None:
    assert set(_beside_the_plan(line, **changes)) - set(_beside_the_plan("", **changes)) == set()


_GERMAN_STEPS = (Step(name="Gespräch mit Ben Okafor", minutes=45), Step(name="Probestunde in der Halle", minutes=105))


def _german(line: str) -> tuple[set[str], set[str]]:
    """Return what refuses a German letter with the line and without it."""
    role = replace(DIRECTOR, process_kind="full", steps=_GERMAN_STEPS)
    notes = (replace(STRENGTH, text="Hintergrund in der Strategie"),)
    dossier = sarah(language="de", contacts=(), role=role, notes=notes)
    gap = "Das ist einige Zeit her."
    letters = (good_letter(GERMAN, process="", extra=line, gap=gap), good_letter(GERMAN, process="", gap=gap))
    with_it, without = (refused_by(letter, dossier) for letter in letters)
    return with_it, without


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("claimed-hours", "Das Gespräch mit Ben Okafor (eine Viertelstunde) kommt zuerst."),
        ("claimed-hours", "Die Probestunde in der Halle dauert eine Dreiviertelstunde."),
        ("claimed-hours", "Insgesamt sind es eineinviertel Stunden."),
        ("claimed-promise", "Die nächste Leitung hatte ich dir fest zugesagt."),
        ("claimed-offer", "Der Vertrag liegt für dich in der Schublade."),
        ("claimed-touch", "Wir haben ja immer wieder miteinander telefoniert."),
    ],
)
def test_a_german_line_that_they_contradict_is_refused(rule: str, line: str) -> None:
    with_it, without = _german(line)
    assert rule in with_it - without


@pytest.mark.parametrize(
    "line",
    [
        "Das Gespräch mit Ben Okafor (eine Dreiviertelstunde) kommt zuerst.",
        "Die Probestunde in der Halle dauert eindreiviertel Stunden.",
        "Insgesamt sind es zweieinhalb Stunden.",
        "Damals waren es drei Gespräche und ein Probetag.",
        "Das hast du gewiss noch im Kopf.",
        "Wir suchen jemanden, der die Halle leitet.",
    ],
)
def test_a_german_line_that_they_bear_out_passes(line: str) -> None:
    with_it, without = _german(line)
    assert with_it == without


@pytest.mark.parametrize(("when", "is_true"), [("vorletzten April", False), ("vergangenen April", True)])
def test_the_month_before_the_last_one_is_a_year_earlier(when: str, *, is_true: bool) -> None:
    letter = good_letter(GERMAN, past=f"im {when} haben wir über die Rolle Senior Product Manager gesprochen.")
    assert ("claimed-time" not in rules(letter, sarah(language="de"))) is is_true


def test_a_final_round_is_a_claim_like_any_other() -> None:
    known, outcome = past(finalist=False, last_stage="screen"), "In the end we chose someone with more B2B experience."
    letters = (good_letter(outcome=outcome, extra=line) for line in ("You were through to a final round.", ""))
    assert ["claimed-standing" in refused_by(letter, sarah(**known)) for letter in letters] == [True, False]


def test_the_month_of_the_application_is_no_wrong_time_of_the_rejection() -> None:
    assert "claimed-time" not in said_of("Your application of March was turned down.")


def test_after_more_than_a_year_a_date_alone_does_not_own_up_to_the_silence() -> None:
    long_ago = {
        **past(applied_on=date(2025, 3, 2), last_interview_on=date(2025, 4, 20), decided_on=date(2025, 5, 2)),
        "contacts": (),
    }
    dated = "we spoke in April 2025 about the Senior Product Manager role in our Consumer team."
    assert "says-the-gap" in refused_by(good_letter(past=dated, gap=""), sarah(**long_ago))
    assert "says-the-gap" not in rules(good_letter(past=dated, gap="That is a long while."), sarah(**long_ago))


def test_the_hiring_manager_does_not_sign_what_speaks_of_somebody_else() -> None:
    process = "There would be a talk with Ben Okafor and a product deep-dive."
    assert "signature" in refused_by(good_letter(process=process, signature="Ben Okafor"))
    assert "signature" not in rules(good_letter(process=process, signature="Ann Lee"))
    short = "Hi Sarah,\n\n{}\n\nBest,\nBen Okafor"
    assert "signature" in refused_by(short.format("Ben would tell you more."))
    assert "signature" not in rules(short.format("I would tell you more."))


def test_a_planned_step_is_nothing_they_are_good_at() -> None:
    known: dict[str, Any] = {
        "notes": (replace(STRENGTH, text="calm hands on the trial day at the forge"),),
        "skills": (),
    }
    line = "On 20 April you came for a trial day."
    assert "says-why-them" in rules(good_letter(strength="", fit="", extra=line), sarah(**known, **FULL))
