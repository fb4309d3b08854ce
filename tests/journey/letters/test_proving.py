"""A letter rests on proofs, each bound to the records; what is missing is asked for by name, with the command."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rekindle.courtesy.dossier import Candidacy, Dossier, KnownNote, OpenRole, WrittenLetter
from rekindle.journey.letters.proofs import Grade, Proofs, Way
from rekindle.journey.letters.proving import Missing, prove, strength_of
from states.message import Occasion
from tests.courtesy.people import DIRECTOR, SENIOR_PM, STRENGTH, TODAY, sarah

FIRST = WrittenLetter(id="m-4", text="Hi Sarah, …", sent_on=date(2026, 11, 10))
FULL = replace(DIRECTOR, process_kind="full", process_because="")
REFUSED = Candidacy(id="a-3", role="Product Manager", outcome="rejected", rejection="generic")


def proved(dossier: Dossier) -> Proofs:
    found = prove(dossier)
    assert isinstance(found, Proofs)
    return found


def missing(dossier: Dossier) -> str:
    found = prove(dossier, "c-17")
    assert isinstance(found, Missing)
    return "\n".join(found.facts)


# The letter about a role.


def test_every_proof_of_sarahs_letter_names_its_records() -> None:
    assert proved(sarah()).as_record() == {
        "spoke": ["a-7"],
        "outcome": ["a-7"],
        "reason": ["a-7"],
        "finalist": ["a-7"],
        "told-personal": ["a-7"],
        "promise": ["a-7"],
        "gap": ["a-7", "t-9"],
        "gap-long": ["a-7", "t-9"],
        "strength": ["n-3"],
        "role": ["r-1"],
        "other-team": ["a-7", "r-1", "interest"],
        "level-up": ["a-7", "r-1"],
        "in-it": ["r-1"],
        "process-streamlined": ["r-1"],
    }


def test_the_record_of_the_proofs_holds_no_word_of_the_records() -> None:
    told = json.dumps(proved(sarah()).as_record())
    for word in ("Sarah", "B2B", "consumer", "Director", "Senior", "Growth", "0-to-1", "reach out"):
        assert word not in told


def test_a_reason_that_may_not_be_said_proves_nothing_and_is_not_handed_on() -> None:
    found = proved(sarah(applications=(replace(SENIOR_PM, reason_sayable=False),)))
    assert found.reason is None
    assert "reason" not in found.as_record()


@pytest.mark.parametrize(
    ("forgotten", "way"),
    [
        ((), Way("spoke", date(2026, 4, 20))),
        (("last_interview_on",), Way("applied", date(2026, 3, 2))),
        (("last_interview_on", "applied_on"), Way("decided", date(2026, 5, 2))),
    ],
)
def test_the_letter_comes_back_to_what_is_known_to_have_happened(forgotten: tuple[str, ...], way: Way) -> None:
    changes: dict[str, Any] = dict.fromkeys(forgotten)
    found = proved(sarah(role=FULL, applications=(replace(SENIOR_PM, **changes),)))
    assert found.way == way
    assert found.as_record()[way.how] == ["a-7"]


def test_a_promise_that_waits_for_something_else_is_no_part_of_the_letter() -> None:
    found = proved(sarah(applications=(replace(SENIOR_PM, promise="write when a design role opens"),)))
    assert found.promise is None


def test_the_newest_application_that_ended_is_the_one_it_speaks_of() -> None:
    still_open = Candidacy(id="a-9", role="Head of Product", outcome="open")
    found = proved(sarah(applications=(still_open, SENIOR_PM)))
    assert found.before == SENIOR_PM


def test_a_strength_the_role_asks_for_comes_first() -> None:
    other = KnownNote(id="n-5", kind="strength", text="rebuilt our pricing page", sayable=True)
    assert strength_of(sarah(notes=(STRENGTH, other))) == other
    assert strength_of(sarah(notes=(STRENGTH, replace(other, text="asked good questions")))) == STRENGTH


def test_a_background_stands_in_for_a_strength_and_an_interest_does_not() -> None:
    background = replace(STRENGTH, kind="background")
    assert strength_of(sarah(notes=(background,))) == background
    assert strength_of(sarah(notes=(replace(STRENGTH, kind="interest"),))) is None
    assert strength_of(sarah(notes=(replace(STRENGTH, sayable=False),))) is None


# What is missing.


@pytest.mark.parametrize(
    ("change", "asked_for"),
    [
        ({"notes": ()}, "rekindle candidates note c-17 --kind strength --sayable --text …"),
        ({"applications": ()}, "no application that came to an end"),
        ({"applications": (replace(SENIOR_PM, outcome="open"),)}, "no application that came to an end"),
        (
            {"applications": (replace(SENIOR_PM, applied_on=None, last_interview_on=None, decided_on=None),)},
            "no date for a-7",
        ),
        ({"applications": (replace(SENIOR_PM, reason=" "),)}, "no reason for a-7: import it again with `reason`"),
        ({"role": None}, "rekindle roles open FILE.toml"),
        ({"role": replace(DIRECTOR, whats_in_it=" ")}, "r-1 does not say what is in it"),
        ({"role": replace(DIRECTOR, steps=())}, "r-1 has no process plan"),
        ({"role": replace(DIRECTOR, process_because="")}, "the process of r-1 is streamlined, but it does not say why"),
        (
            {
                "role": replace(DIRECTOR, level="senior", team="Consumer"),
                "interests": (),
                "skills": (),
                "notes": (STRENGTH,),
            },
            "rekindle candidates note c-17 --kind interest --sayable --text …",
        ),
    ],
)
def test_a_missing_fact_is_asked_for_by_name_with_what_to_do(change: dict[str, Any], asked_for: str) -> None:
    assert asked_for in missing(sarah(**change))


def test_everything_that_is_missing_is_named_at_once() -> None:
    role = replace(DIRECTOR, whats_in_it="", steps=())
    assert len(missing(sarah(notes=(), role=role)).splitlines()) == 3


def test_a_full_process_needs_no_because() -> None:
    assert "process-full" in proved(sarah(role=FULL)).as_record()


def test_nobody_is_told_that_they_met_us_who_did_not() -> None:
    unseen = (replace(SENIOR_PM, last_interview_on=None),)
    other = replace(DIRECTOR, process_because="the team is small")
    assert "a-7 has no interview on record" in missing(sarah(applications=unseen))
    assert proved(sarah(applications=unseen, role=other)).role == other
    assert proved(sarah(applications=unseen, role=FULL)).role == FULL


def test_what_is_missing_is_said_without_a_name() -> None:
    assert "Sarah" not in missing(sarah(notes=(), role=None, applications=()))


@pytest.mark.parametrize(
    ("reason", "another"),
    [
        ("hired another candidate", True),
        ("Stronger candidate", True),
        ("an internal colleague took the team", True),
        ("jemand mit mehr Erfahrung", True),
        ("the post was cut", False),
        ("the budget moved to another region", False),
    ],
)
def test_that_somebody_else_was_taken_is_known_from_the_reason_whether_or_not_it_may_be_said(
    reason: str,
    another: bool,  # noqa: FBT001 - a table
) -> None:
    assert (
        proved(sarah(applications=(replace(SENIOR_PM, reason=reason, reason_sayable=False),))).took_another is another
    )


def test_a_reason_is_not_needed_to_turn_somebody_down() -> None:
    assert proved(turned_down(reason=None)).reason is None


SAME = replace(DIRECTOR, level="senior", team=None)


@pytest.mark.parametrize(
    "role", [SAME, replace(SAME, team="consumer"), replace(SAME, family="growth", title="Senior Product Managers")]
)
def test_the_same_role_again_is_not_written_about(role: OpenRole) -> None:
    assert "r-1 is the same again as a-7" in missing(sarah(role=role))


@pytest.mark.parametrize(
    "change",
    [
        {"role": replace(SAME, team="Growth")},
        {"role": replace(SAME, level="lead")},
        {"role": replace(SAME, family="growth")},
        {"role": SAME, "today": date(2027, 6, 1)},
    ],
)
def test_another_team_level_or_kind_of_work_is_not_the_same_again(change: dict[str, Any]) -> None:
    assert "same again" not in str(prove(sarah(**change)))


# The follow-up.


def test_a_follow_up_rests_on_the_first_letter_and_the_role() -> None:
    found = proved(sarah(occasion=Occasion.FOLLOW_UP, first_letter=FIRST, notes=()))
    assert found.first_letter == FIRST
    assert {"first-letter": ["m-4"], "role": ["r-1"]}.items() <= found.as_record().items()
    assert "process-streamlined" not in found.as_record()


@pytest.mark.parametrize("first", [None, replace(FIRST, sent_on=None)])
def test_there_is_no_follow_up_to_a_letter_that_never_went(first: WrittenLetter | None) -> None:
    assert "no first letter" in missing(sarah(occasion=Occasion.FOLLOW_UP, first_letter=first))
    assert "rekindle roles open" in missing(sarah(occasion=Occasion.FOLLOW_UP, first_letter=first, role=None))


# The letter that turns somebody down.


def turned_down(*more: Candidacy, today: date = TODAY, **changes: Any) -> Dossier:
    newest = replace(SENIOR_PM, **changes)
    return sarah(occasion=Occasion.REJECTION, role=None, applications=(newest, *more), today=today)


def test_a_rejection_rests_on_the_candidacy_a_strength_and_what_was_promised() -> None:
    found = proved(turned_down(rejection=None))
    assert found.grade is Grade.UNKNOWN
    assert found.promise == SENIOR_PM.promise
    assert found.as_record() == {
        "spoke": ["a-7"],
        "outcome": ["a-7"],
        "reason": ["a-7"],
        "finalist": ["a-7"],
        "told-unknown": ["a-7"],
        "promise": ["a-7"],
        "strength": ["n-3"],
    }


@pytest.mark.parametrize(
    ("rejection", "days", "late"), [("none", 15, True), ("none", 14, False), (None, 90, False), ("generic", 90, False)]
)
def test_it_is_late_when_nobody_told_them_in_two_weeks(rejection: str | None, days: int, late: bool) -> None:  # noqa: FBT001 - a table
    today = date.fromordinal(date(2026, 5, 2).toordinal() + days)
    assert proved(turned_down(rejection=rejection, today=today)).is_late is late


def test_that_we_stay_in_touch_is_no_promise_to_repeat() -> None:
    assert proved(turned_down(promise="stay in touch")).promise is None


def test_a_second_no_is_known_to_be_one_when_the_first_was_heard() -> None:
    assert proved(turned_down(REFUSED)).is_again
    assert not proved(turned_down(replace(REFUSED, rejection="none"))).is_again
    assert not proved(turned_down(replace(REFUSED, outcome="withdrew"))).is_again


def test_it_speaks_of_the_role_they_interviewed_for_if_there_is_one() -> None:
    about = Candidacy(id="a-11", role="director of product", last_interview_on=TODAY, outcome="open")
    dossier = sarah(occasion=Occasion.REJECTION, applications=(about, SENIOR_PM))
    assert proved(dossier).before == about


def test_a_rejection_without_anything_personal_is_not_drafted() -> None:
    assert "--kind strength" in missing(replace(turned_down(), notes=()))
