"""What a letter says has happened between us, with the times it names, and the days on which it can have happened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.days.moments import Moment
from rekindle.courtesy.dossier import Candidacy
from rekindle.courtesy.letter import Sentence
from rekindle.courtesy.scanning import Hit

SPOKE, INTERVIEWED, CANDIDACY, APPLIED, DECIDED, SILENCE = EVENTS
#: Claims of a single contact; the ledger is asked for them elsewhere, but they say when we spoke as well as any.
CONTACTS = ("claimed_call", "claimed_meeting", "claimed_event")
_WHOLE = re.compile(r"(?s).*")
#: A decision is made some days before and told some days after the day on record.
_AROUND_DECISION = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which something is on record, and the record."""

    first: date
    last: date
    id: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the letter says has happened; `times` are those it names for it."""

    hit: Hit
    times: tuple[Moment, ...]

    def fits(self, spans: tuple[Span, ...]) -> bool:
        """Say whether one of its times can mean one of the days; a vague one counts for nothing."""
        told = [moment for moment in self.times if not moment.vague]
        return any(moment.fits(span.first, span.last) for moment in told for span in spans)

    @property
    def is_dated(self) -> bool:
        return any(moment.days and not moment.vague for moment in self.times)

    @property
    def is_vague(self) -> bool:
        return bool(self.times) and all(moment.vague for moment in self.times)


def events_in(case: Case) -> Sequence[Event]:
    """Return what is said to have happened, in the order of the letter."""
    if case.events is None:
        # "You came to our meetup" is a contact, and the ledger is asked for it.
        others = case.hits("not_spoke", *CONTACTS)
        told = (hit for hit in case.hits(*EVENTS) if not any(hit.overlaps(other) for other in others))
        case.events = [Event(hit, case.times_of(hit)) for hit in told]
    return case.events


def says_when(case: Case) -> Iterator[Event]:
    """Give all that says when something was between us: events, single contacts, and a past role with a time."""
    yield from events_in(case)
    yield from (Event(hit, case.times_of(hit)) for hit in case.hits(*CONTACTS))
    past = {each.id for each in case.dossier.applications}
    for sentence in case.letter.said:
        if past & case.named_in(sentence) and (times := case.moments(sentence)):
            yield Event(Hit(INTERVIEWED, sentence, _whole(sentence)), times)


def spans_for(case: Case, hit: Hit) -> tuple[Span, ...]:
    """Return the days on record for what a phrase says: of the application it names, if it names one."""
    named = case.named_in(hit.sentence)
    past = [each for each in case.dossier.applications if each.id in named] or list(case.dossier.applications)
    spans = [span for each in past for span in _spans(each, hit.name)]
    if hit.name in {SPOKE, SILENCE, *CONTACTS}:
        spans += [Span(contact.on, contact.on, contact.id) for contact in case.known.personal]
    return tuple(spans)


def _spans(past: Candidacy, kind: str) -> Iterator[Span]:
    days = [day for day in (past.applied_on, past.last_interview_on, past.decided_on) if day]
    if not days:
        return
    if kind == APPLIED and past.applied_on:
        yield Span(past.applied_on, past.applied_on, past.id)
    elif kind == DECIDED and past.decided_on:
        yield Span(past.decided_on - _AROUND_DECISION, past.decided_on + _AROUND_DECISION, past.id)
    else:
        yield Span(min(days), max(days), past.id)


def _whole(sentence: Sentence) -> re.Match[str]:
    found = _WHOLE.match(sentence.plain)
    assert found is not None, "it matches anything"
    return found
