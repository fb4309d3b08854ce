"""What really happens when nothing else does: the real steps, day by day, every approval given at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from rekindle.journey import cooling
from rekindle.journey.approvals import deciding
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.bulk import nurture
from rekindle.journey.bulk.nurture import Rule, as_items
from rekindle.journey.bulk.spreading import Spread
from rekindle.journey.events import inviting
from rekindle.journey.events.audience import Rule as AudienceRule
from rekindle.journey.events.due import due_invitations
from rekindle.journey.events.reminding import prepare_reminders
from rekindle.journey.forecast.agenda import Appointment, Kind, Times, agenda
from rekindle.journey.forecast.foretelling import Calendar, foretell
from rekindle.journey.forecast.outlook import Outlook
from rekindle.journey.forecast.walking import Terms
from rekindle.journey.outbox.hours import Hours
from rekindle.journey.outbox.pace import Pace
from rekindle.journey.outbox.sending import record, take
from rekindle.journey.warming import check_ins
from rekindle.mail.outcome import Accepted
from rekindle.settings.sections import Quarterly
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.content import items_valid_on
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.message import MessageState
from tests.cast import LIMITS, POLICY
from tests.journey.events import stage as evening
from tests.journey.letters.route import DRAFTING
from tests.journey.letters.stage import STANDARDS
from tests.journey.stage import ANN, DESK, TERMS

BERLIN = ZoneInfo("Europe/Berlin")
WORKDAYS = Hours(time(8), time(19), frozenset(range(5)), holidays=True, country="DE", zone="Europe/Berlin")
A_DAY = 2
NOTICE, REMIND_BEFORE = timedelta(days=10), timedelta(days=2)
RULE = Rule(LIMITS, items_min=1, items_max=2)
QUARTERLY = Quarterly(
    months=(1, 4, 7, 10),
    week=2,
    weekday="tuesday",
    at=time(10),
    timezone="Europe/Berlin",
    items_min=1,
    items_max=2,
    catch_up_days=28,
)
TIMES = Times(BERLIN, time(7), time(8), time(8, 15), WORKDAYS.days)
CALENDAR = Calendar(TIMES, QUARTERLY, timedelta(days=28))
#: One mail a day to one company is enough.
PACE = Pace(WORKDAYS, 1, frozenset({"gmail.example"}))
SPREAD = Spread(2, WORKDAYS)
ASKING = replace(evening.FROZEN, spread=SPREAD)
SENDING = replace(DESK, pace=PACE, frozen=ASKING)

#: (candidate, programme, day where the team works).
Mail = tuple[int, str, date]


def foretold(store: Store, now: datetime, days: int) -> Outlook:
    with store.reading() as session:
        terms = Terms(
            policy=POLICY,
            rule=RULE,
            pace=PACE,
            notice=NOTICE,
            remind_before=REMIND_BEFORE,
            a_day=A_DAY,
            stale_after=SENDING.stale_after,
            spread=SPREAD,
            items=lambda day: as_items(items_valid_on(session, day)),
            drafts=lambda who, at: check_ins.draftable(session, who, DRAFTING, at),
        )
        return foretell(session, now, days, terms, CALENDAR, STANDARDS)


def mails_of(outlook: Outlook) -> set[Mail]:
    return {
        (line.candidate_id, str(each.programme), each.at.astimezone(BERLIN).date()) for line, each in outlook.receipts()
    }


def happened(store: Store, now: datetime, days: int) -> set[Mail]:
    """Live through the days; return what everybody was really sent."""
    until = now + timedelta(days=days)
    for appointment in agenda(now, until, TIMES, QUARTERLY, timedelta(days=28), ()):
        _deliver(store, appointment.at)
        _keep(store, appointment)
        _approve_all(store, appointment.at)
    _deliver(store, until)
    with store.reading() as session:
        sent = session.execute(select(Message.candidate_id, Message.programme, Message.sending_at))
        return {(who, str(what), at.astimezone(BERLIN).date()) for who, what, at in sent if at and at >= now}


def _keep(store: Store, appointment: Appointment) -> None:
    now = appointment.at
    match appointment.kind:
        case Kind.HOUSEKEEPING:
            cooling.begin_nurturing(store, now, POLICY, deciders=("lead",), due=timedelta(days=7))
        case Kind.PLAN:
            with store.reading() as session:
                events = [event.id for event in due_invitations(session, now, NOTICE)]
            for event_id in events:
                inviting.plan_invitations(store, event_id, now, AudienceRule(LIMITS), ASKING)
            with store.writing() as session:
                prepare_reminders(session, now, REMIND_BEFORE, ASKING)
        case Kind.UPDATE:
            nurture.plan_update(store, appointment.name, now, RULE, ASKING)
        case Kind.CHECK_INS:
            check_ins.draft_all(store, DRAFTING, now, A_DAY, BERLIN)


def _approve_all(store: Store, now: datetime) -> None:
    with store.reading() as session:
        waiting = list(session.scalars(select(Approval.id).where(Approval.state == ApprovalState.WAITING)))
    for number in waiting:
        with store.writing() as session:
            deciding.decide(
                session, number, Decision.APPROVE, ANN, terms=replace(TERMS, frozen=ASKING), now=now, via="cli"
            )


def _deliver(store: Store, until: datetime) -> None:
    """Send what falls due, at the moment it does."""
    for now in _due(store, until):
        while True:
            with store.writing() as session:
                taken = take(session, 10, now, SENDING)
                record(session, [(out.message_id, Accepted(250, "OK")) for out in taken], now, SENDING)
            if not taken:
                break


def _due(store: Store, until: datetime) -> Iterator[datetime]:
    queued = Message.state.in_((MessageState.APPROVED, MessageState.DEFERRED))
    while True:
        with store.reading() as session:
            due: datetime | None = session.scalar(select(func.min(Message.due_at)).where(queued))
        if due is None or due > until:
            return
        yield due
