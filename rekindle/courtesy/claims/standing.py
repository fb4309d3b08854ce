"""How they stood last time: "finalist", "a tough decision", "the final two", "everyone loved you"."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import Candidacy
from rekindle.courtesy.entries import entry_in, numbers_in
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import plainly, tokens_of
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-standing", "claimed-number", "claimed-everyone")
#: In every language somebody in the final is called so, and of the late stages these entries are the last.
_FINALIST, _FINAL_STAGES = "finalist", {0, 1, 2, 3, 6}
#: So many signs behind the words a stage may end.
_NEAR = 20
_CLOSE = ("standing_late", "hard_decision", "standing_first", "standing_offer")


def claimed_standing(case: Case) -> Iterator[Finding]:
    """Ask the application that is spoken of for a late stage."""
    past = case.concerned
    unborne = [name for name in _CLOSE if not any(_bears(case, each, name) for each in past)]
    for hit in case.claims(*unborne) if unborne else ():
        if any(hit.overlaps(other) for other in case.hits("not_standing")) or _is_the_stage(hit, past):
            continue
        yield _unborne(past, hit)


def called_finalist(case: Case) -> Iterator[Finding]:
    """Ask a person to look at "finalist" where the last stage was a late one, and nothing calls it the final."""
    past = case.concerned
    if not any(is_late(case, each) for each in past) or any(each.finalist or _is_final(case, each) for each in past):
        return
    for hit in case.claims("standing_late"):
        if _FINALIST in hit.plain:
            message = f"The last stage is '{past[0].last_stage}' ({past[0].id}): make sure that it was the final one."
            yield warn("claimed-standing", message, hit.quote, *(each.id for each in past))


def claimed_numbers(case: Case) -> Iterator[Finding]:
    """Ask a person to look at numbers of candidates, which no record holds, unless a note or a reason does."""
    texts = [note.text for note in case.dossier.notes] + [each.reason or "" for each in case.concerned]
    known = {number for text in texts for number in numbers_in(case.phrases.lists, plainly(text))}
    for hit in case.claims("standing_number"):
        if any(hit.overlaps(other) for other in case.hits("not_standing")):
            continue
        if not known.issuperset(numbers_in(case.phrases.lists, hit.plain)):
            message = "No record says how many there were: leave the number out, or note where it is from."
            yield warn("claimed-number", message, hit.quote, *(each.id for each in case.concerned))


def claimed_everyone(case: Case) -> Iterator[Finding]:
    """Ask for a note that speaks for everybody; "unanimous" is too much without one."""
    words = case.phrases.words("everyone_words")
    if any(words & set(plainly(f"{note.text} {note.source or ''}").split()) for note in case.dossier.notes):
        return
    for hit in case.claims("standing_everyone", "standing_unanimous"):
        message = "No note says that of everybody: say whom it is true of, or add the note it rests on."
        yield (refuse if hit.name == "standing_unanimous" else warn)("claimed-everyone", message, hit.quote)


def is_late(case: Case, past: Candidacy) -> bool:
    """Say whether an application came near its end, as far as the record goes."""
    stage = plainly(past.last_stage or "")
    lists = case.phrases.lists
    return past.finalist or (
        entry_in(lists["late_stages"], stage) is not None and entry_in(lists["early_stages"], stage) is None
    )


def _is_the_stage(hit: Hit, past: tuple[Candidacy, ...]) -> bool:
    """Say whether the words are of the very stage on record: "a second" of "a second interview"."""
    said = tokens_of(hit.sentence.plain[hit.start : hit.end + _NEAR])
    return any(each.last_stage and tokens_of(plainly(each.last_stage)) <= said for each in past)


def _is_final(case: Case, past: Candidacy) -> bool:
    """Say whether the last stage is called the final, or came after it."""
    return entry_in(case.phrases.lists["late_stages"], plainly(past.last_stage or "")) in _FINAL_STAGES


def _bears(case: Case, past: Candidacy, claim: str) -> bool:
    if claim == "standing_offer":
        return entry_in(case.phrases.lists["offer_stages"], plainly(past.last_stage or "")) is not None
    return is_late(case, past)


def _unborne(past: tuple[Candidacy, ...], hit: Hit) -> Finding:
    if not past:
        return refuse("claimed-standing", "No past application is on record: leave the claim out.", hit.quote)
    stage = past[0].last_stage
    told = f"the last stage on record is '{stage}'" if stage else "no late stage is on record"
    message = f"They were no finalist, and {told} ({past[0].id}): leave the claim out, or correct the record."
    if hit.name == "standing_offer":
        message = f"No offer is on record, {told} ({past[0].id}): leave the claim out, or correct the record."
    return refuse("claimed-standing", message, hit.quote, *(each.id for each in past))
