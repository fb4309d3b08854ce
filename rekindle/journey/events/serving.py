"""Whether news of an event may reach who was invited or answered: owed as it is, only a stop speaks against it."""

from datetime import datetime

from rekindle.store.candidates import Candidate
from states.candidate import CandidateState
from states.facts import Facts
from states.guards import Refusal, may_be_served


def why_not(person: Candidate, now: datetime) -> Refusal | None:
    """Say what speaks against service mail; the contact budget, a snooze and the state do not."""
    if person.state is CandidateState.DECLINED:
        return Refusal("has_declined", "the candidate wants nothing more from us")
    told = Facts(
        now=now,
        has_address=person.address is not None,
        opted_out=person.opted_out_at is not None,
        unreachable=person.unreachable_since is not None,
    )
    return next(iter(may_be_served(told)), None)
