"""Promises a letter speaks of: "as promised" needs a promise on record, and one of that content."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, plainly
from rekindle.courtesy.promises import promise_in
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

RULES = ("claimed-promise",)
#: A promise on record that has one of these is one of the job.
_GRANTING = ("promise_grants", "job_promised")


def claimed_promises(case: Case) -> Iterator[Finding]:
    """Compare each promise the letter speaks of with what was promised."""
    promises = tuple(_promises(case))
    reasons = [plainly(past.reason) for past in case.dossier.applications if past.reason and past.reason_sayable]
    for hit in case.claims("claimed_promise"):
        # "The post was cut after we had agreed to offer it" is the recorded reason.
        if any(hit.plain in reason for reason in reasons):
            continue
        if not promises:
            message = "No promise to them is on record: leave the claim out, or record what was promised."
            yield refuse("claimed-promise", message, hit.quote, *(past.id for past in case.concerned))
        elif grant := _granted(case, hit, promises):
            on_record = "; ".join(text for _, text in promises)
            message = f"What was promised is '{on_record}', and no job: say that, or leave the promise out."
            yield refuse("claimed-promise", message, hit.through(grant.end), *(name for name, _ in promises))
        else:
            yield from _compared(case, hit, promises)


def promised_jobs(case: Case) -> Iterator[Finding]:
    """Refuse "you would get the next post" where no promise of the job is on record, whatever it is called."""
    jobs, promises = case.claims("job_promised"), tuple(_promises(case))
    if not jobs or any(case.phrases.find(name, plainly(text)) for name in _GRANTING for _, text in promises):
        return
    told = [hit for hit in case.claims("claimed_promise") if not promises or _granted(case, hit, promises)]
    for hit in jobs:
        # What is asked for already need not be asked for twice.
        if not any(other.sentence is hit.sentence for other in told) and not _is_open(case, hit):
            on_record = "; ".join(text for _, text in promises) or "nothing"
            message = f"What was promised is '{on_record}', and no job: say that, or leave the promise out."
            yield refuse("claimed-promise", message, hit.quote, *(name for name, _ in promises))


def _granted(case: Case, hit: Hit, promises: tuple[tuple[str, str], ...]) -> Hit | None:
    """Return the words by which a promise to write becomes one of the job: "that the next would be yours"."""
    if any(case.phrases.find("promise_grants", plainly(text)) for _, text in promises):
        return None
    grants = [each for each in case.inside(hit.sentence, "promise_grants") if each.end > hit.start]
    # "I promised to write when a role opens that could be yours" grants nothing.
    return next((each for each in grants if not case.is_denied(each) and not _is_open(case, each)), None)


def _is_open(case: Case, hit: Hit) -> bool:
    """Say whether it only may be: "could be yours", "if the job is yours"."""
    start, _ = case.clause(hit)
    return any(start <= other.start <= hit.start for other in case.inside(hit.sentence, "conditions", "may_be"))


def _compared(case: Case, hit: Hit, promises: tuple[tuple[str, str], ...]) -> Iterator[Finding]:
    ids = tuple(name for name, _ in promises)
    on_record = "; ".join(text for _, text in promises)
    promised = _content(case, on_record)
    claimed = _content(case, _told(case, hit))
    whole = claimed | _content(case, hit.sentence.plain[hit.end :])
    if claimed and promised and not case.shared(whole, promised):
        message = f"What was promised is '{on_record}': say that, or leave the promise out."
        yield refuse("claimed-promise", message, hit.through(case.clause(hit)[1]), *ids)
    elif promised and (role := case.dossier.role):
        offered = case.stems(
            " ".join((role.title, role.family, role.level, role.team or "", role.whats_in_it, *role.skills))
        )
        if not case.shared(promised, offered):
            message = f"What was promised is '{on_record}': make sure that this letter keeps it."
            yield warn("claimed-promise", message, hit.quote, *ids)


def _promises(case: Case) -> Iterator[tuple[str, str]]:
    for past in case.dossier.applications:
        if past.promise:
            yield past.id, past.promise
    if (first := case.dossier.first_letter) and (told := promise_in(Letter(first.text), case.phrases)):
        yield first.id, told
    for contact in case.known.personal:
        if contact.summary and "promis" in contact.summary.casefold():
            yield contact.id, contact.summary


def _told(case: Case, hit: Hit) -> str:
    """Return what the promise is said to be: the words after it, up to the end of that part of the sentence."""
    _, end = case.clause(hit)
    return hit.sentence.text[hit.end : end]


def _content(case: Case, text: str) -> Stems:
    return case.stems(text) - case.scanner.stems("promise_words")
