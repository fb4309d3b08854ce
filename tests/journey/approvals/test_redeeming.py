"""A decision by one-time code: it speaks for its owner; wrong ones are counted, and five close the form."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.errors import NotFound, NotYours
from rekindle.journey.approvals import approval, codes, deciding, redeeming
from rekindle.journey.approvals.approval import Decided, Decider, Decision
from rekindle.journey.approvals.redeeming import MOST_WRONG_CODES
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.engine import Store
from rekindle.store.notes import Note
from states.message import MessageState
from tests.cast import NOW
from tests.journey.letters.route import ask, message_state
from tests.journey.letters.stage import drafted, role, sarah
from tests.journey.stage import ANN, BEN, TERMS, change
from tests.racing import at_once, while_uncommitted

SECRET = "a key of at least sixteen signs"
HOUR = timedelta(hours=1)
WRONG = "00000-00000"
TEAM = {person.address: person for person in (ANN, BEN)}


def decider(address: str) -> Decider:
    if address not in TEAM:
        raise NotYours(f"{address} has left")
    return TEAM[address]


@pytest.fixture
def asked(store: Store) -> int:
    """Sarah's letter waits: the message is number 1."""
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    return ask(store, 1)


def issue(store: Store, asked: int, person: Decider = ANN) -> str:
    with store.writing() as session:
        return codes.issue(session, asked, person, secret=SECRET, now=NOW, lasts=HOUR)


def answering(
    asked: int, code: str, decision: Decision = Decision.APPROVE, who: Callable[[str], Decider] = decider
) -> Callable[[Session], Decided | None]:
    """Return the step that a form takes."""
    told = {"decider": who, "secret": SECRET, "terms": TERMS, "now": NOW}
    return lambda session: redeeming.decide_with_code(session, asked, code, decision, **told)  # type: ignore[arg-type]


def answer(
    store: Store,
    asked: int,
    code: str,
    decision: Decision = Decision.APPROVE,
    who: Callable[[str], Decider] = decider,
) -> Decided | None:
    with store.writing() as session:
        return answering(asked, code, decision, who)(session)


def question(store: Store, asked: int = 1) -> Approval:
    with store.reading() as session:
        return approval.find(session, asked)


def close(store: Store, asked: int) -> None:
    for _ in range(MOST_WRONG_CODES):
        answer(store, asked, WRONG)


def test_the_right_code_decides_in_the_name_of_whose_it_is(store: Store, asked: int) -> None:
    code = issue(store, asked, BEN)
    decided = answer(store, asked, code)
    assert decided is not None
    assert decided.won
    row = question(store, asked)
    assert (row.state, row.decided_by, row.via, row.wrong_codes) == ("approved", "ben@acme.example", "prefect", 0)
    assert message_state(store) is MessageState.APPROVED


def test_a_code_declines_as_well(store: Store, asked: int) -> None:
    assert answer(store, asked, issue(store, asked), Decision.DECLINE)
    assert message_state(store) is MessageState.CANCELLED


@pytest.mark.parametrize("wrong", ["", WRONG, "not a code", "x" * 10_000])
def test_a_wrong_code_decides_nothing_and_is_counted(store: Store, asked: int, wrong: str) -> None:
    issue(store, asked)
    assert answer(store, asked, wrong) is None
    row = question(store, asked)
    assert (row.state, row.wrong_codes) == (ApprovalState.WAITING, 1)
    assert message_state(store) is MessageState.AWAITING


def test_a_used_code_counts_as_a_wrong_one(store: Store, asked: int) -> None:
    code = issue(store, asked)
    answer(store, asked, code)
    assert answer(store, asked, code, Decision.DECLINE) is None
    assert (question(store, asked).state, question(store, asked).wrong_codes) == ("approved", 1)


def test_who_comes_second_with_a_good_code_is_told_who_was_first(store: Store, asked: int) -> None:
    anns, bens = issue(store, asked), issue(store, asked, BEN)
    answer(store, asked, anns)
    late = answer(store, asked, bens, Decision.DECLINE)
    assert late is not None
    assert not late.won
    assert "was already approved by ann@acme.example" in late.sentence
    assert question(store, asked).wrong_codes == 0


