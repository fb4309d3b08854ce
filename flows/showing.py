"""What a run shows in Prefect: counts and reasons as Markdown and tables. Prefect keeps all of it, so ids only."""

from collections.abc import Mapping

from prefect.artifacts import create_markdown_artifact, create_table_artifact


def show_counts(key: str, title: str, counts: Mapping[str, int]) -> None:
    """Show a table of how many of what; `key` holds small letters, digits and dashes."""
    rows = [{"what": what, "how many": count} for what, count in sorted(counts.items())]
    create_table_artifact(key=key, table=rows or [{"what": "nothing", "how many": 0}], description=title)


def show_text(key: str, markdown: str) -> None:
    """Show a text."""
    create_markdown_artifact(key=key, markdown=markdown)
