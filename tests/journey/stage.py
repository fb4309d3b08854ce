"""What the journey's tests set up again and again: an edition on its way, a desk, people who decide."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decided, Decider, Decision
from rekindle.journey.approvals.deciding import Terms
from rekindle.journey.bulk import nurture
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.nurture import Rule
from rekindle.journey.bulk.spreading import Spread
from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import Desk, Outgoing
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.moves import MoveRow
from states.candidate import CandidateState
from tests.cast import LIMITS, NOW, news, stored
from tests.journey.letters.stage import STANDARDS, hashed

ANN = Decider("ann@acme.example", frozenset({"lead", "recruiter"}))
BEN = Decider("ben@acme.example", frozenset({"lead"}))
CLEO = Decider("cleo@acme.example", frozenset({"recruiter"}))

FROZEN = Frozen("a template", "everyone", ("lead",), timedelta(days=7))
RULE = Rule(LIMITS, items_min=1, items_max=5)


def spread_over(days: int) -> Frozen:
    """What is frozen where an edition goes out over some days, each of them a working day."""
    return replace(FROZEN, spread=Spread(days, ANY_HOUR))


def write(_session: Session, rows: Sequence[Message], _now: object) -> Mapping[int, Outgoing | BadInput]:
    """Write the same few words to everybody; the address says to whom."""
    return {row.id: Outgoing(row.id, "hello@acme.example", f"c-{row.candidate_id}@example.org", HELLO) for row in rows}


HELLO = b"Subject: hello\r\n\r\nhello\r\n"
#: Mail at any hour, to as many as there are: what makes it wait has tests of its own.
ANY_HOUR = Hours(time(0), time(0), frozenset(range(7)), holidays=False, country="DE", zone="Europe/Berlin")
PACE = Pace(ANY_HOUR, 0, frozenset())
DESK = Desk(LIMITS, timedelta(days=28), hashed, PACE, write, FROZEN, STANDARDS)
TERMS = Terms(FROZEN, STANDARDS)


def planned(store: Store, *names: str, period: str = "2026-Q4") -> int:
    """Plan an update of one item for these people, Anne and Emil by default; return the edition's id.

    It waits for Ann or Ben.
    """
    with store.writing() as session:
        news(session)
        for name in names or ("Anne", "Emil"):
            stored(session, name)
    return nurture.plan_update(store, period, NOW, RULE, FROZEN)


def approved(store: Store, *names: str) -> int:
    """Plan an update and approve it: its letters may go."""
    edition_id = planned(store, *names)
    assert decide(store, edition_id).won
    return edition_id


def decide(
    store: Store, edition_id: int, decision: Decision = Decision.APPROVE, person: Decider = ANN, frozen: Frozen = FROZEN
) -> Decided:
    with store.writing() as session:
        asked = approval.of_edition(session, edition_id)
        assert asked is not None
        return deciding.decide(
            session, asked.id, decision, person, terms=Terms(frozen, STANDARDS), now=NOW, via="web", note=""
        )


def letters(store: Store, edition_id: int | None = None) -> list[Message]:
    """List the letters of an edition, or all, in the order of their candidates."""
    query = select(Message).order_by(Message.candidate_id, Message.id)
    if edition_id is not None:
        query = query.where(Message.edition_id == edition_id)
    with store.reading() as session:
        return list(session.scalars(query))


def letter_states(store: Store, edition_id: int | None = None) -> list[str]:
    return [letter.state.value for letter in letters(store, edition_id)]


def edition(store: Store, edition_id: int) -> Edition:
    with store.reading() as session:
        return session.get_one(Edition, edition_id)


def state_of(store: Store, candidate_id: int) -> CandidateState | None:
    with store.reading() as session:
        return session.get_one(Candidate, candidate_id).state


def moves_of(store: Store, candidate_id: int) -> list[MoveRow]:
    with store.reading() as session:
        return list(session.scalars(select(MoveRow).where(MoveRow.candidate_id == candidate_id).order_by(MoveRow.id)))


def change(store: Store, act: Callable[[Session], object]) -> None:
    """Do something to the database in a transaction of its own."""
    with store.writing() as session:
        act(session)


def change_candidate(store: Store, candidate_id: int, **columns: object) -> None:
    with store.writing() as session:
        person = session.get_one(Candidate, candidate_id)
        for name, value in columns.items():
            setattr(person, name, value)
