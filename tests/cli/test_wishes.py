"""What a candidate wants to hear of, from the command line to the guards."""

import pytest

from rekindle.store.engine import Store
from rekindle.store.facts import facts_of
from states.guards import may_be_approached, may_be_invited, may_be_updated
from tests.cast import LIMITS, NOW, anne
from tests.cli.calling import Command


@pytest.fixture(autouse=True)
def somebody(store: Store) -> None:
    with store.writing() as session:
        anne(session)


def against(store: Store) -> list[str]:
    with store.reading() as session:
        facts = facts_of(session, [1], NOW, LIMITS)[1]
    asked = {"updates": may_be_updated, "events": may_be_invited, "openings": may_be_approached}
    return [name for name, ask in asked.items() if ask(facts)]


def test_without_options_it_says_what_holds(command: Command) -> None:
    assert command("candidates", "wishes", "c-1").out == "c-1 wants to hear of updates, events, openings.\n"


def test_what_is_not_wanted_does_not_come_and_the_rest_does(command: Command, store: Store) -> None:
    told = command("candidates", "wishes", "c-1", "--no-updates", "--no-events", "--at-most", "4")
    assert told.out == "c-1 wants to hear of openings, at most 4 mails a year.\n"
    assert against(store) == ["updates", "events"]


def test_quiet_is_quiet_until_that_day(command: Command, store: Store) -> None:
    told = command("candidates", "wishes", "c-1", "--quiet-until", "2027-03-01")
    assert told.out == "c-1 wants to hear of updates, events, openings, nothing before 2027-03-01.\n"
    assert against(store) == ["updates", "events", "openings"]


def test_wishes_can_be_forgotten(command: Command, store: Store) -> None:
    command("candidates", "wishes", "c-1", "--no-openings", "--at-most", "0", "--quiet-until", "2027-03-01")
    assert (
        command("candidates", "wishes", "c-1", "--default").out == "c-1 wants to hear of updates, events, openings.\n"
    )
    assert against(store) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--at-most", "53"), "at most 0 to 52 mails a year"),
        (("--quiet-until", "2026-10-13"), "must be to come"),
        (("--no-updates", "--default"), "not both"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(
    command: Command, store: Store, given: tuple[str, ...], said: str
) -> None:
    told = command("candidates", "wishes", "c-1", *given)
    assert told.code == 2
    assert said in told.err
    assert against(store) == []


def test_the_candidates_page_tells_the_wishes(command: Command) -> None:
    command("candidates", "wishes", "c-1", "--no-events")
    assert "wants to hear of updates, openings" in command("candidates", "show", "c-1").out
