"""What a letter says of teams: "a different team", "on the infrastructure team rather than product"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rekindle.courtesy.case import EVENTS, Case
from rekindle.courtesy.dossier import Candidacy, OpenRole
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import plainly
from rekindle.courtesy.scanning import Hit
from rekindle.courtesy.stems import Stems

RULES = ("claimed-team",)
_LATER = re.compile(r"[^,;:.!?()]{1,60}")


def claimed_teams(case: Case) -> Iterator[Finding]:
    """Compare "a different team" and "the same team" with the teams of both roles."""
    role = case.dossier.role
    if role is None:
        return
    for past in case.concerned[:1]:
        differ = teams_differ(case, past)
        doubtful = {None: ("team_other", "team_same"), True: ("team_same",), False: ("team_other",)}[differ]
        for hit in case.stated(*doubtful):
            yield _wrong_team(hit, past, role, is_known=differ is not None)


def named_teams(case: Case) -> Iterator[Finding]:
    """Compare teams that are named with the one of the role, or where the past is spoken of with past ones."""
    role = case.dossier.role
    for hit in case.stated("team_named"):
        named = _own_words(case, hit.plain)
        if not named or role is None:
            continue
        if not case.shared(named, _of_role(case, role)):
            is_new = _is_new(case, hit, role)
            if is_new or not case.shared(named, _of_past(case)):
                yield _wrong(hit, role, case.concerned, is_new=is_new)
        yield from _left_behind(case, hit)


def _is_new(case: Case, hit: Hit, role: OpenRole) -> bool:
    """Say whether that part of the sentence speaks of the open role, and not of last time."""
    new = case.beside(hit, "new_role") or role.id in case.naming.named_in(case.clause_text(hit))
    return bool(new) and not case.beside(hit, *EVENTS)


def reopened_teams(case: Case) -> Iterator[Finding]:
    """Refuse that the job in their former team is open again, where the open role is in another."""
    role = case.dossier.role
    if role is None or not role.team:
        return
    own = case.known.stems(role.team)
    for hit in case.claims("open_again"):
        said = case.stems(case.clause_text(hit))
        left = [case.known.stems(past.team) for past in case.concerned if teams_differ(case, past)]
        if any(team and team <= said for team in left) and not case.shared(own, said):
            yield _wrong(hit, role, case.concerned, is_new=True)


def placed_roles(case: Case) -> Iterator[Finding]:
    """Compare "our Staff Engineer in Payments" with the team and the place of the role."""
    role = case.dossier.role
    if role is None or not role.team or plainly(role.title) not in case.letter.both:
        return
    for sentence in case.letter.said:
        for match in _placed(role.title).finditer(sentence.plain):
            named = _own_words(case, match["place"])
            known = _of_role(case, role) | case.stems(f"{role.location or ''} {case.dossier.company}")
            if any(plainly(past.role) == plainly(role.title) for past in case.dossier.applications):
                known |= _of_past(case)
            is_name = sentence.text[match.start("place") : match.start("place") + 1].isupper()
            if named and is_name and not case.shared(named, known):
                yield _wrong(Hit("placed", sentence, match), role, case.concerned, is_new=True)


@lru_cache(maxsize=256)
def _placed(title: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){re.escape(plainly(title))}(?: role| position|,)? in (?:our |der |dem |unserem )?(?P<place>\w+)"
    )


def teams_differ(case: Case, past: Candidacy) -> bool | None:
    """Say whether the role is in another team than the past one; None when one of the teams is not on record."""
    role = case.dossier.role
    if role is None or not role.team or not past.team:
        return None
    return plainly(role.team) != plainly(past.team)


def _wrong_team(hit: Hit, past: Candidacy, role: OpenRole, *, is_known: bool) -> Finding:
    if not is_known:
        message = f"The team of the {past.role} ({past.id}) or of {role.id} is not on record: check that this is true."
        return warn("claimed-team", message, hit.quote, past.id, role.id)
    message = f"Last time it was {past.team} ({past.id}), now it is {role.team} ({role.id}): say what is true."
    return refuse("claimed-team", message, hit.quote, past.id, role.id)


def _wrong(hit: Hit, role: OpenRole, concerned: tuple[Candidacy, ...], *, is_new: bool) -> Finding:
    teams = [f"{role.team} ({role.id})"] if role.team else []
    teams += [f"{past.team} ({past.id})" for past in concerned if past.team and not is_new]
    message = f"The team on record is {' or '.join(teams) or 'not named'}: name the right one."
    return (refuse if teams else warn)("claimed-team", message, hit.quote, role.id)


def _left_behind(case: Case, hit: Hit) -> Iterator[Finding]:
    """Compare "rather than product" with the team of the past role."""
    follows = [each for each in case.inside(hit.sentence, "team_instead") if 0 <= each.start - hit.end <= 1]
    for each in follows:
        told = _LATER.match(hit.sentence.plain, each.end)
        left = _own_words(case, told[0]) if told else frozenset()
        if left and not case.shared(left, _of_past(case)):
            teams = ", ".join(f"{past.team or past.role} ({past.id})" for past in case.concerned)
            message = f"Last time it was {teams}: say what is true."
            yield refuse("claimed-team", message, hit.through(each.end), *(past.id for past in case.concerned))


def _own_words(case: Case, text: str) -> Stems:
    return case.stems(text) - case.scanner.stems("team_words")


def _of_role(case: Case, role: OpenRole) -> Stems:
    return case.stems(" ".join((role.team or "", role.title, role.family, *role.skills, role.whats_in_it)))


def _of_past(case: Case) -> Stems:
    past = case.dossier.applications
    return case.stems(" ".join(f"{each.team or ''} {each.role} {each.family or ''}" for each in past))
