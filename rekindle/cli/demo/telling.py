"""What the demo says: short sentences and small tables. Only here are names shown, and these people are invented."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.journey.bulk import editions
from rekindle.journey.intake.taking_in import Action, Entry
from rekindle.mail.maildir import ReceivedMail
from rekindle.runs import Run
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.editions import LeftOut
from rekindle.store.facts import facts_of
from rekindle.store.messages import Message, MessageItem
from rekindle.store.moves import MoveRow
from rekindle.wiring import Rekindle
from states.candidate import Actor, CandidateState, Trigger
from states.machine import Refused, decide

_FEW = 5


def opening(console: Console, now: datetime) -> None:
    console.print(
        Panel(
            "Invented people, real parts: SQLite, Prefect with its UI, SMTP, a web page.\n"
            f"The clock stands at {now:%A, %d %B %Y, %H:%M} UTC. Everything lies in ./var/demo.",
            title="Rekindle, the whole route",
            title_align="left",
        )
    )


def heading(console: Console, number: int, text: str) -> None:
    console.print(f"\n[bold]{number}. {text}[/bold]\n")


def run_ended(console: Console, rekindle: Rekindle, ended: tuple[str, Run]) -> None:
    run_id, run = ended
    link = f"http://127.0.0.1:{rekindle.settings.prefect.port}/runs/flow-run/{run_id}"
    console.print(f"Flow run [link={link}]{run.name}[/link]: [bold]{run.state}[/bold] {run.message}".rstrip())


def imported(console: Console, name: str, entries: Sequence[Entry]) -> None:
    counts = Counter(entry.action for entry in entries)
    told = ", ".join(f"{count} {action}" for action, count in sorted(counts.items()))
    console.print(f"[bold]{name}[/bold]: {len(entries)} rows: {told}")
    table = grid("line", "what became of it", "why")
    for action in (Action.STORED, Action.MERGED, Action.LEFT_OUT):
        for entry in [entry for entry in entries if entry.action is action][: _FEW - 2]:
            table.add_row(str(entry.row.line), action, "; ".join(entry.why))
    for entry in [entry for entry in entries if entry.action is Action.BAD]:
        table.add_row(str(entry.row.line), Action.BAD, "; ".join(str(problem) for problem in entry.problems))
    console.print(table)


def moved(console: Console, rekindle: Rekindle) -> None:
    with rekindle.store.reading() as session:
        people = people_by_id(session)
        moves = list(session.scalars(select(MoveRow).where(MoveRow.trigger == Trigger.NURTURE).order_by(MoveRow.id)))
        staying = _staying(session, rekindle)
    table = grid("candidate", "from", "to", "because")
    for move in moves[:_FEW]:
        table.add_row(people[move.candidate_id], str(move.source), str(move.target), move.reason)
    for candidate_id, reason in staying[:_FEW]:
        table.add_row(people[candidate_id], "rejected-warm", "stays", reason)
    console.print(table)
    console.print(f"{len(moves)} now nurturing, {len(staying)} stay rejected-warm.")


def planned(console: Console, rekindle: Rekindle, edition_id: int) -> None:
    with rekindle.store.reading() as session:
        people = people_by_id(session)
        letters = _letters(session, edition_id)
        left_out = session.execute(
            select(LeftOut.reason, func.count()).where(LeftOut.edition_id == edition_id).group_by(LeftOut.reason)
        ).all()
        waiting = editions.tally(session, edition_id)
    table = grid("candidate", "gets", "because")
    for candidate_id, title, why in letters[: _FEW * 2]:
        table.add_row(people[candidate_id], title, why)
    console.print(table)
    console.print(f"{sum(waiting.values())} letters wait for approval. Who gets none:")
    reasons = grid("people", "why")
    for reason, count in sorted(left_out, key=lambda row: -row[1]):
        reasons.add_row(str(count), reason)
    console.print(reasons)


def delivered(console: Console, rekindle: Rekindle, edition_id: int) -> None:
    with rekindle.store.reading() as session:
        tally = editions.tally(session, edition_id)
    table = grid("messages", "became")
    for state, count in sorted(tally.items()):
        table.add_row(str(count), state)
    console.print(table)


def letter(console: Console, mail: ReceivedMail, html: Path) -> None:
    shown = ("From", "To", "Reply-To", "Subject", "Message-ID", "List-Id", "List-Unsubscribe-Post")
    for name in shown:
        console.print(Text(f"{name}: {mail.message[name]}", overflow="fold"))
    text = mail.message.get_body(("plain",))
    console.print(Panel(Text(text.get_content().strip() if text else "")))
    console.print(f"The same as HTML: {html}")


def stopped(console: Console, looked: tuple[int, str], clicked: tuple[int, str]) -> None:
    table = grid("what came", "answer", "the candidate is")
    table.add_row("GET, by a scanner", str(looked[0]), looked[1])
    table.add_row("POST, one click", str(clicked[0]), clicked[1])
    console.print(table)
    console.print("The address is suppressed by its keyed hash, and whatever was queued is cancelled.")


def closing(console: Console, rekindle: Rekindle, place: Path) -> None:
    with rekindle.store.reading() as session:
        states = session.execute(select(Candidate.state, func.count()).group_by(Candidate.state)).all()
    heading(console, 12, "Where everybody stands, and where to look next")
    table = grid("candidates", "state")
    for state, count in sorted(states, key=lambda row: -row[1]):
        table.add_row(str(count), str(state))
    console.print(table)
    database = f"REKINDLE_DATABASE_URL=sqlite:///{place / 'rekindle.db'}"
    console.print(f"  {place / 'letter.html'}       a letter in a browser", highlight=False)
    console.print(f"  {place / 'mailbox/new'}       all delivered mails", highlight=False)
    console.print(f"  {database} \\\n    .venv/bin/rekindle candidates list", highlight=False)
    console.print("  .venv/bin/rekindle demo --stay        keeps Prefect's UI up to look at the runs", highlight=False)


def _letters(session: Session, edition_id: int) -> list[tuple[int, str, str]]:
    query = (
        select(Message.candidate_id, Content.title, MessageItem.why)
        .join(MessageItem, MessageItem.message_id == Message.id)
        .join(Content, Content.id == MessageItem.content_id)
        .where(Message.edition_id == edition_id)
        .order_by(Message.id, MessageItem.position)
    )
    return [(candidate_id, title, why) for candidate_id, title, why in session.execute(query)]


def _staying(session: Session, rekindle: Rekindle) -> list[tuple[int, str]]:
    warm = CandidateState.REJECTED_WARM
    ids = list(session.scalars(select(Candidate.id).where(Candidate.state == warm).order_by(Candidate.id)))
    when = session.scalar(select(func.max(MoveRow.at)))
    if when is None or not ids:
        return []
    found = []
    for candidate_id, facts in facts_of(session, ids, when, rekindle.limits).items():
        outcome = decide(warm, Trigger.NURTURE, Actor.SCHEDULE, facts, needs_approval=rekindle.policy.needs_approval)
        if isinstance(outcome, Refused):
            found.append((candidate_id, outcome.reasons[0].reason))
    return found


def people_by_id(session: Session) -> dict[int, str]:
    return {
        person.id: f"{person.given_name} {person.family_name}".strip() for person in session.scalars(select(Candidate))
    }


def grid(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
