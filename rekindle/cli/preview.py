"""`rekindle preview`: what an email looks like, with a real candidate's data. Writes files; sends nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rekindle import clock
from rekindle.cli.help import RECRUITERS
from rekindle.cli.invocation import MOST, opened
from rekindle.errors import BadInput

if TYPE_CHECKING:
    from rekindle.mail.render import Rendered


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel=RECRUITERS)(preview)


def preview(
    ctx: typer.Context,
    email: Annotated[str, typer.Argument(help="Its name, such as quarterly-update.", show_default=False)],
    candidate: Annotated[
        str | None, typer.Option(metavar="CANDIDATE", help="c-17 or the address; else the first who is nurturing.")
    ] = None,
    edition: Annotated[
        int | None, typer.Option(metavar="EDITION", min=1, max=MOST, help="What they get from this edition.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the HTML; else var/preview/EMAIL.html.")
    ] = None,
    browse: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
) -> None:
    """Write an email as HTML and text; from a candidate's real data, or a sample."""
    from rekindle.journey.bulk import previewing

    rekindle = opened(ctx)
    with rekindle.store.reading() as session:
        if edition is not None:
            shown = previewing.of_edition(session, email, candidate, edition, rekindle.writer)
        else:
            at_most = rekindle.settings.quarterly.items_max
            shown = previewing.preview(session, email, candidate, rekindle.writer, clock.now(), at_most)
    page = out or Path("var/preview") / f"{email}.html"
    text = _written(page, shown.mail)
    typer.echo(f"subject: {shown.mail.subject}")
    typer.echo(f"for:     {shown.whom}")
    typer.echo(f"HTML:    {page}\ntext:    {text}")
    if browse:
        typer.launch(str(page.absolute()))


def _written(page: Path, mail: "Rendered") -> Path:
    if page.is_dir():
        raise BadInput(f"{page} is a folder: name the file to write")
    text = page.with_suffix(".txt")
    if text == page:
        raise BadInput(f"{page} is where the text goes: give the HTML another name")
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(mail.html, encoding="utf-8")
        text.write_text(f"Subject: {mail.subject}\n\n{mail.text}", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{page} cannot be written: {error.strerror}") from None
    return text
