"""Asks a named person to approve one letter, word for word; and asks anew, or not at all, when something changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, CourtesyRefused
from rekindle.journey.approvals import approval
from rekindle.journey.letters.holding import drop, hold
from rekindle.journey.letters.judging import Judgement, judge
from rekindle.journey.letters.sealing import what_changed
from rekindle.journey.letters.standards import Standards
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.letters import REKINDLE
from rekindle.store.messages import Message, become
from states.candidate import Trigger
from states.message import MessageState, Occasion

#: What a letter is called where people are asked about it.
_LETTERS = {
    Occasion.RE_ENGAGEMENT: "letter",
    Occasion.FOLLOW_UP: "follow-up",
    Occasion.CHECK_IN: "check-in",
    Occasion.REJECTION: "rejection letter",
}
#: The move that a letter makes when it arrives: what four eyes are set for.
_MAKES = {Occasion.RE_ENGAGEMENT: Trigger.RE_ENGAGE, Occasion.REJECTION: Trigger.ADMIT}


def ask(session: Session, row: Message, standards: Standards, *, by: str, now: datetime) -> Approval:
    """Ask about a letter on the desk as it is now.

    Raises CourtesyRefused when it may not go as it is; BadInput when it waits already or is over.
    """
    found = judge(session, row, standards, now)
    if not found.may_go:
        raise CourtesyRefused(f"message {row.id}: {found.reason}", found.findings)
    if not become(session, [row.id], MessageState.DRAFTED, MessageState.AWAITING, reason=None):
        session.refresh(row)
        raise BadInput(f"message {row.id} is {row.state}: only a draft can be put to somebody")
    return _ask(session, row, found, standards, by, now)


def ask_anew(session: Session, row: Message, reason: str, standards: Standards, now: datetime) -> Approval | None:
    """Take a letter back because of `reason`, and ask about it as it is now, if it may still go.

    What can never go is cancelled; what may not go as it is waits on the desk for somebody to rewrite it.
    """
    session.refresh(row)
    found = judge(session, row, standards, now)
    told = f"{reason}; {found.reason}" if found.reason and found.reason not in reason else reason
    if found.is_lost:
        drop(session, row, told, now)
        return None
    if not hold(session, row, told, now) or not found.may_go:
        return None
    return ask(session, row, standards, by=REKINDLE, now=now)


def objection(session: Session, row: Message, asked: Approval, standards: Standards, now: datetime) -> str:
    """Say why an approval of this letter does not stand any more; empty when it does."""
    found = judge(session, row, standards, now)
    if found.letter.id != asked.evidence.get("letter"):
        return "the text was changed"
    return found.reason or what_changed(asked.evidence["seen"], found.seal)


def approved(session: Session, message_id: int) -> Approval | None:
    """Return the approval by which a letter may go."""
    mine = (Approval.message_id == message_id, Approval.state == ApprovalState.APPROVED)
    query = select(Approval).where(*mine).order_by(Approval.id.desc()).limit(1)
    return session.scalar(query.execution_options(populate_existing=True))


def _ask(session: Session, row: Message, found: Judgement, standards: Standards, by: str, now: datetime) -> Approval:
    role = found.known.role
    about = f" about role {role.slug}" if role else ""
    what = approval.Ask(
        kind=ApprovalKind.LETTER,
        question=f"Send c-{row.candidate_id} this {_LETTERS[row.occasion or Occasion.RE_ENGAGEMENT]}{about}?",
        digest=found.seal.digest,
        evidence={
            "letter": found.letter.id,
            "seen": dict(found.seal.parts),
            "proofs": found.letter.proofs,
            "warnings": sorted({finding.rule for finding in found.findings}),
        },
        candidate_id=row.candidate_id,
        message_id=row.id,
        assignee=found.letter.signer,
        barred=_barred(row, found, standards),
    )
    return approval.ask(session, what, by=by, deciders=standards.deciders, now=now, due=standards.due)


def _barred(row: Message, found: Judgement, standards: Standards) -> str | None:
    """Return who may not approve it: its author, where four eyes are wanted."""
    # A check-in is approved by the very person it comes from, in words that are best their own.
    if row.occasion in {None, Occasion.CHECK_IN} or found.letter.author == REKINDLE:
        return None
    level = found.known.role.level if found.known.role else None
    trigger = _MAKES.get(row.occasion or Occasion.RE_ENGAGEMENT, Trigger.RE_ENGAGE)
    return found.letter.author if standards.wants_four_eyes(trigger, level) else None
