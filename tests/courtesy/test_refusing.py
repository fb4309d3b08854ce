"""The letter that turns somebody down: thanks, a plain no, no false hope, and only what can be kept is promised."""

from dataclasses import replace
from datetime import date

import pytest

from rekindle.courtesy.finding import Severity
from rekindle.courtesy.letter import read_letter
from rekindle.courtesy.promises import promise_in
from states.message import Occasion
from tests.courtesy.people import SENIOR_PM, manner, sarah
from tests.courtesy.truths import judged, untrue

_NOW = replace(
    SENIOR_PM,
    outcome="open",
    rejection=None,
    promise=None,
    applied_on=date(2026, 9, 1),
    last_interview_on=date(2026, 11, 10),
    decided_on=date(2026, 11, 20),
)
TURNED_DOWN = sarah(occasion=Occasion.REJECTION, role=None, applications=(_NOW,))
_PARTS = {
    "thanks": "thank you for the time and care you put into the interviews for the Senior Product Manager role.",
    "decision": "I am sorry to say that we have decided for another candidate, who has more B2B experience.",
    "praise": "It was a close decision. What stood out was your background in consumer tech and product strategy.",
    "promise": "If a product role opens that fits you, I will write to you.",
}


def rejection(**parts: str) -> str:
    told = _PARTS | parts
    return "\n\n".join(("Dear Sarah,", *filter(None, told.values()), "With best wishes\nAnn Lee"))


def test_an_honest_rejection_passes() -> None:
    assert untrue(rejection(), TURNED_DOWN) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Thanks so much for all the hours you gave us.",
        "I am grateful for your openness in our conversations.",
        "We really appreciated your preparation and your time.",
        "Thank you for interviewing with us.",
    ],
)
def test_thanks_may_be_said_in_many_ways(words: str) -> None:
    assert judged(untrue(rejection(thanks=words), TURNED_DOWN)) == {}


@pytest.mark.parametrize("words", ["", "I am writing about your application.", "Thank you in advance."])
def test_a_rejection_without_thanks_is_refused(words: str) -> None:
    assert judged(untrue(rejection(thanks=words), TURNED_DOWN)) == {"thanks": Severity.REFUSE}


@pytest.mark.parametrize(
    "words",
    [
        "We will not be moving forward with your application.",
        "We cannot offer you the role.",
        "We have chosen somebody else.",
        "The answer is a no this time.",
        "The role goes to another candidate.",
        "I have to turn you down.",
        "You have not been selected.",
        "We decided to go with another candidate.",
        "We've moved forward with other candidates.",
    ],
)
def test_a_no_may_be_said_in_many_ways(words: str) -> None:
    assert judged(untrue(rejection(decision=words), TURNED_DOWN)) == {}


@pytest.mark.parametrize("words", ["", "We are still thinking about it.", "It was not an easy time for us."])
def test_a_rejection_that_does_not_say_no_is_refused(words: str) -> None:
    assert judged(untrue(rejection(decision=words), TURNED_DOWN))["says-the-decision"] is Severity.REFUSE


@pytest.mark.parametrize(
    "words",
    [
        "For now it is a no.",
        "It is not yet a yes.",
        "At this time we cannot offer you the role.",
        "Your application is on hold.",
        "You are on our waiting list.",
        "You are still in the running.",
        "It is almost a yes.",
        "If the other candidate falls through, we will call you.",
        "Don't give up hope.",
    ],
)
def test_false_hope_is_refused(words: str) -> None:
    assert judged(untrue(rejection(promise=words), TURNED_DOWN))["false-hope"] is Severity.REFUSE


@pytest.mark.parametrize(
    "words",
    [
        "We will hire you next time.",
        "You will be first in line for the next role.",
        "The next role is yours.",
        "You are at the top of our list.",
        "We'll definitely find a place for you.",
        "We will keep a seat for you.",
        "You won't have to interview again.",
        "I guarantee that you will hear from us.",
    ],
)
def test_a_promise_nobody_can_keep_is_refused(words: str) -> None:
    assert judged(untrue(rejection(promise=words), TURNED_DOWN))["keepable-promise"] is Severity.REFUSE


@pytest.mark.parametrize(
    "words",
    [
        "I will write to you when a product role opens.",
        "We'd love to stay connected, and we'll definitely reach out if something else opens up.",
        "If you would like feedback, I will gladly call you.",
        "I cannot promise anything, and I won't.",
        "You will hear from me when a product role opens.",
        "There is no waiting list.",
    ],
)
def test_a_promise_that_can_be_kept_passes(words: str) -> None:
    assert judged(untrue(rejection(promise=words), TURNED_DOWN)) == {}


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({"decision": "We have decided for someone with more sales experience."}, "claimed-reason"),
        ({"praise": "I was impressed by your work on payment systems."}, "claimed-strength"),
        ({"praise": "You interviewed with us last spring."}, "claimed-time"),
        ({"praise": "As promised, I am writing to you."}, "claimed-promise"),
        ({"praise": "You wrote to us last week."}, "claimed-contact"),
    ],
)
def test_its_claims_have_to_be_true_as_well(parts: dict[str, str], rule: str) -> None:
    assert judged(untrue(rejection(**parts), TURNED_DOWN))[rule] is Severity.REFUSE


def test_a_reason_that_may_not_be_said_is_not_said() -> None:
    silent = replace(TURNED_DOWN, applications=(replace(_NOW, reason_sayable=False),))
    assert judged(untrue(rejection(), silent))["claimed-reason"] is Severity.REFUSE
    assert judged(untrue(rejection(decision="We have decided for another candidate."), silent)) == {}


def test_somebody_who_came_no_far_way_was_no_close_decision() -> None:
    early = replace(TURNED_DOWN, applications=(replace(_NOW, finalist=False, last_stage="phone screen"),))
    assert judged(untrue(rejection(), early))["claimed-standing"] is Severity.REFUSE


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        (
            "We took someone else. I will write to you when a product role opens.",
            "I will write to you when a product role opens.",
        ),
        (
            "You were a tough decision. We'd love to stay connected, we'll definitely reach out if something opens up.",
            "We'd love to stay connected, we'll definitely reach out if something opens up.",
        ),
        (
            "We'll let you know. Have a good day. You will hear from me in spring.",
            "We'll let you know. You will hear from me in spring.",
        ),
        ("We took someone else. Have a good day.", None),
        ("We will not write to you again.", None),
        ("I cannot promise that we will call you.", None),
    ],
)
def test_what_was_promised_is_recorded_from_the_letter_as_it_was_sent(text: str, promised: str | None) -> None:
    assert promise_in(read_letter(text), manner().of("en")) == promised


def test_a_german_promise_is_found_too() -> None:
    text = "Wir haben uns anders entschieden. Wir werden uns melden, sobald eine Produktstelle frei wird. Alles Gute!"
    told = promise_in(read_letter(text), manner().of("de"))
    assert told == "Wir werden uns melden, sobald eine Produktstelle frei wird."
