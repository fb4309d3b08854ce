"""Stops an edition in the middle, and lets it go on: what has gone is not repeated, what is left is spread anew.

Whatever is on the wire when it is paused arrives; after that nothing of it is taken.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.approvals import approval
from rekindle.journey.bulk import editions
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.spreading import let_go, starts
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.editions import Edition, EditionState
from rekindle.store.engine import changed
from states.message import MessageState

_LONGEST = 500


def pause(session: Session, edition_id: int, *, because: str, by: str, now: datetime) -> Edition:
    """Stop an edition that is being sent. Raises BadInput for one that is not."""
    if not because.strip() or not because.isprintable():
        raise BadInput("say why in one line: whoever wonders about it reads it")
    if not _to_paused(session, edition_id, f"{by}: {because.strip()}", told_at=now):
        edition = editions.find(session, edition_id)
        raise BadInput(f"edition {edition_id} is {edition.state}: only one that is approved and not done can be paused")
    return editions.find(session, edition_id)


def pause_by_itself(session: Session, edition_id: int, why: str) -> bool:
    """Stop an edition because of what came back; whoever approved it has still to be told. False: it is not going."""
    return bool(_to_paused(session, edition_id, why, told_at=None))


def resume(session: Session, edition_id: int, frozen: Frozen, *, by: str, now: datetime) -> Approval | None:
    """Let a paused edition go on from `now`. Raises BadInput for one that is not paused.

    Returns the new approval when something has changed since it was approved: it is taken back, and asked about anew.
    """
    note = f"paused, and let go on by {by} on {now:%Y-%m-%d}"
    on = {"state": EditionState.APPROVED, "note": note, "counted_from": now}
    if not changed(session, update(Edition).where(*_is(edition_id, EditionState.PAUSED)).values(**on)):
        edition = editions.find(session, edition_id)
        raise BadInput(f"edition {edition_id} is {edition.state}: only a paused one can be resumed")
    if asked := editions.recheck(session, edition_id, frozen, now):
        return asked
    days = starts(session, editions.find(session, edition_id), frozen.spread, now)
    let_go(session, edition_id, MessageState.APPROVED, days)
    return None


def refuse_while_paused(session: Session, asked: Approval) -> None:
    """Raise BadInput for a decision about an edition that was approved and is paused: it would change nothing."""
    if asked.edition_id is None or asked.state is not ApprovalState.APPROVED:
        return
    edition = editions.find(session, asked.edition_id)
    newest = approval.of_edition(session, asked.edition_id)
    if edition.state is EditionState.PAUSED and newest is not None and newest.id == asked.id:
        raise BadInput(
            f"edition {edition.id} was approved and is paused: `rekindle editions resume {edition.id}` lets it go on, "
            f"`rekindle editions cancel {edition.id}` takes it back"
        )


def paused(session: Session) -> list[Edition]:
    """List the editions that are stopped in the middle."""
    return list(session.scalars(select(Edition).where(Edition.state == EditionState.PAUSED).order_by(Edition.id)))


def _to_paused(session: Session, edition_id: int, note: str, told_at: datetime | None) -> int:
    stopped = {"state": EditionState.PAUSED, "note": note[:_LONGEST], "told_at": told_at}
    return changed(session, update(Edition).where(*_is(edition_id, EditionState.APPROVED)).values(**stopped))


def _is(edition_id: int, state: EditionState) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (Edition.id == edition_id, Edition.state == state)
