"""The emails there are: for each its folder, what its templates are given, who reads it and who must approve it.

Contexts are values and hold facts only; what is said with them stands in templates/emails.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from rekindle.errors import BadInput, NotFound
from rekindle.mail.event_mails import EventCancellation, EventChange, EventInvite, EventPlace, EventReminder
from rekindle.mail.hosts import is_web_address

#: A line this long that goes on below was broken by an editor.
_WRAPPED = 50
_OF_A_LIST = re.compile(r"(?:[-*•·–]|\d{1,2}[.)])\s")


class Audience(Enum):
    """Who reads the mail."""

    #: Somebody who applied: the stop link, the postal address and the reason are never left out.
    CANDIDATE = "candidate"
    #: Somebody of the hiring team.
    RECRUITER = "recruiter"


@dataclass(frozen=True, slots=True)
class Footer:
    """What every mail to a candidate ends with; the base templates show all of it."""

    why: str
    """One sentence: why this person receives this."""
    postal_address: str
    stop_url: str
    company: str

    def __post_init__(self) -> None:
        if not is_web_address(self.stop_url):
            raise BadInput("the stop link is not a web address")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news, chosen for one person."""

    title: str
    url: str
    summary: str
    why: str
    """One sentence that stands on its own: why it was chosen for this person."""
    source: str | None = None

    def __post_init__(self) -> None:
        if not is_web_address(self.url):
            raise BadInput("the link of an item is not a web address: it begins with https:// and is ASCII, no spaces")


@dataclass(frozen=True, slots=True)
class QuarterlyUpdate:
    """News of a quarter, from the recruiter who knows the candidate. It asks for nothing."""

    quarter: str
    items: tuple[Item, ...]
    sender_name: str
    sender_title: str
    reply_address: str
    footer: Footer
    greeting: str = "Hello"
    given_name: str = ""
    """May be empty: not everybody's name is known in parts."""
    how_we_met: str | None = None
    """One sentence about a contact that is on record, or nothing."""
    taken_over_from: str | None = None
    """The colleague they know, who has left: said once, by who writes in that place."""
    intro: tuple[str, ...] = ()
    """Paragraphs, written by the person who approves the edition."""

    def __post_init__(self) -> None:
        if not self.items:
            raise BadInput("a quarterly update without an item is not written: leave the candidate out of it")


@dataclass(frozen=True, slots=True)
class PersonalLetter:
    """A letter to one person, finished and approved: the mail dresses it and changes no word."""

    subject: str
    body: str
    """Plain text, as it was approved: paragraphs with empty lines between them."""
    footer: Footer
    language: str = "en"
    """The language of what stands around it, as two letters; English for one we have no words in."""
    paragraphs: tuple[str, ...] = field(init=False)
    """The body for HTML: a line break in it is one somebody meant, as in a signature."""

    def __post_init__(self) -> None:
        if not self.body.strip():
            raise BadInput("a letter without words is not sent")
        object.__setattr__(self, "paragraphs", typed_paragraphs(self.body))


@dataclass(frozen=True, slots=True)
class ApprovalReminder:
    """Tells a colleague what waits for their decision. It names no candidate."""

    lines: tuple[tuple[int, str, str], ...]
    """For each approval its number, what is asked, and until when."""
    name: str = ""
    """The colleague's; may be empty."""

    def __post_init__(self) -> None:
        if not self.lines:
            raise BadInput("nothing waits: nobody is reminded")


