"""Why it was not them: only the recorded reason that may be said, or in general that somebody else was taken."""

from collections.abc import Iterator

from rekindle.courtesy.alike import parted
from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import Candidacy
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Sentence
from rekindle.courtesy.objects import behind, parts_of
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

RULES = ("claimed-reason",)
#: What only a sentence about last time has.
_OF_THEN = ("outcome", "decided", "standing_late", "last_time")


def claimed_reasons(case: Case) -> Iterator[Finding]:
    """Compare each reason that is given with the recorded ones."""
    sayable, hidden = sayable_reasons(case), _reasons(case, sayable=False)
    for hit in case.hits("reason_lead", "reason_whole"):
        if case.is_denied(hit) or _is_of_the_new(case, hit):
            continue
        parts = reason_parts(case, hit)
        # The titles are in everybody's mouth: "someone else for the Product Manager role" gives no reason.
        specific = [part for part in parts if part - case.title_stems]
        invented = [part for part in specific if not any(case.shared(part, own) for _, own in sayable)]
        if not invented or _is_of_their_strength(case, hit, invented):
            continue
        leaked = [past.id for past, own in hidden if any(case.shared(part, own) for part in invented)]
        yield _finding(case, hit, parts, invented, leaked)


def _is_of_the_new(case: Case, hit: Hit) -> bool:
    """Say whether it is whom we look for now: "we are looking for somebody who can lead it"."""
    seeking = [
        each for each in case.inside(hit.sentence, "seeking", "new_role", "seeks_somebody") if each.start <= hit.start
    ]
    is_past = any(moment.days for moment in case.moments(hit.sentence)) or case.inside(
        hit.sentence, "outcome", "decided"
    )
    return bool(seeking) and not is_past


def _is_of_their_strength(case: Case, hit: Hit, parts: list[Stems]) -> bool:
    """Say whether it is they who are meant: "somebody who can tell a patient is worth a lot there", as is noted."""
    is_past = any(each.days for each in case.moments(hit.sentence)) or case.inside(hit.sentence, *_OF_THEN)
    if is_past or len(parts) > 1:
        return False
    return any(len(case.shared(parts[0], fact.stems)) > 1 for fact in case.known.strengths)


def reason_parts(case: Case, hit: Hit) -> tuple[Stems, ...]:
    """Return what a reason consists of, beyond "someone else"."""
    told = behind(case, hit, "reason_ends", "who_words")
    whole = f"{hit.plain} {told}" if hit.name == "reason_whole" else told
    return parts_of(case, parted(whole, case.phrases), "reason_words")


def sayable_reasons(case: Case) -> list[tuple[Candidacy, Stems]]:
    """Return past applications with the stems of their reason, where it may be said."""
    return _reasons(case, sayable=True)


def _reasons(case: Case, *, sayable: bool) -> list[tuple[Candidacy, Stems]]:
    told = [past for past in case.dossier.applications if past.reason and past.reason_sayable is sayable]
    return [(past, reason_stems(case, past)) for past in told]


def reason_stems(case: Case, past: Candidacy) -> Stems:
    """Return what a recorded reason says beyond "someone else", with "experience" when that is all it says."""
    empty = case.scanner.stems("reason_words")
    return case.known.stems(parted(past.reason or "", case.phrases)) - empty


def speaks_of(case: Case, sentence: Sentence, own: Stems) -> bool:
    """Say whether a sentence has half of what a reason says, in whatever frame."""
    # "A nurse with more experience in surgery": of two nurses that one is a nurse is no reason.
    own = own - case.title_stems or own
    return 2 * len(case.shared(own, parted_stems(case, sentence))) >= len(own)


def parted_stems(case: Case, sentence: Sentence) -> Stems:
    """Return the stems of a sentence, "Asienerfahrung" as two words."""
    return case.stems(parted(sentence.plain, case.phrases))


def _finding(case: Case, hit: Hit, parts: tuple[Stems, ...], invented: list[Stems], leaked: list[str]) -> Finding:
    quote = hit.through(hit.end + 1 + len(behind(case, hit, "reason_ends", "who_words")))
    if leaked:
        message = f"The reason of {leaked[0]} is not cleared to be said: say in general that it was somebody else."
        return refuse("claimed-reason", message, quote, *leaked)
    told = [past for past, _ in sayable_reasons(case)]
    if told:
        message = f"The recorded reason is '{told[0].reason}' ({told[0].id}): say that one."
    else:
        message = "No sayable reason is on record: say in general that somebody else was taken."
    is_unsure = len(invented) < len(parts) or not case.known.reads_as
    return (warn if is_unsure else refuse)(
        "claimed-reason", message, quote, *(past.id for past in told or case.concerned)
    )
