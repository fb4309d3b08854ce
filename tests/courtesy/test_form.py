"""The outward form: how long a letter is, how loud, and what its subject promises."""

from dataclasses import replace

import pytest

from rekindle.courtesy.dossier import WrittenLetter
from states.message import Occasion
from tests.courtesy.people import GERMAN, good_letter, good_text, refused_by, rules, sarah

MORE = "We have also grown a little, moved to another floor and bought a better coffee machine. "


@pytest.mark.parametrize(("times", "found", "refused"), [(0, False, False), (10, True, False), (60, True, True)])
def test_a_letter_that_is_too_long_is_doubted_and_an_endless_one_refused(
    times: int,
    found: bool,  # noqa: FBT001 - a table
    refused: bool,  # noqa: FBT001
) -> None:
    letter = good_letter(extra=MORE * times)
    assert ("length" in rules(letter)) is found
    assert ("length" in refused_by(letter)) is refused


def test_a_letter_that_is_too_short_is_doubted_and_one_of_a_few_words_refused() -> None:
    short = "Hi Sarah, we now look for a Director of Product. Would you like to talk? If not, no worries at all."
    assert "length" in rules(short)
    assert "length" not in refused_by(short)
    assert "length" in refused_by("Hi Sarah, new role! Call me?")


def test_a_follow_up_may_be_short_and_must_not_be_long() -> None:
    follow_up = sarah(occasion=Occasion.FOLLOW_UP)
    short = (
        "Hi Sarah, just one line about the Director of Product role: would you like to hear more? If not, no worries."
    )
    assert "length" not in rules(short, follow_up)
    assert "length" in rules(good_letter(), follow_up)


@pytest.mark.parametrize(
    "line",
    ["YOU WILL LIKE THIS.", "It is a VERY GOOD role.", "PLEASE READ this.", "Wow!!", "Hi! Good! New! Nice! Yes!"],
)
def test_shouting_makes_a_person_look(line: str) -> None:
    letter = good_letter(extra=line)
    assert "shouting" in rules(letter)
    assert "shouting" not in refused_by(letter)


@pytest.mark.parametrize(
    "line",
    [
        "You know SQL, HTML and AWS EC2.",
        "It is in the USA and the UK.",
        "We met at ACME LABS in Berlin.",
        "What a pleasure! I mean it.",
        "You would report to the VP of HR IT systems.",
        "ANN LEE would be your contact.",
        "NASA uses it too.",
        "I DO mean it.",
        "ÜBER is a word in German.",
    ],
)
def test_short_forms_names_and_one_exclamation_mark_are_no_shouting(line: str) -> None:
    assert "shouting" not in rules(good_letter(extra=line))


# The subject.


@pytest.mark.parametrize(
    "subject",
    [
        "Re: our talk",
        "RE: Director of Product",
        "Fwd: a role",
        "FW: role",
        "AW: Stelle",
        "Re[2]: talk",
        "re : talk",
        "",
        " ",
    ],
)
def test_a_subject_that_fakes_a_reply_or_is_empty_is_refused(subject: str) -> None:
    assert "subject" in refused_by(good_letter(subject=subject))


@pytest.mark.parametrize(
    "subject",
    [
        "A DIRECTOR ROLE FOR YOU",
        "You won't believe this",
        "Urgent",
        "Update on your application",
        "Guess what",
        f"A role, {'very ' * 30}long",
    ],
)
def test_a_subject_that_lures_or_shouts_makes_a_person_look(subject: str) -> None:
    assert "subject" in rules(good_letter(subject=subject))
    assert "subject" not in refused_by(good_letter(subject=subject))


@pytest.mark.parametrize(
    "subject",
    [
        "Director of Product at Acme Labs",
        "A question, half a year later",
        "Since we spoke in April",
        "Research role: would it interest you?",
        "Regarding our talk in April",
        "Renewed hello from Ann",
        "SQL and you",
        "VP?",
        "Sarah, a new role in Growth",
        "Anknüpfen an unser Gespräch im April",
    ],
)
def test_an_honest_subject_passes(subject: str) -> None:
    assert rules(good_letter(subject=subject)) == set()
    assert "subject" not in rules(good_letter(GERMAN, subject=subject))


def test_a_letter_without_a_subject_is_not_asked_for_one() -> None:
    assert "subject" not in rules(good_letter())


def test_a_follow_up_may_answer_our_own_letter() -> None:
    letter = good_letter(subject="Re: Director of Product at Acme Labs")
    follow_up = sarah(occasion=Occasion.FOLLOW_UP, first_letter=WrittenLetter(id="m-4", text=good_text()))
    assert "subject" not in rules(letter, follow_up)
    assert "subject" in refused_by(letter, replace(follow_up, first_letter=None))
