"""May this letter go to this person now? The guards and the courtesy check, on the records as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.courtesy.check import check, is_clean
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding
from rekindle.courtesy.letter import Letter as Text
from rekindle.errors import NotFound
from rekindle.journey.letters.gathering import dossier
from rekindle.journey.letters.interviews import ends_interviews
from rekindle.journey.letters.sealing import Seal, seal
from rekindle.journey.letters.standards import Standards
from rekindle.journey.warming.choosing import with_rhythm
from rekindle.store.candidates import Candidate
from rekindle.store.facts import facts_of
from rekindle.store.letters import Letter, letters_of
from rekindle.store.messages import UNDER_WAY, Message
from rekindle.store.outreaches import Outreach, outreach_open
from rekindle.store.roles import Role
from rekindle.store.suppressions import suppressed
from rekindle.store.touches import wants_no_answer
from states.candidate import Actor, CandidateState, Trigger, named
from states.facts import Facts
from states.guards import Refusal, may_be_checked_on, may_be_reminded, may_be_told
from states.machine import Refused, decide
from states.message import MessageState, Occasion

#: While one of these lasts, the letter is of no use; what else refuses may pass.
_FOR_GOOD = frozenset(
    {
        *("wrong_state", "is_contactable", "did_not_withdraw", "is_not_with_us", "role_is_open"),
        *("no_other_outreach", "has_not_answered", "suppressed", "in_interviews"),
        # Of a check-in: what it would say was said, or is not wanted.
        *("no_letter_comes_first", "is_due_a_word", "wants_words_between"),
    }
)
_ON_ITS_WAY = (
    *(MessageState.APPROVED, MessageState.SENDING, MessageState.DEFERRED),
    *(MessageState.SENT, MessageState.UNCONFIRMED),
)
_SPOKEN = {"call", "meeting"}
_MAY_BE_TOLD = {CandidateState.INTERVIEWING, CandidateState.REJECTED_WARM, CandidateState.NURTURING}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What speaks against a letter now, and what it amounts to."""

    letter: Letter
    known: Dossier
    refusals: tuple[Refusal, ...]
    findings: tuple[Finding, ...]
    seal: Seal

    @property
    def may_go(self) -> bool:
        return not self.refusals

    @property
    def is_lost(self) -> bool:
        """Whether no waiting and no rewriting will help."""
        return any(refusal.code in _FOR_GOOD for refusal in self.refusals)

    @property
    def reason(self) -> str:
        return "; ".join(refusal.reason for refusal in self.refusals)


def judge(session: Session, row: Message, standards: Standards, now: datetime) -> Judgement:
    """Judge the newest version of a letter. The candidate's row is read anew; who changes it holds it before."""
    letter = letters_of(session, [row.id]).get(row.id)
    if letter is None or row.occasion is None:
        raise NotFound(f"message {row.id} is no personal letter")
    person = session.get_one(Candidate, row.candidate_id, populate_existing=True)
    role = role_of(session, row)
    signer = replace(standards.signer_for(person.recruiter), **_signs(letter, standards))
    known = dossier(session, person, row.occasion, role, standards, now.date(), message_id=row.id, signer=signer)
    findings = check(Text(letter.body, letter.subject), known, standards.manner)
    facts = _facts(session, row, person, known, now, standards)
    refusals = (
        *_refusals(row.occasion, person, replace(facts, courtesy_clean=is_clean(findings)), standards),
        *_other_refusals(session, row, person, letter.signer, standards),
    )
    return Judgement(letter, known, refusals, findings, seal(letter, person, known, standards.templates[row.occasion]))


def role_of(session: Session, row: Message) -> Role | None:
    """Return the role a letter speaks of; None for a rejection of a past application."""
    return session.scalar(
        select(Role)
        .join(Outreach, Outreach.role_id == Role.id)
        .where(Outreach.id == row.outreach_id)
        .execution_options(populate_existing=True)
    )


def _signs(letter: Letter, standards: Standards) -> dict[str, str]:
    """Return who signs this version: somebody may have taken it over from the one who knew the person."""
    colleague = standards.team.get(letter.signer)
    if colleague is None:
        return {}
    return {"address": letter.signer, "name": colleague.name, "title": colleague.title}


