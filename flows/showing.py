"""What a run shows in Prefect: counts and reasons as Markdown and tables. Prefect keeps all of it, so ids only."""

from collections.abc import Mapping, Sequence

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact


def show_counts(key: str, title: str, counts: Mapping[str, int]) -> None:
    """Show a table of how many of what; `key` holds small letters, digits and dashes."""
    rows = [{"what": what, "how many": count} for what, count in sorted(counts.items())]
    create_table_artifact(key=key, table=rows or [{"what": "nothing", "how many": 0}], description=title)


def show_rows(key: str, title: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Show a table of rows that have the same columns."""
    create_table_artifact(key=key, table=[dict(row) for row in rows] or [{"nothing": ""}], description=title)


def show_link(key: str, link: str, text: str) -> None:
    """Show a link."""
    create_link_artifact(key=key, link=link, link_text=text)


def show_text(key: str, markdown: str) -> None:
    """Show a text."""
    create_markdown_artifact(key=key, markdown=markdown)
