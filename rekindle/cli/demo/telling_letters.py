"""What the demo says of roles and letters. These people are invented, so they may be named."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from rekindle.cli.demo.telling import grid, people_by_id
from rekindle.courtesy.finding import Finding
from rekindle.journey.approvals.approval import Decided
from rekindle.journey.openings.promising import PromiseDue
from rekindle.journey.openings.shortlisting import Shortlist
from rekindle.mail import maildir
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.letters import Letter
from rekindle.store.messages import Message
from rekindle.store.roles import Role
from rekindle.wiring import Rekindle

_FEW = 4


def opened(console: Console, rekindle: Rekindle, role: Role, due: Sequence[PromiseDue]) -> None:
    minutes = sum(step["minutes"] for step in role.process["steps"])
    console.print(
        f"[bold]{role.title}[/bold], {role.team}: {len(role.process['steps'])} steps, {minutes} minutes in all."
    )
    with rekindle.store.reading() as session:
        names = people_by_id(session)
    rows = grid("candidate", "was promised")
    for promise in due[:_FEW]:
        rows.add_row(names[promise.candidate_id], promise.promise)
    console.print(rows)
    console.print(f"{len(due)} promises fall due.")


def shortlisted(console: Console, rekindle: Rekindle, found: Shortlist) -> None:
    with rekindle.store.reading() as session:
        names = people_by_id(session)
    rows = grid("", "candidate", "points", "because (and where it stands)")
    for place, each in enumerate(found.ranked[:_FEW], start=1):
        because = "\n".join(
            f"{reason.points:+d} {reason.sentence} [{', '.join(reason.evidence)}]" for reason in each.reasons
        )
        rows.add_row(str(place), names[each.candidate_id], str(each.score), Text(because))
    console.print(rows)
    reasons = grid("people", "not on the list because")
    for code, count in found.counts:
        reasons.add_row(str(count), code.replace("_", " "))
    console.print(reasons)


def drafted(console: Console, rekindle: Rekindle, asked: Approval) -> None:
    with rekindle.store.reading() as session:
        words = session.get_one(Letter, asked.evidence["letter"])
        name = people_by_id(session)[asked.candidate_id or 0]
    console.print(Panel(Text(f"Subject: {words.subject}\n\n{words.body}"), title=f"to {name}", title_align="left"))
    proofs: dict[str, Any] = words.proofs
    console.print(
        f"rests on: {', '.join(f'{proof} {ids}' for proof, ids in proofs.items())}", style="dim", markup=False
    )
    console.print()


def refused(console: Console, text: str, findings: Sequence[Finding]) -> None:
    console.print(Panel(Text(text)))
    rows = grid("rule", "", "what is wrong, and what to do")
    for finding in findings:
        rows.add_row(finding.rule, str(finding.severity), Text(finding.message))
    console.print(rows)


def decided(console: Console, what: str, done: Decided) -> None:
    console.print(f"[bold]{what}[/bold]: {done.sentence}.", highlight=False)


def arrived(console: Console, rekindle: Rekindle, letters: Sequence[Message]) -> None:
    """Show the delivered letters as they lie in the mailbox, and where these people stand now."""
    by_id = {mail.message["Message-ID"]: mail for mail in maildir.read(rekindle.settings.mailbox.folder)}
    for row in letters:
        mail = by_id[f"<{row.key}@{rekindle.settings.sender.list_domain}>"]
        for name in ("From", "To", "Subject"):
            console.print(Text(f"{name}: {mail.message[name]}", overflow="fold"))
        text = mail.message.get_body(("plain",))
        console.print(Panel(Text(text.get_content().strip() if text else "")))
    with rekindle.store.reading() as session:
        states = [(each.candidate_id, session.get_one(Candidate, each.candidate_id).state) for each in letters]
        names = people_by_id(session)
    for candidate_id, state in states:
        console.print(f"{names[candidate_id]} is now [bold]{state}[/bold].")
