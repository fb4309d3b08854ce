"""The demo's route, scene by scene: each does the real thing and tells what happened to whom and why."""

import time
from pathlib import Path

import httpx
from rich.console import Console
from sqlalchemy import select

from rekindle import clock, runs
from rekindle.cli.demo import telling
from rekindle.cli.demo.letters import decide_letters, draft_letters, open_a_role, refuse_the_lazy_one
from rekindle.cli.demo.stage import FILES, PLACE, staged
from rekindle.errors import RekindleError
from rekindle.exchange.reading import open_rows
from rekindle.journey.approvals import approval, deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import editions, publishing
from rekindle.mail import maildir
from rekindle.store import schema
from rekindle.store.candidates import candidate
from rekindle.store.editions import Edition
from rekindle.together.machine import Machine, running
from rekindle.wiring import Rekindle

PERIOD = "2026-Q4"
APPROVER = "ann@acme.example"


def tell(*, stay: bool) -> None:
    """Walk the route once; with `stay`, leave everything up until Ctrl-C."""
    console = Console()
    with staged() as rekindle:
        telling.opening(console, clock.now())
        schema.migrate(rekindle.store)
        with running(rekindle.settings, PLACE / "log", lambda: bring_in(console, rekindle)) as machine:
            cool_off(console, rekindle)
            role = open_a_role(console, rekindle)
            waiting = draft_letters(console, rekindle, role)
            refuse_the_lazy_one(console, rekindle, waiting[0], role)
            decide_letters(console, rekindle, waiting, role)
            edition_id = plan(console, rekindle)
            decide(console, rekindle, edition_id)
            read_a_letter(console, rekindle)
            stop_by_one_click(console, rekindle)
            do_it_again(console, rekindle)
            telling.closing(console, rekindle, PLACE)
            if stay:
                _stay(console, rekindle, machine)


def bring_in(console: Console, rekindle: Rekindle) -> None:
    """Scene 1: two exports and the company's news come in, while Prefect starts."""
    telling.heading(console, 1, "Past candidates come in: one JSON Lines file, one German CSV")
    for name, order in (("candidates.jsonl", None), ("more-candidates.csv", "dmy")):
        rows = open_rows(FILES / name, date_order=order, today=clock.now().date())  # type: ignore[arg-type]
        telling.imported(console, name, list(rekindle.intake.bring_in(rekindle.store, rows, clock.now())))
    with rekindle.store.writing() as session:
        items = publishing.read_items(FILES / "content.jsonl", clock.now().date())
        publishing.publish(session, items, clock.now())
    console.print(f"{len(items)} pieces of company news are in the content library.\n")
    console.print("[dim]Prefect, the schedules, the web page and a local mailbox are starting ...[/dim]")


def cool_off(console: Console, rekindle: Rekindle) -> None:
    """Scene 2: the housekeeping flow moves those whose rejection is old enough."""
    telling.heading(console, 2, "The housekeeping flow: who has cooled off is kept warm from now on")
    telling.run_ended(console, rekindle, _run(console, rekindle, "housekeeping"))
    telling.moved(console, rekindle)


def plan(console: Console, rekindle: Rekindle) -> int:
    """Scene 7: the daily plan finds the quarterly update due; its run chooses and parks."""
    telling.heading(console, 7, "The plan flow: the quarterly update is due; its run chooses, then waits for a person")
    telling.run_ended(console, rekindle, _run(console, rekindle, "plan"))
    with console.status("Choosing who gets what ..."):
        edition = _edition_with_run(rekindle)
        parked = runs.wait(rekindle.settings.prefect_api, edition.run_id or "", until={"PAUSED"})
    telling.run_ended(console, rekindle, (edition.run_id or "", parked))
    telling.planned(console, rekindle, edition.id)
    return edition.id


