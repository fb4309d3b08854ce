"""The emails there are: for each its folder, what its templates are given, who reads it and who must approve it.

Contexts are values and hold facts only; what is said with them stands in templates/emails.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from rekindle.errors import BadInput, NotFound

_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]-~]+")


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
    intro: tuple[str, ...] = ()
    """Paragraphs, written by the person who approves the edition."""

    def __post_init__(self) -> None:
        if not self.items:
            raise BadInput("a quarterly update without an item is not written: leave the candidate out of it")


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


_ROWS = (Email("quarterly_update", QuarterlyUpdate, Audience.CANDIDATE, bulk=True, needs_approval=True),)

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


def is_web_address(url: str) -> bool:
    """Whether it may become a link: in an href anything but http(s) could be a script, and a space cuts it in text."""
    return _WEB_ADDRESS.fullmatch(url) is not None
