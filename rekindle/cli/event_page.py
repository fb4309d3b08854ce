"""What is shown of an event, in a form that is JSON as well; and how it is printed. Decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import typer
from sqlalchemy.orm import Session

from rekindle.cli.printing import facts, table
from rekindle.journey.approvals import approval
from rekindle.journey.events import listing, notices
from rekindle.journey.events.answering import Answered
from rekindle.journey.events.cancelling import Cancelled
from rekindle.journey.events.keeping import Changed, find_event
from rekindle.journey.events.listing import EventLine, GuestLine
from rekindle.journey.events.telling import day, when
from rekindle.store.editions import Edition, EditionState
from rekindle.store.events import Event
from rekindle.wiring import Rekindle


def page(session: Session, event: Event) -> dict[str, Any]:
    """Gather all there is of one event."""
    return {
        **asdict(listing.line(session, event)),
        "when": when(event.starts_at, event.ends_at, event.timezone),
        "ends_at": event.ends_at,
        "summary": event.summary,
        "place": event.place,
        "link": event.link,
        "language": event.language,
        "topics": event.topics,
        "families": event.families,
        "cities": event.cities,
        "interests": event.interests,
        "host": event.host,
        "sequence": event.sequence,
        "cancelled_because": event.cancelled_because,
        "mail": [asdict(each) for each in listing.editions(session, event)],
    }


def print_page(found: Mapping[str, Any]) -> None:
    typer.secho(f"{found['slug']}: {found['title']}", bold=True)
    hidden = {"slug", "title", "mail", "answers", "starts_at", "ends_at", "timezone", "where", "came"}
    facts({name.replace("_", " "): value for name, value in found.items() if name not in hidden})
    facts({"answers": _counts(found["answers"]), "came": found["came"] or None})
    rows = [(e["id"], e["kind"], e["state"], _counts(e["letters"]), _counts(e["left_out"])) for e in found["mail"]]
    table(("edition!", "what!", "state!", "letters", "left out"), rows, empty="Nobody has been written to about it.")


def added(session: Session, event: Event) -> dict[str, Any]:
    """Return what was added."""
    found = page(session, event)
    del found["mail"]
    return found


def print_added(found: Mapping[str, Any], *, begun: bool, dry_run: bool) -> None:
    if dry_run:
        typer.echo("A dry run: nothing was stored.")
    if not found["new"]:
        typer.echo(f"{found['slug']} is there already, and nothing in its file has changed")
        return
    typer.echo(f"{found['slug']} is added: {found['title']}, {found['when']}")
    typer.echo(f"answers until {day(found['answer_by'])}; {_whom(found)}")
    if found["too_late"]:
        typer.echo(f"Nobody will be invited by mail: {found['too_late']}.")
    elif begun:
        typer.echo("Prefect plans the invitation now; `rekindle approvals list` shows it.")
    elif not dry_run:
        typer.echo(f"The plan flow plans its invitation, or: rekindle run event-invites --event {found['slug']}")


def changed(session: Session, done: Changed) -> dict[str, Any]:
    return {
        "slug": done.event.slug,
        "changed": list(done.fields),
        "sequence": done.event.sequence,
        **_asked(session, done.notice),
        "moved_up": [f"c-{each}" for each in done.moved_up],
    }


def print_changed(found: Mapping[str, Any], *, dry_run: bool) -> None:
    if dry_run:
        typer.echo("A dry run: nothing was stored.")
    if not found["changed"]:
        typer.echo(f"nothing in the file of {found['slug']} has changed")
        return
    typer.echo(f"{found['slug']} is brought up to date: {', '.join(found['changed'])}")
    _print_asked(found, "of the change")
    if found["moved_up"]:
        typer.echo(f"from the waiting list: {', '.join(found['moved_up'])}; word of it is asked about")


def cancelled(session: Session, done: Cancelled) -> dict[str, Any]:
    return {"slug": done.event.slug, "taken_back": done.taken_back, **_asked(session, done.notice)}


def print_cancelled(found: Mapping[str, Any]) -> None:
    letters = "letter" if found["taken_back"] == 1 else "letters"
    typer.echo(f"{found['slug']} is cancelled; {found['taken_back']} {letters} will not go")
    _print_asked(found, "of the cancellation")


def answered(session: Session, done: Answered) -> dict[str, Any]:
    event = session.get_one(Event, done.invitation.event_id)
    return {
        "slug": event.slug,
        "candidate": f"c-{done.invitation.candidate_id}",
        "answer": done.invitation.answer,
        "new": done.new,
        "waiting": done.position,
        "moved_up": [f"c-{each}" for each in done.moved_up],
    }


def print_answered(found: Mapping[str, Any]) -> None:
    is_full = f": it is full, number {found['waiting']} of those who wait" if found["waiting"] else ""
    before = "" if found["new"] else ", as before"
    typer.echo(f"{found['candidate']} is down for {found['slug']} as {found['answer']}{is_full}{before}")
    if found["moved_up"]:
        typer.echo(f"{', '.join(found['moved_up'])} moved up; word of it is asked about: rekindle approvals list")


def print_events(lines: Sequence[EventLine]) -> None:
    rows = [(e.slug, e.title, e.starts_at, _counts(e.answers), "cancelled" if e.cancelled_at else "") for e in lines]
    empty = "No event is to come; `rekindle events add FILE.toml` adds one."
    table(("slug!", "title", "starts (UTC)!", "answers", "!"), rows, empty=empty)


def print_people(lines: Sequence[GuestLine]) -> None:
    rows = [(e.candidate, e.name, e.letter, e.answer, e.answered_at, e.waiting, e.came) for e in lines]
    empty = "Nobody has been invited yet."
    table(("id!", "name", "mail!", "answer!", "answered!", "waits as no!", "came!"), rows, empty=empty)


def tell_prefect(rekindle: Rekindle, slug: str, notice: str | None) -> None:
    """Show a new notice in a run of its own, and let parked runs look at the rows again."""
    with rekindle.store.reading() as session:
        editions = notices.of_event(session, find_event(session, slug).id)
    for edition in editions:
        if edition.state is not EditionState.AWAITING:
            rekindle.resume(edition.run_id)
    if notice:
        rekindle.begin_event_mail({"period": notice})


def _asked(session: Session, notice: Edition | None) -> dict[str, Any]:
    waits = notice is not None and notice.state is EditionState.AWAITING
    asked = approval.of_edition(session, notice.id) if notice and waits else None
    return {"notice": notice.period if notice and waits else None, "approval": asked.id if asked else None}


def _print_asked(found: Mapping[str, Any], of_what: str) -> None:
    if found["approval"]:
        typer.echo(f"word {of_what} waits for approval: rekindle approvals show {found['approval']}")
    else:
        typer.echo(f"nobody has to be told {of_what}")


def _whom(found: Mapping[str, Any]) -> str:
    lists = {name: ", ".join(found[name]) for name in ("families", "cities", "interests") if found[name]}
    return f"for {'; '.join(f'{name}: {what}' for name, what in lists.items())}" if lists else "for everyone"


def _counts(tally: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in tally.items())
