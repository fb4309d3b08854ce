"""Gathers the dossier of one person and one role: everything on record that a letter may use or must respect."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.courtesy.dossier import (
    Approach,
    Candidacy,
    Contact,
    Dossier,
    KnownNote,
    OpenRole,
    Signer,
    Step,
    WrittenLetter,
)
from rekindle.journey.letters.introducing import introducing
from rekindle.journey.letters.standards import Standards
from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate, labels_of
from rekindle.store.letters import letters_of
from rekindle.store.messages import OVER_UNSENT, Message
from rekindle.store.notes import Note
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role
from rekindle.store.touches import Touch
from states.message import MessageState, Occasion

_SENT = (MessageState.SENT, MessageState.BOUNCED, MessageState.UNCONFIRMED, MessageState.SENDING)


def dossier(
    session: Session,
    person: Candidate,
    occasion: Occasion,
    role: Role | None,
    standards: Standards,
    today: date,
    *,
    message_id: int | None = None,
    signer: Signer | None = None,
) -> Dossier:
    """Gather what is known on `today`. `message_id` is the letter's own message, which is no other letter."""
    labels = labels_of(session, [person.id]).get(person.id, {})
    return Dossier(
        occasion=occasion,
        today=today,
        company=standards.company,
        given_name=person.given_name,
        family_name=person.family_name,
        language=person.language,
        skills=tuple(labels.get("skill", ())),
        interests=tuple(labels.get("interest", ())),
        applications=tuple(map(_candidacy, applications_of(session, [person.id]).get(person.id, []))),
        notes=tuple(_notes(session, person.id)),
        contacts=tuple(_contacts(session, person.id)),
        approaches=tuple(_approaches(session, person.id, role)),
        role=open_role(role, standards) if role else None,
        signer=introducing(session, person, signer or standards.signer_for(person.recruiter), standards, message_id),
        ladder=standards.ladder,
        team_names=tuple(colleague.name for colleague in standards.team.values()),
        other_letters=tuple(_other_letters(session, role, person.id)) if role else (),
        first_letter=_first_letter(session, person.id, role, message_id) if role else None,
    )


def open_role(role: Role, standards: Standards) -> OpenRole:
    """Return a role as a letter sees it."""
    manager = standards.team.get(role.hiring_manager.casefold())
    return OpenRole(
        id=f"r-{role.id}",
        slug=role.slug,
        title=role.title,
        family=role.family,
        level=role.level,
        team=role.team,
        location=role.location,
        skills=tuple(role.skills),
        hiring_manager=role.hiring_manager,
        hiring_manager_name=manager.name if manager else None,
        whats_in_it=role.whats_in_it,
        process_kind=role.process["kind"],
        process_because=role.process.get("because") or "",
        steps=tuple(Step(name=step["name"], minutes=step["minutes"]) for step in role.process["steps"]),
        is_open=role.closed_at is None,
    )


def _candidacy(row: Application) -> Candidacy:
    return Candidacy(
        id=f"a-{row.id}",
        role=row.role,
        family=row.family,
        level=row.level,
        team=row.team,
        last_stage=row.last_stage,
        finalist=row.finalist,
        applied_on=row.applied_on,
        last_interview_on=row.last_interview_on,
        decided_on=row.decided_on,
        outcome=row.outcome,
        reason=row.reason,
        reason_sayable=row.reason_sayable,
        rejection=row.rejection,
        promise=row.promise,
    )


def _notes(session: Session, candidate_id: int) -> Iterable[KnownNote]:
    for row in session.scalars(select(Note).where(Note.candidate_id == candidate_id).order_by(Note.id)):
        on = row.on or row.created_at.date()
        # Whatever a row says: an internal note is never said.
        sayable = row.sayable and row.kind != "internal"
        yield KnownNote(id=f"n-{row.id}", kind=row.kind, text=row.text, source=row.source, on=on, sayable=sayable)


def _contacts(session: Session, candidate_id: int) -> Iterable[Contact]:
    query = (
        select(Touch, Message.programme)
        .outerjoin(Message, Message.id == Touch.message_id)
        .where(Touch.candidate_id == candidate_id)
        .order_by(Touch.on.desc(), Touch.id.desc())
    )
    for row, programme in session.execute(query):
        yield Contact(
            id=f"t-{row.id}",
            on=row.on,
            channel=row.channel,
            direction=row.direction,
            summary=row.summary,
            programme=str(programme) if programme else None,
        )


def _approaches(session: Session, candidate_id: int, role: Role | None) -> Iterable[Approach]:
    """List what reached them about other roles, newest first."""
    query = (
        select(Outreach, Role, Message.sending_at)
        .join(Role, Role.id == Outreach.role_id)
        .join(Message, Message.outreach_id == Outreach.id)
        .where(Outreach.candidate_id == candidate_id, Message.occasion == Occasion.RE_ENGAGEMENT)
        .where(Message.state.in_(_SENT))
        .order_by(Message.sending_at.desc(), Outreach.id.desc())
    )
    for outreach, about, sent_at in session.execute(query):
        if role is None or about.id != role.id:
            yield Approach(
                id=f"o-{outreach.id}",
                role=about.title,
                family=about.family,
                level=about.level,
                team=about.team,
                sent_on=sent_at.date() if sent_at else None,
                outcome=str(outreach.outcome) if outreach.outcome else None,
            )


def _other_letters(session: Session, role: Role, candidate_id: int) -> Iterable[WrittenLetter]:
    query = (
        select(Message)
        .join(Outreach, Outreach.id == Message.outreach_id)
        .where(Outreach.role_id == role.id, Message.candidate_id != candidate_id, Message.state.not_in(OVER_UNSENT))
        .order_by(Message.id)
    )
    return _written(session, session.scalars(query).all())


def _first_letter(session: Session, candidate_id: int, role: Role, message_id: int | None) -> WrittenLetter | None:
    query = (
        select(Message)
        .join(Outreach, Outreach.id == Message.outreach_id)
        .where(Outreach.role_id == role.id, Message.candidate_id == candidate_id)
        .where(Message.occasion == Occasion.RE_ENGAGEMENT, Message.state.in_(_SENT))
    )
    found = [row for row in session.scalars(query) if row.id != message_id]
    return next(iter(_written(session, found)), None)


def _written(session: Session, rows: Sequence[Message]) -> Iterable[WrittenLetter]:
    texts = letters_of(session, [row.id for row in rows])
    for row in rows:
        if letter := texts.get(row.id):
            sent_on = row.sending_at.date() if row.sending_at else None
            yield WrittenLetter(id=f"m-{row.id}", text=letter.body, sent_on=sent_on)
