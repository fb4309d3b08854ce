"""Reads every candidate once, as the forecast carries them: a page at a time, each in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.bulk.nurture import readers
from rekindle.journey.forecast.standing import Home, Standing
from rekindle.journey.letters.standards import Standards
from rekindle.store.candidates import Candidate
from rekindle.store.facts import facts_about
from rekindle.store.messages import MAILED, UNDER_WAY, Message
from rekindle.store.outreaches import outreach_open
from rekindle.store.touches import Touch, morning, sent_by_hand

PAGE = 500
_YEAR = timedelta(days=365)


def standings(session: Session, now: datetime, standards: Standards) -> Iterator[Standing]:
    """Give everybody who is stored, in order of id."""
    last = 0
    query = select(Candidate).order_by(Candidate.id).limit(PAGE)
    while people := session.scalars(query.where(Candidate.id > last)).all():
        yield from _page(session, people, now, standards)
        last = people[-1].id
        # The rows are as big as all the rest together, and nobody needs them any more.
        session.expunge_all()


def _page(session: Session, people: Sequence[Candidate], now: datetime, standards: Standards) -> Iterator[Standing]:
    ids = [person.id for person in people]
    facts = facts_about(session, people, now, standards.policy.limits)
    reading, mails, letters = readers(session, people), _mails(session, ids, now), _letters(session, ids)
    open_to = outreach_open(session, ids)
    for person in people:
        yield Standing(
            candidate_id=person.id,
            key=person.key,
            stands=person.state,
            known=facts[person.id],
            home=Home(person.timezone, person.country, person.city, person.domain),
            reader=reading[person.id],
            mails=mails[person.id],
            most_per_year=person.most_per_year,
            last_contact_on=person.last_contact_on,
            interval=standards.check_ins.with_own(person.check_in_days, person.check_in_most_days),
            writer=standards.signer_for(person.recruiter).address,
            outreach_open=person.id in open_to,
            letters=letters[person.id],
        )


def _mails(session: Session, ids: Sequence[int], now: datetime) -> defaultdict[int, list[datetime]]:
    """Return candidate id -> when mail went to them within a year, oldest first."""
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    sent = select(Message.candidate_id, Message.sending_at).where(
        Message.candidate_id.in_(ids), Message.state.in_(MAILED), Message.sending_at > now - _YEAR
    )
    for candidate_id, at in session.execute(sent):
        found[candidate_id].append(at)
    recent = (Touch.candidate_id.in_(ids), Touch.on > (now - _YEAR).date())
    for candidate_id, on in session.execute(select(Touch.candidate_id, Touch.on).where(*recent, sent_by_hand())):
        found[candidate_id].append(morning(on))
    for instants in found.values():
        instants.sort()
    return found


def _letters(session: Session, ids: Sequence[int]) -> Counter[int]:
    """Count the personal letters that wait or are on their way, by candidate id."""
    waiting = (Message.candidate_id.in_(ids), Message.occasion.is_not(None), Message.state.in_(UNDER_WAY))
    return Counter(session.scalars(select(Message.candidate_id).where(*waiting)))
