"""What has to be owned up to: that it has been a while, that they were never told, or only by a form letter."""

from collections.abc import Iterator
from datetime import date

from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import Candidacy
from rekindle.courtesy.events import CONTACTS, INTERVIEWED, SILENCE, SPOKE, Event, events_in, spans_for
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Sentence
from rekindle.courtesy.stems import Stems
from rekindle.courtesy.times import said
from rekindle.courtesy.traces import has, is_no_account, owns_silence

#: Sentences with these speak of another silence, or of no silence at all.
_NO_FAILING = ("open_offers", "in_touch", "gap_said", "outcome", "reason_lead")
RULES = ("says-the-gap", "unanswered-rejection", "presumed-goodbye")


def says_the_gap(case: Case) -> Iterator[Finding]:
    """After a long time ask for a word about it, or an honest date of something that was between us."""
    last = _last_contact(case)
    if last is None or (case.dossier.today - last[0]).days <= case.limits["gap_days"]:
        return
    day, name = last
    is_long = (case.dossier.today - day).days > case.limits["gap_dated_days"]
    if case.hits("gap_said") or (case.hits("owned_up") and (not is_long or _is_one_silence(case))):
        return
    hint = next(_gap_hints(case), None)
    if any(_is_honest(case, event) for event in _between_us(case)):
        # A date alone says how long it has been, but nobody likes to work that out after a year.
        if is_long and hint is None:
            message = f"The last contact was on {day} ({name}): say that it has been a while."
            yield refuse("says-the-gap", message, "", name)
        return
    when = said(day, case.dossier.today, case.phrases.language)
    advice = f"say that it has been a while, or that you spoke {when}."
    if hint:
        message = "It may say that it has been a while, but not plainly."
        yield warn("says-the-gap", f"{message} The last contact was on {day} ({name}): {advice}", hint.text, name)
    else:
        yield refuse("says-the-gap", f"The last contact was on {day} ({name}): {advice}", "", name)


def owns_up(case: Case) -> Iterator[Finding]:
    """Who was never told has to hear that it was our mistake; who got a form letter should."""
    past = case.known.candidacy
    if past is None or past.outcome == "open":
        return
    if past.rejection == "none" and not case.hits("owned_up"):
        message = f"They never heard how it ended ({past.id}): say so, and that it was your mistake."
        if hint := next(_failing_hints(case), None):
            yield warn("unanswered-rejection", f"It may say so, but not plainly. {message}", hint.text, past.id)
        else:
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


def _is_one_silence(case: Case) -> bool:
    """Say whether they were never told: then who owns up to that has owned up to the silence since."""
    past = case.known.candidacy
    return past is None or past.rejection in {"none", None}


def _gap_hints(case: Case) -> Iterator[Sentence]:
    """Give the sentences that speak of a pause, or of words that did not come."""
    for each in case.letter.sentences:
        if owns_silence(case, each, is_sorry=_is_one_silence(case)):
            yield each
            continue
        if is_no_account(case, each) or case.inside(each, "outcome"):
            continue
        # That they should have had a call, and that there are no late shifts, is of another silence, or of none.
        is_failing = case.inside(each, "owned_up") and not _is_one_silence(case)
        if is_failing or len(case.shared(_offered(case), case.stems(each.plain))) > 1:
            continue
        if has(case, each, "gap_trace") or has(case, each, "contact_words", "lacking_words"):
            yield each


def _offered(case: Case) -> Stems:
    return case.stems(case.dossier.role.whats_in_it) if case.dossier.role else frozenset()


def _failing_hints(case: Case) -> Iterator[Sentence]:
    """Give the sentences that say how we failed to tell them; that we have not written since is another matter."""
    for each in case.letter.sentences:
        if owns_silence(case, each, is_sorry=True):
            yield each
            continue
        if is_no_account(case, each) or case.inside(each, *_NO_FAILING):
            continue
        if has(case, each, "telling_words", "failing_words"):
            yield each


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
