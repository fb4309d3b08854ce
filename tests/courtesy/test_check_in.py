"""A check-in asks for nothing and pitches nothing; an honest one passes, in whatever voice."""

from collections.abc import Callable

import pytest

from rekindle.courtesy.check import RULES
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Severity
from rekindle.courtesy.letter import Letter
from states.message import Occasion
from tests.courtesy import check_ins as said
from tests.courtesy.check_ins import CHECKED_ON, IN_GERMAN, check_in, in_german
from tests.courtesy.people import found, refused_by, rules

BASE = "It was June when we last talked on the phone, and I hope you are well."
BASIS = "im Juni haben wir zuletzt telefoniert, und ich hoffe, es geht Ihnen gut. Ich wollte nur einen Gruß schicken."
Write = Callable[[str], Letter]
ENGLISH, GERMAN = (check_in, CHECKED_ON, BASE), (in_german, IN_GERMAN, BASIS)
OWN = {"asks-for-nothing", "pitches-nothing"}


def every(english: tuple[str, ...], german: tuple[str, ...]) -> list[tuple[str, tuple[Write, Dossier, str]]]:
    return [*((words, ENGLISH) for words in english), *((words, GERMAN) for words in german)]


@pytest.mark.parametrize(("words", "told"), every(said.HONEST, said.HONEST_GERMAN))
def test_an_honest_check_in_passes_in_any_voice(words: str, told: tuple[Write, Dossier, str]) -> None:
    write, dossier, _ = told
    assert found(write(words), dossier) == ()


@pytest.mark.parametrize(("words", "told"), every(said.HARMLESS, said.HARMLESS_GERMAN))
def test_what_is_denied_long_past_or_left_to_them_is_not_asked_and_not_pitched(
    words: str, told: tuple[Write, Dossier, str]
) -> None:
    write, dossier, base = told
    assert rules(write(f"{base} {words}"), dossier) & OWN == set()


@pytest.mark.parametrize(
    ("words", "told"), every((*said.ASKING, *said.PITCHING), (*said.ASKING_GERMAN, *said.PITCHING_GERMAN))
)
def test_what_wants_something_is_refused(words: str, told: tuple[Write, Dossier, str]) -> None:
    write, dossier, base = told
    assert refused_by(write(f"{base} {words}"), dossier) & OWN


@pytest.mark.parametrize("words", ["Our team is growing fast.", "Let me know when you have time to talk."])
def test_what_may_be_meant_kindly_makes_a_person_look(words: str) -> None:
    findings = [each for each in found(check_in(f"{BASE} {words}"), CHECKED_ON) if each.rule in OWN]
    assert [each.severity for each in findings] == [Severity.WARN]


def test_one_warm_question_may_stand_and_a_second_one_makes_a_person_look() -> None:
    assert rules(check_in(f"{BASE} How are you?"), CHECKED_ON) == set()
    findings = found(check_in(f"{BASE} How are you? How was the summer?"), CHECKED_ON)
    assert [(each.rule, each.severity, each.quote) for each in findings] == [
        ("asks-for-nothing", Severity.WARN, "How was the summer?")
    ]


def test_a_denial_ends_at_a_but() -> None:
    words = "This is not a pitch, but we are hiring again."
    assert refused_by(check_in(f"{BASE} {words}"), CHECKED_ON) == {"pitches-nothing"}


def test_a_role_that_may_open_one_day_is_no_pitch_and_an_application_always_is() -> None:
    later = "Should a role open that fits, I will write about it in a letter of its own."
    assert rules(check_in(f"{BASE} {later}"), CHECKED_ON) & OWN == set()
    assert refused_by(check_in(f"{BASE} If you like, apply here."), CHECKED_ON) == {"pitches-nothing"}


def test_a_check_in_is_held_against_the_record_like_any_letter() -> None:
    assert "claimed-contact" in refused_by(check_in("Our lunch in August was lovely. I hope you are well."), CHECKED_ON)


def test_a_long_one_makes_a_person_look_and_an_endless_one_is_refused() -> None:
    long = f"{BASE} " + "I hope that the days are kind to you. " * 16
    assert rules(check_in(long), CHECKED_ON) == {"length"}
    assert "length" in refused_by(check_in(long * 3), CHECKED_ON)


def test_letters_about_a_role_are_not_asked_whether_they_pitch() -> None:
    names = {rule.__name__ for rule in RULES[Occasion.RE_ENGAGEMENT]}
    assert not names & {"asks_for_nothing", "pitches_nothing"}


@pytest.mark.parametrize(
    ("words", "told"),
    every(
        (
            "Today our call came back to me.",
            "This morning I thought of our talk about her plans.",
            "I remembered our conversation today.",
            "Yesterday I came across my notes of our interview.",
        ),
        (
            "Heute ist mir unser Gespräch wieder eingefallen.",
            "Gestern musste ich an unser Telefonat denken.",
            "Heute dachte ich an unser Gespräch zurück.",
        ),
    ),
)
def test_the_day_of_a_thought_is_not_taken_for_the_day_of_the_talk(
    words: str, told: tuple[Write, Dossier, str]
) -> None:
    write, dossier, base = told
    assert rules(write(f"{base} {words}"), dossier) & {"claimed-time", "claimed-contact"} == set()


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Today I thought of our call in September.", "claimed-contact"),
        ("Today I thought of our lunch.", "claimed-contact"),
        ("We spoke yesterday about the Senior Product Manager role.", "claimed-time"),
    ],
)
def test_what_never_took_place_is_not_thought_of(words: str, rule: str) -> None:
    assert rule in refused_by(check_in(f"{BASE} {words}"), CHECKED_ON)
