"""Walks through the days to come with the very questions that planning, drafting and sending ask. Sends nothing.

What a person would be asked about is taken as approved at once: that is the one thing no schedule can tell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from rekindle.journey.bulk.choosing import Item
from rekindle.journey.bulk.nurture import Rule, judge
from rekindle.journey.bulk.spreading import Spread, deal
from rekindle.journey.events.audience import audience_of, guest, why_not
from rekindle.journey.events.inviting import too_late
from rekindle.journey.events.kinds import Kind, last_moment
from rekindle.journey.events.standing import URGENT
from rekindle.journey.forecast.agenda import Appointment
from rekindle.journey.forecast.agenda import Kind as Looks
from rekindle.journey.forecast.crowding import Crowding
from rekindle.journey.forecast.guests import Coming
from rekindle.journey.forecast.standing import Receipt, Standing
from rekindle.journey.forecast.turns import Turns
from rekindle.journey.moving import Policy
from rekindle.journey.outbox.hours import shut
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import AGAINST
from rekindle.journey.warming.choosing import Shares, against
from rekindle.store.events import Event
from states.candidate import Actor, CandidateState, Trigger
from states.facts import Facts
from states.guards import Refusal, may_be_served
from states.machine import Refused, decide
from states.programme import Programme

_NOT_NURTURING = Refusal("state", "the candidate is not nurturing by then")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the settings say, and what has to be looked up on the way."""

    policy: Policy
    rule: Rule
    pace: Pace
    #: Check-ins a day for each person who writes.
    a_day: int
    #: Mail released later than this is not sent any more.
    stale_after: timedelta
    #: An invitation goes at least so long before the event.
    notice: timedelta
    #: Who comes is reminded so long before; nothing for never.
    remind_before: timedelta
    #: Over how many days an edition goes out.
    spread: Spread
    #: The news there is on a day.
    items: Callable[[date], Sequence[Item]]
    #: What prevents a check-in from being drafted; None: one can be.
    drafts: Callable[[int, datetime], Refusal | None]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail on its way to somebody."""

    candidate_id: int
    programme: Programme
    why: str
    released_at: datetime
    #: From one person to one person.
    personal: bool = False
    #: News that somebody is owed who was invited or answered: the budget does not hold it.
    is_owed: bool = False
    #: From then on it is of no use to anybody.
    not_after: datetime | None = None
    #: From then on it waits for no morning.
    urgent_from: datetime | None = None


@dataclass(slots=True)
class Walk:
    """Everybody, and the mail that is on its way, at the moment the walk has come to."""

    people: Mapping[int, Standing]
    terms: Terms
    crowding: Crowding
    turns: Turns = field(default_factory=Turns)
    #: The events nobody has been invited to yet.
    events: list[Event] = field(default_factory=list)
    #: The events whose guests are still to be reminded.
    coming: list[Coming] = field(default_factory=list)
    #: (event, candidate) of whoever has answered.
    answered: set[tuple[int, int]] = field(default_factory=set)
    #: Everybody who writes.
    writers: frozenset[str] = field(init=False)
    _queue: list[tuple[datetime, int, Mail]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.writers = frozenset(each.writer for each in self.people.values())

    def send(self, mail: Mail, at: datetime) -> None:
        """Let a mail go at `at`, or as soon after it as it may; of two at once the one that was written first."""
        heappush(self._queue, (at, next(self._numbers), mail))

    def dealt(self, people: Sequence[Standing], now: datetime, last: date | None = None) -> list[datetime]:
        """Return when each of these people's letters of one edition may go, approved at `now`; none after `last`."""
        days = self.terms.spread.until(last, now)
        return [days[day] for day in deal([(each.home.domain, each.key) for each in people], len(days))]

    def through(self, appointments: Iterable[Appointment], until: datetime) -> None:
        """Walk from appointment to appointment, and deliver in between."""
        for each in self.people.values():
            self.turns.expect(each)
        for appointment in appointments:
            self._deliver(appointment.at)
            self._keep(appointment)
        self._deliver(until)

    def _keep(self, appointment: Appointment) -> None:
        match appointment.kind:
            case Looks.HOUSEKEEPING:
                self._cool_off(appointment.at)
            case Looks.PLAN:
                self.events = [event for event in self.events if not self._invite(event, appointment.at)]
                self.coming = [each for each in self.coming if not self._remind(each, appointment.at)]
            case Looks.UPDATE:
                self._update(appointment.at)
            case Looks.CHECK_INS:
                self._check_in(appointment.at)

    def _cool_off(self, now: datetime) -> None:
        for each in self.turns.cooled(self.people, now.date()):
            facts = each.facts_at(now, self.terms.policy.limits)
            outcome = decide(
                each.stands, Trigger.NURTURE, Actor.SCHEDULE, facts, needs_approval=self.terms.policy.needs_approval
            )
            if isinstance(outcome, Refused):
                each.miss(outcome.reasons[0])
            else:
                each.stands = CandidateState.NURTURING
                self.turns.expect(each)

    def _update(self, now: datetime) -> None:
        items = self.terms.items(now.date())
        chosen: list[tuple[Standing, str]] = []
        for each in self.people.values():
            if each.stands is not CandidateState.NURTURING:
                continue
            choices, refusal = judge(each.facts_at(now, self.terms.policy.limits), each.reader, items, self.terms.rule)
            if refusal:
                each.miss(refusal)
                continue
            each.reader = replace(each.reader, seen=each.reader.seen | {choice.item_id for choice in choices})
            chosen.append((each, "; ".join(f"item {choice.item_id}: {choice.why}" for choice in choices)))
        instants = self.dealt([each for each, _ in chosen], now)
        for (each, why), at in zip(chosen, instants, strict=True):
            self.send(Mail(each.candidate_id, Programme.QUARTERLY_UPDATE, why, at), at)

    def _invite(self, event: Event, now: datetime) -> bool:
        """Invite whom an event is for; say whether anybody was found. While nobody is, it is tried every morning."""
        if too_late(event, now, self.terms.notice):
            return True
        audience, chosen = audience_of(event), list[Standing]()
        for each in self.people.values():
            if each.stands is not CandidateState.NURTURING or (event.id, each.candidate_id) in self.answered:
                continue
            reader = each.reader
            seen_as = guest(reader.families, each.home.city, reader.interests, reader.language)
            if refusal := why_not(each.facts_at(now, self.terms.policy.limits), seen_as, audience):
                each.miss(refusal)
            else:
                chosen.append(each)
        for each, at in zip(chosen, self.dealt(chosen, now, event.answer_by), strict=True):
            why = f"the event {event.slug} is for them"
            self.send(
                Mail(each.candidate_id, Programme.EVENT_INVITE, why, at, not_after=last_moment(event, Kind.INVITE)), at
            )
        return bool(chosen)

    def _remind(self, coming: Coming, now: datetime) -> bool:
        """Remind who comes once the event is near; say whether that is done with."""
        event = coming.event
        if event.starts_at > now + self.terms.remind_before:
            return False
        if event.starts_at > now:
            why, last = f"they come to the event {event.slug}", last_moment(event, Kind.REMIND)
            urgent = event.starts_at - URGENT
            for each in coming.guests:
                mail = Mail(each, Programme.EVENT_INVITE, why, now, is_owed=True, not_after=last, urgent_from=urgent)
                self.send(mail, now)
        return True

    def _check_in(self, now: datetime) -> None:
        shares, full = Shares(self.terms.a_day), set[str]()
        for each in self.turns.due(self.people, now.date()):
            if not shares.has_room(each.writer):
                full.add(each.writer)
                if full >= self.writers:
                    return
                continue
            facts = each.facts_at(now, self.terms.policy.limits)
            if refusals := self._against(each, facts):
                each.miss(refusals[0])
                self.turns.put_off(each, refusals, facts)
            elif refusal := self.terms.drafts(each.candidate_id, now):
                each.miss(refusal)
                self.turns.forget(each)
            else:
                shares.give(each.writer)
                self.turns.forget(each)
                each.letters += 1
                why = f"nobody has been in touch since {each.last_contact_on}"
                self.send(Mail(each.candidate_id, Programme.CHECK_IN, why, now, personal=True), now)

    def _against(self, each: Standing, facts: Facts) -> tuple[Refusal, ...]:
        return against(facts, each.last_contact_on, each.interval, outreach_open=each.outreach_open)

    def _deliver(self, until: datetime) -> None:
        while self._queue and self._queue[0][0] <= until:
            at, number, mail = heappop(self._queue)
            each = self.people[mail.candidate_id]
            urgent = mail.urgent_from is not None and mail.urgent_from <= at
            if not urgent and (closed := shut(self.terms.pace.hours, each.home, at)):
                heappush(self._queue, (min(closed.until, mail.urgent_from or closed.until), number, mail))
            elif refusal := self._last_look(mail, each, at):
                self._drop(mail, each, refusal)
            elif not urgent and (later := self.crowding.full_until(each.home.domain, at)):
                heappush(self._queue, (later, number, mail))
            else:
                self._hand_over(mail, each, at)

    def _drop(self, mail: Mail, each: Standing, refusal: Refusal) -> None:
        each.miss(refusal)
        if mail.personal:
            each.letters -= 1
            self.turns.expect(each)

    def _hand_over(self, mail: Mail, each: Standing, at: datetime) -> None:
        each.receive(Receipt(at, mail.programme, mail.why), personal=mail.personal)
        self.crowding.count(each.home.domain, [at])
        if mail.personal:
            self.turns.expect(each)

    def _last_look(self, mail: Mail, each: Standing, at: datetime) -> Refusal | None:
        if at - mail.released_at > self.terms.stale_after or (mail.not_after and at >= mail.not_after):
            return Refusal("too_late", "too late: it was let go long ago")
        facts = each.facts_at(at, self.terms.policy.limits)
        if mail.personal:
            # Asked about itself, a letter is no other letter that waits.
            alone = replace(facts, letter_waits=each.letters > 1)
            return next(iter(self._against(each, alone)), None)
        if mail.is_owed:
            return next(iter(may_be_served(facts)), None)
        if each.stands is not CandidateState.NURTURING:
            return _NOT_NURTURING
        return next(iter(AGAINST[mail.programme](facts)), None)
