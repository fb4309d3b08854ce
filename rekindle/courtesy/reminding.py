"""The one gentle reminder: it refers to the first letter, and truthfully."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.times import said

RULES = ("follow-up-refers",)


def follow_up_refers(case: Case) -> Iterator[Finding]:
    """Ask for a word about the first letter; a time in it has to be the right one."""
    first = case.dossier.first_letter
    if first is None:
        message = "No first letter about this role is on record: there is nothing to follow up."
        yield refuse("follow-up-refers", message)
        return
    hits = case.hits("refers_first")
    when = f" {said(first.sent_on, case.dossier.today, case.phrases.language)}" if first.sent_on else ""
    if not hits:
        yield refuse("follow-up-refers", f"It does not refer to the first letter: you wrote{when}.", "", first.id)
        return
    times = [moment for hit in hits for moment in case.times_of(hit) if moment.days and not moment.vague]
    if first.sent_on and times and not any(moment.fits(first.sent_on) for moment in times):
        message = f"The first letter went out on {first.sent_on} ({first.id}): you wrote{when}."
        yield refuse("follow-up-refers", message, times[0].quote, first.id)
