"""What on record may be said and what must not, as texts: the measure for whether something leaks."""

from collections.abc import Iterator

from rekindle.courtesy.dossier import Dossier, OpenRole


def unsayable_texts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Give id and text of every note and reason that must stay in the house. An internal note always does."""
    for note in dossier.notes:
        if note.kind == "internal" or not note.sayable:
            yield note.id, note.text
    for past in dossier.applications:
        if past.reason and not past.reason_sayable:
            yield past.id, past.reason


def sayable_texts(dossier: Dossier) -> Iterator[str]:
    """Give everything a letter may speak of: sayable notes and reasons, the roles, skills, interests and names."""
    yield from (dossier.company, dossier.given_name, dossier.family_name, dossier.signer.name, dossier.signer.title)
    yield from (*dossier.skills, *dossier.interests, *dossier.team_names)
    yield from (note.text for note in dossier.notes if note.sayable and note.kind != "internal")
    for past in dossier.applications:
        yield from filter(None, (past.role, past.family, past.level, past.team, past.last_stage, past.promise))
        if past.reason and past.reason_sayable:
            yield past.reason
    if dossier.role:
        yield from _texts_of(dossier.role)


def _texts_of(role: OpenRole) -> Iterator[str]:
    yield from filter(None, (role.title, role.family, role.level, role.team, role.location, role.hiring_manager_name))
    yield from (*role.skills, role.whats_in_it, role.process_because, *(step.name for step in role.steps))
