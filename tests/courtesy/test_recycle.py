"""The same role again is refused, unless the letter says truthfully what differs."""

from dataclasses import replace
from datetime import date

import pytest

from rekindle.courtesy.dossier import Approach, OpenRole
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import DIRECTOR, SENIOR_PM, good_letter, sarah
from tests.courtesy.truths import judged, past, untrue

AGAIN = replace(DIRECTOR, title="Senior Product Manager", level="senior", team="Consumer")
IN_GROWTH = replace(AGAIN, team="Growth")


def verdict(role: OpenRole, fit: str, **changes: object) -> Severity | None:
    letter = good_letter(role=f"We are looking for a {role.title}.", fit=fit, process="")
    return judged(untrue(letter, sarah(role=role, **changes))).get("recycled-role")


PLAIN = "You would own a product line from the first customer on, and 0-to-1 products interest you."


def test_the_role_they_were_turned_down_for_is_not_offered_again() -> None:
    assert verdict(AGAIN, PLAIN) is Severity.REFUSE


def test_another_title_with_the_same_kind_level_and_team_is_the_same_role() -> None:
    assert verdict(replace(AGAIN, title="Product Lead"), PLAIN) is Severity.REFUSE
    assert verdict(replace(AGAIN, title="Product Lead", team="Growth"), PLAIN) is None
    assert verdict(replace(AGAIN, title="Product Lead", family="growth"), PLAIN) is None


@pytest.mark.parametrize(
    "fit",
    [
        "This time it is on the Growth team rather than Consumer.",
        "It is a different team this time.",
        "The job is in our Growth team now.",
    ],
)
def test_another_team_makes_it_another_role_if_the_letter_says_so(fit: str) -> None:
    assert verdict(IN_GROWTH, fit) is None
    assert verdict(IN_GROWTH, PLAIN) is Severity.REFUSE


def test_a_team_that_is_the_same_cannot_be_called_different() -> None:
    assert verdict(AGAIN, "It is a different team this time.") is Severity.REFUSE


def test_what_tipped_it_last_time_may_be_gone() -> None:
    assert verdict(AGAIN, "Unlike last time, B2B experience is not needed here.") is None
    needs_it = replace(AGAIN, skills=("B2B sales", "pricing"))
    assert verdict(needs_it, "Unlike last time, B2B experience is not needed here.") is Severity.REFUSE


def test_after_the_time_the_team_has_set_it_may_be_offered_again() -> None:
    old = past(applied_on=date(2025, 3, 2), last_interview_on=date(2025, 4, 20), decided_on=date(2025, 5, 2))
    assert verdict(AGAIN, PLAIN, **old) is None


def test_who_withdrew_was_not_turned_down() -> None:
    assert verdict(AGAIN, PLAIN, **past(outcome="withdrew")) is None


def test_a_role_they_were_written_to_about_is_not_offered_again() -> None:
    asked = Approach(id="o-2", role="Director of Product", family="product", level="director", team="Growth")
    sent = replace(asked, sent_on=date(2026, 2, 3), outcome="no-answer")
    refused = untrue(good_letter(), sarah(approaches=(sent,)))
    assert judged(refused) == {"recycled-role": Severity.REFUSE}
    assert refused[0].evidence == ("o-2", "r-1")
    long_ago = replace(sent, sent_on=date(2024, 2, 3))
    assert judged(untrue(good_letter(), sarah(approaches=(long_ago,)))) == {}


def test_a_role_below_the_last_one_has_to_be_called_so() -> None:
    lower = replace(DIRECTOR, title="Product Owner", level="mid")
    fits = "It is about 0-to-1 products, which you told us you like."
    assert verdict(lower, fits) is Severity.WARN
    assert verdict(lower, f"It is a level lower, but {fits}") is None
    assert verdict(replace(lower, team="Consumer"), "I hope you like it.") is Severity.REFUSE


def test_the_finding_names_both_records() -> None:
    letter = good_letter(role="Our Senior Product Manager role is open again.", fit=PLAIN, process="")
    refused = next(each for each in untrue(letter, sarah(role=AGAIN)) if each.rule == "recycled-role")
    assert refused.evidence == ("a-7", "r-1")
    assert "turned down on 2026-05-02" in refused.message
    assert SENIOR_PM.role in refused.message
