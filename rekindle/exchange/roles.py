"""Reads the file of a role, TOML as docs/roles.md tells it: a record that is valid and whole, or every problem in it.

Nothing is stored here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from rekindle.errors import BadInput
from rekindle.exchange import forms
from rekindle.exchange.fields import Fields
from rekindle.exchange.forms import Shape
from rekindle.exchange.problems import Problems, TooManyProblems, did_you_mean, shown
from rekindle.exchange.tomlfile import decoded
from rekindle.exchange.wording import blind

Kind = Literal["full", "streamlined"]
KINDS: dict[str, Kind] = {word: word for word in get_args(Kind)}
#: What one step, or all of a streamlined process, may take: a working day. And a full process: a working week.
DAY, WEEK = 480, 2400
#: Bytes. A role with a page of text takes a fiftieth of it.
_LARGEST = 100_000
_MOST_STEPS, _MOST_SKILLS = 20, 50
#: What commands call a role or an event.
SLUG = Shape(
    100, re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch, "lower-case letters, digits and hyphens: director-product"
)
ROLE_FIELDS = frozenset(
    ("slug", "title", "family", "level", "team", "location", "skills", "hiring_manager", "whats_in_it", "process")
)
PROCESS_FIELDS = frozenset(("kind", "because", "steps", "total_minutes", "hours"))
STEP_FIELDS = frozenset(("name", "minutes"))
Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class StepRecord:
    name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ProcessRecord:
    """What a candidate goes through. `because` says why a streamlined one is shorter; a full one has none."""

    kind: Kind
    because: str
    steps: tuple[StepRecord, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    def as_stored(self) -> dict[str, Any]:
        """Return what the role's row keeps."""
        return {"kind": self.kind, "because": self.because, "steps": [asdict(step) for step in self.steps]}


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """A role as its file tells it. `level` is in lower case and on the ladder."""

    slug: str
    title: str
    family: str
    level: str
    hiring_manager: str
    whats_in_it: str
    process: ProcessRecord
    team: str | None = None
    location: str | None = None
    skills: tuple[str, ...] = ()


def read_role(path: Path, ladder: Sequence[str]) -> RoleRecord:
    """Read one role; `ladder` are the levels there are. Raises BadInput naming all that is wrong with the file."""
    told = decoded(path, _LARGEST)
    problems = Problems()
    try:
        record = _role(told, ladder, problems)
    except TooManyProblems:
        record = None
    if record is None or problems.found:
        said = "\n".join(f"  {problem}" for problem in problems.found)
        raise BadInput(f"{path} is no role that can be opened; nothing was stored\n{said}")
    return record


def _role(told: dict[str, Any], ladder: Sequence[str], problems: Problems) -> RoleRecord:
    of = Fields(told, ROLE_FIELDS, "", problems, date.max)
    return RoleRecord(
        slug=of.needed("slug", of.shaped("slug", SLUG), SLUG.expected) or "",
        title=of.needed("title", of.line("title", 200), "what the role is called") or "",
        family=of.needed("family", of.line("family", 100), "the kind of work, such as product") or "",
        level=_level(of, ladder),
        team=of.line("team", 200),
        location=of.line("location", 200),
        skills=_each_once(of, "skills", of.lines("skills", 200, _MOST_SKILLS), str),
        hiring_manager=_needed_address(of),
        whats_in_it=of.needed("whats_in_it", of.line("whats_in_it", 2000), "what they would get out of it") or "",
        process=_process(of, told.get("process")),
    )


def _needed_address(of: Fields) -> str:
    found = of.shaped("hiring_manager", forms.ADDRESS)
    return of.needed("hiring_manager", found, "the address of the hiring manager") or ""


def _level(of: Fields, ladder: Sequence[str]) -> str:
    levels = [level.casefold() for level in ladder]
    found = of.needed("level", of.line("level", 50), f"a level of the ladder: {', '.join(levels)}")
    if found is not None and found.casefold() not in levels:
        of.refuse("level", found, f"a level of the ladder in policy.toml; {did_you_mean(found.casefold(), levels)}")
    return (found or "").casefold()


def _process(of: Fields, told: Any) -> ProcessRecord:
    inner = of.inner("process", PROCESS_FIELDS)
    if inner is None:
        if told is None:
            of.refuse("process", told, "a [process] with kind and steps: candidates are told what awaits them")
        return ProcessRecord("full", "", ())
    kind: Kind | None = inner.needed("kind", inner.word("kind", KINDS), "full or streamlined")
    because = inner.line("because", 500)
    if kind == "streamlined":
        inner.needed("because", because, "why it is shorter than for others")
    if kind == "full" and because:
        inner.refuse("because", because, "nothing: only a streamlined process has a reason to be shorter")
    found = ProcessRecord(kind or "full", because or "", _steps(inner, told))
    _add_up(inner, told, found)
    return found


def _steps(of: Fields, told: dict[str, Any]) -> tuple[StepRecord, ...]:
    given = told.get("steps")
    if given is None or given == []:
        of.refuse("steps", given, "at least one step with its name and minutes")
        return ()
    steps = tuple(_read_steps(of, given))
    return _each_once(of, "steps", steps, lambda step: step.name)


def _read_steps(of: Fields, given: Any) -> Iterator[StepRecord]:
    tables = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    for step, each in zip(of.each("steps", STEP_FIELDS, _MOST_STEPS), tables, strict=False):
        name = step.needed("name", step.line("name", 200), "what happens in this step")
        minutes = each.get("minutes")
        if type(minutes) is not int or not 1 <= minutes <= DAY:
            step.refuse("minutes", minutes, f"a whole number of minutes from 1 to {DAY}, a working day")
        elif name is not None:
            yield StepRecord(name, minutes)


def _each_once(of: Fields, key: str, found: tuple[Named, ...], name: Any) -> tuple[Named, ...]:
    """Refuse what stands twice in a list; upper case, spaces and hyphens make no difference."""
    known: set[str] = set()
    for each in found:
        if (reduced := blind(name(each))) in known:
            of.refuse(key, name(each), "each of them once")
        known.add(reduced)
    return found


def _add_up(of: Fields, told: dict[str, Any], process: ProcessRecord) -> None:
    """Compare what is said about all steps together with the steps themselves."""
    total, most = process.minutes, DAY if process.kind == "streamlined" else WEEK
    if total > most:
        of.refuse("steps", total, f"at most {most} minutes in all for a {process.kind} process")
    for key, minutes_each in (("total_minutes", 1), ("hours", 60)):
        said = told.get(key)
        if said is None or len(process.steps) != len(told.get("steps", ())):
            # Nothing was said, or a step could not be read: that is said already.
            continue
        if type(said) not in {int, float} or not -1 < said * minutes_each - total < 1:
            of.refuse(key, said, f"what the steps add up to: {shown(total)} minutes, {total / 60:.3g} hours")