def decide(console: Console, rekindle: Rekindle, edition_id: int) -> None:
    """Scene 8: Ann approves the edition, as `rekindle approvals approve` does; the run goes on and delivers."""
    telling.heading(console, 8, "Ann Lee approves the edition; the run wakes up and delivers over SMTP")
    with rekindle.store.writing() as session:
        question = approval.of_edition(session, edition_id)
        if question is None:
            raise RekindleError(f"edition {edition_id} was not asked about")
        decided = deciding.decide(
            session,
            question.id,
            Decision.APPROVE,
            rekindle.decider(APPROVER),
            terms=rekindle.terms,
            now=clock.now(),
            via="cli",
        )
        run_id = editions.find(session, edition_id).run_id or ""
    console.print(f"{decided.sentence}.")
    rekindle.resume(run_id)
    with console.status("Delivering ..."):
        run = runs.wait(rekindle.settings.prefect_api, run_id)
    telling.run_ended(console, rekindle, (run_id, run))
    telling.delivered(console, rekindle, edition_id)


def read_a_letter(console: Console, rekindle: Rekindle) -> None:
    """Scene 9: one of the delivered mails, as it lies in the mailbox."""
    telling.heading(console, 9, "One of the delivered letters, read back from the mailbox")
    mail = next(mail for mail in _mails(rekindle) if mail.message["List-Id"])
    html = PLACE / "letter.html"
    part = mail.message.get_body(("html",))
    html.write_text(part.get_content() if part else "", encoding="utf-8")
    telling.letter(console, mail, html)


def stop_by_one_click(console: Console, rekindle: Rekindle) -> None:
    """Scene 10: a mail scanner opens the stop link, then the person's mail program presses it (RFC 8058)."""
    telling.heading(console, 10, "A mail scanner opens somebody's stop link; then the person really clicks it")
    mail = _mails(rekindle)[-1]
    link = str(mail.message["List-Unsubscribe"]).split(">")[0].strip("<")
    with httpx.Client(trust_env=False) as browser:
        seen = browser.get(link).status_code
        before = _state_of(rekindle, mail.recipients[0])
        done = browser.post(link, data={"List-Unsubscribe": "One-Click"}).status_code
    telling.stopped(console, (seen, before), (done, _state_of(rekindle, mail.recipients[0])))


def do_it_again(console: Console, rekindle: Rekindle) -> None:
    """Scene 11: the same flows again, as after a doubled schedule: nothing is sent twice."""
    telling.heading(console, 11, "Everything once more, as after a doubled schedule: nobody gets anything twice")
    before = len(_mails(rekindle))
    api = rekindle.settings.prefect_api
    again = [runs.start(api, "quarterly-update", {"period": PERIOD}), runs.start(api, "deliver")]
    with console.status("Running both at once ..."):
        for run_id in again:
            telling.run_ended(console, rekindle, (run_id, runs.wait(api, run_id)))
    console.print(f"Mails in the mailbox before: {before}, after: {len(_mails(rekindle))}.")


def _run(
    console: Console, rekindle: Rekindle, flow: str, parameters: dict[str, str] | None = None
) -> tuple[str, runs.Run]:
    api = rekindle.settings.prefect_api
    with console.status(f"Running {flow} ..."):
        run_id = runs.start(api, flow, parameters)
        return run_id, runs.wait(api, run_id)


def _edition_with_run(rekindle: Rekindle) -> Edition:
    for _ in range(600):
        with rekindle.store.reading() as session:
            edition = session.scalar(select(Edition).where(Edition.period == PERIOD))
        if edition is not None and edition.run_id:
            return edition
        time.sleep(0.1)
    raise RekindleError(f"the run of {PERIOD} did not begin; the logs are in {PLACE / 'log'}")


def _mails(rekindle: Rekindle) -> list[maildir.ReceivedMail]:
    return sorted(maildir.read(Path(rekindle.settings.mailbox.folder)), key=lambda mail: mail.path.name)


def _state_of(rekindle: Rekindle, address: str) -> str:
    with rekindle.store.reading() as session:
        return str(candidate(session, address).state)


def _stay(console: Console, rekindle: Rekindle, machine: Machine) -> None:
    console.print(
        f"\nEverything stays up: Prefect at http://127.0.0.1:{rekindle.settings.prefect.port}. Ctrl-C ends it."
    )
    try:
        while not machine.dead():
            time.sleep(0.5)
    except KeyboardInterrupt:
        console.print("\nStopping ...")
