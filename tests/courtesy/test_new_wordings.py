"""Claims in other words than those the lists began with: what nobody has on record is refused, what is true passes."""

from dataclasses import replace
from typing import Any

import pytest

from rekindle.courtesy.dossier import Contact
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import DIRECTOR, GERMAN, TODAY, good_letter, sarah
from tests.courtesy.truths import judged, met, noted, said_of, untrue

WORKED = noted("background", "ran supplier audits at Corvane")
_REPLY = Contact(id="t-2", on=TODAY.replace(month=5, day=20), channel="reply", direction="in", summary="said thanks")

REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-contact", "I was so pleased to run into you at the market.", {}),
    ("claimed-contact", "Dinner in August with you was a treat.", {}),
    ("claimed-touch", "You and I have talked on and off all this time.", {"contacts": ()}),
    ("claimed-touch", "It was a joy to stay in touch with you ever since.", {"contacts": ()}),
    ("claimed-employer", "You ran the supplier audits for Halvorsen Freight.", WORKED),
    ("claimed-hours", "Two meetings, five hours.", {}),
    ("claimed-mind", "We never lost sight of you.", {"contacts": (_REPLY,)}),
    ("claimed-offer", "Just say the word and you are hired.", {}),
    ("claimed-offer", "The contract is ready.", {}),
    ("claimed-offer", "You could work from anywhere.", {}),
    ("claimed-offer", "The job pays 120,000 euros.", noted("background", "sold 5,000 tickets")),
    ("claimed-shortcut", "You would skip the written test.", {"role": replace(DIRECTOR, process_kind="full")}),
    ("claimed-level", "It is a slight step back.", {}),
    ("claimed-strength", "You built the customs software at Corvane.", WORKED),
    ("claimed-strength", "You gave a keynote on quantum chemistry.", {}),
    ("claimed-strength", "The harvest robot was your idea.", {}),
    ("claimed-interest", "You told Ben in the final that you would like to live in Lisbon.", {}),
    ("claimed-interest", "You told us that you hoped to coach product trainees.", {}),
    ("claimed-interest", "There would be plenty of sailing, of which you dreamed.", {}),
    ("claimed-hours", "It takes twenty minutes in all.", {}),
]
TRUE: list[tuple[str, dict[str, Any]]] = [
    ("You ran the supplier audits at Corvane.", WORKED),
    ("Your work at Corvane would help.", WORKED),
    ("Two meetings, an hour and three quarters.", {}),
    ("I know that a standard mail in May was a poor end to three good interviews.", {}),
    ("Have you got fifteen minutes for a chat?", {}),
    ("I have no signing bonus to offer.", {}),
    ("As you wanted, it is about 0-to-1 products.", {}),
    ("We never lost sight of you.", met()),
]


@pytest.mark.parametrize(("rule", "line", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_no_record_bears_is_refused(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.REFUSE


@pytest.mark.parametrize(("line", "changes"), TRUE, ids=lambda value: str(value)[:60])
def test_what_is_true_passes(line: str, changes: dict[str, Any]) -> None:
    assert set(said_of(line, **changes)) - set(said_of("", **changes)) == set()


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("claimed-contact", "Unser Mittagessen im August war schön."),
        ("claimed-contact", "Danke für deinen Anruf neulich."),
        ("claimed-mind", "Du warst immer in meinem Hinterkopf."),
        ("claimed-offer", "Der Vertrag liegt bereit."),
        ("claimed-offer", "Du könntest ganz im Homeoffice arbeiten."),
    ],
)
def test_german_claims_are_refused_too(rule: str, line: str) -> None:
    letter = good_letter(GERMAN, extra=line, gap="Das ist einige Zeit her.")
    assert judged(untrue(letter, sarah(language="de", contacts=()))).get(rule) is Severity.REFUSE
