"""Reads the file of an event, TOML as docs/events.md tells it: a record that is valid, or every problem in it.

Nothing is stored here, and nothing compared with now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rekindle.errors import BadInput
from rekindle.exchange import forms
from rekindle.exchange.fields import Fields
from rekindle.exchange.problems import Problems, TooManyProblems, did_you_mean
from rekindle.exchange.roles import SLUG
from rekindle.exchange.tomlfile import decoded

#: Bytes. An event with a page of text takes a twentieth of it.
_LARGEST = 100_000
_MOST_LISTED = 50
_LARGEST_CAPACITY = 100_000
_LONGEST = timedelta(days=31)
_LATEST = date(2200, 1, 1)
_LOCAL = "a local time such as 2026-11-05 18:30"
EVENT_FIELDS = frozenset(
    ("slug", "title", "summary", "starts", "ends", "timezone", "place", "link", "language", "topics", "capacity")
) | {"answer_by", "host", "audience"}
AUDIENCE_FIELDS = frozenset(("families", "cities", "interests"))


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event as its file tells it; times are instants, in UTC."""

    slug: str
    title: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    answer_by: date
    host: str
    place: str | None = None
    link: str | None = None
    language: str = "en"
    topics: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    capacity: int | None = None


def read_event(path: Path, people: Collection[str]) -> EventRecord:
    """Read one event; `people` are the team's addresses. Raises BadInput naming all that is wrong with the file."""
    told = decoded(path, _LARGEST)
    problems = Problems()
    try:
        record = _event({key: _as_text(value) for key, value in told.items()}, people, problems)
    except TooManyProblems:
        record = None
    if record is None or problems.found:
        said = "\n".join(f"  {problem}" for problem in problems.found)
        raise BadInput(f"{path} is no event anybody can be invited to; nothing was stored\n{said}")
    return record


def _as_text(value: Any) -> Any:
    """Take days and times with or without quotes: TOML has its own, which the reader hands on as a tuple."""
    return value[0] if isinstance(value, tuple) else value


def _event(told: dict[str, Any], people: Collection[str], problems: Problems) -> EventRecord | None:
    of = Fields(told, EVENT_FIELDS, "", problems, date.max)
    slug = of.needed("slug", of.shaped("slug", SLUG), SLUG.expected)
    title = of.needed("title", of.line("title", 200), "what the event is called")
    summary = of.needed("summary", of.text("summary", 2000), "what awaits them, in a few sentences")
    zone = of.needed("timezone", of.shaped("timezone", forms.ZONE), "the IANA zone it takes place in")
    starts, ends = _time(of, told, "starts", zone), _time(of, told, "ends", zone)
    _in_order(of, starts, ends)
    answer_by = of.needed("answer_by", of.day("answer_by"), "the last day to answer, such as 2026-10-30")
    _answered_before(of, answer_by, starts, zone)
    host, others = _host(of, people), _others(of, told)
    if not (slug and title and summary and zone and starts and ends and answer_by and host):
        return None
    return EventRecord(slug, title, summary, starts, ends, zone, answer_by, host, **others)


def _others(of: Fields, told: dict[str, Any]) -> dict[str, Any]:
    """Read what may be left out: where it is, what it is about, whom it is for, and how many can come."""
    if told.get("place") is None and told.get("link") is None:
        of.refuse("place", None, "a place, or a link for an event on the web: guests have to find it")
    lists = {"topics": of.lines("topics", 200, _MOST_LISTED)}
    if audience := of.inner("audience", AUDIENCE_FIELDS):
        lists |= {name: audience.lines(name, 200, _MOST_LISTED) for name in sorted(AUDIENCE_FIELDS)}
    return {
        "place": of.line("place", 300),
        "link": _link(of),
        "language": of.shaped("language", forms.LOCALE) or "en",
        "capacity": _capacity(of, told.get("capacity")),
        **lists,
    }


def _time(of: Fields, told: dict[str, Any], key: str, zone: str | None) -> datetime | None:
    """Read a local time, which has to exist in the zone, and once."""
    said = of.needed(key, of.line(key, 50), _LOCAL)
    if said is None:
        return None
    try:
        local = datetime.fromisoformat(said)
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None or len(said) <= len("2026-11-05"):
        of.refuse(key, told[key], f"{_LOCAL}, without an offset: `timezone` says which one")
        return None
    if zone is None:
        return None
    if not forms.EARLIEST <= local.date() < _LATEST:
        of.refuse(key, said, "a time that somebody will live to see")
        return None
    return _instant(of, key, local, ZoneInfo(zone))


def _instant(of: Fields, key: str, local: datetime, zone: ZoneInfo) -> datetime | None:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    instant = first.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != local:
        of.refuse(key, f"{local:%Y-%m-%d %H:%M}", f"a time that exists: clocks in {zone.key} skip this hour")
        return None
    if first.utcoffset() != second.utcoffset():
        of.refuse(key, f"{local:%Y-%m-%d %H:%M}", f"a time that comes once: clocks in {zone.key} show it twice")
        return None
    return instant


def _in_order(of: Fields, starts: datetime | None, ends: datetime | None) -> None:
    if starts is None or ends is None:
        return
    if ends <= starts:
        of.refuse("ends", f"{ends:%Y-%m-%d %H:%M} UTC", f"a time after it starts, {starts:%Y-%m-%d %H:%M} UTC")
    elif ends - starts > _LONGEST:
        of.refuse("ends", f"{ends:%Y-%m-%d %H:%M} UTC", f"within {_LONGEST.days} days of its start")


def _answered_before(of: Fields, answer_by: date | None, starts: datetime | None, zone: str | None) -> None:
    if answer_by is None or starts is None or zone is None:
        return
    first_day = starts.astimezone(ZoneInfo(zone)).date()
    if answer_by >= first_day:
        of.refuse("answer_by", answer_by.isoformat(), f"a day before the event, which is on {first_day}")


def _link(of: Fields) -> str | None:
    found = of.shaped("link", forms.LINK)
    if found is None or (found.isascii() and found.startswith(("https://", "http://"))):
        return found
    of.refuse("link", found, "a web address in ASCII, as a browser copies it, beginning with https://")
    return None


def _host(of: Fields, people: Collection[str]) -> str | None:
    known = {person.casefold() for person in people}
    found = of.needed("host", of.shaped("host", forms.ADDRESS), "who invites: an address of [people] in policy.toml")
    if found is not None and found.casefold() not in known:
        of.refuse("host", found, f"one of [people] in policy.toml; {did_you_mean(found.casefold(), known)}")
        return None
    return found.casefold() if found else None


def _capacity(of: Fields, told: Any) -> int | None:
    if told is None:
        return None
    if type(told) is not int or not 1 <= told <= _LARGEST_CAPACITY:
        of.refuse("capacity", told, "how many can come, a whole number; leave it out for as many as like")
        return None
    return told
