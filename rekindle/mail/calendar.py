"""The calendar file of an event (RFC 5545), as an invitation or a cancellation by mail (RFC 5546 and 6047).

Line folding, escaping and time zones are the library's. It knows no database, and decides nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from string import punctuation
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from rekindle.mail.correspondent import Correspondent, ascii_address, mail_address
from rekindle.mail.zones import zone_of

_PRODUCT = "-//Rekindle//Events//EN"


class Method(StrEnum):
    """What a calendar is to do with it (RFC 5546 section 1.4)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Standing(StrEnum):
    """What the guest has answered so far (RFC 5545 section 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it stands in a calendar. `uid` never changes; `sequence` grows with each change."""

    uid: str
    sequence: int
    title: str
    description: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str | None
    link: str | None
    organizer: Correspondent
    sent_by: str
    """The address the mail comes from, where the organizer does not send it themselves."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What is attached to a mail."""

    method: Method
    text: str


def calendar_file(
    entry: Entry, guest: Correspondent, method: Method, standing: Standing, now: datetime
) -> CalendarFile:
    """Write the calendar file for one guest; `now` is when it was made (DTSTAMP, RFC 5545 section 3.8.7.2)."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(zone_of(entry.zone, entry.starts_at, entry.ends_at))
    calendar.add_component(_event(entry, guest, method, standing, now))
    return CalendarFile(method, calendar.to_ical().decode())


def _event(entry: Entry, guest: Correspondent, method: Method, standing: Standing, now: datetime) -> Event:
    zone = ZoneInfo(entry.zone)
    event = Event()
    told: dict[str, Any] = {
        "uid": entry.uid,
        "sequence": entry.sequence,
        "dtstamp": now.astimezone(UTC).replace(microsecond=0),
        "dtstart": entry.starts_at.astimezone(zone),
        "dtend": entry.ends_at.astimezone(zone),
        "summary": entry.title,
        "description": entry.description,
        # On the web and nowhere else: then the link is where it takes place, and every calendar shows LOCATION.
        "location": entry.place or entry.link,
        "url": vUri(entry.link) if entry.link else None,
        "status": "CANCELLED" if method is Method.CANCEL else "CONFIRMED",
        "organizer": _organizer(entry),
        "attendee": _attendee(guest, method, standing),
        "transp": "OPAQUE",
    }
    for name, value in told.items():
        if value is not None:
            event.add(name, value)
    return event


def _organizer(entry: Entry) -> vCalAddress:
    address = _address(entry.organizer)
    if entry.sent_by.casefold() != entry.organizer.address.casefold():
        address.params["SENT-BY"] = f"mailto:{ascii_address('From', entry.sent_by)}"
    return address


def _attendee(guest: Correspondent, method: Method, standing: Standing) -> vCalAddress:
    address = _address(guest)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("OPT-PARTICIPANT")
    address.params["PARTSTAT"] = vText(standing.value)
    if method is Method.REQUEST:
        address.params["RSVP"] = vText("TRUE")
    return address


def _address(who: Correspondent) -> vCalAddress:
    """Return mailto: with a name, which may hold neither quotes nor control characters (RFC 5545 section 3.1)."""
    # RFC 6068 2: a mailto is ASCII.
    address = vCalAddress(f"mailto:{quote(mail_address('To', who.address), safe=punctuation)}")
    if name := " ".join("".join(sign if sign.isprintable() else " " for sign in who.name.replace('"', "'")).split()):
        address.params["CN"] = vText(name)
    return address
