"""However pausing, resuming, cancelling, delivering and stopping meet: nobody gets an edition twice, and what is paused
or cancelled sends nothing.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from rekindle.errors import RekindleError
from rekindle.journey import answers
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import editions, pausing, watching
from rekindle.journey.bulk.watching import Tolerance
from rekindle.journey.outbox import sending
from rekindle.mail.outcome import Accepted, Deferred, Failed, NotSent, Outcome, Step, Unknown
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.editions import EditionState
from states.message import MessageState
from tests.cast import NOW, POLICY
from tests.journey.letters.stage import hashed
from tests.journey.stage import DESK, change, decide, edition, letters, planned, spread_over
from tests.slate import Slate

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from rekindle.journey.outbox.sending import Outgoing
    from rekindle.store.engine import Store

PEOPLE = ("Anne", "Emil", "Fay", "Gus", "Hal")
FROZEN = spread_over(3)
OUR_DESK = replace(DESK, frozen=FROZEN)
TOLERANCE = Tolerance(letters=3, bounces=30, complaints=30, stops=30)
OUTCOMES: list[Outcome] = [
    Accepted(250, "queued"),
    Accepted(250, "queued"),
    Deferred(451, None, "later", Step.RCPT),
    Failed(550, "5.1.1", "no such user", Step.RCPT),
    NotSent("connecting: refused"),
    Unknown("waiting for the answer: nothing came"),
]
#: Outcomes after which a server may have the letter.
_MAY_HAVE_IT = (Accepted, Unknown)


class Edition(RuleBasedStateMachine):
    """One edition among people who stop, colleagues who change their minds, and a mail server of all moods."""

    slate: Slate

    @initialize(approved=st.sampled_from([True, True, False]))
    def begin(self, *, approved: bool) -> None:
        self.slate.wipe()
        self.store: Store = self.slate
        self.now = NOW
        self.on_the_wire: list[Outgoing] = []
        self.reached: list[str] = []
        self.stopped: set[str] = set()
        planned(self.store, *PEOPLE)
        if approved:
            decide(self.store, 1, frozen=FROZEN)

    def attempt(self, act: "Callable[[Session], object]") -> None:
        """Do what may be refused."""
        with suppress(RekindleError):
            change(self.store, act)

    @rule(decision=st.sampled_from([Decision.APPROVE, Decision.APPROVE, Decision.DECLINE]))
    def decide(self, decision: Decision) -> None:
        with suppress(RekindleError):
            decide(self.store, 1, decision, frozen=FROZEN)

    @rule()
    def pause(self) -> None:
        self.attempt(lambda session: pausing.pause(session, 1, because="wait", by="ann@acme.example", now=self.now))

    @rule()
    def resume(self) -> None:
        self.attempt(lambda session: pausing.resume(session, 1, FROZEN, by="ann@acme.example", now=self.now))

    @rule(really=st.sampled_from([False, False, True]))
    def cancel(self, *, really: bool) -> None:
        if really:
            self.attempt(lambda session: editions.cancel(session, 1, reason="enough", now=self.now))

    @rule(words=st.sampled_from(["one", "two"]))
    def edit_an_item(self, words: str) -> None:
        self.attempt(lambda session: setattr(session.query(Content).one(), "summary", words))

    @rule()
    def recheck(self) -> None:
        self.attempt(lambda session: editions.recheck(session, 1, FROZEN, self.now))

    @rule(number=st.integers(1, len(PEOPLE)))
    def stop(self, number: int) -> None:
        with self.store.writing() as session:
            address = session.get_one(Candidate, number).address or ""
            answers.stop(session, number, address_hash=hashed(address), via="the link", now=self.now, policy=POLICY)
        self.stopped.add(f"c-{number}@example.org")

    @rule()
    def watch(self) -> None:
        self.attempt(lambda session: watching.stop_what_is_too_much(session, TOLERANCE, hashed))

    @rule(hours=st.sampled_from([1, 24, 72]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(at_most=st.integers(1, 3))
    def take(self, at_most: int) -> None:
        standing = edition(self.store, 1).state
        with self.store.writing() as session:
            taken = sending.take(session, at_most, self.now, OUR_DESK)
        assert standing is EditionState.APPROVED or not taken, f"an edition that is {standing} sent something"
        assert not self.stopped & {out.recipient for out in taken}, "somebody who had asked us to stop is written to"
        self.on_the_wire += taken

    @rule(outcome=st.sampled_from(OUTCOMES))
    def hear_from_the_server(self, outcome: Outcome) -> None:
        done = [(out.message_id, outcome) for out in self.on_the_wire]
        if isinstance(outcome, _MAY_HAVE_IT):
            self.reached += [out.recipient for out in self.on_the_wire]
        self.on_the_wire = []
        with self.store.writing() as session:
            sending.record(session, done, self.now, OUR_DESK)

    @invariant()
    def nobody_gets_it_twice(self) -> None:
        reached = getattr(self, "reached", [])
        on_the_wire = [out.recipient for out in getattr(self, "on_the_wire", [])]
        assert len({*reached, *on_the_wire}) == len(reached) + len(on_the_wire)

    @invariant()
    def what_was_cancelled_stays_so(self) -> None:
        if hasattr(self, "store") and edition(self.store, 1).state is EditionState.DECLINED:
            waiting = {MessageState.APPROVED, MessageState.AWAITING}
            assert not waiting & {letter.state for letter in letters(self.store)}


def test_nobody_gets_an_edition_twice_and_nothing_leaves_a_stopped_one(slate: Slate) -> None:
    Edition.slate = slate
    run_state_machine_as_test(
        Edition,
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
