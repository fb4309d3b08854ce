"""What becomes of an edition: asked about, released, called off, taken back when it changed, done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, NotFound
from rekindle.journey.approvals import approval
from rekindle.journey.bulk.freezing import edition_digest
from rekindle.journey.bulk.spreading import Spread, let_go, starts
from rekindle.journey.events.kinds import NAMES, Kind, kind_of, last_moment
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.dialect import shared_unless_held
from rekindle.store.editions import LIVE, UNFINISHED, Edition, EditionState
from rekindle.store.engine import changed
from rekindle.store.events import Event
from rekindle.store.messages import Message
from states.message import MessageState
from states.programme import Programme

#: While a message is in one of these, its edition is not done.
_UNSETTLED = (
    MessageState.AWAITING,
    MessageState.APPROVED,
    MessageState.SENDING,
    MessageState.DEFERRED,
)
#: What waits with its edition for a person: a deferred letter was approved once, and its edition taken back since.
_HELD = (MessageState.AWAITING, MessageState.DEFERRED)
#: As much as a letter bears before its news.
LONGEST_INTRO = 4000

# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_APPROVED = (
    select(Edition, Approval.digest)
    .join(Approval, Approval.edition_id == Edition.id)
    .where(Edition.id.in_(bindparam("ids", expanding=True)), Edition.state == EditionState.APPROVED)
    .where(Approval.state == ApprovalState.APPROVED)
)
_APPROVED_AND_HELD = shared_unless_held(_APPROVED, Edition)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What an approver of editions sees beside the items, and who is asked for how long."""

    template: str
    rule: str
    deciders: Sequence[str]
    due: timedelta
    #: The same for mail about events, which has a template and a rule for each kind.
    events: Mapping[Kind, tuple[str, str]] = field(default_factory=dict)
    #: How mail to many is dealt over days once it is approved; None for all of it at once.
    spread: Spread | None = None

    def of(self, edition: Edition) -> tuple[str, str]:
        """Return the template's digest and the audience rule of one edition: its programme decides."""
        if edition.programme is Programme.EVENT_INVITE:
            return self.events[kind_of(edition.period)]
        return self.template, self.rule


def find(session: Session, edition_id: int) -> Edition:
    """Return one edition as it is now. Raises NotFound."""
    edition = session.get(Edition, edition_id, populate_existing=True)
    if edition is None:
        raise NotFound(f"there is no edition {edition_id}")
    return edition


def digest_now(session: Session, edition: Edition, frozen: Frozen) -> str:
    template, rule = frozen.of(edition)
    return edition_digest(session, edition, template=template, rule=rule)


def ask(session: Session, edition: Edition, frozen: Frozen, *, by: str, now: datetime) -> Approval:
    """Ask for the approval of an edition as it is now."""
    letters = _count(session, edition.id, _HELD)
    event = session.get_one(Event, edition.event_id) if edition.event_id else None
    # When it is of no use any more there is nothing left to decide.
    left = last_moment(event, kind_of(edition.period)) - now if event else frozen.due
    due = min(frozen.due, left) if left > timedelta() else frozen.due
    what = approval.Ask(
        kind=ApprovalKind.EDITION,
        question=f"Send {_called(edition, event)} to {letters} {'person' if letters == 1 else 'people'}?",
        digest=digest_now(session, edition, frozen),
        evidence={"content": edition.items, "letters": letters, "left_out": edition.left_out},
        edition_id=edition.id,
    )
    return approval.ask(session, what, by=by, deciders=frozen.deciders, now=now, due=due)


def _called(edition: Edition, event: Event | None) -> str:
    if event is None:
        return f"{edition.programme} {edition.period}"
    return f"{NAMES[kind_of(edition.period)]} {event.slug}"


def release(session: Session, edition_id: int, frozen: Frozen, now: datetime) -> int:
    """Let the approved letters of an edition go from `now` on, dealt over its days; return how many."""
    _set_state(session, edition_id, EditionState.AWAITING, EditionState.APPROVED)
    days = starts(session, find(session, edition_id), frozen.spread, now)
    return let_go(session, edition_id, MessageState.AWAITING, days)


def call_off(session: Session, edition_id: int, *, expired: bool, reason: str) -> int:
    """Take back every letter of an edition that was not approved; return how many."""
    state, letters = (
        (EditionState.EXPIRED, MessageState.EXPIRED) if expired else (EditionState.DECLINED, MessageState.CANCELLED)
    )
    _set_state(session, edition_id, EditionState.AWAITING, state)
    return sum(_all_become(session, edition_id, held, letters, reason=reason) for held in _HELD)


