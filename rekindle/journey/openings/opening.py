"""Opens and closes roles: the file of a role becomes a row, the same file again changes nothing. Sends nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.exchange.problems import shown
from rekindle.exchange.roles import RoleRecord
from rekindle.store.dialect import insert_new
from rekindle.store.roles import Role

#: Takes back what is under way about a role: session, role id, why, now. Returns how many letters.
TakeBack = Callable[[Session, int, str, datetime], int]
LONGEST_REASON = 300
#: As much as the column takes: the reason, and who closed it.
_CLOSING = 500
_FIELDS = ("title", "family", "level", "team", "location", "skills", "hiring_manager", "whats_in_it", "process")


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a file: `changes` names the fields that differ from before, and `reopened`."""

    role: Role
    is_new: bool
    changes: tuple[str, ...] = ()


def find_role(session: Session, slug: str) -> Role:
    """Return a role as it is now, open or closed. Raises NotFound."""
    return _found(session, slug, _of(slug))


def open_role(session: Session, record: RoleRecord, now: datetime, *, again: bool = False) -> Opened:
    """Store a role, or bring an open one up to date with its file.

    A closed one is opened only with `again`: otherwise BadInput, and nothing is changed.
    """
    columns = _columns(record)
    made = session.execute(
        insert_new(session, Role).returning(Role.id), {"slug": record.slug, **columns, "opened_at": now}
    ).scalar()
    # Somebody may close it in this moment: whoever is later waits here.
    role = _found(session, record.slug, _of(record.slug).with_for_update(key_share=True))
    if made is not None:
        return Opened(role, is_new=True)
    if role.closed_at is not None and not again:
        raise BadInput(f"role {role.slug} was closed on {role.closed_at.date()}: open it anew with --again")
    changes = [name for name in _FIELDS if getattr(role, name) != columns[name]]
    for name in changes:
        setattr(role, name, columns[name])
    if role.closed_at is not None:
        role.opened_at, role.closed_at, role.closing, role.run_id = now, None, None, None
        changes.append("reopened")
    session.flush()
    return Opened(role, is_new=False, changes=tuple(changes))


def close_role(session: Session, slug: str, why: str, now: datetime, *, by: str, take_back: TakeBack) -> int:
    """Close a role and take back what is under way about it; return how many letters will not go.

    Raises BadInput when it is closed already, or when `why` says nothing.
    """
    said = " ".join(why.split())
    if not said or not said.isprintable() or len(said) > LONGEST_REASON:
        raise BadInput(f"say in one sentence of at most {LONGEST_REASON} characters why the role is closed")
    role = _found(session, slug, _of(slug).with_for_update(key_share=True))
    if role.closed_at is not None:
        raise BadInput(f"role {slug} was closed on {role.closed_at.date()} already: nothing was changed")
    role.closed_at, role.closing = now, f"{said} ({by})"[:_CLOSING]
    session.flush()
    return take_back(session, role.id, f"the role is closed: {said}", now)


def _found(session: Session, slug: str, query: Select[tuple[Role]]) -> Role:
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(f"no role {shown(slug)} is stored: `rekindle roles list --all` lists them")
    return found


def _of(slug: str) -> Select[tuple[Role]]:
    return select(Role).where(Role.slug == slug)


def _columns(record: RoleRecord) -> dict[str, Any]:
    told = {name: getattr(record, name) for name in _FIELDS}
    return {**told, "skills": list(record.skills), "process": record.process.as_stored()}
