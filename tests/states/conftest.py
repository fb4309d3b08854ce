"""One candidate for whom every move would be allowed; a test takes one fact away."""

from datetime import UTC, date, datetime

import pytest

from states.facts import Basis, Facts


@pytest.fixture(scope="session")
def ideal() -> Facts:
    return Facts(
        now=datetime(2026, 10, 13, 8, 0, tzinfo=UTC),
        runner_up=True,
        withdrew=False,
        with_us=False,
        decided_on=date(2026, 5, 2),
        has_address=True,
        opted_out=False,
        unreachable=False,
        basis=Basis.CONSENT,
        consent_until=date(2028, 3, 2),
        snoozed_until=None,
        role_open=True,
        courtesy_clean=True,
        budget_free=True,
        letter_waits=False,
        wants_updates=True,
        wants_events=True,
        wants_openings=True,
        due_a_word=True,
        other_outreach_live=False,
        message_accepted=True,
        turned_down_before=True,
        spoken_since=True,
        answered=False,
        reply_window_over=True,
        candidate_said_yes=True,
        candidate_asked_back=True,
    )
