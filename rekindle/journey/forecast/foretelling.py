"""Puts a forecast together: everybody is read once, walked through the days, told about. Stores and sends nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.bulk.periods import Quarterly
from rekindle.journey.events.due import due_invitations
from rekindle.journey.forecast.agenda import Times, agenda
from rekindle.journey.forecast.crowding import Crowding
from rekindle.journey.forecast.guests import answered, still_to_remind
from rekindle.journey.forecast.loading import standings
from rekindle.journey.forecast.outlook import Line, Outlook
from rekindle.journey.forecast.standing import Standing
from rekindle.journey.forecast.underway import send_what_waits
from rekindle.journey.forecast.walking import Terms, Walk
from rekindle.journey.letters.standards import Standards
from rekindle.store.editions import Edition, EditionState
from states.candidate import CandidateState, named
from states.guards import Refusal
from states.programme import Programme

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When things happen, from the settings."""

    times: Times
    quarterly: Quarterly
    #: An update missed by more than this is not made up for.
    catch_up: timedelta


def foretell(
    session: Session, now: datetime, days: int, terms: Terms, calendar: Calendar, standards: Standards
) -> Outlook:
    """Say what everybody would receive within `days` from `now`, if nothing else happened and all was approved."""
    until = now + timedelta(days=days)
    people = {each.candidate_id: each for each in standings(session, now, standards)}
    walk = Walk(people, terms, _crowding(people.values(), terms, now))
    walk.events = due_invitations(session, now, terms.notice)
    walk.coming, walk.answered = still_to_remind(session), answered(session)
    send_what_waits(session, walk, now)
    planned, empty = _planned(session)
    walk.through(agenda(now, until, calendar.times, calendar.quarterly, calendar.catch_up, planned, empty), until)
    lines = tuple(Line(each.candidate_id, tuple(each.got), _why_not(each, walk)) for each in people.values())
    return Outlook(now, until, calendar.times.zone, lines)


def _planned(session: Session) -> tuple[set[str], set[str]]:
    """Return the periods whose update has been planned to the end, and those of them for which nobody was found."""
    planned = (Edition.programme == Programme.QUARTERLY_UPDATE, Edition.state != EditionState.PLANNING)
    found = session.execute(select(Edition.period, Edition.state).where(*planned)).tuples().all()
    empty = {period for period, state in found if state is EditionState.EMPTY}
    return {period for period, _ in found} - empty, empty


def _crowding(people: Iterable[Standing], terms: Terms, now: datetime) -> Crowding:
    crowding, since = Crowding(terms.pace), now - _DAY
    went = ((at, each.home.domain or "") for each in people for at in each.mails if at > since)
    for at, domain in sorted(went):
        crowding.count(domain, [at])
    return crowding


def _why_not(each: Standing, walk: Walk) -> tuple[Refusal, ...]:
    if each.got:
        return ()
    if each.stands not in {CandidateState.REJECTED_WARM, CandidateState.NURTURING}:
        return (Refusal("state", f"the candidate is {named(each.stands)}"),)
    if walk.turns.is_waiting(each):
        each.miss(Refusal("day_is_full", "a check-in is due, and who writes to them has enough to read on every day"))
    return tuple(each.why_not.values()) or (_nothing_due(each),)


def _nothing_due(each: Standing) -> Refusal:
    if each.stands is not CandidateState.REJECTED_WARM:
        return Refusal("nothing_is_due", "nothing is due for them in these days")
    if each.known.decided_on is None:
        return Refusal("cooled_off", "it is not on record when the candidate was turned down")
    cooled_on = each.known.decided_on + timedelta(days=each.known.cool_off_days)
    return Refusal("cooled_off", f"their rejection has cooled off on {cooled_on} only")
