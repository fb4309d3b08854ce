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
from rekindle.journey.forecast.agenda import Appointment, Kind
from rekindle.journey.forecast.crowding import Crowding
from rekindle.journey.forecast.standing import Receipt, Standing
from rekindle.journey.forecast.turns import Turns
from rekindle.journey.moving import Policy
from rekindle.journey.outbox.hours import shut
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import AGAINST
from rekindle.journey.warming.choosing import Shares, against
from states.candidate import Actor, CandidateState, Trigger
from states.facts import Facts
from states.guards import Refusal
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


@dataclass(slots=True)
class Walk:
    """Everybody, and the mail that is on its way, at the moment the walk has come to."""

    people: Mapping[int, Standing]
    terms: Terms
    crowding: Crowding
    turns: Turns = field(default_factory=Turns)
    #: Everybody who writes.
    writers: frozenset[str] = field(init=False)
    _queue: list[tuple[datetime, int, Mail]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.writers = frozenset(each.writer for each in self.people.values())

    def send(self, mail: Mail, at: datetime) -> None:
        """Let a mail go at `at`, or as soon after it as it may."""
        heappush(self._queue, (at, next(self._numbers), mail))

    def dealt(self, people: Sequence[Standing], now: datetime) -> list[datetime]:
        """Return when each of these people's letters of one edition may go, approved at `now`."""
        days = self.terms.spread.starts(now)
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
            case Kind.HOUSEKEEPING:
                self._cool_off(appointment.at)
            case Kind.UPDATE:
                self._update(appointment.at)
            case Kind.CHECK_INS:
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
            at, _, mail = heappop(self._queue)
            each = self.people[mail.candidate_id]
            closed = shut(self.terms.pace.hours, each.home, at)
            later = closed.until if closed else self.crowding.full_until(each.home.domain, at)
            if later:
                self.send(mail, later)
            else:
                self._hand_over(mail, each, at)

    def _hand_over(self, mail: Mail, each: Standing, at: datetime) -> None:
        refusal = self._last_look(mail, each, at)
        if refusal:
            each.miss(refusal)
            if mail.personal:
                each.letters -= 1
                self.turns.expect(each)
            return
        each.receive(Receipt(at, mail.programme, mail.why), personal=mail.personal)
        self.crowding.count(each.home.domain, [at])
        if mail.personal:
            self.turns.expect(each)

    def _last_look(self, mail: Mail, each: Standing, at: datetime) -> Refusal | None:
        if at - mail.released_at > self.terms.stale_after:
            return Refusal("too_late", "too late: it was let go long ago")
        facts = each.facts_at(at, self.terms.policy.limits)
        if mail.personal:
            # Asked about itself, a letter is no other letter that waits.
            alone = replace(facts, letter_waits=each.letters > 1)
            return next(iter(self._against(each, alone)), None)
        if each.stands is not CandidateState.NURTURING:
            return _NOT_NURTURING
        return next(iter(AGAINST[mail.programme](facts)), None)
