"""The proofs of one letter: what it may claim, and the records each claim rests on. A value; nothing is looked up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rekindle.courtesy.dossier import Candidacy, KnownNote, OpenRole, WrittenLetter
from rekindle.journey.letters import fragments
from rekindle.journey.letters.differing import Different
from rekindle.journey.letters.remembering import LastWord, Memory
from rekindle.journey.letters.silence import Silence
from states.message import Occasion


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
    #: The role is below the last one, which must be said.
    is_step_down: bool = False
    silence: Silence | None = None
    #: A recorded promise that this letter keeps; in a rejection letter, one that it repeats.
    promise: str | None = None
    #: A rejection they should have heard of when it was decided.
    is_late: bool = False
    #: They were turned down before, and heard of it.
    is_again: bool = False
    first_letter: WrittenLetter | None = None
    #: In a check-in: how we were last in touch, and what it remembers.
    last: LastWord | None = None
    memory: Memory | None = None

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
        told = self._remembered() if self.last else (*self._past(), *self._present())
        return {name: ids for name, ids in told if ids}

    def _remembered(self) -> Iterator[tuple[str, list[str]]]:
        """A check-in says when we were in touch, from where we know each other, and one thing about them."""
        yield "last-contact", [self.last.id] if self.last else []
        yield "role", [self.before.id] if self.before else []
        yield self.memory.kind if self.memory else "", [self.memory.id] if self.memory else []

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
        if self.is_step_down and self.before:
            yield "level-down", [self.before.id, self.role.id]
        if self.differences:
            yield "in-it", [self.role.id]
            yield f"process-{self.role.process_kind}", [self.role.id]
