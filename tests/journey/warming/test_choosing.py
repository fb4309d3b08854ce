"""May somebody get a check-in today? The pure part, which a forecast asks as well."""

from dataclasses import replace
from datetime import date

import pytest

from rekindle.journey.warming.choosing import Shares, against
from rekindle.journey.warming.readiness import Interval
from states.facts import Basis, Facts
from tests.cast import NOW

TEAM = Interval(120, 180)
FINE = Facts(
    now=NOW,
    withdrew=False,
    with_us=False,
    has_address=True,
    opted_out=False,
    unreachable=False,
    basis=Basis.LEGITIMATE_INTEREST,
    snoozed_until=None,
    budget_free=True,
    letter_waits=False,
    wants_updates=True,
)
LONG_AGO = date(2026, 5, 2)


def codes(facts: Facts = FINE, last: date | None = LONG_AGO, *, outreach_open: bool = False) -> list[str]:
    return [each.code for each in against(facts, last, TEAM, outreach_open=outreach_open)]


def test_nothing_speaks_against_somebody_nobody_was_in_touch_with_for_long() -> None:
    assert codes() == []


@pytest.mark.parametrize(("last", "due"), [(date(2026, 6, 15), True), (date(2026, 6, 16), False), (None, False)])
def test_it_is_due_on_the_day_the_interval_is_over(last: date | None, *, due: bool) -> None:
    assert codes(last=last) == ([] if due else ["is_due_a_word"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"opted_out": True}, "is_contactable"),
        ({"basis": Basis.UNKNOWN}, "basis_is_known"),
        ({"snoozed_until": date(2027, 1, 1)}, "is_not_snoozed"),
        ({"letter_waits": True}, "no_letter_comes_first"),
        ({"budget_free": False}, "budget_allows"),
        ({"wants_updates": False}, "wants_words_between"),
        ({"with_us": True}, "is_not_with_us"),
    ],
)
def test_one_thing_that_speaks_against_it_is_named(change: dict[str, object], code: str) -> None:
    assert codes(replace(FINE, **change)) == [code]  # type: ignore[arg-type] # one field of each kind


def test_who_wants_invitations_may_be_asked_how_they_are() -> None:
    assert codes(replace(FINE, wants_updates=False, wants_events=True)) == []


def test_a_letter_about_a_role_comes_first() -> None:
    assert codes(outreach_open=True) == ["no_other_outreach"]


def test_everybody_who_writes_has_a_share_of_their_own() -> None:
    shares = Shares.after(2, {"ann": 1})
    assert shares.has_room("ann")
    shares.give("ann")
    assert (shares.has_room("ann"), shares.has_room("ben")) == (False, True)
