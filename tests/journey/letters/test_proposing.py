"""From the records to the desk: one letter, or as many as a role wants; called again it goes on where the rows end."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from rekindle.errors import BadInput, MissingFacts, TemplateError
from rekindle.journey.approvals.approval import Decision
from rekindle.journey.letters import proposing
from rekindle.journey.letters.closing import take_back_letters_of_role
from rekindle.journey.letters.proposing import Proposed, engage
from rekindle.store.approvals import Approval
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import REKINDLE, letters_of
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.outreaches import Outreach, OutreachOutcome
from rekindle.store.roles import Role
from states.message import MessageState, Occasion
from tests.cast import NOW
from tests.journey.letters.route import (
    DRAFTING,
    approve,
    deliver,
    go,
    message,
    message_state,
    outreach,
    re_engaged,
)
from tests.journey.letters.stage import drafted, role, sarah
from tests.journey.stage import change, change_candidate
from tests.racing import at_once

NAMES = ("Sarah", "Ruth", "Olga", "Mina", "Lena")


@pytest.fixture
def five(store: Store) -> Store:
    """Five people whom the role fits, number 1 to 5, and the role."""
    with store.writing() as session:
        for name in NAMES:
            sarah(session, name)
        role(session)
    return store


def engaged(store: Store, *ranked: int, most: int = 5) -> Proposed:
    return engage(store, 1, ranked or (1, 2, 3, 4, 5), most, DRAFTING, NOW)


def lay_down(store: Store, candidate_id: int = 1, variation: int = 0) -> int:
    with store.writing() as session:
        person, about = session.get_one(Candidate, candidate_id), session.get_one(Role, 1)
        return proposing.lay_down_proposal(session, person, about, DRAFTING, NOW, variation).id


def letters(store: Store) -> list[tuple[int, MessageState]]:
    """List whom each letter is for and its state, in the order they were drafted."""
    with store.reading() as session:
        query = select(Message.candidate_id, Message.state).order_by(Message.id)
        return [(candidate_id, state) for candidate_id, state in session.execute(query)]


def forget_what_impressed_us(session: Session, candidate_id: int) -> None:
    session.execute(delete(Note).where(Note.candidate_id == candidate_id))


# One letter.


def test_a_proposal_is_shown_and_nothing_is_stored(five: Store) -> None:
    with five.writing() as session:
        person, about = session.get_one(Candidate, 1), session.get_one(Role, 1)
        made, known = proposing.propose(session, person, about, DRAFTING, NOW)
    assert "Director of Product" in made.subject + made.body
    assert (known.given_name, known.role and known.role.slug) == ("Sarah", "director-product")
    with five.reading() as session:
        for table in (Message, Outreach):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_what_is_missing_is_asked_for_by_name(five: Store) -> None:
    change(five, lambda s: forget_what_impressed_us(s, 1))
    with pytest.raises(MissingFacts, match=r"rekindle candidates note c-1 --kind strength"):
        lay_down(five)
    assert letters(five) == []


def test_a_draft_on_the_desk_is_the_first_version_and_says_what_it_rests_on(five: Store) -> None:
    number = lay_down(five)
    row = message(five, number)
    assert (row.occasion, row.state, row.outreach_id) == (Occasion.RE_ENGAGEMENT, MessageState.DRAFTED, 1)
    with five.reading() as session:
        words = letters_of(session, [number])[number]
    assert (words.author, words.signer) == (REKINDLE, "ann@acme.example")
    assert words.proofs["outcome"] == ["a-1"]
    assert words.proofs["strength"] == ["n-1"]
    assert outreach(five).proofs == words.proofs


def test_another_variation_is_the_same_facts_in_other_words(five: Store) -> None:
    first = lay_down(five)
    change(five, lambda s: s.delete(letters_of(s, [first])[first]))
    change(five, lambda s: s.execute(delete(Message)))
    second = lay_down(five, variation=1)
    with five.reading() as session:
        words = letters_of(session, [second])[second]
        person, about = session.get_one(Candidate, 1), session.get_one(Role, 1)
        made, _ = proposing.propose(session, person, about, DRAFTING, NOW)
    assert words.body != made.body
    assert words.proofs == made.proofs.as_record()


def test_nobody_is_written_to_about_a_role_that_is_closed(five: Store) -> None:
    change(five, lambda s: setattr(s.get_one(Role, 1), "closed_at", NOW))
    with pytest.raises(BadInput, match="role director-product is closed"):
        lay_down(five)


def test_two_who_draft_at_once_lay_down_one_letter(five: Store) -> None:
    def draft(session: Session) -> int:
        person, about = session.get_one(Candidate, 1), session.get_one(Role, 1)
        return proposing.lay_down_proposal(session, person, about, DRAFTING, NOW).id

    outcomes = at_once(five, draft, draft)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LostRace", "int"]
    assert len(letters(five)) == 1


def test_after_a_letter_that_did_not_go_there_may_be_another_and_after_one_that_went_none(five: Store) -> None:
    engaged(five, 1)
    approve(five, 1, decision=Decision.DECLINE)
    assert outreach(five).outcome is OutreachOutcome.NOT_SENT
    go(five, lay_down(five))
    assert outreach(five).closed_at is None
    change(five, lambda s: setattr(s.get_one(Outreach, 1), "outcome", OutreachOutcome.NO_ANSWER))
    change(five, lambda s: setattr(s.get_one(Outreach, 1), "closed_at", NOW))
    with pytest.raises(BadInput, match="c-1 has been written to about this role: it ended with no-answer"):
        lay_down(five)


# As many as a role wants.


def test_the_first_of_the_list_are_asked_about_until_there_are_enough(five: Store) -> None:
    done = engaged(five, 3, 1, 5, 2, most=3)
    assert (done.asked, done.on_the_desk, done.missing) == ([1, 2, 3], {}, {})
    assert letters(five) == [(3, MessageState.AWAITING), (1, MessageState.AWAITING), (5, MessageState.AWAITING)]
    with five.reading() as session:
        asked = session.scalars(select(Approval).order_by(Approval.id)).all()
    assert [(row.message_id, row.assignee, row.asked_by) for row in asked] == [
        (number, "ann@acme.example", "rekindle") for number in (1, 2, 3)
    ]


def test_called_again_it_goes_on_where_the_rows_end(five: Store) -> None:
    assert len(engaged(five, most=2).asked) == 2
    assert len(engaged(five, most=2).asked) == 0
    assert len(engaged(five, most=4).asked) == 2
    assert [candidate_id for candidate_id, _ in letters(five)] == [1, 2, 3, 4]


@pytest.mark.parametrize("state", MessageState)
def test_every_letter_counts_whatever_became_of_it(five: Store, state: MessageState) -> None:
    change(five, lambda s: setattr(drafted(s, s.get_one(Candidate, 1), s.get_one(Role, 1)), "state", state))
    assert len(engaged(five, 2, 3, most=2).asked) == 1


def test_letters_of_before_a_role_was_closed_make_room(five: Store) -> None:
    change(five, lambda s: drafted(s, s.get_one(Candidate, 1), s.get_one(Role, 1)))
    change(five, lambda s: take_back_letters_of_role(s, 1, "the role was filled", NOW))
    assert len(engaged(five, 2, 3, most=2).asked) == 2


def test_letters_about_another_role_do_not_count(five: Store) -> None:
    change(five, lambda s: drafted(s, s.get_one(Candidate, 1), role(s, "head-of-pricing")))
    assert len(engaged(five, 2, 3, most=2).asked) == 2


def test_what_is_missing_is_reported_for_each_and_the_others_go_on(five: Store) -> None:
    with five.writing() as session:
        for candidate_id in (1, 3):
            forget_what_impressed_us(session, candidate_id)
    done = engaged(five, most=2)
    assert list(done.missing) == [1, 3]
    assert "rekindle candidates note c-3 --kind strength" in done.missing[3]
    assert [candidate_id for candidate_id, _ in letters(five)] == [2, 4]


def test_who_may_not_be_written_to_now_has_a_letter_on_the_desk_with_the_reason(five: Store) -> None:
    change_candidate(five, 1, basis="unknown")
    done = engaged(five, 1, 2, 3, most=2)
    assert (done.asked, list(done.on_the_desk)) == ([2], [1])
    assert "no lawful basis for writing to the candidate is on record" in done.on_the_desk[1]
    assert letters(five) == [(1, MessageState.DRAFTED), (2, MessageState.AWAITING)]
    assert engaged(five, 1, 2, 3, most=2).asked == [], "what lies on the desk counts, now as then"


def test_a_lost_race_does_not_stop_the_others(five: Store) -> None:
    lay_down(five, 2)
    assert len(engaged(five, 1, 2, 3).asked) == 2
    assert letters(five) == [(2, MessageState.DRAFTED), (1, MessageState.AWAITING), (3, MessageState.AWAITING)]


def test_who_has_been_written_to_about_it_does_not_stop_the_others(five: Store) -> None:
    with five.writing() as session:
        drafted(session, session.get_one(Candidate, 1), session.get_one(Role, 1)).state = MessageState.FAILED
        row = session.get_one(Outreach, 1)
        row.closed_at, row.outcome = NOW, OutreachOutcome.NOT_NOW
    assert len(engaged(five, 1, 2).asked) == 1


@pytest.mark.parametrize("most", [2, 5])
def test_two_runs_at_once_write_as_many_letters_as_one(five: Store, most: int) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(engaged, five, most=most) for _ in range(2)]
        assert sum(len(run.result().asked) for run in runs) == most
    assert sorted(letters(five)) == [(number, MessageState.AWAITING) for number in range(1, most + 1)]


def test_a_role_that_is_closed_meanwhile_drafts_nothing_more(five: Store) -> None:
    change(five, lambda s: setattr(s.get_one(Role, 1), "closed_at", NOW))
    assert engaged(five) == Proposed()


def test_a_draft_is_not_left_behind_without_its_question(five: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(proposing, "ask", dies)
        with pytest.raises(KeyboardInterrupt):
            engaged(five)
    assert letters(five) == []
    assert len(engaged(five).asked) == 5


def test_phrasings_that_cannot_be_used_are_not_passed_over_in_silence(five: Store) -> None:
    with pytest.raises(TemplateError, match="re_engagement"):
        engage(five, 1, (1, 2), 5, replace(DRAFTING, phrasings=()), NOW)


def test_no_two_letters_about_a_role_are_alike_and_each_may_go(five: Store) -> None:
    assert engaged(five).asked == [1, 2, 3, 4, 5]
    with five.reading() as session:
        bodies = [words.body for words in letters_of(session, range(1, 6)).values()]
    firsts = {body.split("\n\n")[1] for body in bodies}
    assert len(firsts) == 5
    for number in range(1, 6):
        approve(five, number)
    assert sorted(deliver(five)) == [1, 2, 3, 4, 5]


def test_a_letter_that_may_not_go_yet_is_put_to_nobody(store: Store) -> None:
    re_engaged(store)
    with store.writing() as session:
        role(session, "vp-product", title="VP of Product", level="vp", team="Platform")
    done = engage(store, 2, (1,), 5, DRAFTING, NOW)
    assert list(done.on_the_desk) == [2]
    assert message_state(store, 2) is MessageState.DRAFTED
    assert engage(store, 2, (1,), 5, DRAFTING, NOW) == Proposed()
