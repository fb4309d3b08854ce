"""What a letter says of level, team, process and offer, compared with the open role and with the past one."""

from dataclasses import replace
from typing import Any

import pytest

from rekindle.courtesy.dossier import OpenRole, Step
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import DIRECTOR, good_letter, sarah
from tests.courtesy.truths import judged, past, said_of, untrue


def role(**changes: Any) -> dict[str, OpenRole]:
    return {"role": replace(DIRECTOR, **changes)}


FULL = role(process_kind="full")
LEAD = role(level="senior", title="Product Lead")
WITH_TASK = role(steps=(*DIRECTOR.steps, Step(name="Take-home exercise", minutes=120)))

REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-level", "It is a step up.", LEAD),
    ("claimed-level", "It is more senior than last time.", role(level="mid")),
    ("claimed-level", "It's a promotion compared with the role you interviewed for.", LEAD),
    ("claimed-level", "It is one rung above the last one.", role(level="mid", title="Product Owner")),
    ("claimed-level", "It carries more responsibility and seniority.", LEAD),
    ("claimed-level", "It would be the same level.", {}),
    ("claimed-level", "It is a more junior role than the last one.", {}),
    ("claimed-level", "The Staff role is open now.", {}),
    ("claimed-level", "We have a Principal Product position for you.", {}),
    ("claimed-level", "You'd join at principal level.", {}),
    ("claimed-level", "You interviewed for our Director position in April.", {}),
    ("claimed-level", "You went for our Staff Product position last time.", {}),
    (
        "claimed-level",
        "The Staff Engineer role is open.",
        role(title="Lead Engineer", level="lead", family="engineering"),
    ),
    ("claimed-team", "This time it is a different team.", role(team="Consumer")),
    ("claimed-team", "It is the same team as last time.", {}),
    ("claimed-team", "This role is on the Payments team.", {}),
    ("claimed-team", "The position is in our Platform group.", {}),
    ("claimed-team", "You would join the Security team.", {}),
    ("claimed-team", "This role is on the Growth team rather than infrastructure.", {}),
    ("claimed-hours", "The process takes about an hour in total.", {}),
    ("claimed-hours", "Altogether you would spend three hours with us.", {}),
    ("claimed-hours", "The interviews take 30 minutes in all.", {}),
    ("claimed-hours", "The whole process is under an hour and a half.", {}),
    ("claimed-hours", "The process takes at most 60 minutes altogether.", {}),
    ("claimed-hours", "All in all it is over two hours.", {}),
    ("claimed-hours", "It takes half a day in total.", {}),
    ("claimed-hours", "You'd spend ten hours interviewing.", {}),
    ("claimed-hours", "The two conversations last 30 minutes each.", {}),
    ("claimed-hours", "45 minutes in total is all we would ask.", {}),
    ("claimed-steps", "There are three steps left.", {}),
    ("claimed-steps", "It is just one conversation.", {}),
    ("claimed-steps", "We'd only need a single interview.", {}),
    ("claimed-steps", "The process has four rounds.", {}),
    ("claimed-steps", "The process is five interviews long.", {}),
    ("claimed-steps", "There would be no interviews at all.", {}),
    ("claimed-steps", "Without any further interviews you could start.", {}),
    ("claimed-steps", "The process ends with a take-home.", {}),
    ("claimed-steps", "You would do a coding test.", {}),
    ("claimed-steps", "There is no product deep-dive this time.", {}),
    ("claimed-steps", "There is no take-home exercise this time.", WITH_TASK),
    ("claimed-shortcut", "We would fast-track you.", FULL),
    ("claimed-shortcut", "You could skip the first interviews.", FULL),
    ("claimed-shortcut", "You would not need to go through everything again.", FULL),
    ("claimed-shortcut", "We'd streamline the process for you.", FULL),
    ("claimed-shortcut", "You would get priority treatment.", FULL),
    ("claimed-shortcut", "You'd go straight to the final round.", FULL),
    ("claimed-shortcut", "We would waive the first interviews for you.", FULL),
    ("claimed-shortcut", "There will be fewer interviews this time.", FULL),
    ("claimed-shortcut", "It is an accelerated process.", FULL),
    ("claimed-shortcut", "You would go through the full process.", {}),
    ("claimed-shortcut", "You will have to do all the usual steps again.", {}),
    ("claimed-offer", "You are guaranteed an interview.", {}),
    ("claimed-offer", "The job is yours if you want it.", {}),
    ("claimed-offer", "You are sure to get the job.", {}),
    ("claimed-offer", "It would be a formality.", {}),
    ("claimed-offer", "It pays €90k.", {}),
    ("claimed-offer", "The role is fully remote.", {}),
    ("claimed-offer", "It comes with a signing bonus.", {}),
    ("claimed-offer", "Everybody there has a four-day week.", {}),
    ("claimed-offer", "The salary is 95,000 euros.", {}),
]

WARNED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-level", "It is a step up.", past(level=None)),
    ("claimed-hours", "There is a 70-minute product deep-dive.", {}),
    ("claimed-steps", "A panel interview would follow.", {}),
    ("claimed-speed", "We could move quickly.", {}),
    ("claimed-speed", "We can decide within a week.", {}),
    ("claimed-offer", "We offer equity.", {}),
    ("claimed-offer", "We pay for your relocation costs.", {}),
]

