"""`rekindle editions show N --people`: who gets what in an edition and why, and why the others get nothing."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rekindle.cli.invocation import MOST
from rekindle.cli.printing import as_json, table

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from rekindle.journey.content.recipients import Recipient, Recipients

People = Annotated[bool, typer.Option("--people", help="Everybody: what they get and why, or why nothing.")]
After = Annotated[
    int, typer.Option("--after", metavar="N", min=0, max=MOST, help="With --people: go on after this candidate.")
]


def show_people(session: "Session", number: int, *, limit: int, after: int, json: bool) -> None:
    """Print one page of an edition's people, in order of their ids."""
    from rekindle.journey.bulk import editions
    from rekindle.journey.content.recipients import recipients

    editions.find(session, number)
    page = recipients(session, number, limit, after)
    if json:
        as_json([_as_line(each) for each in page.people])
        return
    rows = [row for each in page.people for row in _rows(each)]
    empty = "Nobody else is in this edition." if after else "Nobody is in this edition."
    table(("candidate!", "letter!", "gets", "because"), rows, empty=empty)
    _print_more(page)


def _rows(person: "Recipient") -> list[tuple[object, ...]]:
    name = f"c-{person.candidate_id}"
    if person.left_out is not None:
        return [(name, "none", "", person.left_out)]
    first, *others = [(f"{given.item_id}: {given.title}", given.why) for given in person.items] or [("", "")]
    return [(name, person.letter, *first), *(("", "", *other) for other in others)]


def _print_more(page: "Recipients") -> None:
    if page.more:
        last = page.people[-1].candidate_id
        typer.echo(f"{len(page.people)} of {page.total}: --after {last} shows the next, --limit more at once.")


def _as_line(person: "Recipient") -> dict[str, Any]:
    return {
        "candidate": f"c-{person.candidate_id}",
        "letter": person.letter,
        "items": [{"id": given.item_id, "title": given.title, "why": given.why} for given in person.items],
        "left_out": person.left_out,
    }