@dataclass(frozen=True, slots=True)
class EditionPaused:
    """Tells a colleague that an edition they approved has paused by itself. It names no candidate."""

    number: int
    what: str
    """Its programme and period."""
    why: str
    """The figures, as a sentence without its full stop."""
    name: str = ""
    """The colleague's; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyDigest:
    """Tells a colleague once a week what waits for them and who is about to go cold. It names no candidate.

    A candidate is an id and the role they applied for; a line of a list says what, then when or why.
    """

    address: str
    """The colleague's, for the commands."""
    minutes: int
    """What all that waits will take, by the estimates in docs/tasks.md."""
    name: str = ""
    """The colleague's; may be empty."""
    stands_in_for: tuple[tuple[str, str], ...] = ()
    """Colleagues who are away, and until when; what waits for them stands in the lists as well."""
    approvals: tuple[tuple[int, str, str], ...] = ()
    """For each its number, what is asked, until when."""
    more_approvals: int = 0
    tasks: tuple[tuple[int, str, str], ...] = ()
    """For each its number, what it is, when it is due."""
    more_tasks: int = 0
    answered: tuple[tuple[str, str], ...] = ()
    """Who got in touch since the last digest, and how and when."""
    more_answered: int = 0
    going_cold: tuple[tuple[str, str], ...] = ()
    """Who goes cold next, soonest first, and why."""
    more_going_cold: int = 0
    cold: int = 0
    """How many are cold already."""

    def __post_init__(self) -> None:
        if not (self.approvals or self.tasks or self.answered or self.going_cold):
            raise BadInput("nothing waits and nobody goes cold: there is nothing to tell")


@dataclass(frozen=True, slots=True)
class Email:
    """A row of the catalogue."""

    folder: str
    context: type
    audience: Audience
    bulk: bool
    """One text for many people: one approval for the edition, and list headers in each mail."""
    needs_approval: bool

    @property
    def name(self) -> str:
        """What it is called in commands and in the database."""
        return self.folder.replace("_", "-")


_ROWS = (
    Email("quarterly_update", QuarterlyUpdate, Audience.CANDIDATE, bulk=True, needs_approval=True),
    Email("event_invite", EventInvite, Audience.CANDIDATE, bulk=True, needs_approval=True),
    Email("event_reminder", EventReminder, Audience.CANDIDATE, bulk=True, needs_approval=True),
    Email("event_change", EventChange, Audience.CANDIDATE, bulk=True, needs_approval=True),
    Email("event_place", EventPlace, Audience.CANDIDATE, bulk=True, needs_approval=True),
    Email("event_cancellation", EventCancellation, Audience.CANDIDATE, bulk=True, needs_approval=True),
    Email("re_engagement", PersonalLetter, Audience.CANDIDATE, bulk=False, needs_approval=True),
    Email("check_in", PersonalLetter, Audience.CANDIDATE, bulk=False, needs_approval=True),
    Email("rejection_letter", PersonalLetter, Audience.CANDIDATE, bulk=False, needs_approval=True),
    Email("approval_reminder", ApprovalReminder, Audience.RECRUITER, bulk=False, needs_approval=False),
    Email("edition_paused", EditionPaused, Audience.RECRUITER, bulk=False, needs_approval=False),
    Email("weekly_digest", WeeklyDigest, Audience.RECRUITER, bulk=False, needs_approval=False),
)

EMAILS: Mapping[str, Email] = MappingProxyType({row.name: row for row in _ROWS})


def email(name: str) -> Email:
    """Return the row called `name`; raises NotFound, naming those there are."""
    try:
        return EMAILS[name]
    except KeyError:
        raise NotFound(f"there is no email called {name!r}: choose one of {', '.join(sorted(EMAILS))}") from None


def paragraphs(text: str) -> tuple[str, ...]:
    """Cut what a person typed at its empty lines; line breaks inside a paragraph become spaces."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", "\n".join(text.splitlines())) if part.strip())


def typed_paragraphs(text: str) -> tuple[str, ...]:
    """Cut a typed letter at its empty lines; of the line breaks inside a paragraph only those somebody meant are kept.

    An editor breaks a long line in the middle of a sentence; a greeting, a list and a signature have short lines.
    """
    parts = re.split(r"\n\s*\n", "\n".join(text.splitlines()))
    return tuple("\n".join(_unwrapped(part.splitlines())) for part in parts if part.strip())


def _unwrapped(lines: list[str]) -> list[str]:
    joined: list[str] = []
    was_wrapped = False
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        if was_wrapped and not _OF_A_LIST.match(line):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        was_wrapped = len(line) >= _WRAPPED and not line.endswith(":")
    return joined
