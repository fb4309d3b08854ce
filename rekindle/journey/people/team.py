"""The team as it is now: what the settings say of people, and who has left since by the records."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any, Generic, Protocol, Self, TypeVar, overload

from rekindle.journey.letters.standards import Colleague
from rekindle.store.departures import Gone

Made = TypeVar("Made")


def as_it_is(people: Mapping[str, Colleague], gone: Gone) -> dict[str, Colleague]:
    """Return the team: whom the settings call gone is gone, and so is whoever has left by the records."""
    left = {person: heir for person, heir in gone if person in people and not people[person].successor}
    return {address: replace(who, successor=left.get(address, who.successor)) for address, who in people.items()}


class Staffed(Protocol):
    """Whatever knows who has left, and keeps what was made for a team."""

    @property
    def made(self) -> dict[Hashable, Any]: ...
    def gone(self) -> Gone: ...


class PerTeam(Generic[Made]):
    """A property made once for a team as it is, and anew when somebody has left: a process may live longer than that.

    Each reading looks who has left; `of` is for whoever has looked already, in a transaction.
    """

    def __init__(self, make: Callable[[Any, Gone], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, of: type) -> Self: ...
    @overload
    def __get__(self, owner: Staffed, of: type) -> Made: ...
    def __get__(self, owner: Staffed | None, of: type) -> "Self | Made":
        return self if owner is None else self.of(owner, owner.gone())

    def of(self, owner: Staffed, gone: Gone) -> Made:
        """Return what belongs to the team without those who have `gone`."""
        key = (self._make.__name__, gone)
        if key not in owner.made:
            owner.made[key] = self._make(owner, gone)
        found: Made = owner.made[key]
        return found
