"""What the rules that hold a letter against the record say about the honest letter to Sarah with one thing changed."""

from dataclasses import replace
from typing import Any

from rekindle.courtesy import truth
from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote
from rekindle.courtesy.finding import Finding, Severity
from rekindle.courtesy.letter import Letter
from tests.courtesy.people import CALL, SENIOR_PM, STRENGTH, found, good_letter, sarah


def untrue(letter: Letter | str, dossier: Dossier | None = None) -> tuple[Finding, ...]:
    """Return what these rules say, and nothing of how the letter sounds."""
    return tuple(finding for finding in found(letter, dossier) if finding.rule in truth.RULES)


def said_of(line: str, **changes: Any) -> dict[str, Severity]:
    """Put a line into the honest letter: rule -> how gravely it speaks against it. `changes` are of what is known."""
    gap = "It has been a while since our call in June." if changes.get("contacts") != () else "It has been a while."
    return judged(untrue(good_letter(extra=line, gap=gap), sarah(**changes)))


def judged(findings: tuple[Finding, ...]) -> dict[str, Severity]:
    """Return rule -> the gravest it says."""
    graver: dict[str, Severity] = {}
    for finding in findings:
        if graver.get(finding.rule) is not Severity.REFUSE:
            graver[finding.rule] = finding.severity
    return graver


def past(**changes: Any) -> dict[str, tuple[Candidacy, ...]]:
    """Return the record of another application."""
    return {"applications": (replace(SENIOR_PM, **changes),)}


def met(*contacts: Contact) -> dict[str, tuple[Contact, ...]]:
    """Return a ledger with these contacts beside the call in June, newest first."""
    return {"contacts": tuple(sorted((CALL, *contacts), key=lambda contact: contact.on, reverse=True))}


def noted(kind: str, text: str, **changes: Any) -> dict[str, tuple[KnownNote, ...]]:
    """Return the notes with one more, which may be said unless told otherwise."""
    return {"notes": (STRENGTH, KnownNote(id="n-8", kind=kind, text=text, **{"sayable": True, **changes}))}
