"""What an open role is about, and what of a person's record speaks of it. Pure: words in, words out."""

from dataclasses import dataclass, field
from enum import StrEnum

from rekindle.exchange.wording import blind
from rekindle.journey.openings.stems import Stems, stems, telling
from rekindle.store.roles import Role


class Keeping(StrEnum):
    """How surely a role is what a promise waits for."""

    #: The promise names its kind of work, its team, its title or, made for such work, its level.
    NAMED = "named"
    #: It was made for such work, and a person has to read whether this is meant.
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Topic:
    """A role, with its words made comparable once."""

    title: str
    family: str
    level: str
    team: str | None = None
    skills: tuple[str, ...] = ()
    whats_in_it: str = ""
    kind: Stems = field(init=False)
    #: What the skills and the title are about, as the words of notes and reasons are compared with them.
    matters: Stems = field(init=False)
    _skills: tuple[tuple[str, Stems], ...] = field(init=False)
    _in_it: Stems = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "kind", stems(self.family))
        put(self, "matters", telling(" ".join([self.title, *self.skills])))
        put(self, "_skills", tuple((skill, own) for skill in self.skills if (own := stems(skill))))
        put(self, "_in_it", stems(self.whats_in_it))

    def is_of_kind(self, family: str | None, title: str) -> bool:
        """Say whether a candidacy was for this kind of work; one without a family is judged by its title."""
        return self.is_titled(title) if family is None else stems(family) == self.kind

    def is_titled(self, title: str) -> bool:
        return bool(self.kind) and self.kind <= stems(title)

    def skills_in(self, label: str) -> tuple[str, ...]:
        """Return the skills a label speaks of: all words of one stand in the other."""
        own = stems(label)
        return tuple(skill for skill, asked in self._skills if own and (own <= asked or asked <= own))

    def ground_of(self, interest: str) -> str | None:
        """Return what of the role an interest meets: a skill, the team, the title, what is in it; None for nothing."""
        if met := self.skills_in(interest):
            return met[0]
        own = stems(interest)
        team = stems(self.team) if self.team else frozenset()
        if team and own and (team <= own or own <= team):
            return f"the team {self.team}"
        if own and own <= stems(self.title):
            return self.title
        return "what is in it for them" if own and own <= self._in_it else None

    def is_other_team(self, team: str | None) -> bool:
        """Say whether both teams are known and differ."""
        return bool(team and self.team and blind(team) != blind(self.team))

    def keeps(self, promise: str, family: str | None, title: str) -> "Keeping | None":
        """Say whether this role is what a promise waits for, made with a candidacy for `title`; None: it is not."""
        said, of_kind = stems(promise), self.is_of_kind(family, title)
        names = [self.kind, stems(self.team or ""), stems(self.title), *([stems(self.level)] if of_kind else ())]
        if any(name and name <= said for name in names):
            return Keeping.NAMED
        return Keeping.PERHAPS if of_kind else None

    def is_same_again(self, title: str, family: str | None, level: str | None, team: str | None) -> bool:
        """Say whether this is the role they were turned down for.

        That is the same title, unless level or team are known to differ; or the same kind of work, level and team.
        """
        same_level = level is not None and level.casefold() == self.level.casefold()
        if blind(title) == blind(self.title):
            return (same_level or not level) and not self.is_other_team(team)
        return same_level and self.is_of_kind(family, title) and blind(team or "") == blind(self.team or "")


def topic_of(role: Role) -> Topic:
    return Topic(role.title, role.family, role.level, role.team, tuple(role.skills), role.whats_in_it)
