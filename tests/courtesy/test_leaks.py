"""What must stay in the house: unsayable notes and reasons, scores, and what somebody wants to be paid."""

from dataclasses import replace
from typing import Any

import pytest

from rekindle.courtesy.dossier import Dossier, KnownNote
from tests.courtesy.honest import HONEST
from tests.courtesy.people import GERMAN, SENIOR_PM, STRENGTH, found, good_letter, refused_by, rules, sarah

SECRETS = {
    "n-11": "rambled in the presentation, weak on metrics",
    "n-12": "panel found her arrogant towards junior engineers",
    "n-13": "asked for 98,500, well above our band",
    "n-14": "scored 3.4 in the structured interview",
    "n-15": "may be pregnant, mentioned a gynaecologist appointment",
    "n-16": "nervous",
}
NOTES = tuple(KnownNote(id=id_, kind="internal", text=text) for id_, text in SECRETS.items())
LEAKS = [
    ("n-11", "Your presentation rambled a little, but that was fine."),
    ("n-11", "The metrics part was weak, we thought."),
    ("n-11", "People felt that you rambled during the presentations."),
    ("n-12", "Some found you arrogant towards junior engineers."),
    ("n-12", "There was talk of arrogance towards the engineers."),
    ("n-13", "You had asked for 98,500 back then."),
    ("n-13", "I know that 98,500 is what you had in mind."),
    ("n-14", "You got a 3.4 in the interview, which is good."),
    ("n-15", "I hope the appointment with the gynaecologist went well."),
]
HARMLESS = [
    "You would give a presentation as a second step.",
    "The metrics of the team are public.",
    "You would work with junior engineers.",
    "The panel would be a different one.",
    "In the interview we talked about pricing.",
    "The interview is a structured one.",
    "The band of our summer party was great.",
    "You may mention this to anybody.",
    "We talked about junior colleagues for a while.",
]


def with_secrets(*more: KnownNote, **changes: Any) -> Dossier:
    return sarah(notes=(STRENGTH, *more, *NOTES), **changes)


@pytest.mark.parametrize(("id_", "line"), LEAKS)
def test_an_unsayable_note_that_reaches_the_letter_is_refused_by_its_id(id_: str, line: str) -> None:
    findings = [each for each in found(good_letter(extra=line), with_secrets()) if each.rule == "leak"]
    assert {each.evidence for each in findings if each.severity == "refuse"} == {(id_,)}


@pytest.mark.parametrize(("id_", "line"), LEAKS)
def test_the_message_repeats_nothing_of_the_note(id_: str, line: str) -> None:
    telling = {word for word in SECRETS[id_].replace(",", " ").split() if len(word) > 5} - {"mentioned"}
    messages = " ".join(each.message for each in found(good_letter(extra=line), with_secrets()) if each.rule == "leak")
    assert telling.isdisjoint(messages.split())


@pytest.mark.parametrize("line", HARMLESS)
def test_words_of_every_day_betray_nothing(line: str) -> None:
    assert "leak" not in rules(good_letter(extra=line), with_secrets())


def test_the_honest_letter_leaks_nothing_of_what_is_kept() -> None:
    assert rules(good_letter(), with_secrets()) & {"leak", "scores", "pay"} == set()


@pytest.mark.parametrize("name", ["no-reason-may-be-said", "german-never-told", "german-short"])
def test_an_honest_letter_beside_unsayable_notes_leaks_nothing(name: str) -> None:
    assert "leak" not in rules(*HONEST[name])


def test_one_long_word_that_stands_in_a_short_note_makes_a_person_look() -> None:
    letter = good_letter(extra="I know that such a day makes anybody nervous.")
    assert "leak" in rules(letter, with_secrets())
    assert "leak" not in refused_by(letter, with_secrets())


def test_what_a_sayable_note_says_as_well_may_be_said() -> None:
    said = replace(STRENGTH, id="n-20", text="told us herself that she had rambled in the presentation")
    assert "leak" in refused_by(good_letter(extra=LEAKS[0][1]), with_secrets())
    assert "leak" not in refused_by(good_letter(extra=LEAKS[0][1]), with_secrets(said))


def test_a_note_of_another_kind_is_kept_too_unless_it_is_sayable() -> None:
    kept = KnownNote(
        id="n-30", kind="preference", text="would leave her employer because of a conflict with the founder"
    )
    line = "I remember the conflict with the founder of your employer."
    assert "leak" in refused_by(good_letter(extra=line), sarah(notes=(kept,)))
    assert "leak" not in refused_by(good_letter(extra=line), sarah(notes=(replace(kept, sayable=True),)))


