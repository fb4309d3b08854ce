"""What a letter says has happened between us, with the times it names, and the days on which it can have happened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.days.moments import Moment
from rekindle.courtesy.dossier import Candidacy
from rekindle.courtesy.letter import Sentence, tokens_of
from rekindle.courtesy.scanning import Hit

SPOKE, INTERVIEWED, CANDIDACY, APPLIED, DECIDED, SILENCE = EVENTS
#: Claims of a single contact; the ledger is asked for them elsewhere, but they say when we spoke as well as any.
CONTACTS = ("claimed_call", "claimed_meeting", "claimed_event")
#: "The interview on 12 May": so far behind the words a time is theirs.
_NEAR = 4
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
        case.events = [Event(hit, own_times(case, hit, case.times_of(hit))) for hit in told]
    return case.events


def own_times(case: Case, hit: Hit, times: Sequence[Moment]) -> tuple[Moment, ...]:
    """Return the times right behind the words: in "the interview on 12 May I told you of on 2 June" it is 12 May."""
    own = [each for each in times if each.days and not each.vague and -1 <= each.start - hit.end <= _NEAR]
    # "In October, and again in November" may both be of it; what we did at another time is not.
    us = case.phrases.words("speaking_of_us")
    between = (hit.sentence.plain[own[-1].end : each.start] for each in times if own and each.start > own[-1].end)
    return tuple(own if any(not us.isdisjoint(tokens_of(words)) for words in between) else times)


def says_when(case: Case) -> Iterator[Event]:
    """Give all that says when something was between us: events, single contacts, and a past role with a time."""
    yield from events_in(case)
    yield from (Event(hit, case.times_of(hit)) for hit in case.hits(*CONTACTS))
    # How they stood is dated as well: a time that fits says when, and one that does not says nothing.
    spans = days_between_us(case)
    ended = (Event(hit, case.times_of(hit)) for hit in case.hits("standing_late", "outcome"))
    yield from (event for event in ended if event.fits(spans))
    past = {each.id for each in case.dossier.applications}
    for sentence in case.letter.said:
        if past & case.named_in(sentence) and (times := case.moments(sentence)):
            yield Event(Hit(INTERVIEWED, sentence, _whole(sentence)), times)


def spans_for(case: Case, hit: Hit) -> tuple[Span, ...]:
    """Return the days on record for what a phrase says: of the application it names, if it names one."""
    named = case.named_in(hit.sentence)
    past = [each for each in case.dossier.applications if each.id in named] or list(case.dossier.applications)
    spans = [span for each in past for span in _spans(each, hit.name)]
    if hit.name == DECIDED and case.beside(hit, CANDIDACY, APPLIED):
        # "Your application of May was turned down": the month is that of the application.
        spans += [Span(each.applied_on, each.applied_on, each.id) for each in past if each.applied_on]
    if hit.name in {SPOKE, SILENCE, *CONTACTS}:
        spans += [Span(contact.on, contact.on, contact.id) for contact in case.known.personal]
    return tuple(spans)


def days_between_us(case: Case) -> tuple[Span, ...]:
    """Return all days of past applications, and of contacts with this person alone."""
    spans = [span for each in case.dossier.applications for span in _spans(each, INTERVIEWED)]
    return (*spans, *(Span(contact.on, contact.on, contact.id) for contact in case.known.personal))


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
