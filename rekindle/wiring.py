"""Puts the parts together, once, from the settings: what flows, web and commands are handed. Decides nothing."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from rekindle import clock, settings
from rekindle.errors import NotYours, SettingsError
from rekindle.journey.approval import Decider
from rekindle.journey.classify import ClassifyPolicy
from rekindle.journey.delivery import NextRound, Outcomes
from rekindle.journey.editions import Frozen
from rekindle.journey.intake import Intake
from rekindle.journey.moving import Policy
from rekindle.journey.nurture import Rule
from rekindle.journey.sending import Desk, Outgoing, record, take
from rekindle.journey.writing import House, Writer
from rekindle.mail.address import suppression_hash
from rekindle.mail.links import Links
from rekindle.mail.render import Renderer
from rekindle.mail.route import Route
from rekindle.resources import shipped
from rekindle.secret import secret_key
from rekindle.settings import Settings
from rekindle.store import tables
from rekindle.store.engine import Store
from rekindle.store.facts import Limits
from states.moves import approvals_from

UPDATE = "quarterly-update"


@dataclass(frozen=True)
class Rekindle:
    """One running Rekindle: its settings and everything made from them, each made on first use."""

    settings: Settings

    @cached_property
    def store(self) -> Store:
        assert tables.NOUNS
        return Store(self.settings.database.url)

    @cached_property
    def secret(self) -> str:
        return secret_key(self.settings.secret.key.get_secret_value())

    @cached_property
    def renderer(self) -> Renderer:
        """A team's own templates lie beside its configuration and override ours file by file."""
        own = self.settings.folder.resolve().parent / "templates" / "emails"
        folders = dict.fromkeys([own, shipped("templates").resolve() / "emails"])
        return Renderer([folder for folder in folders if folder.is_dir()])

    @cached_property
    def links(self) -> Links:
        return Links(self.secret, self.settings.web.base_url)

    @cached_property
    def limits(self) -> Limits:
        budget = self.settings.budget
        return Limits(self.settings.cooling.days, budget.min_days, budget.max_per_year)

    @cached_property
    def policy(self) -> Policy:
        return Policy(self.limits, approvals_from(self.settings.approvals.moves()))

    @cached_property
    def rule(self) -> Rule:
        return Rule(self.limits, self.settings.quarterly.items_min, self.settings.quarterly.items_max)

    @cached_property
    def frozen(self) -> Frozen:
        asked = self.settings.approvals
        template = self.renderer.digest(UPDATE)
        return Frozen(template, str(self.rule), asked.decided_by, timedelta(days=asked.due_days))

    @cached_property
    def house(self) -> House:
        company, sender = self.settings.company, self.settings.sender
        people = {address.casefold(): (person.name, person.title) for address, person in self.settings.people.items()}
        return House(company.name, company.postal_address, sender.name, sender.address, sender.reply_to, people)

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.house, self.renderer, self.links, self.settings.sender.list_domain)

    @cached_property
    def desk(self) -> Desk:
        stale_after = timedelta(days=self.settings.quarterly.catch_up_days)
        return Desk(self.limits, stale_after, self.address_hash, self.writer.write, self.frozen)

    @cached_property
    def intake(self) -> Intake:
        marks = self.settings.classify
        return Intake(ClassifyPolicy(tags=marks.tags, late_stages=marks.late_stages), self.address_hash)

    @property
    def preset_folders(self) -> list[Path]:
        """Where column presets lie: the team's own before ours."""
        return [self.settings.folder / "presets", shipped("config") / "presets"]

    def address_hash(self, address: str) -> str:
        return suppression_hash(self.secret, address)

    def route(self) -> Route:
        """Return the way to the mail server. Raises SettingsError where a rehearsal would reach real people."""
        smtp = self.settings.smtp
        if clock.rehearsal() and not (self.settings.smtp_is_local_mailbox or smtp.rehearse):
            raise SettingsError(
                f"a rehearsal sends to the local mailbox only, not to {smtp.host}:{smtp.port}: "
                "leave --now away, or set smtp.rehearse if you mean it"
            )
        return Route(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            username=smtp.username,
            password=smtp.password.get_secret_value(),
            timeout=smtp.timeout,
            connections=smtp.connections,
        )

    def decider(self, address: str) -> Decider:
        """Return one of the team's people as somebody who decides. Raises NotYours for anybody else."""
        person = self.settings.people.get(address) or self.settings.people.get(address.casefold())
        if person is None:
            raise NotYours(f"{address} is not one of the people in {self.settings.folder / 'policy.toml'}")
        return Decider(address.casefold(), frozenset(person.roles))

    def is_known(self, address: str) -> bool:
        return address.casefold() in {known.casefold() for known in self.settings.people}

    def next_round(self, edition_id: int | None = None) -> NextRound:
        """Return the step of the delivery loop: record the last round and take the next, in one transaction."""

        def step(done: Outcomes, room: int) -> list[Outgoing]:
            now = clock.now()
            with self.store.writing() as session:
                record(session, done, now)
                return take(session, room, now, self.desk, edition_id) if room else []

        return step

    def resume(self, run_id: str | None) -> bool:
        """Wake the Prefect run that shows an edition, if Prefect is there."""
        # Imported here: few commands talk to Prefect, and each would wait for httpx.
        from rekindle import runs

        auth = self.settings.prefect.auth.get_secret_value()
        return run_id is not None and runs.resume(self.settings.prefect_api, run_id, auth)


def open_rekindle(config: Path | None = None) -> Rekindle:
    """Read the settings and return a Rekindle; opens no connection yet."""
    return Rekindle(settings.load(config))
