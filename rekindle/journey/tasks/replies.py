"""Who wrote or called, and waits for a word from us: an inbound touch with nothing outbound since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, not_, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.letters.awaiting import answered
from rekindle.journey.tasks.wanted import Over, Rules, Wanted, ids_in, key, pages
from rekindle.journey.warming.readiness import KEPT_WARM
from rekindle.store.candidates import Candidate
from rekindle.store.letters import REKINDLE
from rekindle.store.messages import Message
from rekindle.store.tasks import Task, TaskKind
from rekindle.store.touches import Touch, asks_nothing, wants_no_answer

#: What is older than this when it is first seen is history: nobody waits for an answer to it any more.
RECENTLY: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Contact:
    """One personal touch: news to many is no answer to one."""

    id: int
    on: date
    channel: str
    direction: str


def unanswered(contacts: Iterable[Contact], since: date) -> Contact | None:
    """Return the oldest word of theirs from `since` on that nobody has answered; `contacts` in order of day and id."""
    waits = None
    for contact in contacts:
        if contact.direction == "out":
            waits = None
        elif waits is None and contact.on >= since and not wants_no_answer(contact.channel):
            waits = contact
    return waits


def replies_owed(session: Session, rules: Rules, today: date) -> Iterator[Wanted]:
    """Give whom we owe an answer: who answered a letter about a role, and who got in touch lately."""
    re_engaged = frozenset(answered(session))
    ids = sorted(re_engaged | frozenset(_in_touch_since(session, today - RECENTLY)))
    for page in pages(ids):
        recruiters = dict(session.execute(_waiting_for_nobody(page)).tuples().all())
        let_go = dict(session.execute(_let_go(page)).tuples().all())
        for owner, contacts in _contacts(session, page).items():
            since = date.min if owner in re_engaged else today - RECENTLY
            if dropped_at := let_go.get(owner):
                since = max(since, dropped_at.date() + timedelta(days=1))
            if owner in recruiters and (contact := unanswered(contacts, since)):
                yield _wanted(owner, contact, rules, recruiters[owner])


def replies_over(session: Session, tasks: Sequence[Task]) -> Iterator[tuple[Task, Over]]:
    """Give those that somebody answered without ticking them off."""
    contacts = _contacts(session, [task.candidate_id for task in tasks])
    for task in tasks:
        own = contacts.get(task.candidate_id, [])
        asked = next((place for place, each in enumerate(own) if each.id == ids_in(task.key).get("t")), None)
        if asked is None:
            yield task, Over("what they wrote is not on record any more")
        elif reply := next((each for each in own[asked + 1 :] if each.direction == "out"), None):
            told = f"answered on {reply.on} ({reply.channel})"
            yield task, Over(told, was_done=True, touch_id=reply.id)


def _wanted(candidate_id: int, contact: Contact, rules: Rules, recruiter: str | None) -> Wanted:
    return Wanted(
        candidate_id=candidate_id,
        kind=TaskKind.REPLY,
        key=key(TaskKind.REPLY, f"t-{contact.id}"),
        reason=f"they got in touch on {contact.on} ({contact.channel}), and nobody has answered since",
        due_on=contact.on + timedelta(days=rules.reply_within),
        recruiter=recruiter,
    )


def _in_touch_since(session: Session, day: date) -> Iterator[int]:
    """Find who got in touch lately by the day of their last contact, which has an index."""
    theirs = (Touch.candidate_id == Candidate.id, Touch.direction == "in", Touch.on >= day)
    query = (
        select(Candidate.id)
        .join(Touch, Touch.candidate_id == Candidate.id)
        .where(Candidate.state.in_(KEPT_WARM), Candidate.last_contact_on >= day)
        .where(*theirs, not_(asks_nothing()))
        .distinct()
    )
    yield from session.scalars(query)


def _waiting_for_nobody(ids: Sequence[int]) -> Select[tuple[int, str | None]]:
    """Select those of `ids` whose answer is not on somebody's list yet, with their recruiter."""
    listed = select(Task.candidate_id).where(Task.kind == TaskKind.REPLY, Task.done_at.is_(None))
    return select(Candidate.id, Candidate.recruiter).where(Candidate.id.in_(ids), Candidate.id.not_in(listed))


def _let_go(ids: Sequence[int]) -> Select[tuple[int, datetime | None]]:
    """Select when somebody last decided that a word of theirs needs no answer."""
    by_hand = (Task.kind == TaskKind.REPLY, Task.dropped, Task.done_by != REKINDLE)
    return (
        select(Task.candidate_id, func.max(Task.done_at))
        .where(Task.candidate_id.in_(ids), *by_hand)
        .group_by(Task.candidate_id)
    )


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = {}
    query = (
        select(Touch.candidate_id, Touch.summary, Touch.id, Touch.on, Touch.channel, Touch.direction)
        .outerjoin(Message, Message.id == Touch.message_id)
        .where(Touch.candidate_id.in_(ids), or_(Touch.message_id.is_(None), Message.occasion.is_not(None)))
        .order_by(Touch.candidate_id, Touch.on, Touch.id)
    )
    for owner, summary, *contact in session.execute(query):
        told = Contact(*contact)
        if told.direction == "out" or not wants_no_answer(told.channel, summary):
            found.setdefault(owner, []).append(told)
    return found
