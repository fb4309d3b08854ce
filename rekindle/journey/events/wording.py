"""Puts together what mail about an event says to one person: facts of the event's row, and of theirs. Sends nothing."""

from datetime import datetime
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from rekindle.journey.events.audience import shared_interest
from rekindle.journey.events.kinds import Kind
from rekindle.journey.events.telling import day, when, when_there
from rekindle.mail.catalogue import Footer, paragraphs
from rekindle.mail.event_mails import (
    EventCancellation,
    EventChange,
    EventInvite,
    EventMail,
    EventPlace,
    EventReminder,
)
from rekindle.store.candidates import Candidate
from rekindle.store.events import Answer, Event

#: Why somebody who has to do with an event already gets a mail about it.
WHY = {
    Kind.REMIND: "You receive this because you said you would come to {title}.",
    Kind.CHANGE: "You receive this because you answered our invitation to {title}.",
    Kind.PLACE: "You receive this because you asked for a place at {title}.",
    Kind.CANCEL: "You receive this because you were invited to {title}.",
}


class Shared(TypedDict):
    """What every mail about an event is given; the names are those of `EventMail`."""

    title: str
    day: str
    when: str
    your_when: str | None
    place: str | None
    link: str | None
    sender_name: str
    sender_title: str
    reply_address: str
    footer: Footer
    given_name: str
    intro: tuple[str, ...]


def shared(
    event: Event, person: Candidate, intro: str, sender: tuple[str, str], reply_address: str, footer: Footer
) -> Shared:
    """Return what all mail about this event tells this person; `sender` is the host's name and title."""
    name, title = sender
    times = (event.starts_at, event.ends_at, event.timezone)
    return Shared(
        title=event.title,
        day=day(event.starts_at.astimezone(ZoneInfo(event.timezone)).date()),
        when=when(*times),
        your_when=when_there(*times, person.timezone),
        place=event.place,
        link=event.link,
        sender_name=name,
        sender_title=title,
        reply_address=reply_address,
        footer=footer,
        given_name=person.given_name,
        intro=paragraphs(intro),
    )


def mail(kind: Kind, event: Event, told: Shared, answer: Answer, interests: tuple[str, ...] = ()) -> EventMail:
    """Return the context of one kind of mail; `interests` are what the invited person told us of themselves."""
    match kind:
        case Kind.INVITE:
            return EventInvite(
                **told,
                summary=paragraphs(event.summary),
                why=_why(event, interests),
                answer_by=day(event.answer_by),
                places=event.capacity,
            )
        case Kind.REMIND:
            return EventReminder(**told)
        case Kind.CHANGE:
            return EventChange(**told, changes=changes(event), answer=answer)
        case Kind.PLACE:
            return EventPlace(**told)
        case Kind.CANCEL:
            return EventCancellation(**told, because=_sentence(event.cancelled_because or ""))


def changes(event: Event) -> tuple[tuple[str, str, str], ...]:
    """List what is different from what the guests were last told: what, before, now."""
    before = event.before
    found: list[tuple[str, str, str]] = []
    if "title" in before:
        found.append(("Title", before["title"], event.title))
    if {"starts_at", "ends_at", "timezone"} & before.keys():
        found.append(("Time", _time_before(event, before), when(event.starts_at, event.ends_at, event.timezone)))
    if "place" in before:
        found.append(("Place", before["place"] or "none", event.place or "on the web, see the link"))
    if "link" in before:
        found.append(("Link", "another one" if before["link"] else "none", "the one above" if event.link else "none"))
    return tuple(found)


def _time_before(event: Event, before: dict[str, Any]) -> str:
    starts, ends = (
        datetime.fromisoformat(before[name]) if name in before else getattr(event, name)
        for name in ("starts_at", "ends_at")
    )
    return when(starts, ends, before.get("timezone", event.timezone))


def _why(event: Event, interests: tuple[str, ...]) -> str | None:
    found = shared_interest(event, interests)
    return f"You told us that you are interested in {found}." if found else None


def _sentence(words: str) -> str:
    whole = words[:1].upper() + words[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
