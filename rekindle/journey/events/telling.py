"""Says when something is, as people read it: in the event's own zone, and in the reader's where clocks differ. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_MINUTES = 60


def when(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Return `Thursday 5 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)`."""
    starts, ends = (instant.astimezone(ZoneInfo(zone)) for instant in (starts_at, ends_at))
    if starts.utcoffset() != ends.utcoffset():
        # Clocks change in between: each end says which time it means.
        return f"{_moment(starts)} ({_clock(zone, starts)}), to {_moment(ends)} ({_offset(ends)})"
    until = f"to {ends:%H:%M}" if starts.date() == ends.date() else f"to {_moment(ends)}"
    comma = "" if starts.date() == ends.date() else ","
    return f"{_moment(starts)}{comma} {until} ({_clock(zone, starts)})"


def when_there(starts_at: datetime, ends_at: datetime, zone: str, reader: str | None) -> str | None:
    """Return the same in the reader's zone; None when their clock shows the same, or their zone is not known."""
    if reader is None:
        return None
    try:
        own = ZoneInfo(reader)
    except (KeyError, ValueError, OSError):
        # Records come from elsewhere, with zones that nobody has ever heard of.
        return None
    instants = (starts_at, ends_at)
    if all(each.astimezone(own).utcoffset() == each.astimezone(ZoneInfo(zone)).utcoffset() for each in instants):
        return None
    return when(starts_at, ends_at, reader)


def day(on: date) -> str:
    """Return `Friday 30 October 2026`."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def _moment(instant: datetime) -> str:
    return f"{day(instant.date())}, {instant:%H:%M}"


def _clock(zone: str, instant: datetime) -> str:
    """Return `Berlin time, UTC+1`; UTC is called by its name alone."""
    place = zone.rpartition("/")[2].replace("_", " ")
    return place if place == "UTC" else f"{place} time, {_offset(instant)}"


def _offset(instant: datetime) -> str:
    """Return `UTC+1`, or `UTC+5:30`."""
    offset = instant.utcoffset()
    assert offset is not None
    minutes = int(offset.total_seconds()) // _MINUTES
    hours, rest = divmod(abs(minutes), _MINUTES)
    sign = "+" if minutes >= 0 else "-"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
