"""Takes in what is worth telling: content items, from the command line or a file of JSON Lines. Sends nothing.

An item is known by the page its link leads to: the same page again changes the item that is there.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.exchange import forms
from rekindle.exchange.fields import Fields
from rekindle.exchange.lines import Lines, LineTooLong
from rekindle.exchange.news.addresses import same_page
from rekindle.exchange.problems import Problem, Problems, TooManyProblems, shown
from rekindle.exchange.sniffing import encoding_of, form_of, read_head, verify_text
from rekindle.journey.bulk.choosing import HOUSE_LANGUAGE
from rekindle.journey.content.carrying import carriers
from rekindle.store.content import Content

_KNOWN = frozenset({"title", "url", "summary", "topics", "families", "language", "published_on", "valid_until"})
_LINK = forms.LINK._replace(longest=1000)
_MOST_LABELS = 50
#: More problems than this are not listed: the file is another kind of thing.
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class News:
    """One item as told: valid and whole. Without topics and families it is for everyone."""

    title: str
    url: str
    summary: str
    topics: list[str]
    families: list[str]
    language: str
    published_on: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Published:
    """How many items were new, and how many known and changed; `voided` are the editions that carry a changed one."""

    added: int
    changed: int
    voided: tuple[int, ...] = ()


def publish(session: Session, items: Sequence[News], now: datetime) -> Published:
    """Store the items. What somebody says by hand is theirs from then on: no pull changes it any more."""
    known = known_pages(session)
    changed: set[int] = set()
    added = 0
    for item in {same_page(item.url): item for item in items}.values():
        item_id = known(item.url)
        if item_id is None:
            session.add(Content(**asdict(item), created_at=now))
            added += 1
            continue
        row = session.get_one(Content, item_id)
        if differs(row, item):
            overwrite(row, item)
            row.source_key = None
            changed.add(row.id)
    session.flush()
    voided = {number for numbers in carriers(session, changed).values() for number in numbers}
    return Published(added, len(changed), tuple(sorted(voided)))


def known_pages(session: Session) -> Callable[[str], int | None]:
    """Return what finds the item that leads to the same page as a link: the very link first, else the oldest item."""
    rows = session.execute(select(Content.url, Content.id).order_by(Content.id.desc())).all()
    by_page = {same_page(url): item_id for url, item_id in rows} | {url: item_id for url, item_id in rows}  # noqa: C416 - rows, not pairs
    return lambda url: by_page.get(url, by_page.get(same_page(url)))


def differs(row: Content, item: News) -> bool:
    return any(getattr(row, name) != value for name, value in asdict(item).items())


def overwrite(row: Content, item: News) -> None:
    for name, value in asdict(item).items():
        setattr(row, name, value)


def checked(told: object, today: date) -> News:
    """Turn what somebody told into an item. Raises BadInput naming all that is wrong with it."""
    found = _judged(told, today)
    if isinstance(found, News):
        return found
    raise BadInput("; ".join(map(str, found)))


def wrong_with(name: str, value: object, today: date) -> str | None:
    """Say what is wrong with one value of an item, as it is typed; None when it is sound."""
    found = _judged({name: value}, today)
    problems = found if isinstance(found, list) else []
    return "; ".join(str(each) for each in problems if each.column.partition("[")[0] == name) or None


def read_items(path: Path, today: date) -> list[News]:
    """Read a file of JSON Lines, an item a line. Raises BadInput naming every bad line; then nothing is taken."""
    head = read_head(path)
    encoding = encoding_of(path, head, None)
    verify_text(path, encoding)
    if head.decode(encoding, "ignore").lstrip().startswith("["):
        raise BadInput(f"{path} is one JSON array: write one item a line, without [ and ]")
    form_of(path, head, encoding, "rekindle")
    items: list[News] = []
    bad: list[str] = []
    for number, found in _lines(path, encoding, today):
        if isinstance(found, News):
            items.append(found)
        else:
            bad += [f"line {number}, {problem}" for problem in found]
        if len(bad) >= _MOST_SHOWN:
            break
    if bad:
        raise BadInput("\n".join([f"{path}: nothing was stored, because of", *bad[:_MOST_SHOWN]]))
    return items


def _lines(path: Path, encoding: str, today: date) -> Iterator[tuple[int, News | list[Problem]]]:
    with Lines(path, encoding) as lines:
        try:
            for text in lines:
                if text.strip():
                    yield lines.number, _judged(_decoded(text), today)
        except LineTooLong as error:
            yield lines.number, [Problem("line", shown(error.beginning), "one item a line")]


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _judged(told: object, today: date) -> News | list[Problem]:
    if not isinstance(told, dict):
        return [Problem("line", shown(told), f"one JSON object with {', '.join(sorted(_KNOWN))}")]
    problems = Problems()
    try:
        news = _news(told, today, problems)
    except TooManyProblems:
        return problems.found
    return problems.found or news


def _news(told: Mapping[str, Any], today: date, problems: Problems) -> News:
    of = Fields(dict(told), _KNOWN, "", problems, date.max)
    published, until = of.day("published_on") or today, of.day("valid_until")
    of.not_before("valid_until", until, "published_on", published)
    return News(
        title=of.needed("title", of.line("title", 300), "what it is called") or "",
        url=of.needed("url", of.shaped("url", _LINK), "where it can be read") or "",
        summary=of.needed("summary", of.line("summary", 2000), "what it says, in a sentence or two") or "",
        topics=list(of.lines("topics", 200, _MOST_LABELS)),
        families=list(of.lines("families", 100, _MOST_LABELS)),
        language=(of.shaped("language", forms.LOCALE) or HOUSE_LANGUAGE).split("-")[0].split("_")[0].casefold(),
        published_on=published,
        valid_until=until,
    )
