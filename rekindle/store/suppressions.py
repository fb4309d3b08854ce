"""The suppression: a keyed hash of an address that must never be mailed again. It outlives erasure."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from rekindle.store.base import Row
from rekindle.store.dialect import UtcDateTime


class Suppression(Row):
    __tablename__ = "suppressions"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: stop, complaint or bounce.
    reason: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


#: Written once: building a statement costs as much as running it.
_AMONG = select(Suppression.address_hash).where(Suppression.address_hash.in_(bindparam("hashes", expanding=True)))


def suppressed(session: Session, hashes: Iterable[str]) -> set[str]:
    """Return those of `hashes` that must not be mailed."""
    return set(session.scalars(_AMONG, {"hashes": list(hashes)}))
