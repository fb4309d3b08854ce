"""What is on record about one person as far as it bears on a role, and a reason for or against them. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass

from rekindle.courtesy.dossier import Candidacy, Contact, KnownNote

_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Profile:
    """What is on record about one person, as far as it bears on a role. Applications and contacts newest first."""

    candidate_id: int
    applications: tuple[Candidacy, ...] = ()
    skills: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    notes: tuple[KnownNote, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def last_contact(self) -> Contact | None:
        return self.contacts[0] if self.contacts else None

    def label(self, kind: str, label: str) -> str:
        """Return the id of a skill or interest: `c-17:skill:roadmaps`."""
        return f"c-{self.candidate_id}:{kind}:{label.casefold()}"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a place on the list. `evidence` are ids: a-7, n-3, t-9, c-17:skill:roadmaps."""

    kind: str
    points: int
    sentence: str
    evidence: tuple[str, ...]


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def quoted(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1] + '…'}”"
