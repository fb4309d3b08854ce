"""Promises a letter speaks of: "as promised" needs a promise on record, and one of that content."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.promises import promise_in
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

RULES = ("claimed-promise",)


def claimed_promises(case: Case) -> Iterator[Finding]:
    """Compare each promise the letter speaks of with what was promised."""
    promises = tuple(_promises(case))
    for hit in case.claims("claimed_promise"):
        if not promises:
            message = "No promise to them is on record: leave the claim out, or record what was promised."
            yield refuse("claimed-promise", message, hit.quote, *(past.id for past in case.concerned))
        else:
            yield from _compared(case, hit, promises)


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
        offered = case.stems(" ".join((role.title, role.family, role.team or "", role.whats_in_it, *role.skills)))
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
