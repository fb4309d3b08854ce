"""Who writes in whose place, and whom a candidate knows by now. Pure: addresses in, addresses out."""

from collections.abc import Collection, Mapping, Sequence


def line(person: str, successors: Mapping[str, str]) -> tuple[str, ...]:
    """Return `person`, whoever took over from them, and so on to who is here; a circle ends before it closes."""
    found = [person]
    while (heir := successors.get(found[-1])) and heir not in found:
        found.append(heir)
    return tuple(found)


def is_circle(person: str, heir: str, successors: Mapping[str, str]) -> bool:
    """Say whether `heir`, taking over from `person`, hands over to that very person in the end."""
    return person in line(heir, successors)


def known_before(line_: Sequence[str], introduced: Collection[str]) -> str | None:
    """Return whom a candidate knows as their contact, of a `line`, when that is not the last of it, who writes now.

    None: nobody has to be introduced, for the writer is who knew them, or has been introduced.
    """
    writer = line_[-1]
    if len(line_) == 1 or writer in introduced:
        return None
    return next((each for each in reversed(line_[:-1]) if each in introduced), line_[0])
