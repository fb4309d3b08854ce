"""What is different this time: a better fit, a step up, another team. Each checked against the role and the records.

Pure. What no record supports is not a difference, and a letter without one is not written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rekindle.courtesy.dossier import Candidacy, Dossier, OpenRole
from rekindle.courtesy.stems import stem


class Difference(StrEnum):
    """Why this is not the same again."""

    BETTER_FIT = "better-fit"
    LEVEL_UP = "level-up"
    OTHER_TEAM = "other-team"


class Basis(StrEnum):
    """What of the person the role meets."""

    INTEREST = "interest"
    SKILL = "skill"
    #: An interest in a sentence of its own: "would like to build something new again".
    WISH = "wish"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where person and role meet. `own` are the words on record about the person, `asked` those of the role."""

    basis: Basis
    own: str
    asked: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Different:
    """One difference that the records bear out; `evidence` are ids, and the kind of a label, which has none."""

    kind: Difference
    evidence: tuple[str, ...]
    meeting: Meeting | None = None


def differences(dossier: Dossier, role: OpenRole, before: Candidacy) -> tuple[Different, ...]:
    """Return what is different about `role`, the strongest first."""
    met = next(meetings(dossier, role), None)
    other_team = teams_differ(role, before)
    moved = (before.id, role.id)
    found: list[Different] = []
    if other_team and met and met.basis in {Basis.INTEREST, Basis.WISH}:
        found.append(Different(Difference.OTHER_TEAM, (*moved, *met.evidence), met))
    elif met:
        found.append(Different(Difference.BETTER_FIT, (role.id, *met.evidence), met))
    if steps_between(dossier, before, role) > 0:
        found.append(Different(Difference.LEVEL_UP, moved))
    if other_team and not any(each.kind is Difference.OTHER_TEAM for each in found):
        found.append(Different(Difference.OTHER_TEAM, moved))
    return tuple(found)


def steps_between(dossier: Dossier, before: Candidacy, role: OpenRole) -> int:
    """Return how many levels up the role is, fewer than 0 for down; 0 too when a level is not on the ladder."""
    now, then = dossier.rank(role.level), dossier.rank(before.level)
    return 0 if now is None or then is None else now - then


def recycled(dossier: Dossier, role: OpenRole, months: float) -> Candidacy | None:
    """Return what the role is the same as again: turned down lately, and no other team makes it different."""
    for earlier in dossier.applications:
        day = earlier.decided_on or earlier.spoke_on
        is_recent = day is None or (dossier.today - day).days <= months * _DAYS_A_MONTH
        if earlier.outcome == "rejected" and is_recent and _is_same(role, earlier):
            return earlier
    return None


def _is_same(role: OpenRole, earlier: Candidacy) -> bool:
    """Say whether kind of work, or title, and level are the same, and no other team is known to make it different."""
    level = (earlier.level or role.level).casefold() == role.level.casefold()
    kind = stems(role.title) == stems(earlier.role) or (earlier.family or "").casefold() == role.family.casefold()
    return level and kind and not teams_differ(role, earlier)


def teams_differ(role: OpenRole, earlier: Candidacy) -> bool:
    """Say whether both teams are known and not the same."""
    return bool(role.team and earlier.team and role.team.casefold() != earlier.team.casefold())


def meetings(dossier: Dossier, role: OpenRole) -> Iterator[Meeting]:
    """Yield where person and role meet: what they want first, then what they can, then what we noted."""
    for basis, labels in ((Basis.INTEREST, dossier.interests), (Basis.SKILL, dossier.skills)):
        for label in labels:
            if asked := _asked(label, role):
                yield Meeting(basis, label, asked, (str(basis),))
    for note in dossier.sayable("interest", "background", "strength"):
        if asked := _touched(note.text, role):
            basis = Basis.WISH if note.kind == "interest" else Basis.BACKGROUND
            yield Meeting(basis, note.text, asked, (note.id,))


def _asked(label: str, role: OpenRole) -> str | None:
    """Return the words of the role that speak of a label: a skill that says as much, else title or what is in it."""
    own = stems(label)
    if not own:
        return None
    for skill in role.skills:
        asked = stems(skill)
        if asked and (own <= asked or asked <= own):
            return skill
    return next((label for text in (role.title, role.whats_in_it) if own <= stems(text)), None)


def _touched(note: str, role: OpenRole) -> str | None:
    """Return the skill of the role that a note speaks of."""
    known = stems(note)
    return next((skill for skill in role.skills if (asked := stems(skill)) and asked <= known), None)


_DAYS_A_MONTH = 30.44
_SIGNS = re.compile(r"[^\W_]+(?:[+#]+)?")
_EMPTY = "a an the of to in on for and or with der die das und oder mit für von im"


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Return the word stems of a short text, without the words that say nothing: "roadmaps" meets "roadmap"."""
    return frozenset(stem(word, "en") for word in _SIGNS.findall(text.casefold()) if word not in _EMPTY.split())
