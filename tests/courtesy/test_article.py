"""The article's own letter, its snippets, and each with one fact of the record changed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote, OpenRole, Step
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import CALL, DIRECTOR, GOOD_EXAMPLE, SENIOR_PM, STRENGTH, good_letter, sarah
from tests.courtesy.truths import judged, noted, past, untrue

OTHER_STRENGTH = replace(STRENGTH, text="negotiates with suppliers")


def test_the_good_example_is_true_of_its_records() -> None:
    assert untrue(GOOD_EXAMPLE) == ()


#: What is changed -> the records, and the rules that refuse the good example then.
ONE_FACT: dict[str, tuple[dict[str, Any], set[str]]] = {
    "not a finalist": (past(finalist=False, last_stage="phone screen"), {"claimed-standing"}),
    "another reason": (past(reason="someone who lives in Lisbon"), {"claimed-reason", "gives-reason"}),
    "a reason that may not be said": (past(reason_sayable=False), {"claimed-reason"}),
    "no reason": (past(reason=None), {"claimed-reason"}),
    "another year": (
        past(applied_on=date(2025, 9, 1), last_interview_on=date(2025, 10, 6), decided_on=date(2025, 10, 20))
        | {"contacts": (replace(CALL, on=date(2025, 12, 10)),)},
        {"claimed-time", "says-the-gap"},
    ),
    "another role": (past(role="Data Analyst", family="data"), {"remembers-role"}),
    "another strength": (
        {"notes": (OTHER_STRENGTH,), "skills": ("contracts",)},
        {"claimed-strength"},
    ),
    "a strength that may not be said": (
        {"notes": (replace(STRENGTH, sayable=False),), "skills": ("contracts",)},
        {"claimed-strength"},
    ),
    "never told": (past(rejection="none"), {"unanswered-rejection"}),
    "no application at all": (
        {"applications": ()},
        {"claimed-standing", "remembers-role"},
    ),
}


@pytest.mark.parametrize("what", ONE_FACT)
def test_the_good_example_is_refused_once_one_fact_is_another(what: str) -> None:
    changes, rules = ONE_FACT[what]
    refused = {
        rule for rule, severity in judged(untrue(GOOD_EXAMPLE, sarah(**changes))).items() if severity == "refuse"
    }
    assert rules <= refused


#: The letter in parts claims more: the call, the level, the team, the process.
MORE_FACTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "no call": ({"contacts": ()}, {"claimed-contact"}),
    "the call was in autumn": ({"contacts": (replace(CALL, on=date(2026, 9, 10)),)}, {"claimed-contact"}),
    "a mail instead of the call": ({"contacts": (replace(CALL, channel="email"),)}, {"claimed-contact"}),
    "the same level": ({"role": replace(DIRECTOR, level="senior")}, {"claimed-level"}),
    "a lower level": ({"role": replace(DIRECTOR, level="mid")}, {"claimed-level"}),
    "another team now": ({"role": replace(DIRECTOR, team="Payments")}, {"claimed-team"}),
    "another team then": (past(team="Checkout"), {"claimed-team"}),
    "a longer process": (
        {"role": replace(DIRECTOR, steps=(*DIRECTOR.steps, Step(name="Panel", minutes=90)))},
        {"claimed-hours", "claimed-steps"},
    ),
    "shorter talks": (
        {"role": replace(DIRECTOR, steps=(Step(name="Talk", minutes=20), Step(name="Deep-dive", minutes=20)))},
        {"claimed-hours"},
    ),
    "one step": ({"role": replace(DIRECTOR, steps=(Step(name="Everything", minutes=105),))}, {"claimed-steps"}),
    "no such interest": (
        {"interests": ("machine learning",), "notes": (replace(STRENGTH, text="background in consumer tech"),)},
        {"claimed-interest"},
    ),
    "not a finalist": (past(finalist=False, last_stage="phone screen"), {"claimed-standing"}),
    "in April of another year": (
        past(applied_on=date(2024, 3, 2), last_interview_on=date(2024, 4, 20), decided_on=date(2024, 5, 2)),
        {"claimed-time"},
    ),
}


@pytest.mark.parametrize("what", MORE_FACTS)
def test_the_letter_in_parts_is_refused_once_one_fact_is_another(what: str) -> None:
    changes, rules = MORE_FACTS[what]
    refused = {
        rule for rule, severity in judged(untrue(good_letter(), sarah(**changes))).items() if severity == "refuse"
    }
    assert rules <= refused


# The snippets, each in a fitting letter with its facts on record.

ENGINEER = Candidacy(
    id="a-7",
    role="Senior Engineer",
    family="engineering",
    level="senior",
    team="Product",
    last_stage="final",
    finalist=True,
    applied_on=date(2026, 3, 2),
    last_interview_on=date(2026, 4, 20),
    decided_on=date(2026, 5, 2),
    reason="someone with more B2B experience",
    reason_sayable=True,
    rejection="personal",
)
STAFF = OpenRole(
    id="r-2",
    slug="staff-engineer",
    title="Staff Engineer",
    family="engineering",
    level="staff",
    team="Infrastructure",
    skills=("distributed systems",),
    hiring_manager_name="Ben Okafor",
    process_kind="streamlined",
    process_because="you have already met several people here",
    steps=(Step(name="Conversation with the hiring manager", minutes=60), Step(name="Technical deep-dive", minutes=60)),
)
_ENGINEERING: dict[str, Any] = {
    "past": "we spoke last spring about the Senior Engineer role.",
    "outcome": "In the end we went with someone with more B2B experience.",
    "strength": "Your technical depth impressed us.",
    "role": "I am writing because we are looking for a Staff Engineer.",
    "process": "",
}


def engineer(**changes: Any) -> Dossier:
    depth = KnownNote(id="n-4", kind="strength", text="technical depth in distributed systems", sayable=True)
    known = sarah(applications=(ENGINEER,), role=STAFF, notes=(depth,), interests=("infrastructure",), skills=("Go",))
    return replace(known, **changes)


_KEPT = (
    "I know we weren't able to move forward last time, but you were a strong candidate and I've been keeping you in "
    "mind for other opportunities."
)
_STREAMLINED = (
    "Since you've already met with several people here and we know your work, we'd streamline the process to just a "
    "conversation with the hiring manager and a technical deep-dive."
)
_QUICKLY = (
    "You'd still meet with the team since this is a different role, but we could definitely move quickly since you "
    "already know our company. Ben Okafor, who is hiring, has promised that."
)
_INFRA = (
    "This role is on the infrastructure team rather than product engineering, and based on our previous conversations "
    "about your interests, I thought it might be more compelling."
)
_STAFF = (
    "You were a finalist for our Senior Engineer role, but this is a Staff Engineer position that I think better "
    "matches your technical depth."
)
_GROWTH = "This role focuses more on growth-stage strategy, which aligns perfectly with your experience at Company X."


def test_keeping_in_mind_needs_a_sign_of_it() -> None:
    assert untrue(good_letter(extra=_KEPT)) == ()
    alone = sarah(contacts=())
    assert judged(untrue(good_letter(extra=_KEPT, gap="It has been a while."), alone)) == {
        "claimed-mind": Severity.REFUSE
    }


def test_it_has_been_a_while() -> None:
    gap = "It's been a while since we connected - I wanted to reach out because we have a new role."
    assert untrue(good_letter(gap=gap)) == ()


def test_an_employer_has_to_be_on_record() -> None:
    assert untrue(good_letter(fit=_GROWTH), sarah(**noted("background", "scaled growth strategy at Company X"))) == ()
    assert judged(untrue(good_letter(fit=_GROWTH)))["claimed-employer"] is Severity.REFUSE


def test_a_higher_level_has_to_be_higher() -> None:
    assert untrue(good_letter(**_ENGINEERING, fit=_STAFF), engineer()) == ()
    lead = replace(STAFF, title="Lead Engineer", level="lead")
    assert (
        judged(untrue(good_letter(**_ENGINEERING, fit=_STAFF), engineer(role=lead)))["claimed-level"] is Severity.REFUSE
    )


def test_another_team_has_to_be_another() -> None:
    assert untrue(good_letter(**_ENGINEERING, fit=_INFRA), engineer()) == ()
    same = engineer(role=replace(STAFF, team="Product"))
    assert judged(untrue(good_letter(**_ENGINEERING, fit=_INFRA), same))["claimed-team"] is Severity.REFUSE
    untold = engineer(interests=(), contacts=())
    letter = good_letter(**_ENGINEERING | {"gap": "It has been a while."}, fit=_INFRA)
    assert judged(untrue(letter, untold))["claimed-interest"] is Severity.REFUSE


def test_a_streamlined_process_has_to_be_one() -> None:
    letter = good_letter(**_ENGINEERING | {"process": _STREAMLINED}, fit=_STAFF)
    assert untrue(letter, engineer()) == ()
    full = engineer(role=replace(STAFF, process_kind="full"))
    assert judged(untrue(letter, full)) == {"claimed-shortcut": Severity.REFUSE}
    longer = engineer(role=replace(STAFF, steps=(*STAFF.steps, Step(name="Panel with the board", minutes=60))))
    assert judged(untrue(letter, longer)) == {"claimed-steps": Severity.REFUSE}


def test_moving_quickly_needs_somebody_who_stands_by_it() -> None:
    full = engineer(role=replace(STAFF, process_kind="full"))
    letter = good_letter(**_ENGINEERING | {"process": _QUICKLY}, fit=_STAFF)
    assert untrue(letter, full) == ()
    nobody = good_letter(**_ENGINEERING | {"process": _QUICKLY.partition(" Ben")[0]}, fit=_STAFF)
    assert judged(untrue(nobody, full)) == {"claimed-speed": Severity.WARN}


def test_staying_in_touch_is_only_claimed_of_contact_that_was() -> None:
    letter = good_letter(extra="I am glad that we have stayed in touch.")
    reply = Contact(id="t-12", on=date(2026, 10, 20), channel="reply", direction="in")
    assert untrue(letter, sarah(contacts=(reply, CALL))) == ()
    assert judged(untrue(letter, sarah(contacts=(CALL,)))) == {"claimed-touch": Severity.REFUSE}


def test_the_record_of_the_article_is_the_one_tested_here() -> None:
    assert (SENIOR_PM.last_interview_on, CALL.on) == (date(2026, 4, 20), date(2026, 6, 10))
