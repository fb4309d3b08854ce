"""`rekindle dkim`: makes a key that signs mail, and says what to publish of it. Publishes nothing itself."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rekindle.cli.help import OPERATIONS, group
from rekindle.cli.invocation import AsJson, opened
from rekindle.cli.printing import as_json
from rekindle.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rekindle.mail.signing_keys import SigningKey
    from rekindle.wiring import Rekindle

#: A string in a TXT record is at most this long (RFC 1035 3.3); longer values are cut in several.
_LONGEST_STRING = 255


def register(app: typer.Typer) -> None:
    own = group("Sign mail: make a key, see what to publish of it.")
    own.command("new")(new)
    own.command("show")(show)
    app.add_typer(own, name="dkim", rich_help_panel=OPERATIONS)


def new(
    ctx: typer.Context,
    kind: Annotated[
        Literal["rsa", "ed25519"], typer.Option(help="rsa, which everybody knows, or ed25519 beside it.")
    ] = "rsa",
    selector: Annotated[
        str | None, typer.Option(metavar="NAME", help="Its name in DNS, instead of the one in the settings.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to keep it, instead of var/dkim/SELECTOR.pem.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Make a key in a file, and print what to publish; overwrites nothing."""
    from rekindle.mail.signing_keys import new_key

    rekindle = opened(ctx)
    name = getattr(rekindle.settings.dkim, f"{kind}_selector") if selector is None else selector
    _check_selector(name)
    target = file or Path("var") / "dkim" / f"{name}.pem"
    key = new_key(kind, name)
    _keep(key, target)
    records = list(_records(rekindle, [key]))
    if json:
        as_json({"file": str(target), "records": records})
        return
    typer.echo(f"wrote {target}: keep a backup, and show it to nobody\n\nPublish in DNS:\n")
    _print(records)
    typer.echo(f'Then set in {rekindle.settings.folder / "default.toml"}:\n\n[dkim]\n{kind}_key = "{target}"')
    if selector:
        typer.echo(f'{kind}_selector = "{selector}"')
    typer.echo("\n`rekindle doctor --dns` tells when it can be seen.")


def show(ctx: typer.Context, json: AsJson = False) -> None:
    """Print the DNS records that belong to the keys in use."""
    rekindle = opened(ctx)
    records = list(_records(rekindle, rekindle.post.keys))
    if json:
        as_json(records)
    elif records:
        _print(records)
    else:
        typer.echo("no key is set: `rekindle dkim new` makes one")


def _records(of: "Rekindle", keys: "Iterable[SigningKey]") -> "Iterable[dict[str, str]]":
    from rekindle.cli.published import identities
    from rekindle.mail.records.dkim import name_of

    for domain in dict.fromkeys(identity.signs for identity in identities(of)):
        for key in keys:
            yield {"name": name_of(key, domain), "type": "TXT", "value": key.record}


def _print(records: "Iterable[dict[str, str]]") -> None:
    """Print a record as a zone file has it: most web forms take the value without its quotes as well."""
    for record in records:
        value = record["value"]
        strings = [value[start : start + _LONGEST_STRING] for start in range(0, len(value), _LONGEST_STRING)]
        quoted = " ".join(f'"{each}"' for each in strings)
        typer.echo(f"{record['name']}. TXT\n  {quoted}\n")


def _check_selector(name: str) -> None:
    from pydantic import TypeAdapter, ValidationError

    from rekindle.settings.shapes import Selector

    try:
        TypeAdapter(Selector).validate_python(name)
    except ValidationError:
        raise BadInput(f"{name!r} cannot be a selector: letters, digits, hyphens and dots") from None


def _keep(key: "SigningKey", file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened_file:
            opened_file.write(key.pem())
    except OSError as error:
        if file.is_file():
            raise BadInput(f"{file} is there already: a new key gets a new selector, --selector NAME") from None
        raise BadInput(f"{file} cannot be written: {error.strerror}") from None
