"""Whatever happens, in whatever order: no letter twice, none that was not approved as it is, none after a stop."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey import answers
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decider, Decision
from rekindle.journey.bulk import editions, nurture
from rekindle.journey.bulk.nurture import Rule
from rekindle.journey.outbox.sending import LOST_AFTER, Outgoing, confirm_lost, record, take
from rekindle.mail.outcome import Accepted, Deferred, Failed, NotSent, Outcome, Step, Unknown
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.facts import Limits
from rekindle.store.messages import Message, MessageItem
from states.message import MessageState
from tests.cast import NOW, POLICY, news, stored
from tests.journey.letters.stage import hashed
from tests.journey.stage import ANN, BEN, DESK, FROZEN, TERMS
from tests.slate import Slate

GENEROUS = Limits(cool_off_days=30, min_days=0, max_per_year=50)
RULE = Rule(GENEROUS, items_min=1, items_max=2)
NAMES = ("Anne", "Emil", "Finn", "Gita")
PEOPLE = st.integers(1, len(NAMES))
OUTCOMES = st.sampled_from(
    [
        Accepted(250, "OK"),
        Deferred(451, None, "later", Step.RCPT),
        Failed(550, None, "no", Step.RCPT),
        NotSent("gone"),
        Unknown("silence"),
    ]
)


def write(session: Session, rows: Sequence[Message], _now: datetime) -> Mapping[int, Outgoing | BadInput]:
    """Write the items as they are now into the letter, so that the test can see what went."""
    return {row.id: Outgoing(row.id, "hello@acme.example", str(row.candidate_id), _body(session, row)) for row in rows}


def _body(session: Session, row: Message) -> bytes:
    items = select(Content.id, Content.title).join(MessageItem).where(MessageItem.message_id == row.id)
    return json.dumps([row.edition_id, dict(session.execute(items.order_by(Content.id)).tuples().all())]).encode()


class Team(RuleBasedStateMachine):
    """Everybody who acts on the database at once, and what reached people by their doing."""

    slate: ClassVar[Slate]

    def __init__(self) -> None:
        super().__init__()
        self.slate.wipe()
        self.store = self.slate
        self.now = NOW
        self.desk = replace(DESK, limits=GENEROUS, write=write, stale_after=timedelta(days=40))
        self.approved: dict[int, dict[str, str]] = {}
        self.stopped: set[int] = set()
        self.unrecorded: list[tuple[int, Outcome]] = []
        self.received: list[int] = []
        with self.store.writing() as session:
            news(session)
            for name in NAMES:
                stored(session, name)
        self.plan("2026-Q4")
        self.approve(ANN)

    def teardown(self) -> None:
        self.store.close()

    # The team.

    @rule(period=st.sampled_from(["2026-Q4", "2027-Q1", "2027-Q2"]))
    def plan(self, period: str) -> None:
        nurture.plan_update(self.store, period, self.now, RULE, FROZEN)

    @rule(number=st.integers(2, 5))
    def write_news(self, number: int) -> None:
        with self.store.writing() as session:
            if not session.scalar(select(Content).where(Content.url.endswith(f"-{number}"))):
                news(session, number)

    @rule(item=st.integers(1, 2), words=st.sampled_from(["How we plan, part 1", "other words"]))
    def edit_an_item(self, item: int, words: str) -> None:
        with self.store.writing() as session:
            if row := session.get(Content, item):
                row.title = words

    @rule(person=st.sampled_from([ANN, BEN]))
    def approve(self, person: Decider) -> None:
        self.decide(person, Decision.APPROVE)

    @rule(person=st.sampled_from([ANN, BEN]))
    def decline(self, person: Decider) -> None:
        self.decide(person, Decision.DECLINE)

    def decide(self, person: Decider, decision: Decision) -> None:
        with self.store.writing() as session:
            asked = session.scalar(
                select(Approval).where(Approval.state == ApprovalState.WAITING).order_by(Approval.id.desc())
            )
            if asked is None:
                return
            told: dict[str, Any] = {"terms": TERMS, "now": self.now, "via": "web"}
            decided = deciding.decide(session, asked.id, decision, person, **told)
            if decided.won and decision is Decision.APPROVE:
                self.approved[asked.edition_id or 0] = dict(_titles(session))

    @rule()
    def keep_house(self) -> None:
        """Do what sweep and the beginning of a delivery do."""
        with self.store.writing() as session:
            deciding.expire(session, self.now)
            confirm_lost(session, self.now)
            for edition in editions.unfinished(session):
                editions.recheck(session, edition.id, FROZEN, self.now)
                editions.close_if_done(session, edition.id)

    # The candidates.

    @rule(candidate_id=PEOPLE)
    def stop(self, candidate_id: int) -> None:
        address = hashed(f"{NAMES[candidate_id - 1].casefold()}@example.org")
        with self.store.writing() as session:
            answers.stop(session, candidate_id, address_hash=address, via="one click", now=self.now, policy=POLICY)
        self.stopped.add(candidate_id)

    # The senders: one records what it heard, or dies before it does, or is thought dead and records after all.

    @rule(outcomes=st.lists(OUTCOMES, min_size=1, max_size=3), records=st.sampled_from(["at once", "later", "never"]))
    def send_a_round(self, outcomes: Sequence[Outcome], records: str) -> None:
        with self.store.writing() as session:
            taken = take(session, len(outcomes), self.now, self.desk)
        for out in taken:
            edition_id, items = json.loads(out.data)
            assert items.items() <= self.approved[edition_id].items(), "sent something nobody approved in this form"
            assert int(out.recipient) not in self.stopped, "sent to somebody who had stopped"
        heard = [(out.message_id, outcome) for out, outcome in zip(taken, outcomes, strict=False)]
        self.received += [message_id for message_id, outcome in heard if isinstance(outcome, Accepted | Unknown)]
        if records == "at once":
            self.write_down(heard)
        if records == "later":
            self.unrecorded += heard

    @precondition(lambda self: self.unrecorded)
    @rule(twice=st.booleans())
    def record_late(self, twice: bool) -> None:  # noqa: FBT001 - drawn
        for _ in range(1 + twice):
            self.write_down(self.unrecorded)
        self.unrecorded = []

    def write_down(self, outcomes: Sequence[tuple[int, Outcome]]) -> None:
        with self.store.writing() as session:
            record(session, outcomes, self.now, DESK)

    @rule(longer=st.sampled_from([timedelta(minutes=6), LOST_AFTER * 2, timedelta(days=1), timedelta(days=8)]))
    def wait(self, longer: timedelta) -> None:
        self.now += longer

    # What must hold after every single step.

    @invariant()
    def nobody_gets_a_letter_twice(self) -> None:
        assert len(self.received) == len(set(self.received))

    @invariant()
    def what_was_received_is_never_queued_again(self) -> None:
        queued = (MessageState.APPROVED, MessageState.DEFERRED, MessageState.AWAITING)
        with self.store.reading() as session:
            assert not set(session.scalars(select(Message.id).where(Message.state.in_(queued)))) & set(self.received)

    @invariant()
    def nothing_waits_for_somebody_who_stopped(self) -> None:
        with self.store.reading() as session:
            waiting = (
                Message.state.in_((MessageState.APPROVED, MessageState.AWAITING)),
                Candidate.id.in_(self.stopped),
            )
            assert not session.scalars(select(Message).join(Candidate).where(*waiting)).all()


def _titles(session: Session) -> Iterator[tuple[str, str]]:
    return ((str(item_id), title) for item_id, title in session.execute(select(Content.id, Content.title)))


def test_whatever_happens_the_promises_are_kept(slate: Slate) -> None:
    bounded = settings(max_examples=20, stateful_step_count=30, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(type("Team", (Team,), {"slate": slate}), settings=bounded)
