"""What a change of the settings would change: two outlooks over the same days, person by person. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rekindle.journey.forecast.outlook import Line, Outlook


@dataclass(frozen=True, slots=True)
class Change:
    """One candidate of whom something changes; of what stays the same neither side says anything."""

    candidate_id: int
    #: (programme, day) of each mail that falls away, and of each that is new.
    loses: tuple[tuple[str, str], ...]
    gains: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changes. `before` and `after` count mails by programme."""

    before: Counter[str]
    after: Counter[str]
    changes: tuple[Change, ...]


def difference(before: Outlook, after: Outlook) -> Difference:
    """Compare two outlooks of the same people and days."""
    changes = tuple(_changes(before, after))
    return Difference(before.by_programme, after.by_programme, changes)


def _changes(before: Outlook, after: Outlook) -> Iterator[Change]:
    then = {line.candidate_id: line for line in after.lines}
    # Who came or went between the two looks is in one of them only, and nothing can be said of them.
    for old, new in ((line, then[line.candidate_id]) for line in before.lines if line.candidate_id in then):
        had, has = _mails(old, before), _mails(new, after)
        if had != has:
            yield Change(old.candidate_id, tuple(sorted((had - has).elements())), tuple(sorted((has - had).elements())))


def _mails(line: Line, outlook: Outlook) -> Counter[tuple[str, str]]:
    days = ((str(each.programme), each.at.astimezone(outlook.zone).date().isoformat()) for each in line.receives)
    return Counter(days)
