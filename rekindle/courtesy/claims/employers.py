"""Employers: "your time at Globex" needs a note that names Globex, and one that may be said."""

import re
from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.letter import plainly
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-employer",)
# "Globex", "Company X", "Vance & Sons": names begin in upper case, whatever stands between them.
_NAME = re.compile(r"\s+((?:[A-ZÄÖÜ0-9][\w.&'’-]*)(?:\s+(?:&\s+|and\s+|of\s+|und\s+)?[A-ZÄÖÜ0-9][\w.&'’-]*){0,4})")
_WORD = re.compile(r"\w+")


def claimed_employers(case: Case) -> Iterator[Finding]:
    """Ask for a sayable note, or a talk, that has the name."""
    texts = [fact.text for fact in (*case.known.about_them, *case.known.talks)]
    known = {word for text in texts for word in _WORD.findall(plainly(text))}
    # Somebody may have been here, or met one of us: that is no employer.
    known.update(_WORD.findall(plainly(" ".join((case.dossier.company, *case.dossier.team_names)))))
    for hit in case.claims("employer_lead"):
        name = _NAME.match(hit.sentence.text, hit.end)
        words = {word for word in _WORD.findall(plainly(name[1]))} if name else set()
        if name and not words & known - case.phrases.words("name_fillers"):
            yield _unknown(case, hit, name[1].strip(" .,"))


def _unknown(case: Case, hit: Hit, name: str) -> Finding:
    hidden = [fact.id for fact in case.known.unsayable if plainly(name) in plainly(fact.text)]
    message = f"No sayable note names {name}: leave it out, or add one with `rekindle candidates note --sayable`."
    if hidden:
        message = f"{name} stands only in a note that is not sayable ({hidden[0]}): leave it out, or clear the note."
    return refuse("claimed-employer", message, f"{hit.quote} {name}", *hidden)