def test_a_code_for_what_has_changed_meanwhile_approves_nothing(store: Store, asked: int) -> None:
    code = issue(store, asked)
    change(store, lambda s: setattr(s.scalars(select(Note)).one(), "source", "onsite"))
    told = answer(store, asked, code)
    assert told is not None
    assert not told.won
    assert "a note was changed" in told.sentence
    assert (question(store, asked).state, question(store, asked).wrong_codes) == ("voided", 0)


def test_five_wrong_codes_close_the_form_and_make_every_code_worthless(store: Store, asked: int) -> None:
    code = issue(store, asked)
    for guess in range(1, MOST_WRONG_CODES + 1):
        assert not redeeming.is_closed(question(store, asked))
        answer(store, asked, WRONG)
        assert question(store, asked).wrong_codes == guess
    assert redeeming.is_closed(question(store, asked))
    assert answer(store, asked, code) is None
    assert question(store, asked).state is ApprovalState.WAITING


def test_a_new_code_does_not_open_a_closed_form(store: Store, asked: int) -> None:
    close(store, asked)
    assert answer(store, asked, issue(store, asked)) is None
    assert question(store, asked).state is ApprovalState.WAITING


def test_rekindle_itself_stays_open_for_the_decision(store: Store, asked: int) -> None:
    close(store, asked)
    with store.writing() as session:
        assert deciding.decide(session, asked, Decision.APPROVE, ANN, terms=TERMS, now=NOW, via="cli").won


def test_guesses_at_once_are_counted_one_by_one(store: Store, asked: int) -> None:
    code = issue(store, asked)
    assert at_once(store, *[answering(asked, WRONG)] * MOST_WRONG_CODES) == [None] * MOST_WRONG_CODES
    assert question(store, asked).wrong_codes == MOST_WRONG_CODES
    assert answer(store, asked, code) is None


def test_a_guess_beside_one_that_is_not_written_down_yet_is_counted_too(store: Store, asked: int) -> None:
    assert while_uncommitted(store, answering(asked, WRONG), answering(asked, WRONG)) is None
    assert question(store, asked).wrong_codes == 2


def test_of_two_who_use_one_code_at_once_one_decides(store: Store, asked: int) -> None:
    code = issue(store, asked)
    outcomes = at_once(store, answering(asked, code), answering(asked, code, Decision.DECLINE))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Decided", "NoneType"]
    assert question(store, asked).state in {ApprovalState.APPROVED, ApprovalState.DECLINED}


# Whose code it is.


def test_who_wrote_it_cannot_approve_it_by_code_where_four_eyes_are_wanted(store: Store, asked: int) -> None:
    change(store, lambda s: setattr(approval.find(s, asked), "barred", "ann@acme.example"))
    code = issue(store, asked)
    assert answer(store, asked, code) is None
    row = question(store, asked)
    assert (row.state, row.wrong_codes, row.decided_by) == (ApprovalState.WAITING, 1, None)
    assert answer(store, asked, code, Decision.DECLINE) is None, "the code is used up"


def test_who_wrote_it_may_decline_it_by_code(store: Store, asked: int) -> None:
    change(store, lambda s: setattr(approval.find(s, asked), "barred", "ann@acme.example"))
    assert answer(store, asked, issue(store, asked), Decision.DECLINE)
    assert question(store, asked).state is ApprovalState.DECLINED


def test_the_code_of_somebody_who_has_left_is_worth_nothing(store: Store, asked: int) -> None:
    gone = Decider("gone@acme.example", frozenset({"lead"}))
    assert answer(store, asked, issue(store, asked, gone)) is None
    assert (question(store, asked).state, question(store, asked).wrong_codes) == (ApprovalState.WAITING, 1)


def test_the_code_of_somebody_who_may_not_decide_any_more_is_worth_nothing(store: Store, asked: int) -> None:
    code = issue(store, asked)
    assert answer(store, asked, code, who=lambda address: Decider(address, frozenset({"ops"}))) is None
    assert (question(store, asked).state, question(store, asked).wrong_codes) == (ApprovalState.WAITING, 1)


def test_a_code_for_nothing_is_told(store: Store, asked: int) -> None:
    with pytest.raises(NotFound, match=f"there is no approval {asked + 1}"):
        answer(store, asked + 1, WRONG)
