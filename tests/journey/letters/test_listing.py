"""Letters in a list: the newest first, each with its role and the newest that was asked about it."""

from datetime import datetime
from typing import Any

import pytest

from rekindle.journey.letters import editing
from rekindle.journey.letters.listing import LetterLine, letters
from rekindle.journey.listing import Page
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.roles import Role
from states.message import MessageState
from tests.cast import NOW
from tests.journey.letters.route import ask, draft_rejection, not_told, re_engaged
from tests.journey.letters.stage import BODY, STANDARDS, SUBJECT, drafted, role, sarah
from tests.journey.stage import change, planned


def listed(store: Store, **wanted: Any) -> Page[LetterLine]:
    with store.reading() as session:
        return letters(session, **wanted)


def ids(page: Page[LetterLine]) -> list[int]:
    return [line.id for line in page.lines]


@pytest.fixture
def three(store: Store) -> Store:
    """A sent letter to Sarah, a draft to Ruth about another role, a letter that tells Anne that it was a no."""
    re_engaged(store)
    with store.writing() as session:
        drafted(session, sarah(session, "Ruth"), role(session, "head-of-pricing"))
        not_told(session)
    draft_rejection(store, 3)
    return store


def test_without_letters_there_is_nothing_to_list(store: Store) -> None:
    planned(store, "Anne")
    assert listed(store) == Page([], 0), "bulk mail is no letter"


def test_a_line_says_whom_it_is_for_what_about_and_what_was_asked(three: Store) -> None:
    assert listed(three).lines[-1] == LetterLine(
        id=1,
        candidate="c-1",
        candidate_id=1,
        occasion="re-engagement",
        role="director-product",
        state=MessageState.SENT,
        approval_id=1,
        approval_state="approved",
        created_at=NOW,
        sent_at=NOW,
        reason=None,
    )


def test_the_newest_come_first_also_those_nobody_was_asked_about(three: Store) -> None:
    page = listed(three)
    assert (ids(page), page.total) == ([3, 2, 1], 3)
    assert [(line.occasion, line.role, line.approval_id) for line in page.lines[:2]] == [
        ("rejection-letter", None, None),
        ("re-engagement", "head-of-pricing", None),
    ]


def test_a_list_may_be_of_one_state_or_one_role(three: Store) -> None:
    assert ids(listed(three, state=MessageState.DRAFTED)) == [3, 2]
    assert ids(listed(three, role="head-of-pricing")) == [2]
    assert ids(listed(three, role="head-of-pricing", state=MessageState.SENT)) == []
    assert ids(listed(three, role="no-such-role")) == []


def test_a_page_says_how_many_there_are_in_all(three: Store) -> None:
    page = listed(three, limit=2)
    assert (ids(page), page.total) == ([3, 2], 3)


def test_the_newest_question_is_shown_and_the_letter_once(store: Store) -> None:
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    ask(store, 1)
    words = BODY.replace("quick chat", "short call")
    change(store, lambda s: editing.edit(s, 1, SUBJECT, words, STANDARDS, by="ann@acme.example", now=NOW))
    (line,) = listed(store).lines
    assert (line.approval_id, line.approval_state) == (2, "waiting")


def test_why_a_letter_is_where_it_is_stands_beside_it(store: Store) -> None:
    with store.writing() as session:
        drafted(session, sarah(session), role(session)).reason = "the role was filled"
    assert listed(store).lines[0].reason == "the role was filled"


def test_times_are_instants(three: Store) -> None:
    line = listed(three).lines[-1]
    assert isinstance(line.sent_at, datetime)
    assert line.sent_at.tzinfo is not None


def test_letters_about_one_role_to_several_people(three: Store) -> None:
    change(three, lambda s: drafted(s, s.get_one(Candidate, 2), s.get_one(Role, 1)))
    assert [line.candidate for line in listed(three, role="director-product").lines] == ["c-2", "c-1"]
