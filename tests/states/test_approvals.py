"""Which moves wait for a person: what a team may configure, and what it may not."""

import pytest

from states.candidate import NEW, Actor, CandidateState, Trigger
from states.facts import Facts
from states.machine import Allowed, NeedsApproval, decide
from states.moves import MOVES, Approval, Move, approvals_from

NONE_WANTED: frozenset[Trigger] = frozenset()
ALL_WANTED = frozenset(Trigger)


def rows(approval: Approval) -> list[Move]:
    return [move for move in MOVES if move.approval is approval]


def test_by_default_people_decide_about_letters_interviews_and_outcomes() -> None:
    assert approvals_from({}) == {
        Trigger.ADMIT,
        Trigger.RE_ENGAGE,
        Trigger.INTERVIEW,
        Trigger.HIRE,
        Trigger.REOPEN,
    }


def test_a_team_may_ask_more_or_less() -> None:
    configured = {"nurture": True, "admit": False, "hire": False}
    assert approvals_from(configured) == {
        Trigger.NURTURE,
        Trigger.RE_ENGAGE,
        Trigger.INTERVIEW,
        Trigger.REOPEN,
    }


def test_saying_what_is_so_anyway_is_no_error() -> None:
    assert approvals_from({"re_engage": True, "decline": False, "rest": False}) == approvals_from({})


@pytest.mark.parametrize(
    ("configured", "objection"),
    [
        ({"re_engage": False}, "re_engage always waits for a person, that cannot be configured away"),
        ({"decline": True}, "decline never waits for a person, that cannot be configured"),
        ({"rest": True}, "rest never waits for a person, that cannot be configured"),
        (
            {"Hire": True},
            "'Hire' is not a move; the moves are admit, nurture, re_engage, rest, interview, hire, decline, reopen",
        ),
        (
            {"hire": False, "re_engage": False, "decline": True},
            (
                "re_engage always waits for a person, that cannot be configured away; "
                "decline never waits for a person, that cannot be configured"
            ),
        ),
    ],
    ids=["re_engage-off", "decline-on", "rest-on", "unknown", "several"],
)
def test_what_cannot_be_configured_is_named(configured: dict[str, bool], objection: str) -> None:
    with pytest.raises(ValueError) as error:
        approvals_from(configured)
    assert str(error.value) == objection


def test_only_the_letter_always_waits() -> None:
    assert [move.trigger for move in rows(Approval.ALWAYS)] == [Trigger.RE_ENGAGE]
    assert rows(Approval.ALWAYS)[0].waits_for_approval(NONE_WANTED)


def test_a_stop_a_rest_and_a_new_runner_up_never_wait() -> None:
    assert [(move.trigger, move.sources[0]) for move in rows(Approval.NEVER)] == [
        (Trigger.ADMIT, NEW),
        (Trigger.REST, CandidateState.RE_ENGAGED),
        (Trigger.DECLINE, CandidateState.REJECTED_WARM),
    ]
    assert not any(move.waits_for_approval(ALL_WANTED) for move in rows(Approval.NEVER))


@pytest.mark.parametrize("approval", [Approval.BY_DEFAULT, Approval.NOT_BY_DEFAULT])
def test_the_rest_is_for_the_team_to_say(approval: Approval) -> None:
    assert all(move.waits_for_approval(ALL_WANTED) for move in rows(approval))
    assert not any(move.waits_for_approval(NONE_WANTED) for move in rows(approval))


def test_a_second_rejection_waits_for_a_person_and_a_first_does_not(ideal: Facts) -> None:
    def admitted(state: CandidateState | None) -> object:
        return decide(state, Trigger.ADMIT, Actor.IMPORT, ideal, needs_approval=approvals_from({}))

    assert admitted(NEW) == Allowed(CandidateState.REJECTED_WARM)
    assert admitted(CandidateState.INTERVIEWING) == NeedsApproval(CandidateState.REJECTED_WARM)
