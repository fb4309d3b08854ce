"""The weekly digest on the real engine: once a week, without a candidate's name; and tasks found every morning."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from flows.digest import digest
from flows.housekeeping import housekeeping
from flows.serve import schedules
from rekindle.mail import maildir
from rekindle.store.tasks import Task
from rekindle.wiring import Rekindle
from tests import cast
from tests.flows.conftest import Mails
from tests.journey.tasks.stage import on_linkedin

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("engine")]


def test_each_has_one_a_week_and_who_has_nothing_to_be_told_has_none(
    rekindle: Rekindle, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rekindle.store.writing() as session:
        cast.anne(session), cast.dana(session)
    state = digest(return_state=True)
    assert (state.name, state.message) == ("Sent", "1 nothing to tell, 2 sent")
    assert mails.recipients() == ["ann@acme.example", "ben@acme.example"]
    assert not [mail for mail in maildir.read(rekindle.settings.mailbox.folder) if "Anne" in str(mail.message)]
    monkeypatch.setenv("REKINDLE_NOW", (cast.NOW + timedelta(days=1)).isoformat())
    state = digest(return_state=True)
    assert (state.name, state.message) == ("NothingToSend", "1 nothing to tell, 0 sent, 2 sent this week already")
    assert len(mails.recipients()) == 2


def test_housekeeping_puts_on_lists_what_people_are_to_do(rekindle: Rekindle) -> None:
    with rekindle.store.writing() as session:
        on_linkedin(session)
    housekeeping()
    housekeeping()
    with rekindle.store.reading() as session:
        assert [task.assignee for task in session.scalars(select(Task))] == ["ann@acme.example"]


def test_it_goes_when_the_settings_say(rekindle: Rekindle) -> None:
    assert schedules(rekindle.settings)["digest"].cron == "30 8 * * MON"
