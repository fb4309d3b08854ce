"""Puts the parts together, once, from the settings: what flows, web and commands are handed. Decides nothing."""

import json
import secrets
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
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
from rekindle.journey.bulk.spreading import Spread
from rekindle.journey.bulk.telling import Herald
from rekindle.journey.bulk.trials import MARK, Trials
from rekindle.journey.bulk.watching import Tolerance, Watch
from rekindle.journey.events.audience import Rule as Guests
from rekindle.journey.events.kinds import EMAILS as EVENT_EMAILS
from rekindle.journey.events.kinds import RULES as EVENT_RULES
from rekindle.journey.events.kinds import Kind
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
from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import Desk, Outgoing, record, take
from rekindle.journey.outbox.writing import Writer
from rekindle.journey.people.succession import line
from rekindle.journey.people.team import PerTeam, as_it_is
from rekindle.journey.tasks.posting import Correspondence
from rekindle.journey.tasks.wanted import Rules as TaskRules
from rekindle.journey.warming.readiness import Interval
from rekindle.mail.address import suppression_hash
from rekindle.mail.links import Links
from rekindle.mail.render import Renderer
from rekindle.mail.route import Route
from rekindle.resources import shipped
from rekindle.secret import secret_key
from rekindle.settings import Settings
from rekindle.settings.courtesy import courtesy_words
from rekindle.settings.sections import WEEKDAYS
from rekindle.store import tables
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.delegations import stood_in_for
from rekindle.store.departures import Gone, departed
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
    def made(self) -> dict[Hashable, Any]:
        """What was made for a team as it was: see `PerTeam`."""
        return {}

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
        rules = {**EVENT_RULES, Kind.INVITE: str(self.guests)}
        events = {kind: (self.renderer.digest(email), rules[kind]) for kind, email in EVENT_EMAILS.items()}
        spread = Spread(self.settings.editions.spread_days, self.pace.hours)
        return Frozen(template, str(self.rule), asked.decided_by, timedelta(days=asked.due_days), events, spread)

    @cached_property
    def guests(self) -> Guests:
        """Who is invited to events at all."""
        return Guests(self.limits)

    @property
    def event_notice(self) -> timedelta:
        """How long before an event its invitation has to go."""
        return timedelta(days=self.settings.events.notice_days)

    def gone(self, session: Session | None = None) -> Gone:
        """Look who has left by now, by the records; the settings may call others gone."""
        today = self.today(clock.now())
        if session is not None:
            return departed(session, today)
        with self.store.reading() as looking:
            return departed(looking, today)

    def team(self, gone: Gone) -> dict[str, Colleague]:
        """Return the team without those who have `gone`; with them, but whoever took over stands beside each."""
        told = {each: Colleague(who.name, who.title, who.successor) for each, who in self.settings.people.items()}
        return as_it_is(told, gone)

    @PerTeam
    def house(self, gone: Gone) -> House:
        company, sender = self.settings.company, self.settings.sender
        people = {address.casefold(): (person.name, person.title) for address, person in self.settings.people.items()}
        left = {address: who.successor for address, who in self.team(gone).items() if who.successor}
        return House(company.name, company.postal_address, sender.name, sender.address, sender.reply_to, people, left)

    @PerTeam
    def writer(self, gone: Gone) -> Writer:
        return Writer(Rekindle.house.of(self, gone), self.renderer, self.links, self.settings.sender.list_domain)

    @PerTeam
    def desk(self, gone: Gone) -> Desk:
        stale_after = timedelta(days=self.settings.quarterly.catch_up_days)
        write, standards = Rekindle.writer.of(self, gone).write, Rekindle.standards.of(self, gone)
        return Desk(self.limits, stale_after, self.address_hash, self.pace, write, self.frozen, standards)

    @cached_property
    def pace(self) -> Pace:
        sending, budget = self.settings.sending, self.settings.budget
        days = frozenset(WEEKDAYS.index(day) for day in sending.days)
        zone = self.settings.schedule.timezone
        hours = Hours(sending.since, sending.until, days, sending.holidays, sending.country, zone)
        return Pace(hours, budget.per_domain_a_day, frozenset(map(str.casefold, budget.open_domains)))

    @cached_property
    def manner(self) -> Manner:
        """How we write: config/courtesy.toml, a team's own lists in place of ours."""
        return _manner(json.dumps(courtesy_words([shipped("config"), self.settings.folder]), default=str))

    @PerTeam
    def standards(self, gone: Gone) -> Standards:
        asked, outreach, team = self.settings.approvals, self.settings.outreach, self.team(gone)
        here = [address for address, who in team.items() if not who.successor]
        leads = [address for address in here if "lead" in self.settings.people[address].roles]
        left = {address: who.successor for address, who in team.items()}
        spare = line(outreach.spare_signer or next(iter([*leads, *here]), self.settings.sender.address), left)[-1]
        return Standards(
            company=self.settings.company.name,
            team=team,
            spare_signer=spare,
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
            check_ins=Interval(self.settings.checkins.days, self.settings.checkins.most_days),
            address_hash=self.address_hash,
        )

    @property
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
        known, today = address.casefold(), self.today(clock.now())
        with self.store.reading() as session:
            person = self.team(self.gone(session)).get(known)
            if person is None or person.successor:
                where = self.settings.folder / "policy.toml"
                raise NotYours(f"{address} is not one of the people in {where}{', or has left' if person else ''}")
            absent = frozenset(stood_in_for(session, known, today))
        roles = {role for each in (known, *absent) if (who := self.settings.people.get(each)) for role in who.roles}
        return Decider(known, frozenset(roles), absent)

    def is_known(self, address: str) -> bool:
        return address.casefold() in {known.casefold() for known in self.settings.people}

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
    def drafting(self) -> Drafting:
        return Drafting(self.standards, self.phrasing_folders)

    @property
    def check_ins(self) -> tuple[int, ZoneInfo]:
        """How many check-ins each person who writes is given a day, and where that day begins."""
        return self.settings.checkins.a_day, ZoneInfo(self.settings.schedule.timezone)

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
    def herald(self) -> Herald:
        """Who writes that an edition has paused by itself."""
        return Herald(self.house, self.renderer, self.settings.sender.list_domain)

    @property
    def trials(self) -> Trials:
        """Who writes test mails: with a key of its own, which no page knows, so that no link in them does anything."""
        links, domain = Links(secrets.token_hex(16), self.settings.web.base_url), self.settings.sender.list_domain
        writer = Writer(self.house, self.renderer.marked(MARK), links, domain)
        return Trials(self.house, writer, links, domain, self.settings.quarterly.items_max)

    @property
    def task_rules(self) -> TaskRules:
        """What people are given to do, when, and whose task it is."""
        own = self.settings.tasks
        return TaskRules(
            connect_after=own.connect_after_days,
            engage_every=own.engage_every_days,
            call_within=own.call_within_days,
            promise_within=own.promise_within_days,
            reply_within=own.reply_within_days,
            standards=self.standards,
        )

    @property
    def correspondence(self) -> Correspondence:
        """Who writes the weekly digests."""
        return Correspondence(self.house, self.renderer, self.settings.sender.list_domain)

    def today(self, now: datetime) -> date:
        """Return the day it is where the team works."""
        return now.astimezone(ZoneInfo(self.settings.schedule.timezone)).date()

    @property
    def prefect_page(self) -> str:
        """Where Prefect's pages are."""
        return self.settings.prefect_api.removesuffix("/api")

    @property
    def present_people(self) -> dict[str, frozenset[str]]:
        """The team's people who are here, with their roles."""
        here = [address for address, who in self.team(self.gone()).items() if not who.successor]
        return {address: frozenset(self.settings.people[address].roles) for address in here}

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


@lru_cache(maxsize=2)
def _manner(words: str) -> Manner:
    # Compiled once a process: each task of a flow opens a Rekindle of its own.
    return manner_from(json.loads(words))


def open_rekindle(config: Path | None = None) -> Rekindle:
    """Read the settings and return a Rekindle; opens no connection yet."""
    return Rekindle(settings.load(config))
