"""Whom to ask on LinkedIn to connect, and at whose posts to look. By hand: nothing is ever fetched from there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from rekindle.journey.tasks.screening import unbarred
from rekindle.journey.tasks.wanted import ON_LINKEDIN, PAGE, Over, Rules, Wanted, key
from rekindle.store.candidates import Candidate
from rekindle.store.letters import REKINDLE
from rekindle.store.moves import MoveRow
from rekindle.store.tasks import Task, TaskKind
from rekindle.store.touches import Touch
from states.candidate import CandidateState

#: A list that nobody can finish is not begun: the next ones come when some of these are done.
MOST_OPEN: Final = 20
#: In so many days it is due.
_WITHIN: Final = timedelta(days=7)
_MINE = Task.candidate_id == Candidate.id
_LET_GO_BY_US = and_(Task.dropped, Task.done_by == REKINDLE)


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of somebody who is kept warm and has a LinkedIn page."""

    candidate_id: int
    recruiter: str | None
    link: str
    nurturing_since: date
    #: Whether somebody was given that to do before, whatever came of it.
    asked_to_connect: bool
    #: The last contact there; and when somebody last looked, or decided not to.
    in_touch_on: date | None
    looked_on: date | None


def due_there(page: Page, rules: Rules, today: date) -> Wanted | None:
    """Say what is to be done on LinkedIn for one person: first to connect, from then on to look in now and then."""
    last = max(filter(None, (page.in_touch_on, page.looked_on)), default=None)
    if last is None:
        waited = (today - page.nurturing_since).days >= rules.connect_after
        if not rules.connect_after or page.asked_to_connect or not waited:
            return None
        reason = f"kept warm since {page.nurturing_since}, and nobody has asked them to connect"
        return _wanted(page, TaskKind.LINKEDIN_CONNECT, reason, today)
    if not rules.engage_every or (today - last).days < rules.engage_every:
        return None
    reason = f"last in touch on LinkedIn on {last}: see what they write there, and answer what deserves it"
    return _wanted(page, TaskKind.LINKEDIN_ENGAGE, reason, today, str(last))


def on_linkedin(session: Session, rules: Rules, now: datetime) -> Iterator[Wanted]:
    """Give what is to be done on LinkedIn, as much as the lists of those who do it have room for."""
    if not (rules.connect_after or rules.engage_every):
        return
    taken = Counter(_open_ones(session))
    here = [address for address, who in rules.standards.team.items() if not who.successor]
    last: int | None = 0
    while last is not None and any(taken[address] < MOST_OPEN for address in [*here, rules.standards.spare_signer]):
        found, last = _pages_after(session, last, now)
        due = [wanted for page in found if (wanted := due_there(page, rules, now.date()))]
        # Asked before they are counted: who is to be left alone takes nobody's place.
        for wanted in unbarred(session, due, rules, now):
            assignee = rules.standards.signer_for(wanted.recruiter).address
            if taken[assignee] < MOST_OPEN:
                taken[assignee] += 1
                yield wanted


def linkedin_over(session: Session, tasks: Sequence[Task]) -> Iterator[tuple[Task, Over]]:
    """Give the tasks on LinkedIn that somebody did without ticking them off, or whose page is gone."""
    ids = [task.candidate_id for task in tasks]
    links = dict(session.execute(select(Candidate.id, Candidate.linkedin).where(Candidate.id.in_(ids))).tuples().all())
    there = select(Touch).where(Touch.candidate_id.in_(ids), Touch.channel == "linkedin").order_by(Touch.on, Touch.id)
    touched = {touch.candidate_id: touch for touch in session.scalars(there)}
    for task in tasks:
        touch = touched.get(task.candidate_id)
        if not links.get(task.candidate_id):
            yield task, Over("no LinkedIn page of the candidate is on record any more")
        elif touch and (touch.on >= task.created_at.date() or task.kind is TaskKind.LINKEDIN_CONNECT):
            yield task, Over(f"in touch on LinkedIn on {touch.on}", was_done=True, touch_id=touch.id)


def _wanted(page: Page, kind: TaskKind, reason: str, today: date, *about: str) -> Wanted:
    known = key(kind, f"c-{page.candidate_id}", *about)
    return Wanted(page.candidate_id, kind, known, reason, today + _WITHIN, page.recruiter, page.link)


def _open_ones(session: Session) -> dict[str, int]:
    ours = (Task.done_at.is_(None), Task.kind.in_(ON_LINKEDIN))
    query = select(Task.assignee, func.count()).where(*ours).group_by(Task.assignee)
    return dict(session.execute(query).tuples().all())


def _pages_after(session: Session, after: int, now: datetime) -> tuple[list[Page], int | None]:
    """Return the next page of those for whom nothing is open there, and the last id; None when that was the end."""
    moved = (MoveRow.candidate_id == Candidate.id, MoveRow.target == CandidateState.NURTURING)
    there = (Touch.candidate_id == Candidate.id, Touch.channel == "linkedin")
    settled = or_(~Task.dropped, and_(Task.kind == TaskKind.LINKEDIN_ENGAGE, ~_LET_GO_BY_US))
    looked = (_MINE, Task.kind.in_(ON_LINKEDIN), Task.done_at.is_not(None), settled)
    asked = (_MINE, Task.kind == TaskKind.LINKEDIN_CONNECT, ~_LET_GO_BY_US)
    query = (
        select(
            *(Candidate.id, Candidate.recruiter, Candidate.linkedin),
            select(func.max(MoveRow.at)).where(*moved).scalar_subquery(),
            exists().where(*asked),
            select(func.max(Touch.on)).where(*there).scalar_subquery(),
            select(func.max(Task.done_at)).where(*looked).scalar_subquery(),
        )
        .where(Candidate.state == CandidateState.NURTURING, Candidate.id > after, Candidate.linkedin != "")
        .where(or_(Candidate.snoozed_until.is_(None), Candidate.snoozed_until <= now.date()))
        .where(~exists().where(_MINE, Task.kind.in_(ON_LINKEDIN), Task.done_at.is_(None)))
        .order_by(Candidate.id)
        .limit(PAGE)
    )
    rows = session.execute(query).all()
    # Who is kept warm without a move that says since when was put there by hand: nobody can say how long ago.
    found = [
        Page(owner, recruiter, link, moved_at.date(), asked, touched_on, looked_at.date() if looked_at else None)
        for owner, recruiter, link, moved_at, asked, touched_on, looked_at in rows
        if moved_at is not None
    ]
    return found, rows[-1][0] if len(rows) == PAGE else None
