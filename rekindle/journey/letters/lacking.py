"""What a letter needs and no record says: a sentence for each, with the command where there is one. Pure."""

from collections.abc import Iterator

from rekindle.courtesy.dossier import Candidacy, KnownNote, OpenRole
from rekindle.journey.letters import fragments
from rekindle.journey.letters.remembering import LastWord, Memory

NO_ROLE = "no role to write about: open one with `rekindle roles open FILE.toml`"


def without_past(before: Candidacy | None) -> Iterator[str]:
    if before is None:
        yield "no application that came to an end: without one there is nothing to come back to"
    elif before.spoke_on is None:
        yield f"no date for {before.id}: import it again with `last_interview_on` or `applied_on`"


def without_reason(before: Candidacy | None) -> Iterator[str]:
    if before and not fragments.tidy(before.reason or ""):
        yield f"no reason for {before.id}: import it again with `reason`, sayable or not: why was it not them?"


def without_strength(strength: KnownNote | None, candidate: str) -> Iterator[str]:
    if strength is None:
        command = f"rekindle candidates note {candidate} --kind strength --sayable --text …"
        yield f"no sayable strength on record: add one with `{command}`"


def without_contact(last: LastWord | None, candidate: str) -> Iterator[str]:
    if last is None:
        command = f"rekindle candidates touch {candidate} --on DAY --channel call"
        yield f"no day on record on which anybody was in touch with them: record one with `{command}`"


def without_memory(known: Memory | None, candidate: str) -> Iterator[str]:
    if known is None:
        command = f"rekindle candidates note {candidate} --kind interest --sayable --text …"
        yield f"nothing on record that may be said to them, no interest and no strength: add one with `{command}`"


def without_an_answer(before: Candidacy | None, candidate: str) -> Iterator[str]:
    """Ask that somebody hears how it ended before anybody asks how they are."""
    if before and before.outcome == "rejected" and before.rejection == "none":
        yield f"nobody ever told them how {before.id} ended: that comes first, `rekindle rejections draft {candidate}`"


def without_role(role: OpenRole | None) -> Iterator[str]:
    if role is None:
        yield NO_ROLE
        return
    again = f"and run `rekindle roles open {role.slug}.toml` again"
    if not role.whats_in_it.strip():
        yield f"{role.id} does not say what is in it for them: write `whats_in_it` into its file {again}"
    if not role.steps:
        yield f"{role.id} has no process plan: write its steps with their minutes into its file {again}"
    if role.process_kind == "streamlined" and not role.process_because.strip():
        yield f"the process of {role.id} is streamlined, but it does not say why: write `because` into its file {again}"


def without_meeting(role: OpenRole | None, before: Candidacy | None) -> Iterator[str]:
    """Ask about a process that is short "because you have met us" where nobody is on record to have been met."""
    if role is None or before is None or before.last_interview_on or role.process_kind != "streamlined":
        return
    if fragments.speaks_of_meeting(role.process_because):
        yield (
            f"{role.id} is short for those who have met us, and {before.id} has no interview on record: import it "
            "again with `last_interview_on`, or leave them out"
        )


def something_new(role: OpenRole, same: str) -> str:
    return (
        f"{role.id} is the same again as {same}: the same kind of work and level, and no other team. Leave them out, "
        "or write them a letter of your own that says what has changed"
    )


def nothing_different(role: OpenRole, before: Candidacy, candidate: str) -> str:
    command = f"rekindle candidates note {candidate} --kind interest --sayable --text …"
    return (
        f"nothing on record says how {role.id} differs from {before.id} for this person: no skill or interest the role "
        f"meets, no higher level, no other team. Add what you know with `{command}`, or leave them out"
    )
