"""Tells whoever approved an edition that it has paused by itself, once; that person, or whoever took over from them.

The mail holds numbers and no candidate's name: it goes through mailboxes we know little about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.journey.approvals import approval
from rekindle.journey.letters.standards import Standards
from rekindle.journey.outbox.colleagues import InHouse, in_rounds
from rekindle.journey.outbox.delivery import NextRound
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.catalogue import EditionPaused
from rekindle.mail.correspondent import Correspondent
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import Store, changed

EMAIL = "edition-paused"


@dataclass(frozen=True, slots=True)
class Notice:
    """One edition that has paused by itself, and who is told."""

    to: str
    edition_id: int
    what: str
    why: str


def due(session: Session, standards: Standards, deciders: Mapping[str, frozenset[str]]) -> list[Notice]:
    """Return who is to be told of what; `deciders` are the team's people who are here, with their roles."""
    untold = select(Edition).where(Edition.state == EditionState.PAUSED, Edition.told_at.is_(None))
    found = []
    for edition in session.scalars(untold.order_by(Edition.id)).all():
        if to := _whom(session, edition, standards, deciders):
            what = f"{edition.programme} {edition.period}"
            why = edition.note or ""
            found.append(Notice(to, edition.id, what, f"{why[:1].upper()}{why[1:]}"))
    return found


def rounds(
    store: Store, notices: Sequence[Notice], write: Callable[[int, Notice, datetime], Outgoing], now: datetime
) -> NextRound:
    """Return the step by which the delivery loop sends notices: each is written down first, then handed over.

    What no server took was not told: the next pass tries it again.
    """

    def claim(session: Session, notice: Notice) -> int:
        return _mark(session, notice.edition_id, None, now)

    def give_back(session: Session, notice: Notice) -> int:
        return _mark(session, notice.edition_id, now, None)

    return in_rounds(store, notices, claim, give_back, lambda number, notice: write(number, notice, now))


class Herald(InHouse):
    """Writes notices in the house's name."""

    __slots__ = ()

    def write(self, number: int, notice: Notice, now: datetime) -> Outgoing:
        name = self.name_of(notice.to)
        context = EditionPaused(number=notice.edition_id, what=notice.what, why=notice.why, name=name)
        return self.compose(number, EMAIL, context, Correspondent(name, notice.to), now)


def _whom(
    session: Session, edition: Edition, standards: Standards, deciders: Mapping[str, frozenset[str]]
) -> str | None:
    """Return who approved it, else who took over from them, else the first who may decide such things."""
    asked = approval.of_edition(session, edition.id)
    if asked is None:
        return None
    by = asked.decided_by or ""
    places = (by, standards.line(by)[-1], *(who for who, roles in deciders.items() if roles & set(asked.deciders)))
    return next((each for each in places if each in deciders), None)


def _mark(session: Session, edition_id: int, old: datetime | None, new: datetime | None) -> int:
    before = Edition.told_at.is_(None) if old is None else Edition.told_at == old
    still = (Edition.id == edition_id, Edition.state == EditionState.PAUSED, before)
    return changed(session, update(Edition).where(*still).values(told_at=new))
