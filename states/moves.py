"""Every move a candidate can make. This table is the specification; what is not a row here cannot happen.

The machine is built from it and the diagram in README is drawn from it. It decides nothing by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from states import guards
from states.candidate import NEW, Actor, CandidateState, Trigger
from states.guards import Guard


class Approval(StrEnum):
    """Whether a person has to agree before the move is made."""

    #: Always; no configuration can switch it off.
    ALWAYS = "always"
    #: Yes, unless the team's configuration says no.
    BY_DEFAULT = "by default"
    #: No, unless the team's configuration says yes.
    NOT_BY_DEFAULT = "if configured"
    #: Never; no configuration can put a person in the way.
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One row: this may happen, from here to there, by these hands, if nothing speaks against it."""

    trigger: Trigger
    #: The states it may start from; NEW for someone who is not stored yet.
    sources: tuple[CandidateState | None, ...]
    target: CandidateState
    actors: tuple[Actor, ...]
    approval: Approval
    #: All are asked, and each has to let it pass.
    guards: tuple[Guard, ...]

    def waits_for_approval(self, needs_approval: frozenset[Trigger]) -> bool:
        """Say whether a person is asked first, given the triggers this team wants to be asked about."""
        match self.approval:
            case Approval.ALWAYS:
                return True
            case Approval.NEVER:
                return False
            case _:
                return self.trigger in needs_approval


MOVES: tuple[Move, ...] = (
    # A runner-up is turned down. We remember them, and leave them alone for a while.
    Move(
        trigger=Trigger.ADMIT,
        sources=(NEW,),
        target=CandidateState.REJECTED_WARM,
        actors=(Actor.IMPORT, Actor.RECRUITER),
        approval=Approval.NEVER,
        guards=(guards.is_runner_up, guards.did_not_withdraw),
    ),
    # Turned down a second time: a person answers for it, together with the letter.
    Move(
        trigger=Trigger.ADMIT,
        sources=(CandidateState.INTERVIEWING,),
        target=CandidateState.REJECTED_WARM,
        actors=(Actor.IMPORT, Actor.RECRUITER),
        approval=Approval.BY_DEFAULT,
        guards=(guards.is_runner_up, guards.did_not_withdraw),
    ),
    # The rejection has cooled off: now we may keep them warm.
    Move(
        trigger=Trigger.NURTURE,
        sources=(CandidateState.REJECTED_WARM,),
        target=CandidateState.NURTURING,
        actors=(Actor.SCHEDULE,),
        approval=Approval.NOT_BY_DEFAULT,
        guards=(
            guards.did_not_withdraw,
            guards.is_not_with_us,
            guards.cooled_off,
            guards.is_contactable,
            guards.basis_is_known,
        ),
    ),
    # A role fits. The move is made when the letter somebody approved has really left the house.
    Move(
        trigger=Trigger.RE_ENGAGE,
        sources=(CandidateState.REJECTED_WARM, CandidateState.NURTURING),
        target=CandidateState.RE_ENGAGED,
        actors=(Actor.DELIVERY,),
        approval=Approval.ALWAYS,
        guards=(
            guards.did_not_withdraw,
            guards.is_not_with_us,
            guards.is_contactable,
            guards.basis_is_known,
            guards.is_not_snoozed,
            guards.wants_openings,
            guards.role_is_open,
            guards.letter_passes_courtesy,
            guards.budget_allows,
            guards.no_other_outreach,
            guards.server_accepted,
        ),
    ),
    # Silence is peace, and so is "not now": back to being kept warm.
    Move(
        trigger=Trigger.REST,
        sources=(CandidateState.RE_ENGAGED,),
        target=CandidateState.NURTURING,
        actors=(Actor.SCHEDULE, Actor.CANDIDATE),
        approval=Approval.NEVER,
        guards=(guards.not_now_or_reply_window_over,),
    ),
    # They said yes: to the letter, or of their own accord.
    Move(
        trigger=Trigger.INTERVIEW,
        sources=(CandidateState.RE_ENGAGED, CandidateState.NURTURING),
        target=CandidateState.INTERVIEWING,
        actors=(Actor.RECRUITER,),
        approval=Approval.BY_DEFAULT,
        guards=(guards.candidate_said_yes,),
    ),
    Move(
        trigger=Trigger.HIRE,
        sources=(CandidateState.INTERVIEWING,),
        target=CandidateState.HIRED,
        actors=(Actor.RECRUITER, Actor.ATS),
        approval=Approval.BY_DEFAULT,
        guards=(),
    ),
    # They want out. Nobody is asked and nothing is checked: whatever is queued for them is cancelled with it.
    Move(
        trigger=Trigger.DECLINE,
        sources=(
            CandidateState.REJECTED_WARM,
            CandidateState.NURTURING,
            CandidateState.RE_ENGAGED,
            CandidateState.INTERVIEWING,
        ),
        target=CandidateState.DECLINED,
        actors=(Actor.CANDIDATE, Actor.RECRUITER),
        approval=Approval.NEVER,
        guards=(),
    ),
    # The way back is theirs to ask for, never ours to try.
    Move(
        trigger=Trigger.REOPEN,
        sources=(CandidateState.DECLINED,),
        target=CandidateState.NURTURING,
        actors=(Actor.RECRUITER,),
        approval=Approval.BY_DEFAULT,
        guards=(guards.candidate_asked_back,),
    ),
)


def approvals_from(configured: Mapping[str, bool]) -> frozenset[Trigger]:
    """Return the triggers that wait for a person: the table's defaults, changed by what a team configured.

    Raises ValueError naming every trigger that does not exist or cannot be configured this way.
    """
    objections = [_objection(name, wanted=wanted) for name, wanted in configured.items()]
    if any(objections):
        raise ValueError("; ".join(filter(None, objections)))
    return frozenset(t for t in Trigger if configured.get(t, _asks_by_default(t)))


def _objection(name: str, *, wanted: bool) -> str | None:
    if name not in tuple(Trigger):
        return f"{name!r} is not a move; the moves are {', '.join(Trigger)}"
    levels = _levels(Trigger(name))
    if Approval.ALWAYS in levels and not wanted:
        return f"{name} always waits for a person, that cannot be configured away"
    if levels == {Approval.NEVER} and wanted:
        return f"{name} never waits for a person, that cannot be configured"
    return None


def _asks_by_default(trigger: Trigger) -> bool:
    return not _levels(trigger).isdisjoint({Approval.ALWAYS, Approval.BY_DEFAULT})


def _levels(trigger: Trigger) -> set[Approval]:
    return {move.approval for move in MOVES if move.trigger is trigger}
