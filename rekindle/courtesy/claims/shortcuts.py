"""Special treatment: "fast-track" needs a plan that is one, "the full process" a full one, "quickly" a named person."""

from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import plainly
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-shortcut", "claimed-speed")
_STREAMLINED = "streamlined"


def claimed_shortcuts(case: Case) -> Iterator[Finding]:
    """Compare what is said of the way with the kind of the plan."""
    role = case.dossier.role
    if role is None:
        return
    is_short = role.process_kind == _STREAMLINED
    for hit in () if is_short else case.stated("streamlined"):
        # A no may come late: "shorten it we cannot"; that of "you won't have to repeat it" is the shortcut.
        if any(not each.overlaps(hit) for each in case.inside(hit.sentence, "no_shortcut")):
            continue
        message = f"The process of {role.id} is the full one: leave the claim out, or give the role a shorter plan."
        yield refuse("claimed-shortcut", message, hit.quote, role.id)
    for hit in case.stated("full_process") if is_short else ():
        if not case.beside(hit, "past_process"):
            message = f"The process of {role.id} is a streamlined one: say which steps are left."
            yield refuse("claimed-shortcut", message, hit.quote, role.id)


def claimed_speed(case: Case) -> Iterator[Finding]:
    """Ask who stands by "we could move quickly": who signs and says "I", or the hiring manager by name."""
    for hit in case.hits("quickly"):
        if not case.is_denied(hit) and not _somebody_commits(case, hit):
            message = "Nobody stands by that: name who does (the hiring manager, or 'I'), or leave it out."
            yield warn("claimed-speed", message, hit.quote, *([case.dossier.role.id] if case.dossier.role else []))


def _somebody_commits(case: Case, hit: Hit) -> bool:
    if any(other.start <= hit.start for other in case.inside(hit.sentence, "i_commit")):
        return True
    role = case.dossier.role
    names = plainly(role.hiring_manager_name or "").split() if role else []
    beside = " ".join(each.plain for each in case.letter.sentences if each.paragraph == hit.sentence.paragraph)
    words = set(beside.replace(",", " ").replace(".", " ").replace("'", " ").split())
    return bool(words.intersection(names))