def cancel(session: Session, edition_id: int, *, reason: str, now: datetime) -> int:
    """Take an edition back, even while it is being sent: what has not left never will. Return how many letters."""
    if asked := approval.of_edition(session, edition_id):
        approval.close(session, asked, ApprovalState.VOIDED, now, reason)
    if not sum(_set_state(session, edition_id, live, EditionState.DECLINED) for live in LIVE):
        raise BadInput(f"edition {edition_id} is {find(session, edition_id).state}: nothing of it waits any more")
    waiting = (*_HELD, MessageState.APPROVED)
    return sum(_all_become(session, edition_id, held, MessageState.CANCELLED, reason=reason) for held in waiting)


def rewrite_intro(session: Session, edition_id: int, intro: str, frozen: Frozen, *, by: str, now: datetime) -> Approval:
    """Open the letters of a waiting edition with other words; what was asked about is void, and asked anew."""
    edition, asked = find(session, edition_id), approval.of_edition(session, edition_id)
    if edition.state is not EditionState.AWAITING:
        raise BadInput(f"edition {edition_id} is {edition.state}: only one that waits for approval can be rewritten")
    if len(intro) > LONGEST_INTRO or any(not sign.isprintable() and sign not in "\r\n" for sign in intro):
        raise BadInput(f"an introduction is plain text of at most {LONGEST_INTRO} characters")
    if asked is None or not approval.close(session, asked, ApprovalState.VOIDED, now, "the introduction was rewritten"):
        raise BadInput(f"edition {edition_id} has been decided in this moment")
    edition.intro = intro.strip()
    session.flush()
    return ask(session, edition, frozen, by=by, now=now)


def recheck(session: Session, edition_id: int, frozen: Frozen, now: datetime) -> Approval | None:
    """Compare an approved edition with what was approved; when it differs, take it back and ask again.

    Returns the new approval, or None when all is as it was seen.
    """
    edition, approved = find(session, edition_id), approval.of_edition(session, edition_id)
    if edition.state is not EditionState.APPROVED or approved is None:
        return None
    if as_approved(session, [edition_id], frozen):
        return None
    reason = "the template, an item or the rule changed after the approval"
    void = update(Approval).where(Approval.id == approved.id, Approval.state == ApprovalState.APPROVED)
    if not changed(session, void.values(state=ApprovalState.VOIDED, note=reason)):
        return None
    _set_state(session, edition_id, EditionState.APPROVED, EditionState.AWAITING)
    _all_become(session, edition_id, MessageState.APPROVED, MessageState.AWAITING, reason=reason)
    return ask(session, find(session, edition_id), frozen, by="rekindle", now=now)


def as_approved(session: Session, edition_ids: Collection[int], frozen: Frozen, *, held: bool = False) -> set[int]:
    """Return those approved editions that still are, to the letter, what a person approved.

    `held` keeps them so until the transaction ends, and leaves out those that somebody is pausing or cancelling.
    """
    found = session.execute(_APPROVED_AND_HELD if held else _APPROVED, {"ids": list(edition_ids)}).all()
    return {edition.id for edition, digest in found if digest == digest_now(session, edition, frozen)}


def close_if_done(session: Session, edition_id: int) -> bool:
    """Mark an approved edition as done once each of its letters has an outcome."""
    if _count(session, edition_id, _UNSETTLED):
        return False
    return bool(_set_state(session, edition_id, EditionState.APPROVED, EditionState.DONE))


def tally(session: Session, edition_id: int) -> dict[str, int]:
    """Count an edition's letters by what became of them."""
    query = select(Message.state, func.count()).where(Message.edition_id == edition_id).group_by(Message.state)
    return {str(state): count for state, count in session.execute(query)}


def shown_by(session: Session, run_id: str) -> Edition | None:
    """Find the edition a Prefect run shows. None: another run has taken its place."""
    return session.scalar(select(Edition).where(Edition.run_id == run_id))


def unfinished(session: Session) -> list[Edition]:
    """List the editions on which something is still to be done."""
    return list(session.scalars(select(Edition).where(Edition.state.in_(UNFINISHED)).order_by(Edition.id)))


def _count(session: Session, edition_id: int, states: Sequence[MessageState]) -> int:
    query = select(func.count()).select_from(Message).where(Message.edition_id == edition_id, Message.state.in_(states))
    return session.scalar(query) or 0


def _set_state(session: Session, edition_id: int, old: EditionState, new: EditionState) -> int:
    return changed(session, update(Edition).where(Edition.id == edition_id, Edition.state == old).values(state=new))


def _all_become(session: Session, edition_id: int, old: MessageState, new: MessageState, **changes: object) -> int:
    own = (Message.edition_id == edition_id, Message.state == old)
    return changed(session, update(Message).where(*own).values(state=new, **changes))
