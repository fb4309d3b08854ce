"""From a dossier the proofs of a letter, each bound to the records it rests on; or what is missing, by name. Pure.

Nothing is papered over: what is not on record is asked for, with the command that adds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rekindle.courtesy.dossier import Candidacy, Dossier, KnownNote, Occasion, OpenRole, WrittenLetter
from rekindle.journey.letters import fragments
from rekindle.journey.letters.differing import Different, differences, stems
from rekindle.journey.letters.promising import falls_due
from rekindle.journey.letters.silence import Silence, silence

#: A decision nobody told them of is late after so many days.
_LATE_AFTER = 14


class Grade(StrEnum):
    """How somebody was told the last time."""

    PERSONAL = "personal"
    GENERIC = "generic"
    NONE = "none"
    #: Nothing on record says so: nothing is claimed.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Way:
    """How we came to know each other: they spoke, applied, or were decided about, and the day of it."""

    how: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What a letter rests on. `before` is the candidacy it speaks of; what does not apply is None or empty."""

    occasion: Occasion
    before: Candidacy | None = None
    strength: KnownNote | None = None
    role: OpenRole | None = None
    #: What is different about the role, the strongest first.
    differences: tuple[Different, ...] = ()
    silence: Silence | None = None
    #: A recorded promise that this letter keeps; in a rejection letter, one that it repeats.
    promise: str | None = None
    #: A rejection they should have heard of when it was decided.
    is_late: bool = False
    #: They were turned down before, and heard of it.
    is_again: bool = False
    first_letter: WrittenLetter | None = None

    @property
    def reason(self) -> str | None:
        """Why it was not them, if it may be said; a letter without it keeps to the outcome."""
        return self.before.reason if self.before and self.before.reason_sayable else None

    @property
    def took_another(self) -> bool:
        """Whether the recorded reason, sayable or not, is that somebody else was taken."""
        return bool(self.before and self.before.reason and fragments.speaks_of_another(self.before.reason))

    @property
    def grade(self) -> Grade:
        return Grade((self.before and self.before.rejection) or Grade.UNKNOWN)

    @property
    def way(self) -> Way | None:
        """What we know to have happened, and when: a conversation before an application before a decision."""
        if self.before is None:
            return None
        days = {
            "spoke": self.before.last_interview_on,
            "applied": self.before.applied_on,
            "decided": self.before.decided_on,
        }
        return next((Way(how, day) for how, day in days.items() if day), None)

    def as_record(self) -> dict[str, list[str]]:
        """Return proof name -> the ids it rests on, for the letter's row. No word of a record stands in it."""
        return {name: ids for name, ids in (*self._past(), *self._present()) if ids}

    def _past(self) -> Iterator[tuple[str, list[str]]]:
        if self.before is None:
            return
        before = [self.before.id]
        yield self.way.how if self.way else "", before if self.way else []
        yield "outcome", before
        yield "reason", before if self.reason else []
        yield "finalist", before if self.before.finalist else []
        yield f"told-{self.grade}", before
        yield "promise", before if self.promise else []
        if self.silence:
            yield "gap", list(self.silence.evidence)
            yield from ((f"gap-{gap}", list(self.silence.evidence)) for gap in self.silence.gaps)

    def _present(self) -> Iterator[tuple[str, list[str]]]:
        yield "strength", [self.strength.id] if self.strength else []
        yield "first-letter", [self.first_letter.id] if self.first_letter else []
        if self.role is None:
            return
        yield "role", [self.role.id]
        yield from ((str(each.kind), list(each.evidence)) for each in self.differences)
        if self.differences:
            yield "in-it", [self.role.id]
            yield f"process-{self.role.process_kind}", [self.role.id]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a letter needs and no record says: a sentence each, with what to do."""

    facts: tuple[str, ...]


def prove(dossier: Dossier, candidate: str = "CANDIDATE", gap_days: float = 90) -> Proofs | Missing:
    """Return the proofs of the letter the dossier is for; `candidate` is how commands name the person: c-17.

    `gap_days` is the longest silence that need not be mentioned.
    """
    match dossier.occasion:
        case Occasion.RE_ENGAGEMENT:
            return _re_engagement(dossier, candidate, gap_days)
        case Occasion.FOLLOW_UP:
            return _follow_up(dossier)
        case Occasion.REJECTION:
            return _rejection(dossier, candidate)


def _re_engagement(dossier: Dossier, candidate: str, gap_days: float) -> Proofs | Missing:
    role, before, strength = dossier.role, dossier.last_candidacy, strength_of(dossier)
    different = differences(dossier, role, before) if role and before else ()
    missing = [*_without_past(before), *_without_reason(before), *_without_strength(strength, candidate)]
    missing += _without_role(role)
    if role and before and not different:
        missing.append(_nothing_different(role, before, candidate))
    if missing or role is None or before is None:
        return Missing(tuple(missing))
    return Proofs(
        occasion=dossier.occasion,
        before=before,
        strength=strength,
        role=role,
        differences=different,
        silence=silence(dossier, before, gap_days),
        promise=before.promise if before.promise and falls_due(before.promise, role) else None,
    )


def _follow_up(dossier: Dossier) -> Proofs | Missing:
    first = dossier.first_letter
    missing = [] if dossier.role else [_NO_ROLE]
    if first is None or first.sent_on is None:
        missing.append("no first letter about this role has reached the person: a follow-up needs one")
    if missing:
        return Missing(tuple(missing))
    return Proofs(occasion=dossier.occasion, before=dossier.last_candidacy, role=dossier.role, first_letter=first)


def _rejection(dossier: Dossier, candidate: str) -> Proofs | Missing:
    now, strength = _turned_down(dossier), strength_of(dossier)
    missing = [*_without_past(now), *_without_strength(strength, candidate)]
    if missing or now is None:
        return Missing(tuple(missing))
    decided = now.decided_on or dossier.today
    return Proofs(
        occasion=dossier.occasion,
        before=now,
        strength=strength,
        promise=now.promise,
        is_late=now.rejection == Grade.NONE and (dossier.today - decided).days > _LATE_AFTER,
        is_again=any(_heard_a_no(each) for each in dossier.applications if each is not now),
    )


def strength_of(dossier: Dossier) -> KnownNote | None:
    """Choose what impressed us: a strength before a background, what the role asks for before anything else."""
    asked = [stems(skill) for skill in dossier.role.skills] if dossier.role else []

    def is_asked(note: KnownNote) -> bool:
        return any(skill and skill <= stems(note.text) for skill in asked)

    for kind in ("strength", "background"):
        if notes := dossier.sayable(kind):
            return next(filter(is_asked, notes), notes[0])
    return None


def _turned_down(dossier: Dossier) -> Candidacy | None:
    """Return what a rejection is about: the candidacy for the role if there is one, else the newest that ended."""
    title = dossier.role.title.casefold() if dossier.role else None
    about_role = (each for each in dossier.applications if each.role.casefold() == title)
    return next(about_role, None) or dossier.last_candidacy


def _heard_a_no(candidacy: Candidacy) -> bool:
    return candidacy.outcome == "rejected" and candidacy.rejection in {Grade.PERSONAL, Grade.GENERIC}


# What is missing, and what to do about it.

_NO_ROLE = "no role to write about: open one with `rekindle roles open FILE.toml`"


def _without_past(before: Candidacy | None) -> Iterator[str]:
    if before is None:
        yield "no application that came to an end: without one there is nothing to come back to"
    elif before.spoke_on is None:
        yield f"no date for {before.id}: import it again with `last_interview_on` or `applied_on`"


def _without_reason(before: Candidacy | None) -> Iterator[str]:
    if before and not (before.reason or "").strip():
        yield f"no reason for {before.id}: import it again with `reason`, sayable or not, so that we know why it was not them"


def _without_strength(strength: KnownNote | None, candidate: str) -> Iterator[str]:
    if strength is None:
        command = f"rekindle candidates note {candidate} --kind strength --sayable --text …"
        yield f"no sayable strength on record: add one with `{command}`"


def _without_role(role: OpenRole | None) -> Iterator[str]:
    if role is None:
        yield _NO_ROLE
        return
    again = f"and run `rekindle roles open {role.slug}.toml` again"
    if not role.whats_in_it.strip():
        yield f"{role.id} does not say what is in it for them: write `whats_in_it` into its file {again}"
    if not role.steps:
        yield f"{role.id} has no process plan: write its steps with their minutes into its file {again}"
    if role.process_kind == "streamlined" and not role.process_because.strip():
        yield f"the process of {role.id} is streamlined, but it does not say why: write `because` into its file {again}"


def _nothing_different(role: OpenRole, before: Candidacy, candidate: str) -> str:
    command = f"rekindle candidates note {candidate} --kind interest --sayable --text …"
    return (
        f"nothing on record says how {role.id} differs from {before.id} for this person: no skill or interest the role "
        f"meets, no higher level, no other team. Add what you know with `{command}`, or leave them out"
    )
