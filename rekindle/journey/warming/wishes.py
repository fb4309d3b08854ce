"""What a candidate wants to hear of, how often, and from when on. Whatever they said holds for every programme."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.letters.writing import hold_person
from rekindle.store.candidates import Candidate

#: More than one mail a week nobody has ever wished for.
MOST = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is said; None leaves as it was."""

    updates: bool | None = None
    events: bool | None = None
    openings: bool | None = None
    most_per_year: int | None = None
    quiet_until: date | None = None


def wish(session: Session, candidate_id: int, said: Wishes, now: datetime) -> Candidate:
    """Keep what somebody wishes. Nothing is taken back here: whatever is about to go asks again at the last moment.

    Raises BadInput for what cannot be kept.
    """
    _refuse_odd(said, now)
    person = hold_person(session, candidate_id)
    person.wants_updates = person.wants_updates if said.updates is None else said.updates
    person.wants_events = person.wants_events if said.events is None else said.events
    person.wants_openings = person.wants_openings if said.openings is None else said.openings
    person.most_per_year = said.most_per_year if said.most_per_year is not None else person.most_per_year
    person.snoozed_until = said.quiet_until or person.snoozed_until
    session.flush()
    return person


def forget_wishes(session: Session, candidate_id: int) -> Candidate:
    """Let what the policy says hold again: everything is wanted, as often as it allows, from now on."""
    person = hold_person(session, candidate_id)
    person.wants_updates = person.wants_events = person.wants_openings = True
    person.most_per_year = person.snoozed_until = None
    session.flush()
    return person


def told(person: Candidate) -> str:
    """Say in a sentence what holds for somebody."""
    kinds = {"updates": person.wants_updates, "events": person.wants_events, "openings": person.wants_openings}
    wanted = [kind for kind, wants in kinds.items() if wants] or ["nothing"]
    often = "" if person.most_per_year is None else f", at most {person.most_per_year} mails a year"
    quiet = f", nothing before {person.snoozed_until}" if person.snoozed_until else ""
    return f"wants to hear of {', '.join(wanted)}{often}{quiet}"


def _refuse_odd(said: Wishes, now: datetime) -> None:
    if said.most_per_year is not None and not 0 <= said.most_per_year <= MOST:
        raise BadInput(f"at most 0 to {MOST} mails a year")
    if said.quiet_until and said.quiet_until <= now.date():
        raise BadInput("the day until which to be quiet must be to come; --default ends it")
