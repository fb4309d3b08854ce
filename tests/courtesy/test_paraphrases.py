"""What must stay in the house does not reach a letter in other words either, and an honest line is not taken for it."""

import pytest

from rekindle.courtesy.dossier import Dossier, KnownNote
from tests.courtesy.people import GERMAN, STRENGTH, found, good_letter, refused_by, sarah

NOTES = {
    "n-51": "answers on forecasting were superficial",
    "n-52": "interviewers divided, two to one",
    "n-53": "came across as curt",
    "n-54": "wants 87k",
    "n-55": "is going through a divorce",
    "n-56": "had doubts about her French",
    "n-57": "wirkte im Gespräch nervös",
    "n-58": "erwartet 72.000",
    "n-59": "skeptisch, ob sie mit Zahlen umgehen kann; Statistik schwach",
}


def known() -> Dossier:
    kept = tuple(KnownNote(id=id_, kind="internal", text=text) for id_, text in NOTES.items())
    return sarah(notes=(STRENGTH, *kept))


@pytest.mark.parametrize(
    ("id_", "line"),
    [
        ("n-51", "Your forecasting was a little thin for us."),
        ("n-52", "Not everybody on the jury wanted you."),
        ("n-53", "Some people find you undiplomatic, which I never did."),
        ("n-54", "It would bring you closer to the 87 you had in mind."),
        ("n-54", "You would get the 87,000 you wanted."),
        ("n-55", "I hope that you are well after the separation."),
        ("n-56", "We were worried about your French then."),
    ],
)
def test_the_same_in_other_words_is_refused_by_the_id_of_the_note(id_: str, line: str) -> None:
    findings = [each for each in found(good_letter(extra=line), known()) if each.rule == "leak"]
    assert [each.evidence for each in findings if each.severity == "refuse"] == [(id_,)]


@pytest.mark.parametrize(
    "line",
    [
        "Du hast damals etwas angespannt gewirkt.",
        "Die 72 von damals wären für dich jetzt drin.",
        "In der Statistik war bei dir noch Luft nach oben.",
    ],
)
def test_the_same_in_other_words_is_refused_in_german(line: str) -> None:
    assert "leak" in refused_by(good_letter(GERMAN, extra=line), known())


@pytest.mark.parametrize(
    "line",
    [
        "You would work on forecasting.",
        "I was worried that you might have moved on.",
        "The talk takes 45 minutes, and 87 people work here with you.",
        "I was a bit curt in my last letter to you.",
        "The team splits its time between Berlin and Leeds.",
        "You would lead the separation of two products.".replace("separation", "division"),
        "French is spoken in the office you would join.",
    ],
)
def test_an_honest_line_is_not_taken_for_it(line: str) -> None:
    assert "leak" not in refused_by(good_letter(extra=line), known())


def test_what_nobody_noted_is_no_leak() -> None:
    assert "leak" not in refused_by(good_letter(extra="Your forecasting was a little thin for us."))