def _facts(
    session: Session, row: Message, person: Candidate, known: Dossier, now: datetime, standards: Standards
) -> Facts:
    facts = facts_of(session, [person.id], now, standards.policy.limits)[person.id]
    first = known.first_letter
    if row.occasion is Occasion.CHECK_IN:
        facts = replace(facts, letter_waits=_another_letter(session, row))
        interval = standards.check_ins.with_own(person.check_in_days, person.check_in_most_days)
        outreach = bool(outreach_open(session, [person.id]))
        return with_rhythm(facts, person.last_contact_on, interval, outreach_open=outreach)
    return replace(
        facts,
        role_open=known.role is not None and known.role.is_open,
        other_outreach_live=_other_outreach(session, row),
        # Asked beforehand: supposing the server takes it, could it go?
        message_accepted=True,
        answered=first is not None and _heard_since(known, first.sent_on or known.today),
        turned_down_before=len([each for each in known.applications if each.outcome == "rejected"]) > 1,
        spoken_since=_spoke_since_decision(known),
    )


def _refusals(occasion: Occasion, person: Candidate, facts: Facts, standards: Standards) -> tuple[Refusal, ...]:
    match occasion:
        case Occasion.RE_ENGAGEMENT:
            needs = standards.policy.needs_approval
            trigger, actor = Trigger.RE_ENGAGE, Actor.DELIVERY
            outcome = decide(person.state, trigger, actor, facts, needs_approval=needs, approved=True)
            return outcome.reasons if isinstance(outcome, Refused) else ()
        case Occasion.FOLLOW_UP:
            return (*_stands(person, {CandidateState.RE_ENGAGED}), *may_be_reminded(facts))
        case Occasion.CHECK_IN:
            return (*_stands(person, {CandidateState.NURTURING}), *may_be_checked_on(facts))
        case Occasion.REJECTION:
            return (*_stands(person, _MAY_BE_TOLD), *may_be_told(facts))


def _other_refusals(
    session: Session, row: Message, person: Candidate, signer: str, standards: Standards
) -> Iterator[Refusal]:
    """Give what no guard can know."""
    if person.address and suppressed(session, [standards.address_hash(person.address)]):
        yield Refusal("suppressed", "the address is suppressed")
    if not standards.is_here(signer):
        yield Refusal("signer_has_left", "who signs it is not here any more: edit it, and a colleague signs")
    is_rejection = row.occasion is Occasion.REJECTION
    if is_rejection and person.state is CandidateState.INTERVIEWING and not ends_interviews(session, row):
        yield Refusal("in_interviews", "the candidate is in interviews again, of which the letter knows nothing")


def _stands(person: Candidate, states: set[CandidateState]) -> Sequence[Refusal]:
    if person.state in states:
        return ()
    return (Refusal("wrong_state", f"the candidate is {named(person.state)} by now"),)


def _other_outreach(session: Session, row: Message) -> bool:
    """Say whether a letter about another role is out and unanswered, or on its way."""
    query = (
        select(Message.id)
        .join(Outreach, Outreach.id == Message.outreach_id)
        .where(Message.candidate_id == row.candidate_id, Message.id != row.id)
        .where(Outreach.closed_at.is_(None), Outreach.id != row.outreach_id, Message.state.in_(_ON_ITS_WAY))
    )
    return session.scalar(query.limit(1)) is not None


def _another_letter(session: Session, row: Message) -> bool:
    """Say whether another personal letter waits or is on its way: a check-in is the last in line."""
    theirs = (Message.candidate_id == row.candidate_id, Message.id != row.id, Message.occasion.is_not(None))
    waiting = (MessageState.DRAFTED, *UNDER_WAY)
    return session.scalar(select(Message.id).where(*theirs, Message.state.in_(waiting)).limit(1)) is not None


def _heard_since(known: Dossier, day: date) -> bool:
    return any(
        each.direction == "in" and each.on >= day and not wants_no_answer(each.channel, each.summary)
        for each in known.contacts
    )


def _spoke_since_decision(known: Dossier) -> bool:
    candidacy = known.last_candidacy
    day = candidacy.decided_on if candidacy else None
    return any(each.channel in _SPOKEN and (day is None or each.on >= day) for each in known.contacts)
