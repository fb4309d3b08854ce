"""The dossier: everything on record about one person and one role, newest first; what is internal is never sayable."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.courtesy.dossier import Approach, Candidacy, Contact, Dossier, KnownNote, Signer, Step, WrittenLetter
from rekindle.journey.letters.gathering import dossier, open_role
from rekindle.journey.letters.writing import Words, add_version
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.outreaches import Outreach, OutreachOutcome
from rekindle.store.roles import Role
from rekindle.store.touches import Touch
from states.message import MessageState, Occasion
from states.programme import Programme
from tests.cast import NOW, anne, turned_down
from tests.journey.letters.route import re_engaged
from tests.journey.letters.stage import BODY, LADDER, STANDARDS, SUBJECT, drafted, role, sarah

TODAY = date(2026, 10, 13)


def gathered(
    session: Session,
    occasion: Occasion = Occasion.RE_ENGAGEMENT,
    *,
    about: int | None = 1,
    message_id: int | None = None,
    candidate_id: int = 1,
    signer: Signer | None = None,
) -> Dossier:
    person, opening = session.get_one(Candidate, candidate_id), session.get_one(Role, about) if about else None
    return dossier(session, person, occasion, opening, STANDARDS, TODAY, message_id=message_id, signer=signer)


@pytest.fixture
def stage(store: Store) -> Store:
    """Sarah and the role, both number 1."""
    with store.writing() as session:
        sarah(session, locale="de-AT")
        role(session)
    return store


def test_what_is_on_record_about_the_person(stage: Store) -> None:
    with stage.reading() as session:
        known = gathered(session)
    assert (known.given_name, known.family_name, known.language) == ("Sarah", "Example", "de")
    assert (known.skills, known.interests) == (("roadmaps",), ("0-to-1 products",))
    assert (known.occasion, known.today, known.company) == (Occasion.RE_ENGAGEMENT, TODAY, "Acme Labs")
    assert known.applications == (
        Candidacy(
            id="a-1",
            role="Senior Product Manager",
            family="product",
            level="senior",
            team="Consumer",
            last_stage="final",
            finalist=True,
            applied_on=date(2026, 3, 2),
            last_interview_on=date(2026, 4, 20),
            decided_on=date(2026, 5, 2),
            outcome="rejected",
            reason="someone with more B2B experience",
            reason_sayable=True,
            rejection="personal",
            promise="reach out if a product role opens",
        ),
    )
    (note,) = known.notes
    assert (note.id, note.kind, note.on, note.sayable) == ("n-1", "strength", date(2026, 4, 20), True)
    assert (known.contacts, known.approaches, known.other_letters, known.first_letter) == ((), (), (), None)


def test_what_is_on_record_about_the_role_and_the_team(stage: Store) -> None:
    with stage.reading() as session:
        known = gathered(session)
    about = known.role
    assert about is not None
    assert (about.id, about.slug, about.title, about.is_open) == (
        "r-1",
        "director-product",
        "Director of Product",
        True,
    )
    assert (about.process_kind, about.process_because) == ("streamlined", "you have already met several people here")
    assert about.steps == (
        Step(name="Conversation with the hiring manager", minutes=45),
        Step(name="Product deep-dive", minutes=60),
    )
    assert (about.hiring_manager, about.hiring_manager_name) == ("ben@acme.example", "Ben Okafor")
    assert (known.ladder, known.team_names) == (LADDER, ("Ann Lee", "Ben Okafor", "Zoe Adler"))


def test_a_role_whose_process_has_no_reason_and_whose_manager_is_not_ours(store: Store) -> None:
    with store.writing() as session:
        process = {"kind": "full", "steps": [{"name": "Talk", "minutes": 30}]}
        seen = open_role(role(session, process=process, hiring_manager="Eve@example.org", closed_at=NOW), STANDARDS)
    assert (seen.process_because, seen.hiring_manager_name, seen.is_open) == ("", None, False)


def test_applications_stand_newest_first(stage: Store) -> None:
    with stage.writing() as session:
        session.add_all([turned_down(1, decided_on=date(2024, 1, 1)), turned_down(1, decided_on=date(2026, 9, 1))])
        session.flush()
        assert [each.id for each in gathered(session).applications] == ["a-3", "a-1", "a-2"]


@pytest.mark.parametrize("kind", ["strength", "background", "interest", "preference"])
def test_a_note_is_sayable_when_its_row_says_so(stage: Store, kind: str) -> None:
    with stage.writing() as session:
        session.add(Note(candidate_id=1, kind=kind, text="asks well", sayable=False, created_at=NOW))
        session.flush()
        assert [note.sayable for note in gathered(session).notes] == [True, False]


def test_an_internal_note_is_never_sayable_whatever_its_row_says(stage: Store) -> None:
    with stage.writing() as session:
        session.add(Note(candidate_id=1, kind="internal", text="too expensive", sayable=True, created_at=NOW))
        session.flush()
        known = gathered(session)
    assert (known.notes[1].kind, known.notes[1].sayable) == ("internal", False)
    assert "too expensive" not in [note.text for note in known.sayable("strength", "internal")]


def test_a_note_without_a_day_is_of_the_day_it_was_written(stage: Store) -> None:
    with stage.writing() as session:
        row = Note(candidate_id=1, kind="strength", text="asks well", source="onsite", sayable=True, created_at=NOW)
        session.add(row)
        session.flush()
        found = gathered(session).notes[1]
    assert found == KnownNote(id="n-2", kind="strength", text="asks well", source="onsite", on=TODAY, sayable=True)


def test_contacts_stand_newest_first_and_bulk_mail_is_known_as_such(stage: Store) -> None:
    with stage.writing() as session:
        update = Message(
            candidate_id=1,
            programme=Programme.QUARTERLY_UPDATE,
            state=MessageState.SENT,
            key="k",
            due_at=NOW,
            created_at=NOW,
        )
        session.add(update)
        session.flush()
        day = date(2026, 7, 14)
        session.add_all(
            [
                Touch(candidate_id=1, on=day, channel="email", direction="out", message_id=update.id),
                Touch(candidate_id=1, on=date(2026, 8, 1), channel="reply", direction="in", summary="thank you"),
                Touch(candidate_id=1, on=day, channel="call", direction="out"),
            ]
        )
        session.flush()
        known = gathered(session)
    assert known.contacts == (
        Contact(id="t-2", on=date(2026, 8, 1), channel="reply", direction="in", summary="thank you"),
        Contact(id="t-3", on=day, channel="call", direction="out"),
        Contact(id="t-1", on=day, channel="email", direction="out", programme="quarterly-update"),
    )


def test_nothing_of_anybody_else_is_in_it(stage: Store) -> None:
    with stage.writing() as session:
        other = anne(session)
        session.add(Note(candidate_id=other.id, kind="strength", text="another's", sayable=True, created_at=NOW))
        session.add(Touch(candidate_id=other.id, on=TODAY, channel="call", direction="out"))
        session.flush()
        known = gathered(session)
    assert (len(known.applications), len(known.notes), known.contacts) == (1, 1, ())


# Letters.


def letter_to_anne(session: Session, state: MessageState = MessageState.AWAITING, slug: str | None = None) -> Message:
    """Write to Anne about the role of the stage, or another one."""
    about = role(session, slug) if slug else session.get_one(Role, 1)
    row = drafted(session, anne(session), about, "Hi Anne, …")
    row.state = state
    session.flush()
    return row


def test_letters_to_others_about_this_role_are_known_in_their_newest_words(stage: Store) -> None:
    with stage.writing() as session:
        row = letter_to_anne(session)
        add_version(session, row, Words(SUBJECT, "Dear Anne, …", "ann@acme.example", "ann@acme.example", {}), NOW)
        known = gathered(session)
    assert known.other_letters == (WrittenLetter(id=f"m-{row.id}", text="Dear Anne, …"),)


@pytest.mark.parametrize("state", [MessageState.CANCELLED, MessageState.EXPIRED, MessageState.FAILED])
def test_a_letter_that_never_reached_anybody_is_like_no_other(stage: Store, state: MessageState) -> None:
    with stage.writing() as session:
        letter_to_anne(session, state)
        assert gathered(session).other_letters == ()


def test_letters_about_other_roles_are_no_other_letters(stage: Store) -> None:
    with stage.writing() as session:
        letter_to_anne(session, slug="head-of-pricing")
        known = gathered(session)
        assert known.other_letters == ()
        assert gathered(session, Occasion.REJECTION, about=None).other_letters == ()


def test_the_own_letter_is_neither_another_nor_the_first(stage: Store) -> None:
    with stage.writing() as session:
        row = drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1))
        row.state = MessageState.SENDING
        session.flush()
        known = gathered(session, message_id=row.id)
    assert (known.other_letters, known.first_letter) == ((), None)


def test_the_letter_that_went_is_the_first_letter_of_a_follow_up(store: Store) -> None:
    re_engaged(store)
    with store.reading() as session:
        known = gathered(session, Occasion.FOLLOW_UP)
    assert known.first_letter == WrittenLetter(id="m-1", text=BODY, sent_on=TODAY)
    assert [each.id for each in known.contacts] == ["t-1"]


@pytest.mark.parametrize("state", [MessageState.DRAFTED, MessageState.APPROVED, MessageState.CANCELLED])
def test_a_letter_that_has_not_gone_is_no_first_letter(stage: Store, state: MessageState) -> None:
    with stage.writing() as session:
        row = drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1))
        row.state = state
        session.flush()
        assert gathered(session, Occasion.FOLLOW_UP).first_letter is None


def approached(session: Session, slug: str, state: MessageState, days_ago: int) -> None:
    row = drafted(session, session.get_one(Candidate, 1), role(session, slug, title=slug.title()))
    row.state, row.sending_at = state, NOW - timedelta(days=days_ago)
    session.flush()


def test_earlier_letters_about_other_roles_are_approaches_newest_first(stage: Store) -> None:
    with stage.writing() as session:
        approached(session, "pricing", MessageState.SENT, 200)
        approached(session, "onboarding", MessageState.UNCONFIRMED, 100)
        approached(session, "billing", MessageState.CANCELLED, 50)
        session.scalars(select(Outreach).order_by(Outreach.id)).all()[0].outcome = OutreachOutcome.NOT_NOW
        session.flush()
        known, without_role = gathered(session), gathered(session, Occasion.REJECTION, about=None)
        for_pricing = gathered(session, about=2)
    told = {"family": "product", "level": "director", "team": "Growth"}
    onboarding = Approach(id="o-2", role="Onboarding", sent_on=date(2026, 7, 5), **told)
    pricing = Approach(id="o-1", role="Pricing", sent_on=date(2026, 3, 27), outcome="not-now", **told)
    assert known.approaches == without_role.approaches == (onboarding, pricing)
    assert for_pricing.approaches == (onboarding,)


# Who signs.


def test_who_knew_them_signs_unless_somebody_has_taken_it_over(stage: Store) -> None:
    ben = Signer(address="ben@acme.example", name="Ben Okafor", title="Recruiter", handed_over_by="Ann Lee")
    with stage.reading() as session:
        assert gathered(session).signer == Signer(address="ann@acme.example", name="Ann Lee", title="Senior Recruiter")
        assert gathered(session, signer=ben).signer == ben
