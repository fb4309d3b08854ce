"""Watches what comes back from an edition while it goes out, and stops it when that is more than the policy bears.

Counts what is on record: hard answers and bounces of its letters, complaints among the suppressions, and who asked us
to stop after their letter had gone. It asks the database now and then, never for each message.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.bulk import pausing
from rekindle.mail.outcome import Failed, Outcome
from rekindle.store.candidates import Candidate
from rekindle.store.editions import Edition, EditionState
from rekindle.store.messages import QUEUED, Message
from rekindle.store.suppressions import Suppression
from states.message import MessageState

#: Without a failure it looks again after so many letters: as often as the flow begins a new batch.
_SELDOM = 200
#: What the ledger says of a letter that a mail server refused for good (5xx).
_REFUSED = and_(Message.state == MessageState.FAILED, Message.reason.like("5__ %"))
_BACK = or_(Message.state == MessageState.BOUNCED, _REFUSED)
_GONE = or_(Message.state.in_((MessageState.SENT, MessageState.UNCONFIRMED)), _BACK)
_STOPPED = Candidate.opted_out_at >= Message.sending_at


@dataclass(frozen=True, slots=True)
class Tolerance:
    """From how many letters on something is concluded, and how much may come back, in percent of what has gone."""

    letters: int
    bounces: float
    complaints: float
    stops: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What has gone of an edition, and what came of it."""

    gone: int
    bounces: int
    complaints: int
    stops: int

    def too_much(self, tolerance: Tolerance) -> str:
        """Say what passes the limits, with the figures; empty while nothing does."""
        if self.gone < tolerance.letters:
            return ""
        counted = (
            (self.bounces, "came back", tolerance.bounces),
            (self.complaints, "were complained about", tolerance.complaints),
            (self.stops, "were answered with a stop", tolerance.stops),
        )
        told = [
            f"{count} {what} ({100 * count / self.gone:.1f} %, at most {most:g} % may)"
            for count, what, most in counted
            if 100 * count > most * self.gone
        ]
        return f"paused by itself: of {self.gone} letters {', '.join(told)}" if told else ""


@dataclass(slots=True)
class Watch:
    """The watch of one delivery: looks when it begins, then from time to time."""

    tolerance: Tolerance
    address_hash: Callable[[str], str]
    _since: int = field(default=_SELDOM)
    _failed: bool = field(default=False)

    def look(self, session: Session, outcomes: Sequence[tuple[int, Outcome]]) -> list[int]:
        """Take note of a round that was recorded; when it is time, pause what has to be, and return those editions."""
        self._since += len(outcomes)
        self._failed |= any(isinstance(outcome, Failed) for _, outcome in outcomes)
        if self._since < (min(self.tolerance.letters, _SELDOM) if self._failed else _SELDOM):
            return []
        self._since, self._failed = 0, False
        return stop_what_is_too_much(session, self.tolerance, self.address_hash)


def stop_what_is_too_much(session: Session, tolerance: Tolerance, address_hash: Callable[[str], str]) -> list[int]:
    """Pause every edition of which too much came back and something has still to go; return their ids."""
    left = select(Message.id).where(Message.edition_id == Edition.id, Message.state.in_(QUEUED)).exists()
    going = select(Edition).where(Edition.state == EditionState.APPROVED, left).order_by(Edition.id)
    stopped = []
    for edition in session.scalars(going.execution_options(populate_existing=True)).all():
        why = figures(session, edition, address_hash).too_much(tolerance)
        if why and pausing.pause_by_itself(session, edition.id, why):
            stopped.append(edition.id)
    return stopped


def figures(session: Session, edition: Edition, address_hash: Callable[[str], str]) -> Figures:
    """Count what has gone of an edition since somebody last let it go on, and what came of it until now."""
    counts = select(*(func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in (_BACK, _STOPPED)), func.count())
    query = counts.select_from(Message).join(Candidate, Candidate.id == Message.candidate_id)
    bounces, stops, gone = session.execute(query.where(*_gone(edition))).one()
    return Figures(gone, bounces, _complaints(session, edition, address_hash), stops)


def _complaints(session: Session, edition: Edition, address_hash: Callable[[str], str]) -> int:
    """Count who complained after the letter had gone. A complaint is kept under a hash, so addresses are compared."""
    first = select(func.min(Message.sending_at)).where(*_gone(edition)).scalar_subquery()
    since = (Suppression.reason == "complaint", Suppression.at >= first)
    complained = dict(session.execute(select(Suppression.address_hash, Suppression.at).where(*since)).tuples().all())
    return _count_among(session, edition, complained, address_hash) if complained else 0


def _count_among(
    session: Session, edition: Edition, complained: dict[str, datetime], address_hash: Callable[[str], str]
) -> int:
    theirs = select(Candidate.address, Message.sending_at).join(Message, Message.candidate_id == Candidate.id)
    reached = session.execute(theirs.where(*_gone(edition), Candidate.address.is_not(None)))
    return sum(
        (at := complained.get(address_hash(address))) is not None and at >= sent for address, sent in reached if address
    )


def _gone(edition: Edition) -> Collection[ColumnElement[bool]]:
    since = [Message.sending_at > edition.counted_from] if edition.counted_from else []
    return [Message.edition_id == edition.id, _GONE, *since]
