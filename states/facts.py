"""What is known about one candidate at one instant: all that a guard may ask about, gathered beforehand.

A fact left out is told in the way that refuses, so whoever forgets to look something up sends nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Basis(StrEnum):
    """Why we may keep and write to this person at all, in the sense of data protection law."""

    #: They agreed, up to a day we know.
    CONSENT = "consent"
    #: Our interest was weighed against theirs, and the weighing is on file.
    LEGITIMATE_INTEREST = "legitimate-interest"
    #: Nobody wrote it down. Never read as a yes.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One candidate at one instant. Days are those of the zone of `now`; without a zone: ValueError."""

    #: The instant the question is asked, with its time zone.
    now: datetime

    # How the last application ended.

    #: They came close: a tag, a late stage or a finalist's mark says so.
    runner_up: bool = False
    #: They took themselves out of that application.
    withdrew: bool = True
    #: They work here, or an application of theirs is still open.
    with_us: bool = True
    #: The day they were turned down; None when no day is on record.
    decided_on: date | None = None
    #: For how many days after that they are left in peace.
    cool_off_days: int = 30

    # Whether we may write to them.

    #: There is an email address to write to.
    has_address: bool = False
    #: They asked us to stop.
    opted_out: bool = True
    #: Mail to their address came back for good.
    unreachable: bool = True
    #: The lawful basis on record.
    basis: Basis = Basis.UNKNOWN
    #: The last day their consent holds; None when they set no end. Asked only when the basis is consent.
    consent_until: date | None = date.min
    #: The first day they are willing to hear from us again; None when they never asked us to wait.
    snoozed_until: date | None = date.max

    # Whether this letter, about this role, may go.

    #: The role is open and nobody has been chosen for it.
    role_open: bool = False
    #: The courtesy check of the exact text found nothing to refuse.
    courtesy_clean: bool = False
    #: One more contact stays within the budget they have across all programmes.
    budget_free: bool = False
    #: Where it does not: the first day on which one more would; None where no day is in sight.
    budget_free_on: date | None = None
    #: A personal letter to them waits for approval or is on its way.
    letter_waits: bool = True
    #: What they want to hear of: company updates, events, openings.
    wants_updates: bool = False
    wants_events: bool = False
    wants_openings: bool = False
    #: Nobody has been in touch with them for as long as their rhythm of check-ins says.
    due_a_word: bool = False
    #: A letter about another role is out, or on its way.
    other_outreach_live: bool = True
    #: The mail server took the message over. Suppose it did to ask beforehand whether a letter could go.
    message_accepted: bool = False

    # Whether somebody turned down may be told by letter.

    #: They were turned down before: this is not the first time.
    turned_down_before: bool = True
    #: Somebody spoke with them since it was decided.
    spoken_since: bool = False

    # What they answered.

    #: They wrote or called since the letter about this role went out.
    answered: bool = True
    #: They answered "not now" or "keep me posted".
    said_rest: bool = False
    #: They had the time we give for an answer, and it is over.
    reply_window_over: bool = False
    #: They answered that they are interested.
    candidate_said_yes: bool = False
    #: After declining, they asked to hear from us again, and the evidence is on file.
    candidate_asked_back: bool = False

    def __post_init__(self) -> None:
        if self.now.utcoffset() is None:
            raise ValueError("facts need a `now` with a time zone: which day it is depends on where")