def test_an_internal_note_is_never_sayable_whatever_it_says_of_itself() -> None:
    wrong = KnownNote(id="n-31", kind="internal", text="argued with the receptionist about parking", sayable=True)
    line = "You argued with our receptionist about the parking."
    assert "leak" in refused_by(good_letter(extra=line), sarah(notes=(wrong,)))


def test_minutes_of_a_step_are_not_those_of_a_note() -> None:
    kept = KnownNote(id="n-34", kind="internal", text="turned up fifteen minutes late")
    steps = "The plan: Ben, forty-five minutes; a deep-dive, an hour; and fifteen minutes for your questions."
    assert "leak" not in rules(good_letter(extra=steps), sarah(notes=(kept,)))
    assert "leak" in refused_by(good_letter(extra="You were fifteen minutes late."), sarah(notes=(kept,)))


def test_an_unsayable_reason_is_kept() -> None:
    past = replace(SENIOR_PM, reason="culture clash with the sales leadership", reason_sayable=False)
    line = "There was a certain clash of culture with the leadership in sales."
    findings = [each for each in found(good_letter(extra=line), sarah(applications=(past,))) if each.rule == "leak"]
    assert [(each.severity.value, each.evidence) for each in findings] == [("refuse", ("a-7",))]


def test_a_whole_run_of_common_words_is_no_chance() -> None:
    kept = KnownNote(id="n-32", kind="internal", text="she is not the kind of person we would want to work with again")
    line = "Some said that you were not the kind of person we would want to work with."
    assert "leak" in refused_by(good_letter(extra=line), sarah(notes=(kept,)))


def test_a_german_note_is_found_in_a_german_letter() -> None:
    kept = KnownNote(id="n-33", kind="internal", text="wirkte überheblich gegenüber der Assistentin")
    line = "Manche fanden dich überheblich gegenüber der Assistentin."
    assert "leak" in refused_by(good_letter(GERMAN, extra=line), sarah(notes=(kept,)))


def test_the_subject_may_leak_as_well() -> None:
    letter = good_letter(subject="You rambled in the presentation")
    assert "leak" in refused_by(letter, with_secrets())


@pytest.mark.parametrize(
    "line",
    [
        "You scored 4.2 with us.",
        "We ranked you second.",
        "Your score was the best of the day.",
        "The panel rated you highly.",
        "Your scorecard was impressive.",
        "You were in the top 10% of all applicants.",
        "You got 4 out of 5.",
        "Your overall rating was good.",
    ],
)
def test_scores_and_ranks_are_refused(line: str) -> None:
    assert "scores" in refused_by(good_letter(extra=line))


@pytest.mark.parametrize(
    "line",
    [
        "We do not keep a score of anybody.",
        "There is no test.",
        "The product rates hotels.",
        "You were one of two finalists.",
        "Ten of the twelve engineers work remotely.",
        "Our customers rate the app themselves.",
        "Three days a week are in the office.",
    ],
)
def test_numbers_that_are_no_scores_are_left_alone(line: str) -> None:
    assert "scores" not in rules(good_letter(extra=line))


@pytest.mark.parametrize("line", ["Deine Punktzahl war die höchste.", "Du warst auf Platz 2.", "Dein Score war gut."])
def test_german_scores_are_refused(line: str) -> None:
    assert "scores" in refused_by(good_letter(GERMAN, extra=line))


@pytest.mark.parametrize(
    "line",
    [
        "We could now meet your salary expectations.",
        "You asked for more money than we had.",
        "It was above our budget at the time.",
        "You were too expensive for us then.",
        "I remember your current salary.",
    ],
)
def test_what_they_want_to_be_paid_makes_a_person_look(line: str) -> None:
    assert "pay" in rules(good_letter(extra=line))
    assert "pay" not in refused_by(good_letter(extra=line))


def test_pay_may_be_spoken_of_where_a_sayable_note_does() -> None:
    note = KnownNote(id="n-40", kind="preference", text="a salary of at least 95,000", sayable=True)
    assert "pay" not in rules(good_letter(extra="It would meet your salary expectations."), sarah(notes=(note,)))


@pytest.mark.parametrize(
    "line",
    [
        "The role pays between 95,000 and 115,000 euros.",
        "The salary range is in the posting.",
        "We pay everybody at this level the same.",
        "The budget of the team is yours to plan.",
    ],
)
def test_what_the_role_pays_may_be_said(line: str) -> None:
    assert "pay" not in rules(good_letter(extra=line))
