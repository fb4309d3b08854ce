"""What makes a mail wait though it may go: the hour where its reader lives, and how much their company had today.

It holds, with a reason and a time; it never takes back. Asked in the transaction that takes messages.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from rekindle.journey.outbox.hours import Hours, shut
from rekindle.store.candidates import Candidate
from rekindle.store.messages import MAILED, Message
from rekindle.store.touches import Touch, morning, sent_by_hand

_DAY = timedelta(days=1)
_NEVER: Mapping[int, datetime] = MappingProxyType({})
# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_MAILED_TODAY = (
    select(Candidate.domain, func.count(), func.min(Message.sending_at))
    .join(Message, Message.candidate_id == Candidate.id)
    .where(
        Candidate.domain.in_(bindparam("domains", expanding=True)),
        Message.sending_at > bindparam("since"),
        Message.state.in_(MAILED),
    )
    .group_by(Candidate.domain)
)

_BY_HAND = (
    select(Candidate.domain, func.count(), func.min(Touch.on))
    .join(Touch, Touch.candidate_id == Candidate.id)
    .where(Candidate.domain.in_(bindparam("domains", expanding=True)), Touch.on > bindparam("since"), sent_by_hand())
    .group_by(Candidate.domain)
)


@dataclass(frozen=True, slots=True)
class Pace:
    """When, and how much at once, a company's mail server hears from us."""

    hours: Hours
    #: Mails to one company's domain within 24 hours; 0 for as many as there are.
    per_domain: int
    #: Domains that are no company's.
    open_domains: frozenset[str]


def hold_for_the_morning(
    session: Session,
    due: Sequence[tuple[Message, Candidate]],
    now: datetime,
    pace: Pace,
    latest: Mapping[int, datetime] = _NEVER,
) -> set[int]:
    """Put off what would arrive at night or on a day off, and return those message ids.

    `latest` says by message id until when one may be put off at most: it is looked at again then.
    """
    held = {row.id: closed for row, person in due if (closed := shut(pace.hours, person, now))}
    for row_id, closed in held.items():
        _put_off(session, row_id, min(closed.until, latest.get(row_id, closed.until)), closed.why)
    return set(held)


def hold_from_flooding(
    session: Session, fit: Sequence[tuple[Message, Candidate]], now: datetime, pace: Pace
) -> set[int]:
    """Put off what is too much for one company today, and return those message ids.

    Asked of what may go only: what must not go takes nobody's place.
    """
    counted = [(row, person.domain) for row, person in fit if person.domain and person.domain not in pace.open_domains]
    if not pace.per_domain or not counted:
        return set()
    today = _today(session, sorted({domain for _, domain in counted}), now)
    room = Counter({domain: pace.per_domain - today.get(domain, (0, now))[0] for _, domain in counted})
    held: set[int] = set()
    for row, domain in counted:
        room[domain] -= 1
        if room[domain] < 0:
            held.add(row.id)
            # When the first of today's is a day old there is room again.
            until = today.get(domain, (0, now))[1] + _DAY
            _put_off(session, row.id, until, "the candidate's company had enough of our mail for a day")
    return held


def _today(session: Session, domains: Sequence[str], now: datetime) -> dict[str, tuple[int, datetime]]:
    """Return domain -> how many mails went there within a day, and when the first of them."""
    since = now - _DAY
    sent = session.execute(_MAILED_TODAY, {"domains": domains, "since": since})
    found = {domain: (count, first) for domain, count, first in sent}
    for domain, count, on in session.execute(_BY_HAND, {"domains": domains, "since": since.date()}):
        others, first = found.get(domain, (0, now))
        found[domain] = (others + count, min(first, morning(on)))
    return found


def _put_off(session: Session, row_id: int, until: datetime, why: str) -> None:
    change = {"due_at": until, "reason": f"held until {until:%Y-%m-%d %H:%M} UTC: {why}"}
    session.execute(update(Message).where(Message.id == row_id).values(**change))
