"""The one gentle reminder refers to the first letter, truthfully, and claims nothing new that is untrue."""

from dataclasses import replace
from datetime import date

import pytest

from rekindle.courtesy.dossier import WrittenLetter
from rekindle.courtesy.finding import Severity
from states.message import Occasion
from tests.courtesy.people import GOOD_EXAMPLE, sarah
from tests.courtesy.truths import judged, untrue

FIRST = WrittenLetter(id="m-4", text=GOOD_EXAMPLE, sent_on=date(2026, 11, 10))
REMINDED = sarah(occasion=Occasion.FOLLOW_UP, first_letter=FIRST)


def reminder(words: str) -> str:
    return f"Hi Sarah,\n\n{words} If it is nothing for you, there is no need to answer.\n\nBest,\nAnn Lee"


@pytest.mark.parametrize(
    "words",
    [
        "I wrote to you two weeks ago about the Director of Product role.",
        "I just wanted to come back to my letter about the Director of Product role.",
        "My note about the Director of Product role may have got lost.",
        "Two weeks ago I told you about our Director of Product role.",
        "I emailed you on 10 November about the Director of Product role.",
        "Following up on the Director of Product role.",
    ],
)
def test_it_may_refer_to_the_first_letter_in_many_ways(words: str) -> None:
    assert judged(untrue(reminder(words), REMINDED)) == {}


@pytest.mark.parametrize("words", ["The Director of Product role is still open.", "Do you have a minute?"])
def test_a_reminder_of_nothing_is_refused(words: str) -> None:
    assert judged(untrue(reminder(words), REMINDED)) == {"follow-up-refers": Severity.REFUSE}


def test_a_wrong_time_is_refused_with_the_right_one() -> None:
    refused = untrue(reminder("I wrote to you last month about the Director of Product role."), REMINDED)
    assert judged(refused)["follow-up-refers"] is Severity.REFUSE
    assert "2026-11-10 (m-4)" in refused[0].message
    assert "two weeks ago" in refused[0].message


def test_without_a_first_letter_there_is_nothing_to_follow_up() -> None:
    alone = replace(REMINDED, first_letter=None)
    assert judged(untrue(reminder("I wrote to you about the role."), alone))["follow-up-refers"] is Severity.REFUSE


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("We have kept in touch all the time.", "claimed-touch"),
        ("Our call last week was good.", "claimed-contact"),
        ("We could do it with just one conversation.", "claimed-steps"),
        ("You were our first choice.", "claimed-standing"),
        ("As promised, I looked into the salary.", "claimed-promise"),
    ],
)
def test_it_claims_nothing_new_that_is_untrue(words: str, rule: str) -> None:
    known = replace(
        REMINDED,
        applications=tuple(
            replace(each, finalist=False, last_stage="phone screen", promise=None) for each in REMINDED.applications
        ),
    )
    assert judged(untrue(reminder(f"I wrote to you two weeks ago. {words}"), known))[rule] is Severity.REFUSE


def test_it_need_not_prove_everything_again() -> None:
    known = replace(REMINDED, applications=(), contacts=(), notes=())
    assert judged(untrue(reminder("I wrote to you two weeks ago about the Director of Product role."), known)) == {}
