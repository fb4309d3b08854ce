"""What `rekindle roles shortlist` prints: who is on the list with every reason, and why others are not."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.cli.printing import cell, table
from rekindle.journey.openings.shortlisting import Shortlist
from rekindle.store.candidates import Candidate
from rekindle.store.roles import Role

#: Each reason to leave somebody out, for a recruiter.
BECAUSE = {
    "opted_out": "asked us to stop",
    "declined": "declined",
    "hired": "got a job here",
    "interviewing": "in interviews with us",
    "re_engaged": "had a letter about a role; the answer is awaited",
    "not_admitted": "not among the candidates yet",
    "has_outreach": "this role: was written to, or a letter was drafted",
    "other_outreach": "another role: a letter is out or on its way",
    "recently_approached": "had a personal letter not long ago",
    "recycled_role": "turned down for the same role not long ago",
    "withdrew": "withdrew",
    "with_us": "works here, or is in a process with us",
    "no_address": "no email address on record",
    "unreachable": "mail to them came back",
    "suppressed": "the address is suppressed",
    "no_basis": "no lawful basis on record, or consent ran out",
    "snoozed": "asked to be left in peace for now",
    "budget": "heard from us often enough for now",
    "cooling": "turned down only just now",
    "nothing_in_common": "nothing in common with the role",
}


def page(role: Role, found: Shortlist) -> dict[str, Any]:
    """Return the list for programs: ids only, the same bytes for the same records."""
    return {
        "role": role.slug,
        "considered": found.considered,
        "ranked": [
            {**asdict(each), "candidate_id": f"c-{each.candidate_id}", "place": place}
            for place, each in enumerate(found.ranked, start=1)
        ],
        "ranked_lower": found.ranked_lower,
        "left_out_counts": found.left_out_counts,
        "left_out": [{**asdict(each), "candidate_id": f"c-{each.candidate_id}"} for each in found.left_out],
    }


def print_page(session: Session, role: Role, found: Shortlist, *, left_out: bool) -> None:
    if role.closed_at is not None:
        typer.secho(f"{role.slug} is closed: nobody is written to about it.", fg=typer.colors.YELLOW)
    if not found.ranked:
        typer.echo(f"Nobody on record fits {role.slug} and may be written to now.")
    names = _names(session, [each.candidate_id for each in found.ranked])
    for place, each in enumerate(found.ranked, start=1):
        title = f"{place}. c-{each.candidate_id} {cell(names.get(each.candidate_id, ''))}: {_points(each.score)}"
        rows = [
            (f"{why.points:+d}" if why.points else "0", why.sentence, "\n".join(why.evidence)) for why in each.reasons
        ]
        table(("points!", "because", "on record"), rows, empty="", title=title)
    if found.ranked_lower:
        typer.echo(f"{found.ranked_lower} more have something in common with it and fewer points: --limit shows more.")
    _print_left_out(found, by_name=left_out)


def _print_left_out(found: Shortlist, *, by_name: bool) -> None:
    if by_name:
        rows = [(f"c-{each.candidate_id}", each.sentence, ", ".join(each.evidence)) for each in found.left_out]
        table(("left out!", "because", "on record"), rows, empty="Nobody who fits is left out.")
    such: dict[str, list[str]] = {}
    for each in found.left_out:
        such.setdefault(each.code, []).append(f"c-{each.candidate_id}")
    rows_of_reasons = [
        (BECAUSE.get(code, code), f"{count:,}", ", ".join(such.get(code, ())[:3])) for code, count in found.counts
    ]
    table(("left out because", "how many!", "such as"), rows_of_reasons, empty="")


def _names(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    query = select(Candidate.id, Candidate.given_name, Candidate.family_name).where(Candidate.id.in_(ids))
    return {row.id: f"{row.given_name} {row.family_name}".strip() for row in session.execute(query)}


def _points(score: int) -> str:
    return f"{score} {'point' if score == 1 else 'points'}"
