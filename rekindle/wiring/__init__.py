"""Puts the parts together, once, from the settings: what flows, web and commands are handed. Decides nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rekindle import clock, settings
from rekindle.journey.bulk.watching import Tolerance, Watch
from rekindle.journey.letters.showing import showing_run
from rekindle.journey.outbox.delivery import NextRound, Outcomes
from rekindle.journey.outbox.sending import Outgoing, record, take
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.roles import Role
from rekindle.wiring.team import Team


@dataclass(frozen=True)
class Rekindle(Team):
    """One running Rekindle: its settings and everything made from them, each made on first use."""

    def next_round(self, edition_id: int | None = None) -> NextRound:
        """Return the step of the delivery loop: record the last round and take the next, in one transaction."""
        limits = self.settings.editions
        tolerance = Tolerance(limits.pause_from, limits.most_bounces, limits.most_complaints, limits.most_stops)
        watch = Watch(tolerance, self.address_hash)

        def step(done: Outcomes, room: int) -> list[Outgoing]:
            now = clock.now()
            with self.store.writing() as session:
                desk = Rekindle.desk.of(self, self.gone(session))
                record(session, done, now, desk)
                watch.look(session, done)
                return take(session, room, now, desk, edition_id) if room else []

        return step

    @property
    def prefect_page(self) -> str:
        """Where Prefect's pages are."""
        return self.settings.prefect_api.removesuffix("/api")

    def tell_prefect(self, row: Approval) -> bool:
        """Let Prefect go on after a decision: wake the run that shows it, deliver a letter. False: sweep does it."""
        with self.store.reading() as session:
            run_id = showing_run(session, row)
        woken = self.resume(run_id)
        if row.message_id is None:
            return woken
        return self._start("deliver", f"approval-{row.id}") if row.state is ApprovalState.APPROVED else woken

    def begin_letters(self, role: Role, now: datetime) -> bool:
        """Start the run that drafts the letters of a role. False: the plan flow does it."""
        return self._start("re-engagement", f"re-engagement-{role.slug}-{now:%Y-%m-%d}", {"role": role.slug})

    def begin_delivery(self, edition_id: int, now: datetime) -> bool:
        """Start a delivery, for an edition may go on. False: the next one of the schedule does it."""
        return self._start("deliver", f"deliver-edition-{edition_id}-{now:%Y-%m-%dT%H:%M}")

    def begin_event_mail(self, parameters: dict[str, str]) -> bool:
        """Start the run that plans an invitation (`event`) or shows a notice (`period`). False: plan or sweep does."""
        return self._start("event-invites", f"event-invites-{'-'.join(parameters.values())}", parameters)

    def _start(self, flow: str, key: str, parameters: dict[str, str] | None = None) -> bool:
        # Imported here: few commands talk to Prefect, and each would wait for httpx.
        from rekindle import runs

        auth = self.settings.prefect.auth.get_secret_value()
        return runs.start_once(self.settings.prefect_api, flow, key, parameters, auth)

    def resume(self, run_id: str | None) -> bool:
        """Wake the Prefect run that shows an edition, if Prefect is there."""
        # Imported here: few commands talk to Prefect, and each would wait for httpx.
        from rekindle import runs

        auth = self.settings.prefect.auth.get_secret_value()
        return run_id is not None and runs.resume(self.settings.prefect_api, run_id, auth)


def open_rekindle(config: Path | None = None) -> Rekindle:
    """Read the settings and return a Rekindle; opens no connection yet."""
    return Rekindle(settings.load(config))
