"""German letters are held against the record as well: claims, times, proofs and promises, with du and Sie."""

from dataclasses import replace
from typing import Any

import pytest

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import DIRECTOR, SENIOR_PM, STRENGTH, sarah
from tests.courtesy.truths import judged, untrue

_PAST = replace(
    SENIOR_PM,
    reason="jemand mit mehr B2B-Erfahrung",
    promise="sich melden, wenn eine Produktstelle frei wird",
)
_RECORDS: dict[str, Any] = {
    "language": "de",
    "notes": (replace(STRENGTH, text="Hintergrund in Consumer-Technologie und Produktstrategie"),),
    "applications": (_PAST,),
    "interests": ("Produkte von null auf eins",),
    "skills": ("Endkunden", "Roadmaps"),
}
_LETTER = """Liebe Sarah,

letztes Frühjahr haben wir über die Stelle als Senior Product Manager gesprochen. Du warst in der Endrunde, und die \
Entscheidung ist uns nicht leicht gefallen. Am Ende haben wir uns für jemanden mit mehr B2B-Erfahrung entschieden. \
Beeindruckt hat mich dein Hintergrund in Consumer-Technologie und Produktstrategie.

Seit unserem Gespräch ist eine Weile vergangen. Heute schreibe ich dir, weil wir einen Director of Product im Team \
Growth suchen. Das ist eine Stufe höher als damals, und es geht darum, Produkte von null auf eins zu bringen, was dich \
ja interessiert.

Weil du schon mehrere von uns kennst, ist das Verfahren kürzer: 45 Minuten mit Ben und eine Stunde für den Product \
Deep-Dive, zusammen knapp zwei Stunden.

{line}

Hättest du Lust auf ein kurzes Gespräch? Wenn es gerade nicht passt, ist das völlig in Ordnung.

Herzliche Grüße
Ann Lee
"""


def known(**changes: Any) -> Dossier:
    return sarah(**_RECORDS | changes)


def said_of(line: str, **changes: Any) -> dict[str, Severity]:
    return judged(untrue(_LETTER.format(line=line), known(**changes)))


EARLY = {"applications": (replace(_PAST, finalist=False, last_stage="Screening"),)}
UNPROMISED = {"applications": (replace(_PAST, promise=None),)}
REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-touch", "Wir sind seither in Kontakt geblieben.", {"contacts": ()}),
    ("claimed-touch", "Seither stehen wir ja in regelmäßigem Austausch.", {"contacts": ()}),
    ("claimed-mind", "Ich habe dich immer im Hinterkopf behalten.", {"contacts": ()}),
    ("claimed-contact", "Unser Telefonat im Juni hat mich gefreut.", {"contacts": ()}),
    ("claimed-contact", "Danke für deine Mail von letzter Woche.", {}),
    ("claimed-contact", "Schön war es, dich auf unserem Meetup zu sehen.", {}),
    ("claimed-time", "Als wir im September gesprochen haben, warst du noch zufrieden.", {}),
    ("claimed-time", "Du hattest dich letzten Herbst bei uns vorgestellt.", {}),
    ("claimed-promise", "Wie versprochen melde ich mich.", UNPROMISED),
    ("claimed-standing", "Du warst Finalistin.", EARLY),
    ("claimed-standing", "Es war eine knappe Entscheidung.", EARLY),
    (
        "claimed-level",
        "Das wäre ein Schritt nach oben.",
        {"role": replace(DIRECTOR, level="senior", title="Product Lead")},
    ),
    ("claimed-team", "Es ist dasselbe Team wie damals.", {}),
    ("claimed-hours", "Das Verfahren dauert insgesamt vier Stunden.", {}),
    ("claimed-steps", "Es bleiben noch fünf Gespräche.", {}),
    (
        "claimed-shortcut",
        "Du könntest die ersten Runden überspringen.",
        {"role": replace(DIRECTOR, process_kind="full")},
    ),
    ("claimed-shortcut", "Du würdest das ganze Verfahren durchlaufen.", {}),
    ("claimed-offer", "Danach hast du die Stelle so gut wie in der Tasche.", {}),
    ("claimed-employer", "Deine Zeit bei Globex wäre hier nützlich.", {}),
    ("claimed-strength", "Deine Arbeit an Zahlungssystemen hat mich beeindruckt.", {}),
    ("claimed-reason", "Wir haben uns für jemanden mit besseren Chinesischkenntnissen entschieden.", {}),
    ("claimed-reason", "Die Absage kam zugunsten von jemandem, der schon im Haus war.", {}),
    ("claimed-interest", "Du hast mir erzählt, dass du in die Robotik wechseln willst.", {}),
]
ALLOWED = [
    "Wir sind leider nicht in Kontakt geblieben.",
    "Ich würde gern in Kontakt bleiben.",
    "Es war gut, im Juni mit dir zu telefonieren.",
    "Du hattest dich im März beworben.",
    "Wie versprochen melde ich mich, da nun eine Produktstelle frei geworden ist.",
    "Das Verfahren dauert knapp zwei Stunden.",
    "Es sind nur zwei Gespräche.",
    "Ich melde mich nicht noch einmal, wenn ich nichts von dir höre.",
    "Deine Produktstrategie hat uns überzeugt.",
    "Die Stelle ist in Berlin.",
    "Das Team ist seit Januar gewachsen.",
    "Ben sorgt dafür, dass wir schnell entscheiden.",
    "Garantieren kann ich nichts.",
    "Bei Interesse genügt eine kurze Antwort.",
    "Magst du darüber reden, am Telefon oder bei einem Kaffee?",
    "Du hast uns erzählt, dass dich Produkte von null auf eins reizen.",
]


def test_an_honest_german_letter_passes() -> None:
    assert said_of("") == {}


@pytest.mark.parametrize(("rule", "line", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_no_record_bears_out_is_refused(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.REFUSE


@pytest.mark.parametrize("line", ALLOWED)
def test_what_is_true_passes(line: str) -> None:
    assert said_of(line) == {}


def test_somebody_has_to_stand_by_quickly() -> None:
    assert said_of("Wir können schnell entscheiden.") == {"claimed-speed": Severity.WARN}


def test_the_right_time_is_named_in_german() -> None:
    refused = next(
        each
        for each in untrue(_LETTER.format(line="Im September haben wir gesprochen."), known())
        if each.rule == "claimed-time"
    )
    assert "'letztes Frühjahr'" in refused.message


def test_who_was_never_told_hears_so() -> None:
    untold = {"applications": (replace(_PAST, rejection="none"),)}
    assert said_of("", **untold) == {"unanswered-rejection": Severity.REFUSE}
    assert said_of("Eine Antwort hast du von uns nie bekommen, und das tut mir leid.", **untold) == {}


def test_records_in_english_only_make_a_person_look() -> None:
    english = {
        "notes": (STRENGTH,),
        "skills": ("consumer",),
        "interests": ("0-to-1 products",),
        "applications": (replace(_PAST, reason=SENIOR_PM.reason),),
    }
    assert (
        said_of("Deine Arbeit an Zahlungssystemen hat mich beeindruckt.", **english)["claimed-strength"]
        is Severity.WARN
    )
