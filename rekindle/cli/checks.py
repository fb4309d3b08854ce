"""The single checks of `rekindle doctor`: each looks at one thing and says what it found and what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

import rekindle
from rekindle.cli import reaching
from rekindle.clock import now
from rekindle.errors import RekindleError
from rekindle.journey.approvals import approval
from rekindle.secret import FILE as KEY_FILE
from rekindle.settings import Settings
from rekindle.store import schema
from rekindle.store.messages import Message
from rekindle.wiring import Rekindle
from states.message import MessageState

#: Those that break silently when they are too new: docs/decisions/prefect-pins.md.
_PINNED = ("prefect", "fastapi", "sqlalchemy")
_BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found."""

    what: str
    verdict: Literal["ok", "warn", "fail"]
    found: str
    todo: str = ""


def ok(what: str, found: str) -> Check:
    return Check(what, "ok", found)


def warn(what: str, found: str, todo: str) -> Check:
    return Check(what, "warn", found, todo)


def fail(what: str, found: str, todo: str) -> Check:
    return Check(what, "fail", found, todo)


def of_settings(of: Rekindle) -> Iterator[Check]:
    settings = of.settings
    yield ok("settings", f"read, with the team's folder {settings.folder}")
    if settings.company.website.endswith("acme.example"):
        yield warn("company", "still the example's", f"write your own into {settings.folder / 'default.toml'}")
    yield _people(settings)


def _people(settings: Settings) -> Check:
    decides = [person for person in settings.people.values() if set(person.roles) & set(settings.approvals.decided_by)]
    if not decides:
        return fail("people", "nobody may decide", "give one of [people] a role of approvals.decided_by")
    if any(address.endswith("@acme.example") for address in settings.people):
        return warn("people", "still the example's", f"write your own into {settings.folder / 'policy.toml'}")
    return ok("people", f"{len(settings.people)}, of whom {len(decides)} may decide")


def own_packages() -> Check:
    """`flows` and `states` are common names: another package's would be imported just as well."""
    home = Path(rekindle.__file__).parent.parent
    strange = [name for name in ("flows", "states") if Path(import_module(name).__file__ or "").parent.parent != home]
    if strange:
        return fail(
            "packages", f"{' and '.join(strange)} belongs to something else", "give Rekindle its own environment"
        )
    return ok("packages", "flows and states are Rekindle's own")


def versions() -> Check:
    found = {name: metadata.version(name) for name in _PINNED}
    wrong = [f"{name} {found[name]} is not {wanted}" for name, wanted in _wanted() if not _within(found[name], wanted)]
    if wrong:
        return fail("versions", "; ".join(wrong), "install from requirements.lock")
    return ok("versions", ", ".join(f"{name} {version}" for name, version in found.items()))


def of_database(of: Rekindle) -> Iterator[Check]:
    try:
        at, newest = schema.current(of.store), schema.newest()
    except (SQLAlchemyError, OSError) as error:
        cause = str(getattr(error, "orig", error)).splitlines()[0]
        yield fail("database", cause, "see database.url, and that it runs and lets you in")
        return
    if at != newest:
        yield fail("database", f"at revision {at or 'none'}, not {newest}", "run `rekindle init`")
        return
    yield ok("database", f"at revision {newest}")
    yield _key(of)
    with of.store.reading() as session:
        unconfirmed = (Message.state == MessageState.UNCONFIRMED,)
        lost = session.scalar(select(func.count()).select_from(Message).where(*unconfirmed)) or 0
        waiting = len(approval.waiting(session, now()))
    yield _count("messages", lost, "may have arrived or not", "`rekindle messages unconfirmed`")
    yield _count("approvals", waiting, "wait for a person", "`rekindle approvals list`")


def of_surroundings(of: Rekindle) -> Iterator[Check]:
    yield reaching.mail(of)
    if of.settings.smtp_is_local_mailbox:
        yield reaching.mailbox_folder(of.settings.mailbox.folder)
    yield reaching.prefect(of)


def _key(of: Rekindle) -> Check:
    if of.settings.secret.key.get_secret_value():
        return ok("secret key", "from REKINDLE_SECRET_KEY")
    if not KEY_FILE.exists():
        return warn("secret key", "none yet", "`rekindle init` makes one; or set REKINDLE_SECRET_KEY")
    try:
        of.secret  # noqa: B018 - reading it is the check
    except (RekindleError, OSError, UnicodeDecodeError) as error:
        return fail("secret key", str(error), f"put {KEY_FILE} back from your backup")
    return ok("secret key", f"from {KEY_FILE}; keep a backup of it")


def _count(what: str, count: int, means: str, todo: str) -> Check:
    return warn(what, f"{count} {means}", todo) if count else ok(what, f"none {means}")


def _wanted() -> Iterator[tuple[str, str]]:
    for requirement in metadata.requires("rekindle") or []:
        name = re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0].casefold()
        if name in _PINNED and "extra ==" not in requirement:
            yield name, requirement[len(name) :].partition(";")[0].strip()


def _within(version: str, wanted: str) -> bool:
    own = _numbers(version)
    return all(own >= _numbers(b) if sign == ">=" else own < _numbers(b) for sign, b in _BOUND.findall(wanted))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
