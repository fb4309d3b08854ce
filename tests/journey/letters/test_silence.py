"""What a letter owns up to is read from the ledger: how long it has been, and how they were told."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rekindle.courtesy.dossier import Contact
from rekindle.journey.letters.silence import Gap, Silence, is_personal, silence
from tests.courtesy.people import CALL, SENIOR_PM, TODAY, sarah


def ago(days: int, channel: str = "call", direction: str = "out", programme: str | None = None) -> Contact:
    day = TODAY - timedelta(days)
    return Contact(id=f"t-{days}", on=day, channel=channel, direction=direction, programme=programme)


def gaps(*contacts: Contact, **before: Any) -> tuple[Gap, ...]:
    return silence(sarah(contacts=contacts), replace(SENIOR_PM, **before), 90).gaps


def test_the_days_are_counted_from_the_newest_record() -> None:
    assert silence(sarah(), SENIOR_PM, 90) == Silence((TODAY - CALL.on).days, (Gap.LONG,), ("a-7", "t-9"))
    assert silence(sarah(contacts=()), SENIOR_PM, 90).days == (TODAY - date(2026, 5, 2)).days


@pytest.mark.parametrize(("days", "expected"), [(90, ()), (91, (Gap.LONG,))])
def test_a_silence_is_owned_up_to_when_it_is_longer_than_the_limit(days: int, expected: tuple[Gap, ...]) -> None:
    assert gaps(ago(days)) == expected


def test_mail_to_many_is_no_contact_and_is_named_as_what_it_is() -> None:
    assert gaps(ago(20, "email", programme="quarterly-update"), ago(200)) == (Gap.ONLY_UPDATES,)
    assert gaps(ago(200), ago(215, "email", programme="quarterly-update")) == (Gap.LONG,)


def test_a_letter_about_another_role_is_personal() -> None:
    assert is_personal(ago(20, programme="re-engagement"))
    assert gaps(ago(20, "email", programme="re-engagement")) == ()


def test_whoever_was_never_told_reads_that_first_however_recent_the_contact() -> None:
    assert gaps(ago(5), rejection="none") == (Gap.NEVER_TOLD,)
    assert gaps(ago(200), rejection="none") == (Gap.NEVER_TOLD, Gap.LONG)


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ((), (Gap.GENERIC, Gap.LONG)),
        ((ago(20),), (Gap.GENERIC,)),
        ((ago(20, "email", programme="quarterly-update"),), (Gap.GENERIC, Gap.ONLY_UPDATES)),
    ],
)
def test_a_standard_message_is_owned_up_to(contacts: tuple[Contact, ...], expected: tuple[Gap, ...]) -> None:
    assert gaps(*contacts, rejection="generic") == expected


@pytest.mark.parametrize(
    ("told", "expected"), [("personal", ()), ("generic", (Gap.GENERIC,)), ("none", (Gap.NEVER_TOLD, Gap.LONG))]
)
def test_who_was_told_heard_from_us_on_that_day(told: str, expected: tuple[Gap, ...]) -> None:
    lately = {"last_interview_on": TODAY - timedelta(100), "decided_on": TODAY - timedelta(80)}
    assert gaps(rejection=told, **lately) == expected


def test_how_they_were_told_is_not_guessed() -> None:
    assert gaps(ago(20), rejection=None) == ()


def test_without_a_single_date_it_counts_as_long() -> None:
    nothing: dict[str, Any] = {"applied_on": None, "last_interview_on": None, "decided_on": None}
    assert silence(sarah(contacts=()), replace(SENIOR_PM, **nothing), 90) == Silence(None, (Gap.LONG,), ("a-7",))
