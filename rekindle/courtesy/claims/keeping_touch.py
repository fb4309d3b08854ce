"""Keeping in touch, and keeping in mind: what was never done must not be claimed, and mail to many is no touch."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse, warn

RULES = ("claimed-touch", "claimed-mind")
_OFTEN = 2
#: What takes two, whoever began it.
_TOGETHER = frozenset({"call", "meeting", "event"})


def kept_in_touch(case: Case) -> Iterator[Finding]:
    """Ask for contact with this person alone since the decision; not long ago, or a person should look."""
    day = case.known.decided_on
    first = case.dossier.first_letter
    # The letter that is followed up is no touch: nobody knows whether it was read.
    since = [each for each in case.known.since(day) if first is None or each.id != first.id]
    if len(since) >= _OFTEN and (case.dossier.today - since[0].on).days <= case.limits["gap_days"]:
        return
    for hit in case.claims("in_touch", "often_in_touch"):
        if not since:
            many = f" Mail to many, as on {case.known.to_many[0].on}, is no touch." if case.known.to_many else ""
            message = (
                f"No personal contact is on record since {day}: leave the claim out, or record what there was.{many}"
            )
            yield refuse("claimed-touch", message, hit.quote, *(each.id for each in case.known.to_many[:1]))
        elif hit.name == "often_in_touch" and len(since) < _OFTEN:
            message = f"One contact is on record since {day}, of {since[0].on}: say that, or record the others."
            yield refuse("claimed-touch", message, hit.quote, since[0].id)
        elif (case.dossier.today - since[0].on).days > case.limits["gap_days"]:
            # "Every few weeks", and the last time was in summer: that is not so.
            is_plain = len(since) < _OFTEN or hit.name == "often_in_touch"
            message = f"The last contact was on {since[0].on}: ask yourself whether that is keeping in touch."
            yield (refuse if is_plain else warn)("claimed-touch", message, hit.quote, since[0].id)


def kept_in_mind(case: Case) -> Iterator[Finding]:
    """Ask for any sign of it since the decision: a contact of ours, a letter, a note."""
    day = case.known.decided_on
    notes = [note for note in case.dossier.notes if note.on and (day is None or note.on > day)]
    # That they wrote shows that they thought of us.
    if notes or any(each.direction == "out" or each.channel in _TOGETHER for each in case.known.since(day)):
        return
    for hit in case.claims("kept_in_mind"):
        if any(hit.overlaps(other) for other in case.inside(hit.sentence, "their_memory")):
            continue
        message = f"Nothing on record since {day} shows it: leave the claim out, and write what is true."
        yield refuse("claimed-mind", message, hit.quote, *(past.id for past in case.concerned))
