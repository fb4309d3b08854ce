"""What has to be owned up to: that it has been a while, that they were never told, or only by a form letter."""

from collections.abc import Iterator
from datetime import date

from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import Candidacy
from rekindle.courtesy.events import CONTACTS, INTERVIEWED, SILENCE, SPOKE, Event, events_in, spans_for
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.times import said

RULES = ("says-the-gap", "unanswered-rejection", "presumed-goodbye")


def says_the_gap(case: Case) -> Iterator[Finding]:
    """After a long time ask for a word about it, or an honest date of something that was between us."""
    last = _last_contact(case)
    if last is None or (case.dossier.today - last[0]).days <= case.limits["gap_days"]:
        return
    if case.hits("gap_said", "owned_up") or any(_is_honest(case, event) for event in _between_us(case)):
        return
    day, name = last
    when = said(day, case.dossier.today, case.phrases.language)
    message = f"The last contact was on {day} ({name}): say that it has been a while, or that you spoke {when}."
    yield refuse("says-the-gap", message, "", name)


def owns_up(case: Case) -> Iterator[Finding]:
    """Who was never told has to hear that it was our mistake; who got a form letter should."""
    past = case.known.candidacy
    if past is None or past.outcome == "open":
        return
    if past.rejection == "none" and not case.hits("owned_up"):
        message = f"They never heard how it ended ({past.id}): say so, and that it was your mistake."
        yield refuse("unanswered-rejection", message, "", past.id)
    elif past.rejection == "generic" and not case.hits("owned_up", "form_letter"):
        message = f"They were only told by a standard message ({past.id}): say that they deserved more."
        yield warn("unanswered-rejection", message, "", past.id)


def presumes_no_goodbye(case: Case) -> Iterator[Finding]:
    """Refuse words that rest on a personal goodbye where there was none."""
    past = case.known.candidacy
    if past is None or past.rejection == "personal":
        return
    spoken = any(each.channel in {"call", "meeting"} for each in case.known.since(_before(past)))
    for hit in case.claims("warm_goodbye"):
        told = f"they were told by {'nobody' if past.rejection == 'none' else 'a standard message'}"
        known = told if past.rejection else "nothing on record says that they were told in person"
        message = f"This presumes a personal goodbye, but {known} ({past.id}): leave it out."
        yield (warn if spoken or past.rejection is None else refuse)("presumed-goodbye", message, hit.quote, past.id)


def _last_contact(case: Case) -> tuple[date, str] | None:
    """Return the day we were last in touch with this person alone, and the record."""
    found = [(contact.on, contact.id) for contact in case.known.personal]
    found += [(day, past.id) for past in case.dossier.applications if (day := past.decided_on or past.spoke_on)]
    return max(found, default=None)


def _before(past: Candidacy) -> date | None:
    return past.last_interview_on or past.decided_on


def _between_us(case: Case) -> Iterator[Event]:
    yield from events_in(case)
    yield from (Event(hit, case.times_of(hit)) for hit in case.hits(*CONTACTS))


def _is_honest(case: Case, event: Event) -> bool:
    """Say whether something that was between us is dated, and rightly; a decision is made by one side alone."""
    is_shared = event.hit.name in {SPOKE, INTERVIEWED, SILENCE, *CONTACTS}
    return is_shared and event.is_dated and event.fits(spans_for(case, event.hit))
