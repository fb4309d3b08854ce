"""One-time codes with which Prefect's form may carry a decision: that form knows no users and keeps what is typed.

A code is bound to person, approval and digest; only its keyed hash is stored; it is worthless once used.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.approvals.approval import Decider, find
from rekindle.store.approvals import ApprovalCode, ApprovalState
from rekindle.store.engine import changed

# Crockford's alphabet: nothing in it is mistaken for anything else when read aloud.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISTAKEN = str.maketrans("OIL", "011")
_LENGTH = 10


def issue(session: Session, approval_id: int, person: Decider, *, secret: str, now: datetime, lasts: timedelta) -> str:
    """Return a new code for `person` to decide this approval with; 50 bits, shown once and never stored."""
    approval = find(session, approval_id)
    if approval.state is not ApprovalState.WAITING or not person.roles & set(approval.deciders):
        raise BadInput(
            f"approval {approval_id} is {approval.state}; {', '.join(approval.deciders)} may decide it while it waits"
        )
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    session.add(
        ApprovalCode(
            approval_id=approval_id,
            person=person.address,
            digest=approval.digest,
            code_hash=_hash(secret, approval_id, code),
            expires_at=now + lasts,
        )
    )
    return f"{code[:5]}-{code[5:]}"


def redeem(session: Session, approval_id: int, code: str, *, secret: str, now: datetime) -> str | None:
    """Use up a code; return whose it was, or None when it is wrong, used, too old, or for other content."""
    hashed = _hash(secret, approval_id, code)
    statement = (
        update(ApprovalCode)
        .where(
            ApprovalCode.approval_id == approval_id,
            ApprovalCode.code_hash == hashed,
            ApprovalCode.digest == find(session, approval_id).digest,
            ApprovalCode.used_at.is_(None),
            ApprovalCode.expires_at > now,
        )
        .values(used_at=now)
    )
    if not changed(session, statement):
        return None
    return session.scalar(select(ApprovalCode.person).where(ApprovalCode.code_hash == hashed))


def withdraw(session: Session, approval_ids: Sequence[int], now: datetime) -> None:
    """Make every open code of these approvals worthless, as after too many wrong answers."""
    open_codes = (ApprovalCode.approval_id.in_(approval_ids), ApprovalCode.used_at.is_(None))
    session.execute(update(ApprovalCode).where(*open_codes).values(used_at=now))


def _hash(secret: str, approval_id: int, code: str) -> str:
    # However it is typed: whatever is no sign of a code was only there to space it.
    text = "".join(sign for sign in code.upper().translate(_MISTAKEN) if sign in _ALPHABET)
    return hmac.new(secret.encode(), f"approval {approval_id} {text}".encode(), sha256).hexdigest()
