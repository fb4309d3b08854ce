"""Employers: "your time at Globex" needs a note that names Globex, and one that may be said."""

import re
from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.letter import plainly
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-employer",)
_TOKEN = re.compile(r"\s+([\w.&'’-]+)")
_WORD = re.compile(r"\w+")
_MOST_TOKENS = 5
#: So many words a sentence shares with a note that speaks of the same thing.
_SAME = 2


def claimed_employers(case: Case) -> Iterator[Finding]:
    """Ask for a sayable note, or a talk, that has the name."""
    texts = [fact.text for fact in (*case.known.about_them, *case.known.talks)]
    known = {word for text in texts for word in _WORD.findall(plainly(text))}
    # Somebody may have been here, or met one of us: that is no employer.
    known.update(_WORD.findall(plainly(" ".join((case.dossier.company, *case.dossier.team_names, *_ours(case))))))
    # What a note was heard at ("open day") is an event of ours.
    known.update(_WORD.findall(plainly(" ".join(note.source or "" for note in case.dossier.notes if note.sayable))))
    fillers = case.phrases.words("name_fillers")
    ahead = case.scanner.either("before_employers")
    for sentence in case.letter.said:
        # Most sentences name nobody, and the phrases are many.
        named = [
            Hit("employer", sentence, match)
            for match in ahead.finditer(sentence.plain)
            if sentence.text[match.end() + 1 : match.end() + 2].isupper()
        ]
        for hit in (*case.inside(sentence, "employer_lead"), *_elsewhere(case, named)) if named else ():
            yield from _asked(case, hit, known, fillers)


def _ours(case: Case) -> Iterator[str]:
    for past in case.dossier.applications:
        yield f"{past.role} {past.team or ''}"
    if role := case.dossier.role:
        yield from (role.title, role.team or "", role.location or "", role.hiring_manager_name or "", *role.skills)


def _elsewhere(case: Case, named: list[Hit]) -> list[Hit]:
    """Return names where a note about the same thing has another: "moved payments at Globex" to somewhere else."""
    said = case.stems(named[0].sentence.plain)
    backgrounds = [fact.stems - case.title_stems for fact in case.known.strengths]
    is_same = any(len(own & said) >= _SAME for own in backgrounds)
    return [hit for hit in named if hit.plain in case.phrases.words("at_words")] if is_same else []


def _asked(case: Case, hit: Hit, known: set[str], fillers: frozenset[str]) -> Iterator[Finding]:
    name = _name_behind(hit)
    words = set(_WORD.findall(plainly(name)))
    if words and not words & (known - fillers) and not words <= case.phrases.words("no_employers"):
        yield _unknown(case, hit, name)


def _name_behind(hit: Hit) -> str:
    """Return the words in upper case behind a phrase: "Globex", "Company X", "Vance & Sons"."""
    found: list[str] = []
    end = hit.end
    while len(found) < _MOST_TOKENS and (token := _TOKEN.match(hit.sentence.text, end)):
        if not (token[1][0].isupper() or (found and token[1][0] in "&0123456789")):
            break
        found.append(token[1])
        end = token.end()
    return " ".join(found).strip(" .,&'’-")


def _unknown(case: Case, hit: Hit, name: str) -> Finding:
    hidden = [fact.id for fact in case.known.unsayable if plainly(name) in plainly(fact.text)]
    message = f"No sayable note names {name}: leave it out, or add one with `rekindle candidates note --sayable`."
    if hidden:
        message = f"{name} stands only in a note that is not sayable ({hidden[0]}): leave it out, or clear the note."
    return refuse("claimed-employer", message, hit.through(hit.end + 1 + len(name)), *hidden)
