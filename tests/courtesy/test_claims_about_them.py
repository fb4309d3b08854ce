"""What a letter says the person can, did and wants, where they were, and why it was not them."""

from typing import Any

import pytest

from rekindle.courtesy.finding import Severity
from tests.courtesy.people import STRENGTH, good_letter, sarah
from tests.courtesy.truths import judged, noted, past, said_of, untrue

GLOBEX = noted("background", "led pricing at Globex")

REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-strength", "I was impressed by your work on payment systems.", {}),
    ("claimed-strength", "Your background in machine learning would help.", {}),
    ("claimed-strength", "Your eye for typography stood out.", {}),
    ("claimed-strength", "What struck us was your negotiation talent.", {}),
    ("claimed-strength", "Your knack for data visualisation convinced us.", {}),
    ("claimed-strength", "We loved how you handled the negotiation exercise.", {}),
    ("claimed-strength", "Your fluency in Japanese impressed everyone.", {}),
    ("claimed-strength", "With your background in aerospace you would fit in well.", {}),
    ("claimed-strength", "I still think of your work on pricing at the bank.", {"interests": ("0-to-1 products",)}),
    ("claimed-interest", "You told me that you want to move into finance.", {}),
    ("claimed-interest", "You told us, that robotics is what you want next.", {}),
    ("claimed-interest", "You mentioned that you were curious about robotics.", {}),
    ("claimed-interest", "Based on your interest in hardware I thought of you.", {}),
    ("claimed-interest", "You said you wanted to manage a large sales organisation.", {}),
    ("claimed-interest", "You were keen on blockchain.", {}),
    ("claimed-interest", "I kept in mind what you told us about your interests.", {"interests": (), "contacts": ()}),
    ("claimed-employer", "Your time at Globex would help here.", {}),
    ("claimed-employer", "When you were at Initech, you did the same.", {}),
    ("claimed-employer", "I saw how you have grown since you joined Hooli.", {}),
    ("claimed-employer", "Your experience leading the data team at Umbrella would be useful.", {}),
    ("claimed-employer", "I hear you have joined Stark Industries.", {}),
    ("claimed-employer", "Your work with Wayne Enterprises is known here.", {}),
    (
        "claimed-employer",
        "Your time at Globex would help here.",
        noted("internal", "left Globex in anger", sayable=False),
    ),
    ("claimed-reason", "We went with someone who had more experience in logistics.", {}),
    ("claimed-reason", "We chose someone with a stronger network in Asia.", {}),
    ("claimed-reason", "You lacked German.", {}),
    ("claimed-reason", "We passed because you were too junior.", {}),
    ("claimed-reason", "The role was put on hold.", {}),
    ("claimed-reason", "Budget cuts meant that we could not hire anyone.", {}),
    ("claimed-reason", "We promoted someone from within.", {}),
    ("claimed-reason", "The other candidate spoke better German.", {}),
    ("claimed-reason", "What tipped the scales was salary expectations.", {}),
    ("claimed-reason", "We needed someone with more management experience in healthcare.", {}),
    ("claimed-reason", "We went with someone with more B2B experience.", past(reason=None)),
    ("claimed-reason", "We went with someone with more B2B experience.", past(reason_sayable=False)),
]

WARNED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-strength", "I was impressed by your product strategy and your Japanese.", {}),
    ("claimed-strength", "I was impressed by your product vision.", {}),
    ("claimed-interest", "I remember that you prefer things in writing.", {}),
    ("claimed-reason", "We chose someone with more B2B experience and better German.", {}),
]

