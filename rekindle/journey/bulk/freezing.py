"""What exactly an approval freezes, as a SHA-256 digest: whatever is sent must still amount to it."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from rekindle.store.content import Content
from rekindle.store.editions import Edition

# Written once: building a statement costs as much as running it, and the sender asks for every few letters.
_SHOWN = (
    select(Content.id, Content.title, Content.url, Content.summary, Content.topics, Content.families, Content.language)
    .where(Content.id.in_(bindparam("ids", expanding=True)))
    .order_by(Content.id)
)


def edition_digest(session: Session, edition: Edition, *, template: str, rule: str) -> str:
    """Digest what an edition's approver sees: words, template, items in full, and the rule for who gets which.

    `template` is the renderer's digest; `rule` the audience rule in words.
    """
    shown = [list(item) for item in session.execute(_SHOWN, {"ids": edition.items})]
    return _digest(
        {
            "programme": edition.programme,
            "period": edition.period,
            "intro": edition.intro,
            "template": template,
            "rule": rule,
            "items": shown,
        }
    )


def people_digest(trigger: str, ids: Sequence[int]) -> str:
    """Digest a move asked for several candidates at once."""
    return _digest({"trigger": trigger, "candidates": sorted(ids)})


def move_digest(trigger: str, candidate_id: int, state: str | None, reason: str) -> str:
    """Digest one candidate's move: from this state, for this reason."""
    return _digest({"trigger": trigger, "candidate": candidate_id, "state": state, "reason": reason})


def _digest(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
