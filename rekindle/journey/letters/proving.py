"""From a dossier the proofs of a letter, each bound to the records it rests on; or what is missing, by name. Pure.

Nothing is papered over: what is not on record is asked for, with the command that adds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rekindle.courtesy.dossier import Candidacy, Dossier, KnownNote
from rekindle.journey.letters import fragments, lacking
from rekindle.journey.letters.differing import differences, recycled, stems, steps_between
from rekindle.journey.letters.promising import falls_due, is_lasting
from rekindle.journey.letters.proofs import Grade, Proofs
from rekindle.journey.letters.remembering import last_word, memory
from rekindle.journey.letters.silence import silence
from states.message import Occasion

#: What letters are measured by where a team has not said otherwise: as in config/courtesy.toml.
LIMITS: Mapping[str, float] = MappingProxyType({"gap_days": 90, "likeness": 0.5, "recycle_months": 12})
#: A decision nobody told them of is late after so many days.
_LATE_AFTER = 14


@dataclass(frozen=True, slots=True)
class Missing:
    """What a letter needs and no record says: a sentence each, with what to do."""

    facts: tuple[str, ...]


def prove(dossier: Dossier, candidate: str = "CANDIDATE", limits: Mapping[str, float] = LIMITS) -> Proofs | Missing:
    """Return the proofs of the letter the dossier is for, or what is missing.

    `candidate` is how commands name the person: c-17; `limits` are those of the courtesy check.
    """
    match dossier.occasion:
        case Occasion.RE_ENGAGEMENT:
            return _re_engagement(dossier, candidate, limits)
        case Occasion.FOLLOW_UP:
            return _follow_up(dossier)
        case Occasion.CHECK_IN:
            return _check_in(dossier, candidate)
        case Occasion.REJECTION:
            return _rejection(dossier, candidate)


def _re_engagement(dossier: Dossier, candidate: str, limits: Mapping[str, float]) -> Proofs | Missing:
    role, before, strength = dossier.role, dossier.last_candidacy, strength_of(dossier)
    different = differences(dossier, role, before) if role and before else ()
    missing = [
        *lacking.without_past(before),
        *lacking.without_reason(before),
        *lacking.without_strength(strength, candidate),
    ]
    missing += [*lacking.without_role(role), *lacking.without_meeting(role, before)]
    if role and before and not different:
        missing.append(lacking.nothing_different(role, before, candidate))
    elif role and (same := recycled(dossier, role, limits["recycle_months"])):
        missing.append(lacking.something_new(role, same.id))
    if missing or role is None or before is None:
        return Missing(tuple(missing))
    return Proofs(
        occasion=dossier.occasion,
        before=before,
        strength=strength,
        role=role,
        differences=different,
        is_step_down=steps_between(dossier, before, role) < 0,
        silence=silence(dossier, before, limits["gap_days"]),
        promise=before.promise if before.promise and falls_due(before.promise, role) else None,
    )


def _follow_up(dossier: Dossier) -> Proofs | Missing:
    first = dossier.first_letter
    missing = [] if dossier.role else [lacking.NO_ROLE]
    if first is None or first.sent_on is None:
        missing.append("no first letter about this role has reached the person: a follow-up needs one")
    if missing:
        return Missing(tuple(missing))
    return Proofs(occasion=dossier.occasion, before=dossier.last_candidacy, role=dossier.role, first_letter=first)


def _check_in(dossier: Dossier, candidate: str) -> Proofs | Missing:
    before, last, known = dossier.last_candidacy, last_word(dossier, dossier.last_candidacy), memory(dossier)
    missing = [
        *lacking.without_contact(last, candidate),
        *lacking.without_memory(known, candidate),
        *lacking.without_an_answer(before, candidate),
    ]
    if missing:
        return Missing(tuple(missing))
    return Proofs(occasion=dossier.occasion, before=before, last=last, memory=known)


def _rejection(dossier: Dossier, candidate: str) -> Proofs | Missing:
    now, strength = _turned_down(dossier), strength_of(dossier)
    missing = [*lacking.without_past(now), *lacking.without_strength(strength, candidate)]
    if missing or now is None:
        return Missing(tuple(missing))
    decided = now.decided_on or dossier.today
    return Proofs(
        occasion=dossier.occasion,
        before=now,
        strength=strength,
        # To stay in touch is what the letter promises anyway.
        promise=now.promise if now.promise and not is_lasting(now.promise) else None,
        is_late=now.rejection == Grade.NONE and (dossier.today - decided).days > _LATE_AFTER,
        is_again=any(_heard_a_no(each) for each in dossier.applications if each is not now),
    )


def strength_of(dossier: Dossier) -> KnownNote | None:
    """Choose what impressed us: a strength before a background, what the role asks for before anything else."""
    asked = [stems(skill) for skill in dossier.role.skills] if dossier.role else []

    def is_asked(note: KnownNote) -> bool:
        return any(skill and skill <= stems(note.text) for skill in asked)

    for kind in ("strength", "background"):
        if notes := [note for note in dossier.sayable(kind) if fragments.tidy(note.text)]:
            return next(filter(is_asked, notes), notes[0])
    return None


def _turned_down(dossier: Dossier) -> Candidacy | None:
    """Return what a rejection is about: the candidacy for the role if there is one, else the newest that ended."""
    title = dossier.role.title.casefold() if dossier.role else None
    about_role = (each for each in dossier.applications if each.role.casefold() == title)
    return next(about_role, None) or dossier.last_candidacy


def _heard_a_no(candidacy: Candidacy) -> bool:
    return candidacy.outcome == "rejected" and candidacy.rejection in {Grade.PERSONAL, Grade.GENERIC}
