"""What a digest tells one colleague: what is theirs, by ids and roles only, and nothing when there is nothing."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from rekindle.journey.approvals import approval
from rekindle.journey.approvals.approval import Ask
from rekindle.journey.tasks.gathering import LONGEST, gather, team_of
from rekindle.journey.tasks.readers import Reader
from rekindle.mail.catalogue import WeeklyDigest
from rekindle.store.approvals import ApprovalKind
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.tasks import Digest, TaskKind
from states.candidate import CandidateState
from tests.cast import NOW, anne, stored
from tests.journey.letters.route import ask as ask_about
from tests.journey.letters.stage import STANDARDS, drafted, role, sarah
from tests.journey.stage import change
from tests.journey.tasks.stage import ANN, BEN, DAY, TODAY, ZOE, a_task, in_touch

ROLES = {ANN: frozenset({"lead", "recruiter"}), BEN: frozenset({"recruiter"})}
ROLE = "Senior Product Manager"


def told(store: Store, reader: str = ANN, stands_in_for: tuple[str, ...] = ()) -> WeeklyDigest | None:
    whole = Reader(reader, tuple((who, TODAY + 9 * DAY) for who in stands_in_for))
    with store.reading() as session:
        return gather(session, whole, team_of(session, ROLES, STANDARDS), NOW, TODAY)


def must(store: Store, reader: str = ANN, stands_in_for: tuple[str, ...] = ()) -> WeeklyDigest:
    found = told(store, reader, stands_in_for)
    assert found is not None
    return found


def warm(store: Store, name: str = "Anne", quiet: int = 1, **changes: Any) -> int:
    """Store somebody with whom we were in touch so many days ago."""
    with store.writing() as session:
        return stored(session, name, last_contact_on=TODAY - timedelta(days=quiet), **changes).id


def question(store: Store, assignee: str | None = ANN, deciders: tuple[str, ...] = ("lead",), **more: Any) -> int:
    what = Ask(ApprovalKind.EDITION, "Send the update of 2026-Q4?", "d" * 64, {}, assignee=assignee, **more)
    with store.writing() as session:
        return approval.ask(session, what, by="rekindle", deciders=deciders, now=NOW, due=7 * DAY).id


# Nothing, or something.


def test_when_nothing_waits_and_nobody_goes_cold_there_is_nothing_to_tell(store: Store) -> None:
    warm(store)
    warm(store, "Cold", quiet=500)
    assert told(store) is None


# What waits.


def test_what_waits_for_a_decision_is_told_to_whoever_it_is_meant_for(store: Store) -> None:
    mine, anybodys = question(store), question(store, None, ("recruiter",))
    assert [line[0] for line in must(store).approvals] == [mine, anybodys]
    assert must(store, BEN).approvals == ((anybodys, "Send the update of 2026-Q4?", "2026-10-20 08:00 UTC"),)


def test_what_somebody_wrote_and_may_not_approve_is_not_told_to_them(store: Store) -> None:
    question(store, barred=ANN)
    assert told(store) is None


def test_tasks_of_the_week_are_told_with_what_is_overdue_first(store: Store) -> None:
    owner = warm(store)
    due: tuple[dict[str, Any], ...] = (
        {"due_on": TODAY + 6 * DAY, "kind": TaskKind.REPLY},
        {"due_on": TODAY + 7 * DAY},
        {"due_on": TODAY - DAY},
        {"due_on": TODAY, "kind": TaskKind.LINKEDIN_CONNECT},
        {"snoozed_until": TODAY + 30 * DAY},
        {"assignee": BEN},
        {"done_at": NOW, "done_by": ANN},
    )
    with store.writing() as session:
        for number, changes in enumerate(due):
            a_task(session, owner, key=f"call:a-{number}", **changes)
    assert must(store).tasks == (
        (3, f"Call c-1 ({ROLE}): a second no is told in person first", f"overdue since {TODAY - DAY}"),
        (4, f"Ask c-1 ({ROLE}) on LinkedIn to connect", "due today"),
        (1, f"Answer c-1 ({ROLE})", f"due {TODAY + 6 * DAY}"),
    )
    assert must(store).minutes == 15 + 3 + 5


def test_what_does_not_fit_on_a_page_is_counted_and_takes_its_minutes(store: Store) -> None:
    owner = warm(store)
    with store.writing() as session:
        for number in range(LONGEST + 2):
            a_task(session, owner, key=f"call:a-{number}")
    found = must(store)
    assert (len(found.tasks), found.more_tasks, found.minutes) == (LONGEST, 2, (LONGEST + 2) * 15)


# Who got in touch.


def test_who_got_in_touch_is_told_once_with_the_last_time(store: Store) -> None:
    warm(store)
    warm(store, "Dana", recruiter=BEN)
    for day, channel, candidate_id in ((TODAY - DAY, "reply", 1), (TODAY, "call", 1), (TODAY, "reply", 2)):
        in_touch(store, day, channel, "in", candidate_id)
    in_touch(store, TODAY, "event", "in")
    assert must(store).answered == ((f"c-1 ({ROLE})", f"call on {TODAY}"),)
    assert must(store, BEN).answered == ((f"c-2 ({ROLE})", f"reply on {TODAY}"),)


def test_what_was_told_in_the_last_digest_is_not_told_again(store: Store) -> None:
    warm(store)
    in_touch(store, TODAY - 8 * DAY, "reply", "in")
    assert told(store) is None
    in_touch(store, TODAY - 6 * DAY, "reply", "in")
    assert must(store).answered
    change(store, lambda s: s.add(Digest(person=ANN, week="2026-W41", sent_at=NOW - 5 * DAY)))
    assert told(store) is None


def test_who_stopped_got_in_touch_as_well(store: Store) -> None:
    warm(store, state=CandidateState.DECLINED, opted_out_at=NOW)
    in_touch(store, TODAY, "reply", "in")
    assert must(store).answered


# Who goes cold.


def test_who_is_about_to_go_cold_is_told_soonest_first_with_the_record(store: Store) -> None:
    warm(store, "Anne", quiet=130)
    warm(store, "Emil", quiet=170)
    warm(store, "Fay", quiet=200)
    found = must(store)
    assert [who for who, _ in found.going_cold] == [f"c-2 ({ROLE})", f"c-1 ({ROLE})"]
    assert found.going_cold[0][1] == f"last contact: taken in on {TODAY - 170 * DAY} (c-2); cold from 2026-10-24 on"
    assert (found.cold, found.more_going_cold, found.minutes) == (1, 0, 0)


def test_at_most_ten_are_named(store: Store) -> None:
    for number in range(12):
        warm(store, f"Person{number}", quiet=130)
    assert (len(must(store).going_cold), must(store).more_going_cold) == (10, 2)


def test_who_asked_to_be_left_in_peace_is_left(store: Store) -> None:
    warm(store, quiet=130, snoozed_until=TODAY + DAY)
    assert told(store) is None


# Whose.


@pytest.mark.parametrize("recruiter", ["ANN@acme.example", None, "gone@acme.example"])
def test_candidates_are_theirs_who_would_sign(recruiter: str | None, store: Store) -> None:
    warm(store, quiet=130, recruiter=recruiter)
    assert must(store).going_cold
    assert told(store, BEN) is None


def test_candidates_of_whoever_has_left_are_the_successors(store: Store) -> None:
    warm(store, quiet=130, recruiter=ZOE)
    assert told(store) is None
    assert must(store, BEN).going_cold


def test_whoever_stands_in_is_told_so_and_what_waits_for_the_other(store: Store) -> None:
    asked = question(store)
    warm(store, quiet=130)
    found = must(store, BEN, (ANN,))
    assert found.stands_in_for == (("Ann Lee", str(TODAY + 9 * DAY)),)
    assert [line[0] for line in found.approvals] == [asked]
    assert found.going_cold


# What it does not say.


def test_it_names_nobody_who_applied(store: Store) -> None:
    with store.writing() as session:
        drafted(session, sarah(session, last_contact_on=date(2026, 6, 5)), role(session))
        a_task(session, 1, kind=TaskKind.PROMISE, reason="promised Sarah to call", key="promise:a-1:r-1")
    ask_about(store, 1)
    change(store, anne)
    in_touch(store, TODAY, "reply", "in", candidate_id=2)
    found = must(store)
    text = " ".join(str(getattr(found, field.name)) for field in fields(found))
    with store.reading() as session:
        people = session.query(Candidate).all()
    assert all((found.approvals, found.tasks, found.answered, found.going_cold))
    assert not [person.id for person in people if person.given_name in text or str(person.address) in text]
