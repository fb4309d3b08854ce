"""What depends on who is here: who signs, who decides, whom a letter comes from. Made anew when somebody has left."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from rekindle import clock
from rekindle.errors import NotYours
from rekindle.journey.approvals.approval import Decider
from rekindle.journey.approvals.deciding import Terms
from rekindle.journey.approvals.reminding import Scribe
from rekindle.journey.bulk.telling import Herald
from rekindle.journey.bulk.trials import MARK, Trials
from rekindle.journey.letters.dressing import EMAILS as DRESSES
from rekindle.journey.letters.proposing import Desk as Drafting
from rekindle.journey.letters.standards import Colleague, Standards
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Desk
from rekindle.journey.outbox.writing import Writer
from rekindle.journey.people.succession import line
from rekindle.journey.people.team import PerTeam, as_it_is
from rekindle.journey.tasks.posting import Correspondence
from rekindle.journey.tasks.wanted import Rules as TaskRules
from rekindle.journey.warming.readiness import Interval
from rekindle.mail.links import Links
from rekindle.store.delegations import stood_in_for
from rekindle.store.departures import Gone, departed
from rekindle.wiring.parts import Parts
from rekindle.wiring.posting import post
from states.message import Occasion


@dataclass(frozen=True)
class Team(Parts):
    """The parts, and the people they work for."""

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
        return House(
            company=company.name,
            postal_address=company.postal_address,
            sender_name=sender.name,
            sender_address=sender.address,
            reply_to=sender.reply_to,
            people=people,
            successors=left,
            post=self.post,
        )

    @PerTeam
    def writer(self, gone: Gone) -> Writer:
        return Writer(Team.house.of(self, gone), self.renderer, self.links, self.settings.sender.list_domain)

    @PerTeam
    def desk(self, gone: Gone) -> Desk:
        write, standards = Team.writer.of(self, gone).write, Team.standards.of(self, gone)
        return Desk(self.limits, self.stale_after, self.address_hash, self.pace, write, self.frozen, standards)

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
    def drafting(self) -> Drafting:
        return Drafting(self.standards, self.phrasing_folders)

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
        key, domain = secrets.token_hex(16), self.settings.sender.list_domain
        links, house = Links(key, self.settings.web.base_url), replace(self.house, post=post(self.settings, key))
        writer = Writer(house, self.renderer.marked(MARK), links, domain)
        return Trials(house, writer, links, domain, self.settings.quarterly.items_max)

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

    @property
    def present_people(self) -> dict[str, frozenset[str]]:
        """The team's people who are here, with their roles."""
        here = [address for address, who in self.team(self.gone()).items() if not who.successor]
        return {address: frozenset(self.settings.people[address].roles) for address in here}

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
