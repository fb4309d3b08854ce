"""May this candidate make this move, now? One shared `transitions` machine, built from MOVES, is asked.

It is fired at a throwaway slot, so it keeps no candidate and threads cannot mix. It writes nothing: a stored
state is changed by `rekindle.journey.moving` alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from transitions import EventData, Machine, MachineError

from states.candidate import NEW, Actor, CandidateState, Trigger, named
from states.facts import Facts
from states.guards import Refusal
from states.moves import MOVES, Move


@dataclass(frozen=True, slots=True)
class Allowed:
    """The move may be written now."""

    to: CandidateState


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """Nothing speaks against the move, but a person has to agree first."""

    to: CandidateState


@dataclass(frozen=True, slots=True)
class Refused:
    """The move may not be made; every reason is named, so that nobody runs into the next one."""

    reasons: tuple[Refusal, ...]


Outcome = Allowed | NeedsApproval | Refused


def decide(
    state: CandidateState | None,
    trigger: Trigger,
    actor: Actor,
    facts: Facts,
    *,
    needs_approval: frozenset[Trigger],
    approved: bool = False,
) -> Outcome:
    """Say what becomes of a trigger; nothing is changed.

    - No row of the table starts here: refused. The guards belong to a row, so none is asked.
    - Somebody else's move, or guards refuse: refused with all of their reasons.
    - A person has to agree and has not: needs approval. Nobody is asked to approve what is refused anyway.

    `needs_approval` comes from `approvals_from`; `approved`: an approval of exactly this is on record.
    """
    attempt = _Attempt(named(state), actor, facts, needs_approval, approved)
    try:
        _MACHINE.events[trigger].trigger(attempt)
    except MachineError:
        return Refused(tuple(_no_such_move(state, trigger, actor)))
    return attempt.outcome


@dataclass(slots=True)
class _Attempt:
    """The throwaway slot: the machine moves this, never a candidate."""

    state: str
    actor: Actor
    facts: Facts
    needs_approval: frozenset[Trigger]
    approved: bool
    outcome: Outcome = field(init=False)


def _judged_allowed(move: Move, event: EventData) -> bool:
    attempt = event.model
    assert isinstance(attempt, _Attempt)
    attempt.outcome = _judge(move, attempt)
    return isinstance(attempt.outcome, Allowed)


def _judge(move: Move, attempt: _Attempt) -> Outcome:
    reasons = tuple(_refusals(move, attempt))
    if reasons:
        return Refused(reasons)
    if move.waits_for_approval(attempt.needs_approval) and not attempt.approved:
        return NeedsApproval(move.target)
    return Allowed(move.target)


def _refusals(move: Move, attempt: _Attempt) -> Iterable[Refusal]:
    if attempt.actor not in move.actors:
        yield _wrong_actor(move.trigger, move.actors, attempt.actor)
    for guard in move.guards:
        if refusal := guard(attempt.facts):
            yield refusal


def _no_such_move(state: CandidateState | None, trigger: Trigger, actor: Actor) -> Iterable[Refusal]:
    yield _wrong_state(state, trigger)
    actors = tuple(dict.fromkeys(a for move in MOVES if move.trigger is trigger for a in move.actors))
    if actor not in actors:
        yield _wrong_actor(trigger, actors, actor)


def _wrong_state(state: CandidateState | None, trigger: Trigger) -> Refusal:
    ways_out = " or ".join(move.trigger for move in MOVES if state in move.sources)
    possible = f"only {ways_out} is possible, not {trigger}" if ways_out else "no move is possible"
    return Refusal("wrong_state", f"the candidate is {named(state)}: from there {possible}")


def _wrong_actor(trigger: Trigger, actors: tuple[Actor, ...], actor: Actor) -> Refusal:
    return Refusal("wrong_actor", f"{trigger} is made by {' or '.join(actors)}, not by {actor}")


def _build() -> Machine:
    machine = Machine(
        model=None,
        states=[named(state) for state in (NEW, *CandidateState)],
        initial=None,
        auto_transitions=False,
        send_event=True,
    )
    for move in MOVES:
        machine.add_transition(
            move.trigger.value,
            [named(source) for source in move.sources],
            named(move.target),
            conditions=partial(_judged_allowed, move),
        )
    return machine


_MACHINE = _build()
