"""What the settings alone say: the database, the words, the rules, the route. Decides nothing."""

import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from rekindle import clock
from rekindle.courtesy.phrases import Manner, manner_from
from rekindle.errors import SettingsError
from rekindle.journey.bulk.editions import Frozen
from rekindle.journey.bulk.nurture import Rule
from rekindle.journey.bulk.spreading import Spread
from rekindle.journey.events.audience import Rule as Guests
from rekindle.journey.events.kinds import EMAILS as EVENT_EMAILS
from rekindle.journey.events.kinds import RULES as EVENT_RULES
from rekindle.journey.events.kinds import Kind
from rekindle.journey.intake.classify import ClassifyPolicy
from rekindle.journey.intake.taking_in import Intake
from rekindle.journey.moving import Policy
from rekindle.journey.openings.shortlisting import Shortlist, shortlist
from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace
from rekindle.mail.address import suppression_hash
from rekindle.mail.links import Links
from rekindle.mail.post import Post
from rekindle.mail.render import Renderer
from rekindle.mail.route import Route
from rekindle.resources import shipped
from rekindle.secret import secret_key
from rekindle.settings import Settings
from rekindle.settings.courtesy import courtesy_words
from rekindle.settings.sections import WEEKDAYS
from rekindle.store import tables
from rekindle.store.engine import Store
from rekindle.store.facts import Limits
from rekindle.store.roles import Role
from rekindle.wiring.posting import post
from states.moves import approvals_from

UPDATE = "quarterly-update"


@dataclass(frozen=True)
class Parts:
    """What is made from the settings, each part on first use."""

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
    def post(self) -> Post:
        """How mail leaves: signed, and with addresses that say what came back."""
        return post(self.settings, self.secret)

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
        return Frozen(template, str(self.rule), asked.decided_by, timedelta(days=asked.due_days), events, self.spread)

    @cached_property
    def spread(self) -> Spread:
        """Over how many days mail to many goes out."""
        return Spread(self.settings.editions.spread_days, self.pace.hours)

    @property
    def stale_after(self) -> timedelta:
        """Mail to many that was let go longer ago than this is not sent any more."""
        return timedelta(days=self.settings.quarterly.catch_up_days)

    @cached_property
    def guests(self) -> Guests:
        """Who is invited to events at all."""
        return Guests(self.limits)

    @property
    def event_notice(self) -> timedelta:
        """How long before an event its invitation has to go."""
        return timedelta(days=self.settings.events.notice_days)

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

    def today(self, now: datetime) -> date:
        """Return the day it is where the team works."""
        return now.astimezone(ZoneInfo(self.settings.schedule.timezone)).date()


@lru_cache(maxsize=2)
def _manner(words: str) -> Manner:
    # Compiled once a process: each task of a flow opens a Rekindle of its own.
    return manner_from(json.loads(words))
