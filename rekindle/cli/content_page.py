"""How an item of the content library is shown: as a row, as JSON, in full."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from rekindle.cli.printing import facts

if TYPE_CHECKING:
    from rekindle.journey.content.shelf import Shelved


def line(shelved: "Shelved") -> dict[str, Any]:
    item, source = shelved.item, shelved.source
    return {
        "id": item.id,
        "title": item.title,
        "url": item.url,
        "summary": item.summary,
        "topics": item.topics,
        "families": item.families,
        "language": item.language,
        "published_on": item.published_on,
        "valid_until": item.valid_until,
        "valid": shelved.is_valid,
        "source": source.id if source else None,
        # Not pulled any more: somebody has changed or retired it by hand.
        "by_hand": item.source_key is None,
        "got": shelved.got,
    }


def row(shelved: "Shelved") -> tuple[object, ...]:
    item = shelved.item
    origin = f"source {item.source_id}" if item.source_id else "by hand"
    until = "over" if shelved.is_over else item.valid_until
    title = item.title if item.language == "en" else f"{item.title} [{item.language}]"
    return item.id, title, for_whom(item.topics, item.families), item.published_on, until, origin, shelved.got


def for_whom(topics: Sequence[str], families: Sequence[str]) -> str:
    return ", ".join([*topics, *families]) or "everyone"


def whole(shelved: "Shelved", editions: Sequence[int]) -> dict[str, Any]:
    source = shelved.source
    place = {"from": source.place} if source else {}
    return line(shelved) | place | {"editions": list(editions)}


def print_item(page: dict[str, Any]) -> None:
    origin = f"source {page['source']}, {page['from']}" if page["source"] else ""
    changed = " (changed by hand since: no pull touches it)" if page["source"] and page["by_hand"] else ""
    facts(
        {
            "item": page["id"],
            "title": page["title"],
            "link": page["url"],
            "summary": page["summary"],
            "for whom": for_whom(page["topics"], page["families"]),
            "language": page["language"],
            "since": page["published_on"],
            "until": page["valid_until"],
            "may be told": page["valid"],
            "from": (origin + changed) or "by hand",
            "in editions": page["editions"],
            "got it": page["got"],
        }
    )


def print_voided(editions: Sequence[int]) -> None:
    """Say which editions carry what has just been changed by hand."""
    for number in editions:
        typer.echo(f"edition {number} carries what has changed: what was approved is void, and it is asked about anew")


def print_still_carried(item: int, editions: Sequence[int]) -> None:
    for number in editions:
        typer.echo(
            f"edition {number} carries item {item} still; to take the edition back: rekindle editions cancel {number}"
        )
