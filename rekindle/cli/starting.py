"""`rekindle init`: a commented starter configuration and a database at the newest revision. Overwrites nothing."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rekindle.cli.help import FIRST_STEPS
from rekindle.cli.invocation import Invocation, opened
from rekindle.errors import BadInput

if TYPE_CHECKING:
    from rekindle.store.engine import Store
    from rekindle.wiring import Rekindle

_STARTER = ("default.toml", "policy.toml", "example.env")


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel=FIRST_STEPS)(init)


def init(ctx: typer.Context) -> None:
    """Write a starter configuration, create or migrate the database; run it again at any time."""
    folder = ctx.ensure_object(Invocation).config or Path("config")
    for name in _STARTER:
        typer.echo(_copied(folder, name))
    rekindle = opened(ctx)
    typer.echo(_migrated(rekindle.store))
    typer.echo(_keyed(rekindle))
    typer.echo(f"\nNext: write your company, sender and people into {folder}, then run `rekindle doctor`.")


def _copied(folder: Path, name: str) -> str:
    from rekindle.resources import shipped

    target = folder / name
    if target.exists():
        return f"{target}: kept as it is"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped("config") / name, target)
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}") from None
    return f"{target}: written"


def _migrated(store: "Store") -> str:
    from sqlalchemy.exc import DatabaseError

    from rekindle.store import schema

    try:
        before, newest = schema.current(store), schema.newest()
    except DatabaseError as error:
        raise BadInput(f"the database cannot be used: {str(error.orig).splitlines()[0]}") from None
    if before not in {None, *schema.revisions()}:
        raise BadInput(f"the database is at revision {before}, which only a newer Rekindle knows")
    schema.migrate(store)
    if before == newest:
        return f"database: is at the newest revision, {newest}"
    return f"database: {'created' if before is None else f'migrated from {before}'}, now at revision {newest}"


def _keyed(rekindle: "Rekindle") -> str:
    from rekindle.secret import FILE

    was_there = FILE.exists()
    if rekindle.settings.secret.key.get_secret_value():
        return "key: REKINDLE_SECRET_KEY"
    assert rekindle.secret
    return f"key: {FILE}" if was_there else f"key: made {FILE}; back it up, every link and stop depends on it"
