"""Times that contradict the record: "we spoke last spring" when it was in autumn. A time nothing is known of passes."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.events import SPOKE, Event, Span, events_in, spans_for
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.times import said

RULES = ("claimed-time",)


def claimed_times(case: Case) -> Iterator[Finding]:
    """Compare each time that belongs to something between us with the days on record."""
    for event in events_in(case):
        spans = spans_for(case, event.hit)
        if event.is_dated and spans and not event.fits(spans):
            yield _wrong(case, event, spans)
        elif event.is_dated and (later := _spoke_later(case, event)):
            yield later


def _wrong(case: Case, event: Event, spans: tuple[Span, ...]) -> Finding:
    quote = next(moment.quote for moment in event.times if moment.days)
    right = "; ".join(dict.fromkeys(f"{_days(span)} ({span.id})" for span in spans))
    example = said(spans[0].last, case.dossier.today, case.phrases.language)
    message = f"The records say otherwise: {right}. Write '{example}', or correct the record."
    return refuse("claimed-time", message, quote, *dict.fromkeys(span.id for span in spans))


def _spoke_later(case: Case, event: Event) -> Finding | None:
    """Warn where it was not the last time: "we last spoke in April", and there was a call in June."""
    if event.hit.name != SPOKE or not any(each.overlaps(event.hit) for each in case.hits("last_words")):
        return None
    newest = next((each for each in case.known.personal if each.channel in {"call", "meeting", "event", "reply"}), None)
    ends = max(last for moment in event.times for _, last in moment.days)
    if newest is None or newest.on <= ends:
        return None
    message = f"You were last in touch on {newest.on} ({newest.channel}): name that time, or leave out 'last'."
    return warn("claimed-time", message, event.hit.quote, newest.id)


def _days(span: Span) -> str:
    return str(span.last) if span.first == span.last else f"{span.first} to {span.last}"


def example_time(dossier: Dossier, language: str) -> str:
    """Return how one would say when it was, for a message; nothing when no day is on record."""
    day = next((each.spoke_on for each in dossier.applications if each.spoke_on), None)
    return f"'{said(day, dossier.today, language)}'" if day else "the time"
