"""The demo's middle: a role opens, letters are drafted, refused, edited, approved, declined, voided and delivered."""

from rich.console import Console
from sqlalchemy import select

from rekindle import clock, runs
from rekindle.cli.demo import telling, telling_letters
from rekindle.cli.demo.stage import FILES
from rekindle.courtesy.check import check
from rekindle.courtesy.letter import read_letter
from rekindle.errors import RekindleError
from rekindle.exchange.roles import read_role
from rekindle.journey import recording
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decided, Decision
from rekindle.journey.letters import editing, showing
from rekindle.journey.letters.gathering import dossier
from rekindle.journey.openings.opening import open_role
from rekindle.journey.openings.promising import promises_due
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from rekindle.store.roles import Role
from rekindle.wiring import Rekindle
from states.message import MessageState, Occasion

APPROVER = "ann@acme.example"
LAZY = "Hey! We have another opening. Still interested?"
_SHOWN = 3


def open_a_role(console: Console, rekindle: Rekindle) -> Role:
    """Scene 3: a role opens; promises fall due, and the shortlist says who fits and why."""
    telling.heading(console, 3, "A role opens: who was promised word of it, and whom it may truly fit")
    record = read_role(FILES / "roles" / "director-product.toml", rekindle.standards.ladder)
    with rekindle.store.writing() as session:
        role = open_role(session, record, clock.now()).role
        due = promises_due(session, role)
        found = rekindle.shortlist(session, role, clock.now())
    telling_letters.opened(console, rekindle, role, due)
    telling_letters.shortlisted(console, rekindle, found)
    return role


def draft_letters(console: Console, rekindle: Rekindle, role: Role) -> list[Approval]:
    """Scene 4: the flow drafts letters from recorded facts, asks for each, and parks."""
    telling.heading(console, 4, "The re-engagement flow drafts letters from recorded facts, then waits for people")
    api = rekindle.settings.prefect_api
    with console.status("Drafting ..."):
        run_id = runs.start(api, "re-engagement", {"role": role.slug})
        parked = runs.wait(api, run_id, until={"PAUSED"})
    telling.run_ended(console, rekindle, (run_id, parked))
    with rekindle.store.reading() as session:
        waiting = showing.waiting_letters(session, role.id)
    if len(waiting) < _SHOWN:
        raise RekindleError(f"only {len(waiting)} letters were drafted; the demo needs {_SHOWN}")
    for asked in waiting[:_SHOWN]:
        telling_letters.drafted(console, rekindle, asked)
    return waiting


def refuse_the_lazy_one(console: Console, rekindle: Rekindle, asked: Approval, role: Role) -> None:
    """Scene 5: what everybody sends, measured against the same records."""
    telling.heading(console, 5, "What most people would have sent instead, and what the courtesy check says of it")
    with rekindle.store.reading() as session:
        person = session.get_one(Candidate, asked.candidate_id)
        known = dossier(session, person, Occasion.RE_ENGAGEMENT, role, rekindle.standards, clock.now().date())
    telling_letters.refused(console, LAZY, check(read_letter(LAZY), known, rekindle.manner))


def decide_letters(console: Console, rekindle: Rekindle, waiting: list[Approval], role: Role) -> None:
    """Scene 6: one is edited and approved, one declined, one overtaken by a call from the candidate."""
    telling.heading(console, 6, "Ann edits one and approves it, declines one; the third is overtaken by an answer")
    first, second, third = waiting[:_SHOWN]
    telling_letters.decided(console, "edited", _edit_and_approve(rekindle, first))
    telling_letters.decided(console, "declined", _decide(rekindle, second.id, Decision.DECLINE))
    with rekindle.store.writing() as session:
        told = {"on": f"{clock.now():%Y-%m-%d}", "channel": "reply", "direction": "in", "summary": "asked for a call"}
        recording.touch(session, third.candidate_id or 0, told, clock.now())
    telling_letters.decided(console, "wrote in", _decide(rekindle, third.id, Decision.APPROVE))
    for rest in waiting[_SHOWN:]:
        _decide(rekindle, rest.id, Decision.DECLINE)
    _deliver(console, rekindle, role)


def _edit_and_approve(rekindle: Rekindle, asked: Approval) -> Decided:
    with rekindle.store.writing() as session:
        words = letters_of(session, [asked.message_id or 0])[asked.message_id or 0]
        body = words.body.replace("\n\n", "\n\nI still remember our last talk well.\n\n", 1)
        done = editing.edit(
            session, words.message_id, words.subject, body, rekindle.standards, by=APPROVER, now=clock.now()
        )
    if done.asked is None:
        raise RekindleError(f"the edited letter was refused: {done.held}")
    return _decide(rekindle, done.asked.id, Decision.APPROVE)


def _decide(rekindle: Rekindle, number: int, decision: Decision) -> Decided:
    """Decide as the command line does, and tell Prefect once it is stored."""
    who = rekindle.decider(APPROVER)
    with rekindle.store.writing() as session:
        done = deciding.decide(session, number, decision, who, terms=rekindle.terms, now=clock.now(), via="cli")
    rekindle.tell_prefect(approval_now(rekindle, number))
    return done


def approval_now(rekindle: Rekindle, number: int) -> Approval:
    with rekindle.store.reading() as session:
        return approval.find(session, number)


def _deliver(console: Console, rekindle: Rekindle, role: Role) -> None:
    """Wait until the run has ended: it delivers what was approved and says what became of all."""
    with rekindle.store.reading() as session:
        run_id = session.get_one(Role, role.id).run_id or ""
    with console.status("Delivering ..."):
        run = runs.wait(rekindle.settings.prefect_api, run_id)
    telling.run_ended(console, rekindle, (run_id, run))
    with rekindle.store.reading() as session:
        sent = (Message.state == MessageState.SENT, Message.occasion.is_not(None))
        letters = list(session.scalars(select(Message).where(*sent)))
    telling_letters.arrived(console, rekindle, letters)
