"""What exactly an approval freezes, as a SHA-256 digest: whatever is sent must still amount to it."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from rekindle.store.content import Content
from rekindle.store.editions import Edition
from rekindle.store.events import Event
from states.programme import Programme

# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_SHOWN = (
    select(Content.id, Content.title, Content.url, Content.summary, Content.topics, Content.families, Content.language)
    .where(Content.id.in_(bindparam("ids", expanding=True)))
    .order_by(Content.id)
)
#: All of an event that is told or decides who is told; not what tells our own bookkeeping.
_OF_EVENT = tuple(column for column in Event.__table__.columns if column.name not in {"id", "created_at"})
_EVENT = select(*_OF_EVENT).where(Event.id == bindparam("id"))


def edition_digest(session: Session, edition: Edition, *, template: str, rule: str) -> str:
    """Digest what an edition's approver sees: words, template, the rule for who gets it, and what its programme tells.

    `template` is the renderer's digest; `rule` the audience rule in words.
    """
    return _digest(
        {
            "programme": edition.programme,
            "period": edition.period,
            "intro": edition.intro,
            "template": template,
            "rule": rule,
            **_told(session, edition),
        }
    )


def _told(session: Session, edition: Edition) -> dict[str, Any]:
    """Return what the edition's programme tells: news as items in full, an event with all that is on record of it."""
    if edition.programme is Programme.EVENT_INVITE:
        event = session.execute(_EVENT, {"id": edition.event_id}).mappings().one()
        return {"event": {name: _plain(value) for name, value in event.items()}}
    return {"items": [list(item) for item in session.execute(_SHOWN, {"ids": edition.items})]}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def people_digest(trigger: str, ids: Sequence[int]) -> str:
    """Digest a move asked for several candidates at once."""
    return _digest({"trigger": trigger, "candidates": sorted(ids)})


def move_digest(trigger: str, candidate_id: int, state: str | None, reason: str) -> str:
    """Digest one candidate's move: from this state, for this reason."""
    return _digest({"trigger": trigger, "candidate": candidate_id, "state": state, "reason": reason})


def _digest(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
