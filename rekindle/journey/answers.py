"""What a candidate's own word does. A stop is immediate and total: one transaction, nobody is asked."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import NotFound
from rekindle.journey.moving import Cause, Policy, move
from rekindle.journey.outbox.withdrawing import take_back
from rekindle.store.candidates import Candidate
from rekindle.store.dialect import HOLD, insert_new
from rekindle.store.suppressions import Suppression
from states.candidate import Actor, CandidateState, Trigger

_STOPPED = "the candidate asked us to stop"
_NO_DECLINE = {CandidateState.DECLINED, CandidateState.HIRED, None}


def by_key(session: Session, key: str) -> Candidate | None:
    """Find the candidate a signed link speaks of."""
    return session.scalar(select(Candidate).where(Candidate.key == key))


def stop(session: Session, candidate_id: int, *, address_hash: str, via: str, now: datetime, policy: Policy) -> None:
    """Take a candidate's stop; saying it again changes nothing.

    - the candidate is declined
    - the address is suppressed by its keyed hash, which outlives erasure and a new import
    - everything queued for them is cancelled, and open questions about them are closed
    """
    # A second stop, or a move by schedule, in the same moment: whoever is later waits here, and sees what was done.
    person = session.get(Candidate, candidate_id, populate_existing=True, with_for_update=HOLD)
    if person is None:
        raise NotFound(f"no candidate c-{candidate_id} is stored")
    session.execute(insert_new(session, Suppression), {"address_hash": address_hash, "reason": "stop", "at": now})
    if person.opted_out_at is None:
        person.opted_out_at = now
    take_back(session, candidate_id, _STOPPED, now)
    if person.state not in _NO_DECLINE:
        cause = Cause(Actor.CANDIDATE, f"asked us to stop, by {via}")
        move(session, candidate_id, Trigger.DECLINE, cause, now=now, policy=policy)
