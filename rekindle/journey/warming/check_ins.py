"""The check-ins of a day: drafted for whoever is due, each put to the person who knew them. Sends nothing.

Each in a transaction of its own, and decided again there; called again it goes on where the rows end.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.courtesy.check import check, is_clean
from rekindle.courtesy.finding import Severity
from rekindle.courtesy.letter import Letter
from rekindle.errors import BadInput, CourtesyRefused, LostRace, MissingFacts, TemplateError
from rekindle.journey.letters.asking import ask
from rekindle.journey.letters.editing import find
from rekindle.journey.letters.holding import drop
from rekindle.journey.letters.judging import judge
from rekindle.journey.letters.proposing import Desk, lay_down_check_in, propose_check_in
from rekindle.journey.letters.standards import Standards
from rekindle.journey.warming.choosing import Shares
from rekindle.journey.warming.considering import Considered, considered, given_since
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import REKINDLE
from rekindle.store.messages import Message
from states.guards import Refusal
from states.message import MessageState, Occasion

_NO_ROOM = Refusal("day_is_full", "who writes to them has enough to read today: another day")
_FASTER = Refusal("somebody_was_faster", "somebody wrote to them in this very moment")


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of somebody who is due: a letter today, or the first reason why not."""

    each: Considered
    #: None: one is drafted.
    why_not: Refusal | None


@dataclass(slots=True)
class Morning:
    """What was done. Ids and counts only; `missing` names facts and commands, and is shown rather than logged."""

    asked: list[int] = field(default_factory=list)
    #: Code of the reason -> how many.
    left_out: Counter[str] = field(default_factory=Counter)
    missing: dict[int, str] = field(default_factory=dict)


#: Tries to write to somebody; returns what prevented it.
Attempt = Callable[[Considered], Refusal | None]


def draft_all(store: Store, desk: Desk, now: datetime, a_day: int, zone: ZoneInfo) -> Morning:
    """Draft the check-ins of today and ask whoever knew the person about each."""
    done = Morning()

    def write(each: Considered) -> Refusal | None:
        return _write(store, each.candidate_id, desk, now, done)

    with store.reading() as session:
        for line in _lines(session, desk.standards, now, a_day, zone, write):
            if line.why_not:
                done.left_out[line.why_not.code] += 1
                if line.why_not.code == "facts_missing":
                    done.missing[line.each.candidate_id] = line.why_not.reason
    return done


def outlook(session: Session, desk: Desk, now: datetime, a_day: int, zone: ZoneInfo) -> Iterator[Line]:
    """Say what `draft_all` would do now, storing nothing: each drafted and thrown away."""
    return _lines(
        session, desk.standards, now, a_day, zone, lambda each: draftable(session, each.candidate_id, desk, now)
    )


def clear_desk(store: Store, standards: Standards, now: datetime) -> int:
    """Take back check-ins that came back to the desk; return how many.

    What may never go is dropped, and what no person has written a word of is drafted anew once it is due again: its
    "five months ago" would be wrong by then.
    """
    drafted = (Message.state == MessageState.DRAFTED, Message.occasion == Occasion.CHECK_IN)
    with store.reading() as session:
        ids = list(session.scalars(select(Message.id).where(*drafted).order_by(Message.id)))
    return sum(_clear(store, message_id, standards, now) for message_id in ids)


def _lines(
    session: Session, standards: Standards, now: datetime, a_day: int, zone: ZoneInfo, attempt: Attempt
) -> Iterator[Line]:
    shares = Shares.after(a_day, given_since(session, _morning(now, zone)))
    for each in considered(session, standards, now):
        why_not = next(iter(each.refusals), None)
        if why_not is None and not shares.has_room(each.writer):
            why_not = _NO_ROOM
        if why_not is None and (why_not := attempt(each)) is None:
            shares.give(each.writer)
        yield Line(each, why_not)


def _write(store: Store, candidate_id: int, desk: Desk, now: datetime, done: Morning) -> Refusal | None:
    try:
        with store.writing() as session:
            row = lay_down_check_in(session, session.get_one(Candidate, candidate_id), desk, now)
            ask(session, row, desk.standards, by=REKINDLE, now=now)
    except MissingFacts as missing:
        return _lacks(missing)
    except CourtesyRefused as refused:
        # Nothing is kept of it: the next morning would only find it on the desk.
        return Refusal("letter_passes_courtesy", str(refused))
    except TemplateError:
        raise
    except (LostRace, BadInput):
        return _FASTER
    done.asked.append(row.id)
    return None


def draftable(session: Session, candidate_id: int, desk: Desk, now: datetime) -> Refusal | None:
    """Say what prevents a check-in from being drafted for somebody; stores nothing."""
    try:
        made, known = propose_check_in(session, session.get_one(Candidate, candidate_id), desk, now)
    except MissingFacts as missing:
        return _lacks(missing)
    findings = check(Letter(made.body, made.subject), known, desk.standards.manner)
    if is_clean(findings):
        return None
    rules = sorted({finding.rule for finding in findings if finding.severity is Severity.REFUSE})
    return Refusal("letter_passes_courtesy", f"the courtesy check refuses the draft: {', '.join(rules)}")


def _lacks(missing: MissingFacts) -> Refusal:
    return Refusal("facts_missing", str(missing))


def _clear(store: Store, message_id: int, standards: Standards, now: datetime) -> bool:
    with store.writing() as session:
        row = find(session, message_id)
        if row.state is not MessageState.DRAFTED:
            return False
        found = judge(session, row, standards, now)
        if found.is_lost:
            return drop(session, row, found.reason, now)
        is_ours = found.letter.author == REKINDLE
        return is_ours and drop(session, row, "taken back: it is drafted anew when it is due again", now)


def _morning(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
