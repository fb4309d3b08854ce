"""What `rekindle run digest --dry-run` prints: each mail that would go, word for word, and why others get none."""

import typer

from rekindle.cli.printing import cell, table
from rekindle.journey.outbox.writing import Writer
from rekindle.journey.tasks.posting import Prepared


def print_prepared(prepared: Prepared, writer: Writer) -> None:
    for post in prepared.posts:
        mail = writer.digest(post.digest)
        typer.secho(f"To: {post.to} ({post.week})", bold=True)
        typer.secho(f"Subject: {cell(mail.subject)}\n", bold=True)
        typer.echo(cell(mail.text))
    rows = [(what, count) for what, count in sorted(prepared.not_sent.items()) if count]
    table(("gets none because", "how many!"), rows, empty="" if prepared.posts else "Nobody gets one.")
