"""Which state of a message may follow which, all pairs; and what follows from that for what may arrive twice."""

from itertools import product

import pytest

from states.message import LEGAL, MessageState, may_become

# Written out once more on purpose: whoever changes the table says here that it was meant.
FOLLOWERS = {
    "drafted": "awaiting cancelled expired",
    "awaiting": "approved drafted cancelled expired",
    "approved": "sending awaiting cancelled expired",
    "sending": "sent deferred failed unconfirmed",
    "deferred": "sending awaiting cancelled expired failed",
    "sent": "bounced",
    "unconfirmed": "sent failed bounced cancelled",
    "failed": "",
    "bounced": "",
    "cancelled": "",
    "expired": "",
}
PAIRS = list(product(MessageState, MessageState))


def reachable(start: MessageState) -> set[MessageState]:
    seen: set[MessageState] = set()
    ahead = set(LEGAL[start])
    while ahead:
        seen |= ahead
        ahead = {after for state in ahead for after in LEGAL[state]} - seen
    return seen


def test_every_state_says_what_may_follow() -> None:
    assert set(FOLLOWERS) == set(LEGAL) == set(MessageState)


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=[f"{old}-{new}" for old, new in PAIRS])
def test_a_message_goes_where_the_table_says_and_nowhere_else(old: MessageState, new: MessageState) -> None:
    assert may_become(old, new) is (new in FOLLOWERS[old].split())


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNCONFIRMED, MessageState.BOUNCED])
def test_what_may_have_arrived_never_gets_back_to_delivery(state: MessageState) -> None:
    assert reachable(state).isdisjoint({MessageState.APPROVED, MessageState.SENDING, MessageState.DEFERRED})


def test_nothing_is_sent_that_was_not_approved() -> None:
    ways_in = {old for old in MessageState if may_become(old, MessageState.SENDING)}
    assert ways_in == {MessageState.APPROVED, MessageState.DEFERRED}
    assert {old for old in MessageState if may_become(old, MessageState.DEFERRED)} == {MessageState.SENDING}


def test_every_state_is_reached_from_a_draft() -> None:
    assert reachable(MessageState.DRAFTED) == set(MessageState)


def test_the_table_cannot_be_changed_at_run_time() -> None:
    with pytest.raises(TypeError):
        LEGAL[MessageState.SENDING] = frozenset()  # type: ignore[index] # the mistake under test
