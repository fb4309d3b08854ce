"""Finds the times a text speaks of, and the days each can honestly mean: generous at the edges, not about the year.

What has no past days of its own ("next week", "the coming spring") is found too, so that nothing inside it is misread.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rekindle.courtesy.days.counted import COUNTED, VAGUE, unit_in
from rekindle.courtesy.days.named import READINGS, dates_in, year_told, years_in
from rekindle.courtesy.days.spans import YEAR, Days
from rekindle.courtesy.letter import Sentence, plainly
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.scanning import Hit, Scanner, scanner_of

_BEFORE, _AFTER, _TO_COME = "time_before", "time_after", "time_to_come"
_LISTS = (*COUNTED, *READINGS, _BEFORE, _AFTER, _TO_COME)
#: What "before the summer" may mean, in days around its beginning; "after the summer" likewise around its end.
_LONG_BEFORE, _LONG_AFTER, _EDGE = 120, 90, 30
#: "of" or "in" may stand between a month and "last year".
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a sentence names at `start`..`end`, and all spans of days it may mean; none when it is to come."""

    sentence: Sentence
    start: int
    end: int
    days: tuple[Days, ...]
    #: "A while ago": true of much, and telling nothing.
    vague: bool = False

    @property
    def quote(self) -> str:
        """The words as they were written."""
        return self.sentence.text[self.start : self.end]

    def fits(self, first: date, last: date | None = None) -> bool:
        """Say whether it may mean the day, or one of the days from `first` to `last`."""
        return any(begin <= (last or first) and first <= end for begin, end in self.days)


def moments_in(sentence: Sentence, today: date, scanner: Scanner) -> tuple[Moment, ...]:
    """Return the times a sentence names, in order."""
    found = [Moment(sentence, start, end, days) for start, end, days in dates_in(sentence.plain)]
    found += _free(_moments(scanner.among(sentence, _LISTS), today, scanner.phrases), found)
    found += _free([Moment(sentence, start, end, (days,)) for start, end, days in years_in(sentence.plain)], found)
    return tuple(sorted(found, key=lambda moment: moment.start))


def _free(some: Iterable[Moment], taken: Sequence[Moment]) -> list[Moment]:
    """Leave out what stands inside of something found before: the year of a date."""
    return [each for each in some if not any(each.start < other.end and other.start < each.end for other in taken)]


def meant(words: str, today: date, phrases: Phrases) -> Days | None:
    """Return the first and the last day that a time as people say it can mean; None for what names no past days."""
    sentence = Sentence(words, plainly(words), 0, 0)
    found = moments_in(sentence, today, scanner_of(phrases))
    days = [span for moment in found for span in moment.days]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None


def _moments(hits: Sequence[Hit], today: date, phrases: Phrases) -> Iterator[Moment]:
    done = 0
    for place, hit in enumerate(hits):
        # "In April" took the "last year" that follows it along.
        if hit.start < done or hit.name in {_BEFORE, _AFTER}:
            continue
        before = hits[place - 1] if place and hit.start - hits[place - 1].end <= _NEAR else None
        follower = hits[place + 1] if place + 1 < len(hits) else None
        days, done = _days(hit, follower, today, phrases)
        if days or hit.name == _TO_COME:
            yield Moment(hit.sentence, hit.start, done, _shifted(days, before), hit.name == VAGUE)


def _days(hit: Hit, follower: Hit | None, today: date, phrases: Phrases) -> tuple[tuple[Days, ...], int]:
    """Return the days a time may mean, and where in the sentence the words for it end."""
    if hit.name in COUNTED:
        return COUNTED[hit.name](hit, today, phrases), hit.end
    if hit.name not in READINGS:
        return (), hit.end
    year, end = year_told(hit)
    if year is None and follower and follower.start - hit.end <= _NEAR:
        if told := _last_or_this_year(follower, today, phrases):
            year, end = told, follower.end
        elif follower.name == hit.name:
            # "In January and February 2024" are both of that year.
            year = year_told(follower)[0]
    return READINGS[hit.name](hit, today, phrases, year), end


def _last_or_this_year(follower: Hit, today: date, phrases: Phrases) -> int | None:
    """Return the year of "in April last year", "in spring of this year"."""
    if unit_in(follower, phrases) != YEAR:
        return None
    return {"time_last_unit": today.year - 1, "time_this_unit": today.year}.get(follower.name)


def _shifted(days: tuple[Days, ...], before: Hit | None) -> tuple[Days, ...]:
    """Read "before the summer" and "after Christmas" from what stands before the time."""
    if before is not None and before.name == _BEFORE:
        return tuple((first - timedelta(_LONG_BEFORE), first + timedelta(_EDGE)) for first, _ in days)
    if before is not None and before.name == _AFTER:
        return tuple((last - timedelta(_EDGE), last + timedelta(_LONG_AFTER)) for _, last in days)
    return days
