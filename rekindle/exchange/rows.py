"""What reading a file gives, row by row: a good row with its record, or a bad one with everything wrong in it."""

from dataclasses import dataclass

from rekindle.exchange.problems import Problem
from rekindle.exchange.record import CandidateRecord

#: What a problem of the row as a whole is reported under.
WHOLE = "line"


@dataclass(frozen=True, slots=True)
class Good:
    """`line` is the physical line the row begins on, from 1; `offset` the bytes read so far, for a progress bar."""

    line: int
    record: CandidateRecord
    offset: int


@dataclass(frozen=True, slots=True)
class Bad:
    line: int
    problems: tuple[Problem, ...]
    offset: int


Row = Good | Bad


def judged(line: int, found: CandidateRecord | tuple[Problem, ...], offset: int) -> Row:
    """Wrap what the rules found."""
    return Good(line, found, offset) if isinstance(found, CandidateRecord) else Bad(line, found, offset)
