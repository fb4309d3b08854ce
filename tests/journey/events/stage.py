"""What the tests of events set up: an evening in Berlin, its invitation on its way, somebody who decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.exchange.events import EventRecord
from rekindle.journey.approvals.approval import Decided, Decision
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.events import inviting, keeping, notices
from rekindle.journey.events.answering import Answered, answer
from rekindle.journey.events.audience import Rule
from rekindle.journey.events.kinds import Kind
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition, LeftOut
from rekindle.store.engine import Store
from rekindle.store.events import Answer, Event, Invitation
from rekindle.store.messages import Message
from states.message import MessageState
from tests.cast import LIMITS, NOW, stored
from tests.journey.stage import DESK, decide

RULE = Rule(LIMITS)
FROZEN = Frozen(
    "a template",
    "everyone",
    ("lead",),
    timedelta(days=7),
    {kind: (f"{kind} template", f"{kind} rule") for kind in Kind},
)
EVENT_DESK = replace(DESK, frozen=FROZEN)
SLUG = "pricing-night"
RECORD = EventRecord(
    slug=SLUG,
    title="An evening about pricing",
    summary="Three short talks.\n\nAnd soup.",
    starts_at=datetime(2026, 11, 5, 17, 30, tzinfo=UTC),
    ends_at=datetime(2026, 11, 5, 20, 0, tzinfo=UTC),
    timezone="Europe/Berlin",
    answer_by=date(2026, 10, 30),
    host="ann@acme.example",
    place="Beispielweg 1, 10115 Berlin",
    link="https://events.acme.example/pricing-night",
)


def added(store: Store, **changes: Any) -> Event:
    """Add the evening; `changes` are fields of its file."""
    with store.writing() as session:
        return keeping.add(session, replace(RECORD, **changes), NOW)[0]


def people(store: Store, *names: str, **columns: Any) -> list[int]:
    with store.writing() as session:
        return [stored(session, name, **columns).id for name in names]


def invited(store: Store, *names: str, **changes: Any) -> tuple[Event, list[int]]:
    """Add the evening and plan its invitation to these people; it waits for approval."""
    ids = people(store, *names)
    event = added(store, **changes)
    inviting.plan_invitations(store, event.id, NOW, RULE, FROZEN)
    return event, ids


def mailed(store: Store, *names: str, **changes: Any) -> tuple[Event, list[int]]:
    """The same, and every invitation has been sent."""
    event, ids = invited(store, *names, **changes)
    assert approve(store, event, Kind.INVITE).won
    arrive(store, event)
    return event, ids


def arrive(store: Store, event: Event, now: datetime = NOW) -> None:
    """Let everything approved about the event be sent."""
    with store.writing() as session:
        about = select(Edition.id).where(Edition.event_id == event.id)
        sent = {"state": MessageState.SENT, "sending_at": now, "sent_at": now}
        session.execute(
            update(Message).where(Message.edition_id.in_(about), Message.state == MessageState.APPROVED).values(sent)
        )


def said(
    store: Store, candidate_id: int, what: Answer, now: datetime = NOW, on: date | None = None, slug: str = SLUG
) -> Answered:
    with store.writing() as session:
        return answer(session, slug, candidate_id, what, now, FROZEN, on)


def answers(store: Store, event: Event) -> dict[int, str]:
    with store.reading() as session:
        rows = session.scalars(select(Invitation).where(Invitation.event_id == event.id))
        return {row.candidate_id: str(row.answer) for row in rows}


def edition_of(store: Store, event: Event, kind: Kind) -> Edition:
    """Return the newest edition of a kind."""
    with store.reading() as session:
        return notices.of_event(session, event.id, kind)[-1]


def editions_of(store: Store, event: Event, *kinds: Kind) -> list[str]:
    with store.reading() as session:
        return [f"{each.period} {each.state}" for each in notices.of_event(session, event.id, *kinds)]


def approve(store: Store, event: Event, kind: Kind) -> Decided:
    return decide(store, edition_of(store, event, kind).id, Decision.APPROVE, frozen=FROZEN)


def letters(store: Store, event: Event, *kinds: Kind) -> list[tuple[int, str, str]]:
    """List (candidate, kind, state) of the mail about an event."""
    with store.reading() as session:
        found = []
        for edition in notices.of_event(session, event.id, *kinds):
            rows = session.scalars(select(Message).where(Message.edition_id == edition.id).order_by(Message.id))
            found += [(row.candidate_id, edition.period.partition("-")[2], str(row.state)) for row in rows]
        return found


def left_out(store: Store) -> list[tuple[int, str]]:
    with store.reading() as session:
        rows = session.scalars(select(LeftOut).order_by(LeftOut.edition_id, LeftOut.candidate_id))
        return [(row.candidate_id, row.code) for row in rows]


def last_contact(store: Store, candidate_id: int) -> date | None:
    with store.reading() as session:
        return session.get_one(Candidate, candidate_id).last_contact_on


def change_event(session: Session, slug: str = SLUG, **fields: Any) -> keeping.Changed:
    """Bring the evening up to date with a file that differs in these fields."""
    event = keeping.find_event(session, slug)
    told: dict[str, Any] = {name: getattr(event, name) for name in EventRecord.__slots__}
    now_told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    } | fields
    return keeping.change(session, slug, EventRecord(**now_told), NOW, FROZEN)


def waiting(store: Store, ids: Sequence[int]) -> list[int]:
    """Let these people say yes, one after the other; return them."""
    for minute, each in enumerate(ids):
        said(store, each, Answer.YES, NOW + timedelta(minutes=minute))
    return list(ids)
