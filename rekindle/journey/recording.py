"""Writes down what a person of the team tells about a candidate: a note, or a contact that took place.

Changes no state and sends nothing; when the candidate got in touch, letters to them wait until somebody has read it.
What was told before in the same words is not written twice.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.exchange.fields import Fields
from rekindle.exchange.problems import Problems, choice
from rekindle.exchange.rules import CHANNELS, DIRECTIONS, NOTE_KINDS
from rekindle.journey.letters.holding import hold_all
from rekindle.store.notes import Note
from rekindle.store.touches import Touch, remember

#: Today is another day further east.
_TOMORROW = timedelta(days=1)


def note(session: Session, candidate_id: int, told: Mapping[str, Any], now: datetime) -> tuple[Note, bool]:
    """Keep a note; `told` holds kind, text and perhaps source, on (YYYY-MM-DD) and sayable.

    The same text of the same kind is one note: telling it again changes its source, day and `sayable`.
    Returns the note and whether it is new. Raises BadInput naming all that is wrong.
    """
    problems = Problems()
    of = Fields(dict(told), frozenset({"kind", "text", "source", "on", "sayable"}), "", problems, _latest(now))
    kind = of.needed("kind", of.word("kind", NOTE_KINDS), choice(NOTE_KINDS))
    text = of.needed("text", of.text("text", 4000), "what is known")
    source, on, sayable = of.line("source", 300), of.past("on"), of.flag("sayable")
    if kind == "internal" and sayable:
        of.refuse("sayable", sayable, "false: an internal note is never said")
    _refuse(problems)
    same = (Note.candidate_id == candidate_id, Note.kind == kind, Note.text == text)
    known = session.scalar(select(Note).where(*same))
    row = known or Note(candidate_id=candidate_id, kind=kind, text=text, created_at=now)
    row.source, row.on, row.sayable = source, on or now.date(), sayable
    session.add(row)
    session.flush()
    return row, known is None


def touch(session: Session, candidate_id: int, told: Mapping[str, Any], now: datetime) -> tuple[Touch, bool]:
    """Keep a contact that took place; `told` holds on, channel, direction and perhaps summary.

    Returns the touch and whether it is new. Raises BadInput naming all that is wrong.
    """
    problems = Problems()
    of = Fields(dict(told), frozenset({"on", "channel", "direction", "summary"}), "", problems, _latest(now))
    columns = {
        "on": of.needed("on", of.past("on"), "the day of the contact"),
        "channel": of.needed("channel", of.word("channel", CHANNELS), choice(CHANNELS)),
        "direction": of.needed("direction", of.word("direction", DIRECTIONS), choice(DIRECTIONS)),
        "summary": of.text("summary", 2000),
    }
    _refuse(problems)
    same = [getattr(Touch, name) == value for name, value in columns.items()]
    known = session.scalar(select(Touch).where(Touch.candidate_id == candidate_id, *same))
    row = known or Touch(candidate_id=candidate_id, **columns)
    session.add(row)
    session.flush()
    remember(session, [(candidate_id, row.on)])
    if known is None and row.direction == "in":
        hold_all(session, candidate_id, f"the candidate got in touch on {row.on}: read that first", now)
    return row, known is None


def _latest(now: datetime) -> date:
    return now.date() + _TOMORROW


def _refuse(problems: Problems) -> None:
    if problems.found:
        raise BadInput("; ".join(map(str, problems.found)))
