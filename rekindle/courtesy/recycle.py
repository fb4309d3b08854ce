"""The same role again: what was turned down, or written about, must not come back as if it were new."""

from collections.abc import Iterator
from datetime import date

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.levels import step_from
from rekindle.courtesy.claims.reasons import reason_stems
from rekindle.courtesy.difference import names_fit, says_other_team, says_step_up
from rekindle.courtesy.dossier import Approach, Candidacy, OpenRole
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import plainly

RULES = ("recycled-role",)
_MONTH = 30.44
_Earlier = Candidacy | Approach


def recycled_role(case: Case) -> Iterator[Finding]:
    """Compare the role with every past one; the newest that is the same decides."""
    role = case.dossier.role
    if role is None:
        return
    earlier: list[_Earlier] = [*case.dossier.applications, *case.dossier.approaches]
    for past in earlier:
        if _is_recent(case, past) and _is_same(case, role, past):
            if not _says_what_differs(case, role, past):
                yield _again(role, past)
            return
    yield from _lower(case, role)


def _lower(case: Case, role: OpenRole) -> Iterator[Finding]:
    """A role below the last one: only with something else that speaks for it, and a person should look."""
    for past in case.concerned[:1]:
        if step_from(case, past) == -1 and not case.hits("level_down"):
            message = (
                f"{role.level.capitalize()} ({role.id}) is below {past.level} ({past.id}): say so, and why it fits."
            )
            told = says_other_team(case) or names_fit(case)
            yield (warn if told else refuse)("recycled-role", message, "", past.id, role.id)


def _again(role: OpenRole, past: _Earlier) -> Finding:
    day = _day(past)
    was = "turned down" if isinstance(past, Candidacy) else "written to about that one"
    message = (
        f"{role.title} ({role.id}) is the same again as the {past.role} ({past.id}), and the person was {was}"
        f"{f' on {day}' if day else ''}: say truthfully what differs, or do not write."
    )
    return refuse("recycled-role", message, "", past.id, role.id)


def _day(past: _Earlier) -> date | None:
    return past.sent_on if isinstance(past, Approach) else past.decided_on or past.spoke_on


def _is_recent(case: Case, past: _Earlier) -> bool:
    if isinstance(past, Candidacy) and past.outcome != "rejected":
        return False
    day = _day(past)
    return day is None or (case.dossier.today - day).days <= case.limits["recycle_months"] * _MONTH


def _is_same(case: Case, role: OpenRole, past: _Earlier) -> bool:
    if case.stems(role.title) == case.stems(past.role) and _level(role.level) == _level(past.level or role.level):
        return True
    if past.family is None or past.level is None:
        return False
    same_kind = (_level(role.family), _level(role.level)) == (_level(past.family), _level(past.level))
    return same_kind and (not role.team or not past.team or _level(role.team) == _level(past.team))


def _level(text: str) -> str:
    return plainly(text).strip()


def _says_what_differs(case: Case, role: OpenRole, past: _Earlier) -> bool:
    """Say whether it names another team, a step up, or that what tipped it last time does not matter here."""
    if past.team and role.team and _level(past.team) != _level(role.team) and _names_team(case, role):
        return True
    if isinstance(past, Approach):
        return bool(case.claims("context_new")) and names_fit(case)
    return says_step_up(case) or _reason_is_gone(case, role, past)


def _names_team(case: Case, role: OpenRole) -> bool:
    if case.claims("team_other"):
        return True
    team = case.known.stems(role.team)
    return any(case.shared(team, case.stems(hit.plain)) for hit in case.hits("team_named"))


def _reason_is_gone(case: Case, role: OpenRole, past: Candidacy) -> bool:
    own = reason_stems(case, past)
    asked = case.stems(" ".join((*role.skills, role.whats_in_it)))
    if not own or case.shared(own, asked):
        return False
    told = [hit.sentence for hit in case.hits("context_new")]
    return any(case.shared(own, case.stems(sentence.plain)) for sentence in told) or (bool(told) and names_fit(case))