ALLOWED: list[tuple[str, dict[str, Any]]] = [
    ("I was impressed by your product strategy.", {}),
    ("Your consumer background stood out.", {}),
    ("Your thinking on product strategy has stayed with us.", {}),
    ("Your roadmaps impressed us.", {}),
    ("Your work as a product manager impressed us.", {}),
    ("How you strategise about products struck me.", {}),
    ("I remember your enthusiasm.", {}),
    ("I appreciate the time you gave us.", {}),
    ("I enjoyed our conversations.", {}),
    ("I liked your presentation.", {}),
    ("We never saw your work on payment systems.", {}),
    ("You told us that you like building products from scratch.", {}),
    ("You mentioned that you would like to work on 0-to-1 products.", {}),
    ("Your interest in zero-to-one work is why I write.", {}),
    ("Based on what you told us about your interests, I thought of you.", {}),
    ("It is close to your plans, which we talked about.", {}),
    ("I don't know whether you are still interested.", {}),
    ("If you are interested in robotics, we have nothing yet.", {}),
    ("You might want to take your time.", {}),
    ("I remember that you like roadmaps.", {}),
    ("Your time at Globex would help here.", GLOBEX),
    ("When you were at Globex, you built pricing from nothing.", GLOBEX),
    ("Your time at Acme Labs gave us a clear picture.", {}),
    ("Your interviews at Acme Labs went well.", {}),
    ("When you were with Ben Okafor, you talked about roadmaps.", {}),
    ("We went with somebody else.", {}),
    ("In the end another candidate was a closer match.", {}),
    ("The other finalist had worked in B2B for longer.", {}),
    ("They simply had more experience with business-to-business products.", {}),
    ("We chose another person for the Senior Product Manager role.", {}),
    ("It was not because you lacked anything.", {}),
    ("It had nothing to do with your skills.", {}),
]


@pytest.mark.parametrize(("rule", "line", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_nobody_wrote_down_is_refused(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.REFUSE


@pytest.mark.parametrize(("rule", "line", "changes"), WARNED, ids=lambda value: str(value)[:60])
def test_what_is_half_true_is_for_a_person_to_judge(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.WARN


@pytest.mark.parametrize(("line", "changes"), ALLOWED, ids=lambda value: str(value)[:60])
def test_what_is_on_record_passes_in_whatever_words(line: str, changes: dict[str, Any]) -> None:
    about_them = {"claimed-strength", "claimed-interest", "claimed-employer", "claimed-reason"}
    assert about_them.isdisjoint(said_of(line, **changes))


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("We went with someone with more experience.", past(reason=None)),
        ("The role went to somebody else.", past(reason=None)),
        ("The role was filled internally.", past(reason="an internal candidate filled the role")),
        ("We took somebody who was already in Berlin.", past(reason="someone based in Berlin already")),
        ("You were a bit too junior for it then.", past(reason="too junior for the scope")),
    ],
)
def test_other_reasons_on_record_may_be_said_as_well(line: str, changes: dict[str, Any]) -> None:
    assert judged(untrue(good_letter(outcome=line), sarah(**changes))) == {}


def test_the_finding_names_what_may_be_said_instead() -> None:
    refused = untrue(good_letter(extra="I was impressed by your work on payment systems."))
    assert [finding.rule for finding in refused] == ["claimed-strength"]
    assert refused[0].quote == "impressed by your work on payment systems"
    assert refused[0].evidence == ("n-3",)
    assert "background in consumer tech and product strategy" in refused[0].message


def test_a_reason_that_is_not_cleared_is_told_apart_from_one_that_is_wrong() -> None:
    letter, known = good_letter(), past(reason_sayable=False)
    refused = next(each for each in untrue(letter, sarah(**known)) if each.rule == "claimed-reason")
    assert "not cleared" in refused.message
    assert "B2B" not in refused.message
    assert refused.evidence == ("a-7",)


def test_records_in_another_language_than_the_letter_only_make_a_person_look() -> None:
    german = good_letter(extra="Deine Arbeit an Zahlungssystemen hat mich beeindruckt.")
    text = "Hallo Sarah, wir haben im April über die Stelle gesprochen, und es war eine schwere Entscheidung. "
    known = sarah(notes=(STRENGTH,), language="de")
    assert judged(untrue(text + german.sentences[-6].text, known)).get("claimed-strength") in {None, Severity.WARN}
    told = judged(untrue(text + "Deine Arbeit an Zahlungssystemen hat mich beeindruckt.", known))
    assert told["claimed-strength"] is Severity.WARN
