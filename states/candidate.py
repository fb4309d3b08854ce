"""The words of the lifecycle: where a candidate stands, what may happen to them, who may do it.

The same words stand in the database, on the pages and in the documentation; nothing here decides anything.
"""

from enum import StrEnum
from typing import Final

#: Where someone stands who is not stored yet: nowhere.
NEW: Final = None


class CandidateState(StrEnum):
    """Where a candidate stands. Opt-out, bounce, snooze, consent and erasure are facts, not states."""

    #: Turned down as a runner-up and left in peace until the rejection has cooled off.
    REJECTED_WARM = "rejected-warm"
    #: Kept warm: gets updates, invitations and check-ins that ask for nothing.
    NURTURING = "nurturing"
    #: Has received a personal letter about one role, and we await the answer.
    RE_ENGAGED = "re-engaged"
    #: Said yes and is in the interviews for that role.
    INTERVIEWING = "interviewing"
    #: Wants nothing more from us; only they can change that.
    DECLINED = "declined"
    #: Works here now: what the rest is for.
    HIRED = "hired"


class Trigger(StrEnum):
    """What happened, or is about to: the only ways from one state to another."""

    #: A runner-up comes in, or comes back after a second rejection.
    ADMIT = "admit"
    #: The rejection has cooled off, and keeping warm begins.
    NURTURE = "nurture"
    #: The approved letter about a role is in the candidate's mailbox.
    RE_ENGAGE = "re_engage"
    #: No answer, or "not now": back to being kept warm, and no grudge.
    REST = "rest"
    #: The candidate said yes, and the interviews begin.
    INTERVIEW = "interview"
    #: The candidate got the job.
    HIRE = "hire"
    #: The candidate wants out; everything queued for them goes with the same stroke.
    DECLINE = "decline"
    #: One who had declined asked to hear from us again.
    REOPEN = "reopen"


class Actor(StrEnum):
    """Whose hand makes the move."""

    #: A file of past candidates being read in.
    IMPORT = "import"
    #: A person of the team.
    RECRUITER = "recruiter"
    #: The calendar: a period is over.
    SCHEDULE = "schedule"
    #: The sender, at the moment the mail server takes the message.
    DELIVERY = "delivery"
    #: The person themselves: a click, a reply, a call.
    CANDIDATE = "candidate"
    #: The applicant tracking system, reporting what was decided there.
    ATS = "ats"


def named(state: CandidateState | None) -> str:
    """Write a state as people read it, also that of someone new."""
    return "new" if state is NEW else state.value
