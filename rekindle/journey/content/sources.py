"""Where news is pulled from: says which feeds and folders those are. Fetches nothing: see pulling.py."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.exchange import forms
from rekindle.exchange.news.addresses import tidied
from rekindle.exchange.news.guarding import is_public
from rekindle.store.content import Content
from rekindle.store.sources import Source, SourceKind

_LONGEST_PLACE = 1000
_MOST_LABELS, _LONGEST_LABEL = 50, 100
#: Days; ten years. An item that is worth telling for longer needs no end.
_LONGEST_VALID = 3650


@dataclass(frozen=True, slots=True)
class Terms:
    """What a source's items are taken for where they do not say it themselves; `valid_days` None: for ever."""

    topics: Sequence[str] = ()
    families: Sequence[str] = ()
    language: str = "en"
    valid_days: int | None = 180
    may_be_private: bool = False


def add(session: Session, place: str, terms: Terms, now: datetime) -> tuple[Source, bool]:
    """Remember a feed by its address, or a folder; return it and whether it is new. The same place again changes it.

    Raises BadInput for what is neither, or should not be asked.
    """
    kind, place = _judged(place.strip(), terms)
    values = {
        "topics": _labels("topics", terms.topics),
        "families": _labels("families", terms.families),
        "language": _language(terms.language),
        "valid_days": _valid(terms.valid_days),
        "may_be_private": terms.may_be_private,
    }
    known = session.scalar(select(Source).where(Source.place == place))
    source = known or Source(kind=kind, place=place, created_at=now)
    for name, value in values.items():
        setattr(source, name, value)
    # Read in whole the next time: its items are taken for something else now.
    source.etag = source.modified = None
    session.add(source)
    session.flush()
    return source, known is None


def all_of(session: Session) -> list[tuple[Source, int]]:
    """List the sources in the order they came, with how many items came from each."""
    items = func.count(Content.id)
    query = select(Source, items).outerjoin(Content, Content.source_id == Source.id).group_by(Source.id)
    return [(source, count) for source, count in session.execute(query.order_by(Source.id))]


def remove(session: Session, number: int) -> int:
    """Forget a source; return how many items it leaves behind, which stay as they are."""
    source = find(session, number)
    mine = update(Content).where(Content.source_id == source.id)
    left = session.scalar(select(func.count()).select_from(Content).where(Content.source_id == source.id)) or 0
    session.execute(mine.values(source_id=None, source_key=None))
    session.delete(source)
    session.flush()
    return left


def find(session: Session, number: int) -> Source:
    """Return one source. Raises NotFound."""
    source = session.get(Source, number)
    if source is None:
        raise NotFound(f"there is no source {number}: `rekindle content sources list` shows them")
    return source


def _judged(place: str, terms: Terms) -> tuple[SourceKind, str]:
    if not place or len(place) > _LONGEST_PLACE or not place.isprintable():
        raise BadInput(f"a source is the address of a feed or a folder, of at most {_LONGEST_PLACE} characters")
    if place.casefold().startswith(("http://", "https://")):
        return SourceKind.FEED, _address(place, may_be_private=terms.may_be_private)
    if "://" in place or urlsplit(place).scheme in {"file", "feed", "data", "ftp", "mailto", "javascript"}:
        raise BadInput("a feed is asked by http or https; for files of this machine, give their folder")
    if terms.may_be_private:
        raise BadInput("--allow-private is for feeds: a folder is on this machine anyway")
    folder = Path(place).expanduser()
    if not folder.is_dir():
        raise BadInput(f"{place} is {'no folder' if folder.exists() else 'neither a web address nor a folder'}")
    # In full: the schedule looks for it from another folder.
    return SourceKind.FOLDER, str(folder.resolve())


def _address(place: str, *, may_be_private: bool) -> str:
    parts = urlsplit(place) if tidied(place) else None
    if parts is None or not place.isascii():
        raise BadInput("this is no address a feed can be asked at: plain ASCII, no user name, no password in it")
    if not may_be_private and _is_private(parts.hostname or ""):
        raise BadInput("this address lies inside a private network; add --allow-private if you mean it")
    return place


def _is_private(host: str) -> bool:
    """Say whether a host is private by its very name; where another name leads is looked up with every pull."""
    try:
        return not is_public(str(ipaddress.ip_address(host)))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host


def _labels(name: str, told: Sequence[str]) -> list[str]:
    """Take labels one by one or as `a, b`; each once."""
    labels = [label.strip() for each in told for label in each.split(",") if label.strip()]
    if len(labels) > _MOST_LABELS or any(len(label) > _LONGEST_LABEL or not label.isprintable() for label in labels):
        raise BadInput(f"{name} are at most {_MOST_LABELS} words or phrases of at most {_LONGEST_LABEL} characters")
    once: dict[str, str] = {}
    for label in labels:
        once.setdefault(label.casefold(), label)
    return list(once.values())


def _language(told: str) -> str:
    if not forms.LOCALE.fits(told):
        raise BadInput(f"the language is {forms.LOCALE.expected}")
    return told.replace("_", "-").partition("-")[0].casefold()


def _valid(days: int | None) -> int | None:
    if days is not None and not 0 <= days <= _LONGEST_VALID:
        raise BadInput(f"--valid-days is a number from 1 to {_LONGEST_VALID}, or 0 for ever")
    return days or None