ALLOWED: list[tuple[str, dict[str, Any]]] = [
    ("It is one level up from the last role.", {}),
    ("It is a bigger role than the one you interviewed for.", {}),
    ("As a Director you would be more senior than in the last role.", {}),
    ("I know it is a big step.", LEAD),
    ("You told us that you wanted a step up from 0-to-1 products.", LEAD),
    ("The Director role is open now.", {}),
    ("You were interviewing for the Senior PM role.", {}),
    ("Senior engineers from two teams would work with you.", {}),
    ("It reports to our VP of Product.", {}),
    ("The hiring manager is Ben Okafor.", {}),
    ("It is on a different team.", {}),
    ("The role sits in the Growth team rather than in Consumer.", {}),
    ("You would work closely with the design team.", {}),
    ("The whole team is in Berlin.", {}),
    ("The process takes 105 minutes in total.", {}),
    ("The process takes just under two hours in total.", {}),
    ("All in all that is about two hours.", {}),
    ("That makes less than two hours altogether.", {}),
    ("In all it is an hour and three quarters of your time.", {}),
    ("It is 1 hour 45 minutes in total.", {}),
    ("The process takes one to two hours.", {}),
    ("All told it is over an hour and a half.", {}),
    ("The first step is 45 minutes with the hiring manager, the second an hour for the product deep-dive.", {}),
    ("Two steps remain.", {}),
    ("There are only two steps left.", {}),
    ("It begins with a conversation with the hiring manager.", {}),
    ("We'd keep it to a conversation with the hiring manager and a product deep-dive.", {}),
    ("There are two conversations and a take-home exercise.", WITH_TASK),
    ("There are three steps.", WITH_TASK),
    ("There is no take-home exercise.", {}),
    ("You already went through five interviews, so there is no need to repeat them.", {}),
    ("You spent many hours with us last time.", {}),
    ("You gave us six hours in spring.", {}),
    ("In case you wonder: I would answer within 24 hours.", {}),
    ("Would you have fifteen minutes for a chat next week?", {}),
    ("A 20-minute call would be enough to start with.", {}),
    ("You would not have to start from scratch.", {}),
    ("We'd skip the first interviews, since you have already met several people here.", {}),
    ("I can't offer you a shortcut, it is the whole process again.", FULL),
    ("We can't fast-track anybody.", FULL),
    ("There is no fast track.", FULL),
    ("Ben has promised to decide within a week.", {}),
    ("I'll make sure we move quickly.", {}),
    ("I can't guarantee you an offer.", {}),
    ("There are no guarantees, of course.", {}),
    ("Are you still looking for something remote?", {}),
    ("The role is remote.", role(location="Berlin or remote")),
    ("It pays 95,000 euros.", role(whats_in_it="95,000 euros a year and a product line of your own")),
]


@pytest.mark.parametrize(("rule", "line", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_is_not_so_is_refused(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.REFUSE


@pytest.mark.parametrize(("rule", "line", "changes"), WARNED, ids=lambda value: str(value)[:60])
def test_what_nobody_can_tell_from_the_records_is_for_a_person(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.WARN


@pytest.mark.parametrize(("line", "changes"), ALLOWED, ids=lambda value: str(value)[:60])
def test_what_is_so_passes(line: str, changes: dict[str, Any]) -> None:
    before = set(said_of("", **changes))
    assert set(said_of(line, **changes)) - before == set()


@pytest.mark.parametrize(
    ("minutes", "words", "is_true"),
    [
        (60, "an hour", True),
        (60, "half an hour", False),
        (90, "an hour and a half", True),
        (90, "about two hours", False),
        (90, "under two hours", True),
        (120, "two hours", True),
        (120, "less than two hours", False),
        (150, "two and a half hours", True),
        (150, "two to three hours", True),
        (150, "over two hours", True),
        (180, "3 hours", True),
        (180, "3h", True),
        (180, "at least four hours", False),
        (240, "half a day", True),
        (600, "10 hours", True),
        (600, "two hours", False),
    ],
)
def test_hours_are_rounded_honestly(minutes: int, words: str, *, is_true: bool) -> None:
    known = role(steps=(Step(name="Everything", minutes=minutes),))
    findings = untrue(good_letter(process=f"The process takes {words} in total."), sarah(**known))
    assert ("claimed-hours" not in judged(findings)) is is_true


def test_the_finding_says_how_long_it_takes() -> None:
    refused = untrue(good_letter(extra="The process takes an hour in total."))
    assert [finding.rule for finding in refused] == ["claimed-hours"]
    assert (
        "1 h 45 min in all (Conversation with the hiring manager 45 min, Product deep-dive 60 min)"
        in refused[0].message
    )
    assert refused[0].evidence == ("r-1",)


def test_a_team_that_is_not_on_record_is_for_a_person_to_know() -> None:
    told = "we spoke in April about the Senior Product Manager role."
    letter = good_letter(past=told, extra="It is a different team.")
    assert judged(untrue(letter, sarah(**past(team=None)))) == {"claimed-team": Severity.WARN}


def test_a_letter_without_a_role_is_asked_nothing_about_one() -> None:
    assert {"claimed-level", "claimed-hours", "claimed-steps"}.isdisjoint(said_of("It is a step up.", role=None))
