"""Whatever programmes, people and clocks do, in whatever order: one budget holds, and a stop is total."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import RekindleError
from rekindle.journey import answers, cooling, recording
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.approvals.deciding import Terms
from rekindle.journey.bulk import nurture, periods
from rekindle.journey.bulk.nurture import Rule
from rekindle.journey.events import inviting, keeping
from rekindle.journey.events.audience import Rule as AudienceRule
from rekindle.journey.letters import asking, awaiting
from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import record, take
from rekindle.journey.warming import check_ins
from rekindle.mail.outcome import Accepted, Deferred, Step
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.facts import Limits
from rekindle.store.messages import UNDER_WAY, Message
from rekindle.store.roles import Role
from rekindle.store.touches import Touch
from states.message import Occasion
from states.programme import Programme
from tests.cast import POLICY, anne, dana, news
from tests.journey.events import stage as evening
from tests.journey.letters.route import DRAFTING
from tests.journey.letters.stage import STANDARDS, drafted, role, sarah
from tests.journey.stage import ANN, DESK

LIMITS = Limits(cool_off_days=30, min_days=10, max_per_year=4)
WORKDAYS = Hours(time(8), time(19), frozenset(range(5)), holidays=False, country="DE", zone="Europe/Berlin")
STRICT = replace(STANDARDS, policy=replace(POLICY, limits=LIMITS), stale_after=timedelta(days=60))
FROZEN = evening.FROZEN
SENDING = replace(DESK, limits=LIMITS, pace=Pace(WORKDAYS, 0, frozenset()), frozen=FROZEN, letters=STRICT)
TERMS = Terms(FROZEN, STRICT)
OUR_DESK = replace(DRAFTING, standards=STRICT)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", None)
#: To the same hour of another day more often than not: at night nothing goes.
AHEAD = [timedelta(0), timedelta(days=1), timedelta(days=3), timedelta(days=14), timedelta(hours=9), timedelta(hours=1)]
WORKS = ["update", "invitation", "check-ins", "letter", "housekeeping"]
DECISIONS = [Decision.APPROVE, Decision.APPROVE, Decision.DECLINE, None]
DOINGS = ("mail", "reply", "call", "snooze", "zone", "stop", "wants_updates", "wants_events", "wants_openings")
#: Before the end of summer time, before a leap day, and before summer time begins.
BEGINNINGS = [
    datetime(2026, 10, 21, 12, tzinfo=UTC),
    datetime(2028, 2, 28, 12, tzinfo=UTC),
    datetime(2027, 3, 24, 12, tzinfo=UTC),
]
#: Letters that are owed, or belong to one before them: the budget does not hold them.
OWED = {Occasion.FOLLOW_UP, Occasion.REJECTION}


class Warm(RuleBasedStateMachine):
    """Three people, whom everybody writes to who can."""

    source: Path
    folder: Path
    numbers = itertools.count()
    left = 0

    def __init__(self) -> None:
        super().__init__()
        file = self.folder / f"{next(self.numbers)}.db"
        shutil.copyfile(self.source, file)
        self.store = Store(f"sqlite:///{file}")
        self.now = BEGINNINGS[0]
        #: When mail went to each, by whoever it was sent; follow-ups too.
        self.mails: dict[int, list[datetime]] = {1: [], 2: [], 3: []}
        self.stopped: set[int] = set()

    def teardown(self) -> None:
        self.store.close()

    @initialize(now=st.sampled_from(BEGINNINGS))
    def there_are_three_people(self, now: datetime) -> None:
        self.now = now
        long_ago = now.date() - timedelta(days=150)
        with self.store.writing() as session:
            for person in (sarah(session), anne(session), dana(session)):
                person.last_contact_on = long_ago
                session.add(
                    Touch(candidate_id=person.id, on=long_ago, channel="call", direction="out", summary="plans")
                )
            role(session)
            for number in range(1, 7):
                news(session, number, published_on=now.date() - timedelta(days=number))
            starts = now + timedelta(days=100)
            night = replace(evening.RECORD, starts_at=starts, ends_at=starts + timedelta(hours=2))
            keeping.add(session, replace(night, answer_by=starts.date() - timedelta(days=3)), now)

    # Three rules that do one of many things each: of too many rules Hypothesis would leave most out.

    @rule(ahead=st.sampled_from(AHEAD), works=st.sampled_from(WORKS), decision=st.sampled_from(DECISIONS))
    def the_house_works(self, ahead: timedelta, works: str, decision: Decision | None) -> None:
        self.now += ahead
        match works:
            case "update":
                chooses = Rule(LIMITS, 1, 2)
                nurture.plan_update(self.store, periods.name_of(self.now.date()), self.now, chooses, FROZEN)
            case "invitation":
                inviting.plan_invitations(self.store, 1, self.now, AudienceRule(LIMITS), FROZEN)
            case "check-ins":
                check_ins.draft_all(self.store, OUR_DESK, self.now, 5, BERLIN)
            case "letter":
                self._try(self._ask_about_a_letter)
            case _:
                self._keep_house()
        if decision:
            self._decide_all(decision)

    @rule(ahead=st.sampled_from(AHEAD), accepted=st.sampled_from([True, True, False]))
    def a_delivery_comes_by(self, ahead: timedelta, *, accepted: bool) -> None:
        self.now += ahead
        outcome = Accepted(250, "OK") if accepted else Deferred(451, "4.3.0", "busy", Step.DATA)
        while True:
            with self.store.writing() as session:
                ids = [out.message_id for out in take(session, 5, self.now, SENDING)]
                for number in ids:
                    self._may_go(session, session.get_one(Message, number))
                record(session, [(number, outcome) for number in ids], self.now, SENDING)
            if not ids:
                return

    @rule(who=st.integers(1, 3), what=st.sampled_from(DOINGS), number=st.integers(0, 40))
    def somebody_does_something(self, who: int, what: str, number: int) -> None:
        today = self.now.date()
        match what:
            case "mail":
                self._touch(who, "email", "out")
                self.mails[who].append(datetime.combine(today, time(), UTC))
            case "reply" | "call":
                self._touch(who, what, "in")
            case "snooze":
                self._change(who, snoozed_until=today + timedelta(days=number))
            case "zone":
                self._change(who, timezone=ZONES[number % len(ZONES)])
            case "stop":
                stop = partial(answers.stop, address_hash=f"h{who}", via="link", now=self.now, policy=STRICT.policy)
                self._try(lambda session: stop(session, who))
                self.stopped.add(who)
            case wants:
                self._change(who, **{wants: number % 3 > 0})

    def _may_go(self, session: Session, row: Message) -> None:
        person, today = session.get_one(Candidate, row.candidate_id), self.now.date()
        assert person.id not in self.stopped
        assert person.snoozed_until is None or person.snoozed_until <= today
        here = self.now.astimezone(ZoneInfo(person.timezone or "Europe/Berlin"))
        assert here.weekday() < 5
        assert time(8) <= here.time() < time(19)
        if row.occasion not in OWED:
            self._is_within_the_budget(person)
        if row.occasion is None:
            assert person.wants_updates if row.programme is Programme.QUARTERLY_UPDATE else person.wants_events
            # What one person writes to one person comes first.
            letters = (Message.candidate_id == person.id, Message.occasion.is_not(None), Message.state.in_(UNDER_WAY))
            assert session.scalars(select(Message.id).where(*letters)).all() == []
        elif row.occasion is Occasion.RE_ENGAGEMENT:
            assert person.wants_openings
        self.mails[person.id].append(self.now)
        type(self).left += 1

    def _is_within_the_budget(self, person: Candidate) -> None:
        year = [at for at in self.mails[person.id] if at > self.now - timedelta(days=365)]
        assert len(year) < LIMITS.max_per_year
        assert all(self.now - at >= timedelta(days=LIMITS.min_days) for at in year)

    def _ask_about_a_letter(self, session: Session) -> None:
        row = drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1))
        asking.ask(session, row, STRICT, by="rekindle", now=self.now)

    def _decide_all(self, decision: Decision) -> None:
        with self.store.reading() as session:
            waiting = list(session.scalars(select(Approval.id).where(Approval.state == ApprovalState.WAITING)))
        for number in waiting:
            self._try(partial(self._decide, number, decision))

    def _decide(self, number: int, decision: Decision, session: Session) -> None:
        deciding.decide(session, number, decision, ANN, terms=TERMS, now=self.now, via="cli")

    def _keep_house(self) -> None:
        self._try(lambda session: deciding.expire(session, self.now))
        cooling.begin_nurturing(self.store, self.now, STRICT.policy, deciders=("lead",), due=timedelta(days=7))
        awaiting.rest_overdue(self.store, STRICT, self.now)
        awaiting.draft_follow_ups(self.store, OUR_DESK, self.now)

    def _touch(self, who: int, channel: str, direction: str) -> None:
        # Each with words of its own: the same contact told twice is one.
        told = {"on": f"{self.now:%Y-%m-%d}", "channel": channel, "direction": direction, "summary": f"{self.now}"}
        self._try(lambda session: recording.touch(session, who, told, self.now))

    def _change(self, who: int, **columns: Any) -> None:
        def act(session: Session) -> None:
            for name, value in columns.items():
                setattr(session.get_one(Candidate, who), name, value)

        self._try(act)

    def _try(self, act: Callable[[Session], object]) -> None:
        try:
            with self.store.writing() as session:
                act(session)
        except RekindleError:
            pass


def test_no_history_breaks_the_budget_the_order_or_a_stop(migrated_sqlite: Path, tmp_path: Path) -> None:
    machine = type("OnDisk", (Warm,), {"source": migrated_sqlite, "folder": tmp_path, "left": 0})
    run_state_machine_as_test(
        machine,
        # Derandomised: a failure on one machine is a failure on all.
        settings=settings(
            derandomize=True,
            deadline=None,
            max_examples=50,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Nothing would be proved by mail that never went.
    assert getattr(machine, "left", 0) > 25
