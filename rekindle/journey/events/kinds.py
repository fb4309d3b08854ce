"""The kinds of mail about an event, each with its email, its edition's period and its audience. Pure; a word list."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from rekindle.store.events import Answer, Event


class Kind(StrEnum):
    """Why we write about an event; the words stand in the periods of editions."""

    INVITE = "invite"
    REMIND = "remind"
    CHANGE = "change"
    #: A place has become free for somebody who waited.
    PLACE = "place"
    CANCEL = "cancel"


EMAILS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INVITE: "event-invite",
        Kind.REMIND: "event-reminder",
        Kind.CHANGE: "event-change",
        Kind.PLACE: "event-place",
        Kind.CANCEL: "event-cancellation",
    }
)
#: What the approver of an edition is asked to send.
NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INVITE: "the invitation to",
        Kind.REMIND: "the reminder of",
        Kind.CHANGE: "the change of",
        Kind.PLACE: "word of a free place at",
        Kind.CANCEL: "the cancellation of",
    }
)
#: Whom each is for, as the approver reads it. Who is invited is a rule of its own: see `audience`.
RULES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.REMIND: "everyone who said yes",
        Kind.CHANGE: "everyone who said yes or maybe, or waits for a place",
        Kind.PLACE: "everyone who waited and has a place now",
        Kind.CANCEL: "everyone who was invited and did not say no",
    }
)
#: With which answers a kind still concerns somebody at the moment of sending.
CONCERNS: Mapping[Kind, frozenset[Answer]] = MappingProxyType(
    {
        Kind.INVITE: frozenset({Answer.NONE}),
        Kind.REMIND: frozenset({Answer.YES}),
        Kind.CHANGE: frozenset({Answer.YES, Answer.MAYBE, Answer.WAITING}),
        Kind.PLACE: frozenset({Answer.YES}),
        Kind.CANCEL: frozenset(Answer) - {Answer.NO},
    }
)


def period(event_id: int, kind: Kind, number: int | None = None) -> str:
    """Name the edition of one kind of mail about one event: `7-invite`, `7-change-2`."""
    return f"{event_id}-{kind}" if number is None else f"{event_id}-{kind}-{number}"


def kind_of(period_: str) -> Kind:
    """Read the kind back from the period of an edition. Raises ValueError for a period of another programme."""
    return Kind(period_.split("-")[1])


def number_of(period_: str) -> int:
    """Read the number back: which change it tells, or the how-manieth word of free places it is."""
    return int(period_.rpartition("-")[2])


def last_moment(event: Event, kind: Kind) -> datetime:
    """Return when a mail of this kind is of no use any more: the time to answer is over, or the event has begun."""
    if kind is not Kind.INVITE:
        return event.starts_at
    return datetime.combine(event.answer_by + timedelta(days=1), time(), ZoneInfo(event.timezone))


def is_service(period_: str) -> bool:
    """Say whether it is news that somebody is owed who was invited or answered; everything but the invitation is."""
    return kind_of(period_) is not Kind.INVITE
