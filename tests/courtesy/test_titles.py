"""Which role a letter names: the open one, in words that cannot be mistaken, and none of another letter."""

from dataclasses import replace

import pytest

from rekindle.courtesy.dossier import OpenRole
from states.message import Occasion
from tests.courtesy.honest import HONEST
from tests.courtesy.people import DIRECTOR, GERMAN, SENIOR_PM, found, good_letter, refused_by, rules, sarah
from tests.courtesy.records import JONAS, TOMASZ


def role(title: str, level: str = "senior") -> OpenRole:
    return replace(DIRECTOR, title=title, level=level)


@pytest.mark.parametrize(
    "line",
    [
        "We are looking for a Director of Product in our Growth team.",
        "We are looking for a director of product.",
        "There is a Product Director role now.",
        "We are looking for a Director (Product) in Growth.",
        "The title is DIRECTOR OF PRODUCT.",
        "It is about a Director for Product.",
        "We need a Director, Product.",
        "We look for a new Director of our Products.",
    ],
)
def test_the_role_may_be_named_in_many_ways(line: str) -> None:
    assert "names-the-role" not in rules(good_letter(role=line))


@pytest.mark.parametrize(
    "line",
    [
        "We have another opening.",
        "There is a new role in our Growth team.",
        "We are looking for somebody senior in product.",
        "Something has come up that may suit you.",
        "We are looking for a Director.",
        "We have opened a position in product.",
    ],
)
def test_a_letter_that_does_not_name_the_role_is_refused(line: str) -> None:
    assert "names-the-role" in refused_by(good_letter(role=line, fit="", process=""))


def test_the_subject_may_name_the_role() -> None:
    assert "names-the-role" not in rules(good_letter(role="There is a new role.", subject="Director of Product"))


@pytest.mark.parametrize(
    ("title", "level", "words"),
    [
        ("Senior Backend Engineer", "senior", "backend engineer"),
        ("Senior Backend Engineer", "senior", "Sr. Backend Engineer"),
        ("Senior Backend Engineer", "senior", "senior backend engineers"),
        ("VP Product", "vp", "Vice-President Product"),
        ("Software Engineer", "mid", "software developer"),
        ("Senior Softwareentwickler:in (m/w/d)", "senior", "Senior Softwareentwickler"),
        ("Data Analyst - Finance", "mid", "Data Analyst"),
        ("Head of Data & Analytics", "manager", "Head of Data and Analytics"),
        ("C++ Engineer", "mid", "C++ engineer"),
    ],
)
def test_a_title_is_the_same_whatever_its_endings_and_short_forms(title: str, level: str, words: str) -> None:
    who = sarah(role=role(title, level))
    assert "names-the-role" not in rules(good_letter(role=f"We are looking for a {words}.", fit=""), who)


def test_a_title_that_is_only_that_of_an_earlier_role_does_not_name_the_open_one() -> None:
    past = replace(SENIOR_PM, role="Backend Engineer")
    who = sarah(role=role("Senior Backend Engineer"), applications=(past,))
    letter = good_letter(past="We spoke about the Backend Engineer role.", role="There is a new one.", fit="")
    assert "names-the-role" in refused_by(letter, who)


def test_a_staff_engineer_is_not_just_any_engineer() -> None:
    assert "names-the-role" in refused_by(good_letter(role="We are looking for an engineer.", fit=""), TOMASZ)
    assert "names-the-role" not in rules(good_letter(role="We need a Staff Engineer.", fit=""), TOMASZ)


def test_german_forms_of_a_title_are_one() -> None:
    lines = ("Wir suchen eine Senior Softwareentwicklerin.", "Es geht um die Stelle als Senior-Softwareentwickler.")
    assert all("names-the-role" not in rules(good_letter(GERMAN, role=line), JONAS) for line in lines)
    assert "names-the-role" in refused_by(good_letter(GERMAN, role="Wir suchen jemanden.", fit=""), JONAS)


def test_a_follow_up_names_the_role_too_and_a_rejection_without_a_role_need_not() -> None:
    letter = good_letter(role="There is a new role.", fit="", process="")
    assert "names-the-role" in refused_by(letter, sarah(occasion=Occasion.FOLLOW_UP))
    assert "names-the-role" not in rules(letter, sarah(occasion=Occasion.REJECTION, role=None))


OTHER_ROLES = [
    "We spoke about the Data Analyst role.",
    "I thought of you for our Senior Backend Engineer position.",
    "We now have a Head of Sales role.",
    "I am writing about the position of Account Executive.",
    "The Senior Product Designer role in our Consumer team is open.",
    "You applied for the role of Data Scientist.",
    "We have opened the QA Tester role.",
    "Our new Marketing Specialist position may suit you.",
]
NO_OTHER_ROLES = [
    "The Senior Product Manager role was in our Consumer team.",
    "The Director of Product role reports to Ben.",
    "The Product Director position is in Berlin.",
    "This Growth role is new.",
    "Your Head of Design role at your company taught you much.",
    "One day it could lead to a VP role.",
    "The role is at Acme Labs in Berlin.",
    "You would work with two Product Designers in this role.",
    "This role works closely with our Data Scientists.",
    "In this role you would meet our Chief Executive often.",
    "The hiring manager for the role is Ben.",
    "It is not a Junior role.",
    "The Berlin role is a hybrid one.",
    "A remote role would be possible as well.",
    "The position, Senior Product Manager at the time, went to somebody else.",
    "The Senior PM role is history.",
    "I know that the first role was not ideal.",
    "The Director role (Product) is in Growth.",
]


@pytest.mark.parametrize("line", OTHER_ROLES)
def test_a_role_of_another_letter_is_refused(line: str) -> None:
    assert "wrong-role" in refused_by(good_letter(extra=line))


@pytest.mark.parametrize("line", NO_OTHER_ROLES)
def test_what_is_no_other_role_is_left_alone(line: str) -> None:
    assert "wrong-role" not in rules(good_letter(extra=line))


def test_a_title_with_one_strange_word_only_makes_a_person_look() -> None:
    letter = good_letter(extra="The Principal Product Manager role was another matter.")
    assert "wrong-role" in rules(letter)
    assert "wrong-role" not in refused_by(letter)


@pytest.mark.parametrize(
    "line", ["Es geht um die Stelle als Vertriebsleiter.", "Du hattest dich für die Rolle Data Scientist beworben."]
)
def test_a_role_of_another_german_letter_is_refused(line: str) -> None:
    assert "wrong-role" in refused_by(good_letter(GERMAN, extra=line))


@pytest.mark.parametrize(
    "line",
    [
        "Die Stelle als Account Manager war im Team Mittelstand.",
        "Die Rolle im Team Gesundheitswesen ist neu.",
        "Die Stelle ist in Köln.",
        "Die Position Senior Account Managerin ist eine Stufe höher.",
    ],
)
def test_what_is_no_other_german_role_is_left_alone(line: str) -> None:
    text, dossier = HONEST["german-du"]
    assert "wrong-role" not in rules(f"{text}\n\n{line}", dossier)


def test_the_finding_names_the_roles_on_record() -> None:
    finding = next(f for f in found(good_letter(extra=OTHER_ROLES[0])) if f.rule == "wrong-role")
    assert finding.evidence == ("r-1", "a-7")
    assert "Director of Product" in finding.message
    assert finding.quote == "Data Analyst"
