"""People who arrive in a file: rows made of the samples of the exchange, and what the database holds afterwards."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.exchange.rows import Row, judged
from rekindle.exchange.rules import checked
from rekindle.journey.intake.classify import ClassifyPolicy
from rekindle.journey.intake.taking_in import Action, Entry, Intake
from rekindle.mail.address import suppression_hash
from rekindle.store import schema
from rekindle.store.base import Row as Stored
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.suppressions import Suppression
from tests.cast import NOW
from tests.exchange.samples import TODAY, decoded

SECRET = "a secret for tests only"


def hashed(address: str) -> str:
    return suppression_hash(SECRET, address)


INTAKE = Intake(ClassifyPolicy(), hashed)


def person(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return the decoded row of a runner-up with an id and an address of their own."""
    return decoded(source_id=f"c-{number}", email=f"person{number}@example.org") | changes


def rows(people: Iterable[object]) -> list[Row]:
    return [judged(line, checked(each, TODAY), line * 100) for line, each in enumerate(people, start=1)]


def bring(store: Store, *people: object, dry_run: bool = False) -> list[Entry]:
    """Take these rows in; a row that is no sound candidate arrives as a bad one."""
    return list(INTAKE.bring_in(store, rows(people), NOW, dry_run=dry_run))


def actions(entries: Iterable[Entry]) -> list[Action]:
    return [entry.action for entry in entries]


def people(store: Store) -> list[Candidate]:
    return all_of(store, Candidate)


def all_of(store: Store, noun: type[Any]) -> list[Any]:
    """List every row of a table, first stored first."""
    with store.reading() as session:
        return list(session.scalars(select(noun).order_by(*noun.__table__.primary_key)))


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with store.reading() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in schema.METADATA.tables.items()
        }


def count(store: Store, noun: type[Stored]) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(noun)) or 0


def suppress(store: Store, address: str, reason: str = "stop") -> None:
    with store.writing() as session:
        session.add(Suppression(address_hash=hashed(address), reason=reason, at=NOW))


def only(session: Session) -> Candidate:
    return session.scalars(select(Candidate)).one()
