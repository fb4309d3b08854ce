"""The one clock. Read it at the edges (commands, flows, web) and pass `now` on; pure code never calls it.

A rehearsal clock stands still at the instant given by `--now` or REKINDLE_NOW, so that a rehearsal is repeatable.
"""

import os
from datetime import UTC, datetime

from rekindle.errors import BadInput

_rehearsal: datetime | None = None


def now() -> datetime:
    """Return the current instant, UTC-aware, or the rehearsal's."""
    return rehearsal() or datetime.now(UTC)  # noqa: TID251 - the only place that reads the machine's clock


def rehearsal() -> datetime | None:
    """Return the instant rehearsed, if any: the one set in this process wins over REKINDLE_NOW."""
    if _rehearsal is not None:
        return _rehearsal
    text = os.environ.get("REKINDLE_NOW")
    return parse(text) if text else None


def rehearse(instant: datetime | None) -> None:
    """Hold the clock of this process at `instant`; None lets it run again."""
    global _rehearsal  # noqa: PLW0603 - one clock per process is the point
    _rehearsal = instant


def parse(text: str) -> datetime:
    """Read ISO 8601; a time without an offset is taken as UTC.

    Raises BadInput when it is not a time.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is not a time: write it like 2026-10-13T10:00+02:00") from None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
