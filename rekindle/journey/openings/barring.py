"""Looks closely at a few people: may they be on the list, and if not, why, with the records that say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rekindle.journey.openings.paging import IDS, pages
from rekindle.journey.openings.rules import Rules
from rekindle.journey.openings.standing import LeftOut, against
from rekindle.journey.openings.topic import Topic
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.facts import facts_about
from rekindle.store.messages import MAILED, Message
from rekindle.store.suppressions import suppressed
from states.facts import Facts
from states.guards import Refusal

_PEOPLE = select(Candidate).where(Candidate.id.in_(IDS)).order_by(Candidate.id)


@dataclass(frozen=True, slots=True)
class Known:
    """One person as the guards see them."""

    person: Candidate
    facts: Facts

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return against(self.person.state, self.facts)


def known(session: Session, ids: Sequence[int], rules: Rules, now: datetime) -> list[Known]:
    """Gather what guards ask about, in order of id."""
    people = [person for page in pages(ids) for person in session.scalars(_PEOPLE, {"ids": page})]
    facts = facts_about(session, people, now, rules.limits)
    return [Known(person, facts[person.id]) for person in people]


def barred(session: Session, ids: Sequence[int], topic: Topic, rules: Rules, now: datetime) -> dict[int, LeftOut]:
    """Return those of `ids` who may not be on the list, each with the first reason."""
    if not ids:
        return {}
    everybody = known(session, ids, rules, now)
    hashes = {one.person.id: rules.address_hash(one.person.address) for one in everybody if one.person.address}
    never = suppressed(session, hashes.values())
    mails = _last_mails(session, ids)
    since = rules.recycled_since(now.date())
    found: dict[int, LeftOut] = {}
    for one in everybody:
        person = one.person
        same = _turned_down_for_it(person.applications, topic, since)
        if one.refusals:
            first = one.refusals[0]
            found[person.id] = LeftOut(person.id, first.code, first.reason, _evidence(first.code, person, mails))
        elif hashes.get(person.id) in never:
            found[person.id] = LeftOut(person.id, "suppressed", "the address is suppressed", (f"c-{person.id}",))
        elif same:
            sentence = f"they were turned down for the same role before: {same[0].role}"
            found[person.id] = LeftOut(person.id, "recycled_role", sentence, tuple(f"a-{each.id}" for each in same))
    return found


def _turned_down_for_it(applications: Sequence[Application], topic: Topic, since: date) -> list[Application]:
    """Return the applications by which this is the same role again, newest first; a day nobody knows was lately."""
    return [
        each
        for each in applications
        if each.outcome == "rejected"
        and (each.decided_on or each.applied_on or since) >= since
        and topic.is_same_again(each.role, each.family, each.level, each.team)
    ]


def _evidence(code: str, person: Candidate, mails: Mapping[int, int]) -> tuple[str, ...]:
    """Return the ids of the records a refusal rests on; the person's own where it is a fact about them."""
    applications = person.applications
    match code:
        case "withdrew":
            return (f"a-{applications[0].id}",)
        case "with_us":
            return tuple(f"a-{each.id}" for each in applications if each.outcome in {"hired", "open"})
        case "cooling":
            last = max(applications, key=lambda each: each.decided_on or date.min)
            return (f"a-{last.id}",)
        case "budget" if person.id in mails:
            return (f"m-{mails[person.id]}",)
    return (f"c-{person.id}",)


def _last_mails(session: Session, ids: Sequence[int]) -> dict[int, int]:
    newest = (
        select(Message.candidate_id, func.max(Message.id))
        .where(Message.candidate_id.in_(ids), Message.state.in_(MAILED))
        .group_by(Message.candidate_id)
    )
    return {row[0]: row[1] for row in session.execute(newest)}
