from datetime import timedelta

from sqlalchemy.orm import Session

from rekindle.journey.openings.opening import close_role
from rekindle.journey.openings.tallying import line_of, roles
from rekindle.store.approvals import Approval, ApprovalKind, ApprovalState
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach
from rekindle.store.roles import Role
from states.message import MessageState, Occasion
from states.programme import Programme
from tests.cast import NOW, stored
from tests.journey.openings.stage import director


def letter(session: Session, role: Role, name: str, state: MessageState, asked: ApprovalState | None = None) -> None:
    """Give a new candidate a letter about a role, and a question about the letter."""
    person = stored(session, name)
    outreach = Outreach(candidate_id=person.id, role_id=role.id, proofs={}, created_at=NOW)
    session.add(outreach)
    session.flush()
    message = Message(
        candidate_id=person.id,
        programme=Programme.RE_ENGAGEMENT,
        outreach_id=outreach.id,
        occasion=Occasion.RE_ENGAGEMENT,
        state=state,
        key=name,
        due_at=NOW,
        created_at=NOW,
    )
    session.add(message)
    session.flush()
    if asked:
        session.add(
            Approval(
                kind=ApprovalKind.LETTER,
                candidate_id=person.id,
                message_id=message.id,
                question="may this letter go?",
                digest="0" * 64,
                evidence={},
                state=asked,
                asked_by="rekindle",
                asked_at=NOW,
                deciders=["lead"],
                due_at=NOW + timedelta(days=7),
            )
        )
    session.flush()


def test_a_role_is_listed_with_how_long_it_takes_and_how_far_its_letters_have_come(store: Store) -> None:
    with store.writing() as session:
        role, other = director(session), director(session, slug="another")
        letter(session, role, "Anne", MessageState.AWAITING, ApprovalState.WAITING)
        letter(session, role, "Emil", MessageState.AWAITING, ApprovalState.WAITING)
        letter(session, role, "Fay", MessageState.SENT, ApprovalState.APPROVED)
        letter(session, other, "Gus", MessageState.DRAFTED)
        line, beside = line_of(session, role), line_of(session, other)
    assert (line.slug, line.title, line.minutes) == ("director-product", "Director of Product", 105)
    assert (line.outreaches, line.letters, line.approvals_waiting) == (3, {"awaiting": 2, "sent": 1}, 2)
    assert (beside.outreaches, beside.letters, beside.approvals_waiting) == (1, {"drafted": 1}, 0)


def test_open_roles_stand_newest_first_and_closed_ones_only_when_asked_for(store: Store) -> None:
    with store.writing() as session:
        for slug in ("first", "second", "third"):
            director(session, slug=slug)
        close_role(session, "second", "filled", NOW, by="ben@acme.example", take_back=lambda *_: 0)
        assert [line.slug for line in roles(session)] == ["third", "first"]
        everything = roles(session, everything=True)
    assert [line.slug for line in everything] == ["third", "second", "first"]
    assert [line.closing for line in everything] == [None, "filled (ben@acme.example)", None]


def test_there_may_be_no_role_at_all(store: Store) -> None:
    with store.reading() as session:
        assert roles(session, everything=True) == []
