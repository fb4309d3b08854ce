"""How a forecast looks on a terminal, and as JSON."""

from collections.abc import Sequence
from typing import Any

import typer

from rekindle.cli import printing
from rekindle.journey.forecast.comparing import Change, Difference
from rekindle.journey.forecast.outlook import Line, Outlook

_NOBODY = "Nobody would receive anything."


def print_outlook(outlook: Outlook, only: int | None, limit: int) -> None:
    """Print the weeks, the people, and why the others receive nothing."""
    if only is None:
        _print_weeks(outlook)
    lines = [line for line in outlook.lines if only in (None, line.candidate_id)]
    receiving = [line for line in lines if line.receives]
    rows = [
        (f"c-{line.candidate_id}", each.at.astimezone(outlook.zone), str(each.programme), each.why)
        for line in receiving[:limit]
        for each in line.receives
    ]
    printing.table(("candidate!", "when!", "what!", "why"), rows, empty=_NOBODY, title="Who would receive what")
    printing.shortened(len(receiving), min(limit, len(receiving)))
    if only is not None:
        _print_why_not(lines)
        return
    reasons = [(count, reason) for reason, count in outlook.reasons.most_common()]
    title = f"{outlook.silent} receive nothing, because"
    printing.table(("people!", "reason"), reasons, empty="Everybody would receive something.", title=title)
    typer.echo("If every approval is given at once, and nothing else happens in between.")


def print_json(outlook: Outlook, only: int | None) -> None:
    printing.as_json(
        {
            "since": outlook.since,
            "until": outlook.until,
            "by_programme": outlook.by_programme,
            "by_day": {str(day): counts for day, counts in outlook.by_day.items()},
            "candidates": [_line(line) for line in outlook.lines if only in (None, line.candidate_id)],
        }
    )


def print_difference(found: Difference, changes: Sequence[str], only: int | None, limit: int, *, json: bool) -> None:
    """Print what another setting would change."""
    changed = [each for each in found.changes if only in (None, each.candidate_id)]
    if json:
        told = {"set": changes, "before": found.before, "after": found.after, "changes": list(map(_change, changed))}
        printing.as_json(told)
        return
    programmes = sorted({*found.before, *found.after})
    rows = [(name, was := found.before[name], then := found.after[name], then - was) for name in programmes]
    printing.table(("programme!", "now", "then", "difference"), rows, empty=_NOBODY, title=f"With {', '.join(changes)}")
    people = [(f"c-{each.candidate_id}", _mails(each.loses), _mails(each.gains)) for each in changed[:limit]]
    printing.table(
        ("candidate!", "falls away", "is new"), people, empty="Nobody would notice.", title="For whom something changes"
    )
    printing.shortened(len(changed), len(people))


def _print_weeks(outlook: Outlook) -> None:
    weeks: dict[str, dict[str, int]] = {}
    for day, counts in outlook.by_day.items():
        year, week, _ = day.isocalendar()
        for name, count in counts.items():
            own = weeks.setdefault(f"{year}-W{week:02}", {})
            own[name] = own.get(name, 0) + count
    programmes = sorted({name for own in weeks.values() for name in own})
    rows = [(week, *(own.get(name, "") for name in programmes)) for week, own in weeks.items()]
    title = f"From {outlook.since:%Y-%m-%d} to {outlook.until:%Y-%m-%d}, mails a week"
    printing.table(("week!", *programmes), rows, empty="", title=title)


def _print_why_not(lines: Sequence[Line]) -> None:
    for line in lines:
        if line.why_not:
            typer.echo(f"c-{line.candidate_id}: {'; '.join(why.reason for why in line.why_not)}.")


def _line(line: Line) -> dict[str, Any]:
    receives = [{"at": each.at, "programme": str(each.programme), "why": each.why} for each in line.receives]
    why_not = [{"code": why.code, "reason": why.reason} for why in line.why_not]
    return {"candidate": f"c-{line.candidate_id}", "receives": receives, "why_not": why_not}


def _change(change: Change) -> dict[str, Any]:
    return {"candidate": f"c-{change.candidate_id}", "loses": change.loses, "gains": change.gains}


def _mails(mails: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} on {day}" for name, day in mails)
