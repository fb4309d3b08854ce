"""docs/courtesy.md tells the truth: every rule has its row, and what stands in a row is so."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from rekindle.courtesy.check import RULE_NAMES
from rekindle.courtesy.dossier import Dossier, KnownNote, WrittenLetter
from rekindle.courtesy.letter import Letter
from states.message import Occasion
from tests.courtesy.people import DIRECTOR, GOOD_EXAMPLE, SENIOR_PM, STRENGTH, found, good_letter, sarah
from tests.courtesy.records import HANDED_OVER

PAGE = (Path(__file__).parents[2] / "docs" / "courtesy.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([a-z-]+)` \| ([a-z, ]+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = {row[1]: row for row in ROW.finditer(PAGE)}


def beside(line: str) -> Letter:
    """Put the line into the honest letter to Sarah."""
    return good_letter(extra=line)


def whole(line: str) -> Letter:
    """Take the line for the whole letter."""
    return Letter(line)


def without_role(line: str) -> Letter:
    return good_letter(role=line, fit="", process="")


def check_in(line: str) -> Letter:
    """Put the line into a few words that ask for nothing."""
    return good_letter(role="", fit="", process="", ask="", out="I hope you are well.", extra=line)


@dataclass(frozen=True)
class Stage:
    """How the lines of a rule are made a letter, and what is on record."""

    bad: Callable[[str], Letter] = beside
    good: Callable[[str], Letter] = beside
    dossier: Dossier = field(default_factory=sarah)


def part(name: str, **others: str) -> Stage:
    """Let the line stand for a part of the letter."""

    def letter(line: str) -> Letter:
        return good_letter(**{name: line}, **others)

    return Stage(letter, letter)


_THEIRS = "Hi Thomas, I thought of you at once when we opened the Director of Product role in our Growth team."
_NOTE = KnownNote(id="n-9", kind="internal", text="rambled in the presentation")
_GREW = KnownNote(id="n-8", kind="background", text="grew the app to 10,000 users", sayable=True)
_SAME = replace(DIRECTOR, title="Senior Product Manager", level="senior")
_EARLY = replace(SENIOR_PM, finalist=False, last_stage="phone screen")
_FIRST = WrittenLetter(id="m-4", text=GOOD_EXAMPLE, sent_on=date(2026, 11, 10))
_REMINDED = sarah(occasion=Occasion.FOLLOW_UP, first_letter=_FIRST)
_CHECKED_ON = sarah(occasion=Occasion.CHECK_IN, role=None)
_TURNED_DOWN = sarah(occasion=Occasion.REJECTION, role=None)
#: Rules whose lines are not simply put into the letter.
STAGES: Mapping[str, Stage] = {
    "not-a-letter": Stage(whole, whole),
    "language": Stage(whole, whole),
    "names-the-role": Stage(without_role, without_role),
    "easy-out": part("ask", out=""),
    "greeting": part("greeting"),
    "wrong-name": part("greeting"),
    "signature": part("signature"),
    "handover": Stage(dossier=HANDED_OVER),
    "subject": part("subject"),
    "length": Stage(whole, beside),
    "leak": Stage(dossier=sarah(notes=(STRENGTH, _NOTE))),
    "likeness": Stage(whole, whole, sarah(other_letters=(WrittenLetter(id="m-1", text=_THEIRS),))),
    # What the letter claims.
    "remembers-when": part("past", gap=""),
    "remembers-role": part("past"),
    "gives-reason": part("outcome"),
    "names-the-outcome": part("outcome"),
    "outcome-early": Stage(part("extra", outcome="").bad, part("outcome").good),
    "says-the-gap": part("gap", past="you were a finalist for the Senior Product Manager role."),
    "unanswered-rejection": Stage(dossier=sarah(applications=(replace(SENIOR_PM, rejection="none"),))),
    "presumed-goodbye": Stage(dossier=sarah(applications=(replace(SENIOR_PM, rejection="generic"),), contacts=())),
    "says-why-them": part("strength"),
    "says-what-is-different": part("fit", past="we spoke in April about the Senior Product Manager role."),
    "recycled-role": replace(part("role", fit="", process=""), dossier=sarah(role=_SAME)),
    "claimed-touch": Stage(dossier=sarah(contacts=())),
    "claimed-mind": Stage(dossier=sarah(contacts=())),
    "claimed-figure": Stage(dossier=sarah(notes=(STRENGTH, _GREW))),
    "claimed-standing": replace(part("outcome"), dossier=sarah(applications=(_EARLY,))),
    "follow-up-refers": Stage(whole, whole, _REMINDED),
    "asks-for-nothing": Stage(check_in, check_in, _CHECKED_ON),
    "pitches-nothing": Stage(check_in, check_in, _CHECKED_ON),
    "thanks": Stage(whole, whole, _TURNED_DOWN),
    "says-the-decision": Stage(whole, whole, _TURNED_DOWN),
    "false-hope": Stage(whole, whole, _TURNED_DOWN),
    "keepable-promise": Stage(whole, whole, _TURNED_DOWN),
}


def test_every_rule_has_its_row_and_every_row_its_rule() -> None:
    assert sorted(ROWS) == sorted(RULE_NAMES)
    assert len(ROWS) == PAGE.count("\n| `") - PAGE.partition("## Tune it")[2].count("\n| `")


@pytest.mark.parametrize("rule", ROWS)
def test_the_bad_line_of_a_row_is_found_as_gravely_as_told(rule: str) -> None:
    _, severities, _, bad, _ = ROWS[rule].groups()
    stage = STAGES.get(rule, Stage())
    findings = [finding for finding in found(stage.bad(bad), stage.dossier) if finding.rule == rule]
    assert findings
    assert {finding.severity.value for finding in findings} <= set(severities.split(", "))
    # A row that says refuse shows a line that is.
    assert ("refuse" in severities) is any(finding.severity == "refuse" for finding in findings)


@pytest.mark.parametrize("rule", ROWS)
def test_the_good_line_of_a_row_is_not(rule: str) -> None:
    good, stage = ROWS[rule][5], STAGES.get(rule, Stage())
    assert [finding for finding in found(stage.good(good), stage.dossier) if finding.rule == rule] == []


@pytest.mark.parametrize("rule", ROWS)
def test_what_a_rule_asks_is_a_question(rule: str) -> None:
    assert "?" in ROWS[rule][3]
