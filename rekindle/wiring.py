"""Puts the parts together, once, from the settings: what flows, web and commands are handed. Decides nothing."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from rekindle import clock, settings
from rekindle.courtesy.phrases import Manner, manner_from
from rekindle.errors import NotYours, SettingsError
from rekindle.journey.approvals.approval import Decider
from rekindle.journey.approvals.deciding import Terms
from rekindle.journey.approvals.reminding import Scribe
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.nurture import Rule
from rekindle.journey.intake.classify import ClassifyPolicy
from rekindle.journey.intake.taking_in import Intake
from rekindle.journey.letters.dressing import EMAILS as DRESSES
from rekindle.journey.letters.proposing import Desk as Drafting
from rekindle.journey.letters.showing import showing_run
from rekindle.journey.letters.standards import Colleague, Standards
from rekindle.journey.moving import Policy
from rekindle.journey.openings.shortlisting import Shortlist, shortlist
from rekindle.journey.outbox.delivery import NextRound, Outcomes
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Desk, Outgoing, record, take
from rekindle.journey.outbox.writing import Writer
from rekindle.mail.address import suppression_hash
from rekindle.mail.links import Links
from rekindle.mail.render import Renderer
from rekindle.mail.route import Route
from rekindle.resources import shipped
from rekindle.secret import secret_key
from rekindle.settings import Settings
from rekindle.settings.courtesy import courtesy_words
from rekindle.store import tables
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.delegations import stood_in_for
from rekindle.store.engine import Store
from rekindle.store.facts import Limits
from rekindle.store.roles import Role
from states.message import Occasion
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
        return Desk(self.limits, stale_after, self.address_hash, self.writer.write, self.frozen, self.standards)

    @cached_property
    def manner(self) -> Manner:
        """How we write: config/courtesy.toml, a team's own lists in place of ours."""
        return _manner(json.dumps(courtesy_words([shipped("config"), self.settings.folder]), default=str))

    @cached_property
    def standards(self) -> Standards:
        asked, outreach = self.settings.approvals, self.settings.outreach
        people = self.settings.people
        leads = [address for address, roles in self.present_people.items() if "lead" in roles]
        spare = next(iter([*leads, *self.present_people]), self.settings.sender.address)
        return Standards(
            company=self.settings.company.name,
            team={address: Colleague(who.name, who.title, who.successor) for address, who in people.items()},
            spare_signer=outreach.spare_signer or spare,
            ladder=tuple(level.casefold() for level in self.settings.levels.ladder),
            manner=self.manner,
            policy=self.policy,
            templates={occasion: self.renderer.digest(DRESSES[occasion]) for occasion in Occasion},
            deciders=asked.decided_by,
            due=timedelta(days=asked.due_days),
            four_eyes=frozenset({*map(str, asked.four_eyes_moves), *map(str.casefold, asked.four_eyes_levels)}),
            stale_after=timedelta(days=outreach.stale_days),
            reply_window=timedelta(days=outreach.reply_days),
            follow_up_after=timedelta(days=outreach.follow_up_days) if outreach.follow_up_days else None,
            address_hash=self.address_hash,
        )

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.frozen, self.standards)

    @property
    def phrasing_folders(self) -> list[Path]:
        """Where the phrasings of drafts lie: the team's own before ours."""
        own = self.settings.folder.resolve().parent / "templates" / "letters"
        return [
            folder for folder in dict.fromkeys([own, shipped("templates").resolve() / "letters"]) if folder.is_dir()
        ]

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
        """Return one of the team's people as somebody who decides, also in the place of whoever is away.

        Raises NotYours for anybody else, and for who has left.
        """
        known = address.casefold()
        person = self.settings.people.get(known)
        if person is None or person.successor:
            where = self.settings.folder / "policy.toml"
            raise NotYours(f"{address} is not one of the people in {where}{', or has left' if person else ''}")
        today = clock.now().astimezone(ZoneInfo(self.settings.schedule.timezone)).date()
        with self.store.reading() as session:
            absent = frozenset(stood_in_for(session, known, today))
        roles = {role for each in (known, *absent) if (who := self.settings.people.get(each)) for role in who.roles}
        return Decider(known, frozenset(roles), absent)

    def is_known(self, address: str) -> bool:
        return address.casefold() in {known.casefold() for known in self.settings.people}

    def next_round(self, edition_id: int | None = None) -> NextRound:
        """Return the step of the delivery loop: record the last round and take the next, in one transaction."""

        def step(done: Outcomes, room: int) -> list[Outgoing]:
            now = clock.now()
            with self.store.writing() as session:
                record(session, done, now, self.desk)
                return take(session, room, now, self.desk, edition_id) if room else []

        return step

    @property
    def drafting(self) -> Drafting:
        return Drafting(self.standards, self.phrasing_folders)

    def shortlist(self, session: Session, role: Role, now: datetime, most: int | None = None) -> Shortlist:
        """Rank whom a role may fit, as the policy wants it."""
        wanted = self.settings.shortlist
        return shortlist(
            session,
            role,
            now,
            self.limits,
            self.settings.levels.ladder,
            wanted.recently_days,
            wanted.recycle_months,
            most or wanted.most,
            address_hash=self.address_hash,
        )

    @property
    def scribe(self) -> Scribe:
        """Who writes reminders to colleagues."""
        return Scribe(self.house, self.renderer, self.settings.sender.list_domain)

    @property
    def prefect_page(self) -> str:
        """Where Prefect's pages are."""
        return self.settings.prefect_api.removesuffix("/api")

    @property
    def present_people(self) -> dict[str, frozenset[str]]:
        """The team's people who are here, with their roles."""
        return {a: frozenset(who.roles) for a, who in self.settings.people.items() if not who.successor}

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


@lru_cache(maxsize=2)
def _manner(words: str) -> Manner:
    # Compiled once a process: each task of a flow opens a Rekindle of its own.
    return manner_from(json.loads(words))


def open_rekindle(config: Path | None = None) -> Rekindle:
    """Read the settings and return a Rekindle; opens no connection yet."""
    return Rekindle(settings.load(config))
