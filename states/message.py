"""The states of one email to one candidate, and which may follow which: `LEGAL` is the specification.

The rule behind it: a message that may have reached somebody is never sent again without a person.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Occasion(StrEnum):
    """Why a personal letter is written; each has its own rules."""

    #: A role fits: the first letter of an outreach.
    RE_ENGAGEMENT = "re-engagement"
    #: The one gentle reminder of such a letter.
    FOLLOW_UP = "follow-up"
    #: A few words from whoever knew them, months after the last contact; it asks for nothing.
    CHECK_IN = "check-in"
    #: It turns somebody down.
    REJECTION = "rejection-letter"


class MessageState(StrEnum):
    """How far a message has come."""

    #: Written, and shown to nobody yet.
    DRAFTED = "drafted"
    #: Waits for a person to approve exactly this text.
    AWAITING = "awaiting"
    #: Approved and due: delivery may take it.
    APPROVED = "approved"
    #: Taken by delivery, and written down before the mail server hears of it: from here on it may arrive.
    SENDING = "sending"
    #: The mail server accepted it.
    SENT = "sent"
    #: The mail server said "later" (4xx) or was gone; it is tried again, a little later each time.
    DEFERRED = "deferred"
    #: The mail server said no (5xx), or said "later" too often.
    FAILED = "failed"
    #: It was accepted and came back.
    BOUNCED = "bounced"
    #: We stopped between handing it over and hearing the answer. It may have arrived: a person decides.
    UNCONFIRMED = "unconfirmed"
    #: Taken back before it left: the candidate declined, the role closed, somebody said no.
    CANCELLED = "cancelled"
    #: Its time passed before it left; late mail is dropped, not sent.
    EXPIRED = "expired"


_FOLLOWERS: dict[MessageState, set[MessageState]] = {
    # On our side: nothing has left yet, so it can always be taken back.
    MessageState.DRAFTED: {MessageState.AWAITING, MessageState.CANCELLED, MessageState.EXPIRED},
    MessageState.AWAITING: {
        MessageState.APPROVED,
        MessageState.DRAFTED,  # edited or overtaken, and not fit to be asked about as it is
        MessageState.CANCELLED,
        MessageState.EXPIRED,
    },
    MessageState.APPROVED: {
        MessageState.SENDING,
        MessageState.AWAITING,  # what was approved has changed, so the approval is void
        MessageState.CANCELLED,
        MessageState.EXPIRED,
    },
    # On the wire: it cannot be taken back, and either the mail server answers or we miss the answer.
    MessageState.SENDING: {
        MessageState.SENT,
        MessageState.DEFERRED,
        MessageState.FAILED,
        MessageState.UNCONFIRMED,
    },
    # Back with us: it certainly did not arrive.
    MessageState.DEFERRED: {
        MessageState.SENDING,
        MessageState.AWAITING,  # its approval is void by now
        MessageState.FAILED,
        MessageState.CANCELLED,
        MessageState.EXPIRED,
    },
    # Perhaps arrived: a person decides, or a bounce does. Never back to where delivery would take it again.
    MessageState.UNCONFIRMED: {
        MessageState.SENT,
        MessageState.FAILED,
        MessageState.BOUNCED,
        MessageState.CANCELLED,
    },
    # Over. What was accepted can still come back.
    MessageState.SENT: {MessageState.BOUNCED},
    MessageState.FAILED: set(),
    MessageState.BOUNCED: set(),
    MessageState.CANCELLED: set(),
    MessageState.EXPIRED: set(),
}

#: For each state, those that may come directly after it.
LEGAL: Mapping[MessageState, frozenset[MessageState]] = MappingProxyType(
    {state: frozenset(followers) for state, followers in _FOLLOWERS.items()}
)


def may_become(old: MessageState, new: MessageState) -> bool:
    return new in LEGAL[old]
