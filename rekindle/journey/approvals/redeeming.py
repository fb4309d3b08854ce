"""A decision with a one-time code, through Prefect's forms: they know no users, so the code says who it is."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from rekindle.errors import NotYours
from rekindle.journey.approvals import approval, codes, deciding
from rekindle.journey.approvals.approval import Decided, Decider, Decision
from rekindle.journey.approvals.deciding import Terms
from rekindle.store.approvals import Approval
from rekindle.store.engine import changed

#: So many guesses at a code, and the forms are closed for this question.
MOST_WRONG_CODES = 5


def is_closed(question: Approval) -> bool:
    """Say whether the forms have heard too many wrong codes; Rekindle itself stays open for the decision."""
    return question.wrong_codes >= MOST_WRONG_CODES


def decide_with_code(
    session: Session,
    approval_id: int,
    code: str,
    decision: Decision,
    *,
    decider: Callable[[str], Decider],
    secret: str,
    terms: Terms,
    now: datetime,
) -> Decided | None:
    """Use up a code and decide in the name of whose it was.

    None: the code was wrong, used or too old, its owner may not decide this, or there were too many wrong ones before;
    that counts as a wrong one, and after MOST_WRONG_CODES every open code of this approval is worthless.
    """
    question = approval.find(session, approval_id)
    if not is_closed(question):
        person = codes.redeem(session, approval_id, code, secret=secret, now=now)
        if person is not None:
            try:
                who = decider(person)
                return deciding.decide(session, approval_id, decision, who, terms=terms, now=now, via="prefect")
            except NotYours:
                pass
    _count_wrong(session, approval_id, now)
    return None


def _count_wrong(session: Session, approval_id: int, now: datetime) -> None:
    # Counted by the database: several guesses at once are several guesses.
    one_more = update(Approval).where(Approval.id == approval_id).values(wrong_codes=Approval.wrong_codes + 1)
    changed(session, one_more)
    if is_closed(approval.find(session, approval_id)):
        codes.withdraw(session, [approval_id], now)
