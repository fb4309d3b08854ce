"""What the templates of mail about events are given: values only, as the rest of the catalogue."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rekindle.errors import BadInput
from rekindle.mail.hosts import is_web_address

if TYPE_CHECKING:
    from rekindle.mail.catalogue import Footer


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMail:
    """What every mail about an event tells."""

    title: str
    day: str
    """The day it begins, in its own zone, such as `Thursday 5 November 2026`."""
    when: str
    """From when to when, in the event's zone."""
    your_when: str | None = None
    """The same in the reader's zone, where their clock shows another time."""
    place: str | None = None
    link: str | None = None
    sender_name: str
    sender_title: str = ""
    reply_address: str
    footer: "Footer"
    greeting: str = "Hello"
    given_name: str = ""
    intro: tuple[str, ...] = ()
    """Paragraphs, written by the person who approves the edition."""

    def __post_init__(self) -> None:
        if self.link is not None and not is_web_address(self.link):
            raise BadInput("the link of an event is not a web address: it begins with https:// and is ASCII, no spaces")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventInvite(EventMail):
    """Invites one person; answering is easy, and not answering is fine."""

    summary: tuple[str, ...]
    """Paragraphs: what awaits them."""
    why: str | None = None
    """One sentence on a record: why this person; or nothing."""
    answer_by: str
    places: int | None = None
    """How many can come; None for as many as like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReminder(EventMail):
    """Reminds somebody who said yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange(EventMail):
    """Tells somebody who answered what is different now."""

    changes: tuple[tuple[str, str, str], ...]
    """What has changed, what it was, and what it is now."""
    answer: str
    """What they answered: yes, maybe, or waiting."""

    def __post_init__(self) -> None:
        # By name: with slots, this class is made anew and `super()` would look for the old one.
        EventMail.__post_init__(self)
        if not self.changes:
            raise BadInput("a change notice without a change is not written")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace(EventMail):
    """Tells somebody who waited that they have a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCancellation(EventMail):
    """Tells somebody who knows of it that it is off, and why."""

    because: str
