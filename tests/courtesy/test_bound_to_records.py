"""Minutes, steps, meetings, deeds, promises and levels are bound to the record, however a letter tells of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rekindle.courtesy.dossier import Contact, KnownNote, Step
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import DIRECTOR, GERMAN, PARTS, STRENGTH, good_letter, refused_by, rules, sarah
from tests.courtesy.truths import judged, met, noted, past, said_of, untrue

_SHOP = (
    Step(name="Phone call", minutes=20),
    Step(name="Conversation with Ben Okafor", minutes=45),
    Step(name="Trial day in the shop", minutes=240),
)
FULL: dict[str, Any] = {"role": replace(DIRECTOR, process_kind="full", steps=_SHOP)}
FAIR = Contact(
    id="t-21", on=date(2026, 9, 3), channel="event", direction="in", summary="talked about pricing at a fair"
)
TEMPLATE: dict[str, Any] = {**past(rejection="generic", promise=None), "contacts": ()}
YEARS = noted("background", "six years at Corvane, the last two running the night shift")

REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    # Who names a step means its minutes, and a row of numbers stands for all of them.
    ("claimed-hours", "There would be an hour and a half with the hiring manager.", {}),
    ("claimed-hours", "Ben would like thirty minutes with you.", FULL),
    ("claimed-hours", "In short: call (20), Ben Okafor (90), trial day (240).", FULL),
    ("claimed-hours", "In minutes, that is call 20, Ben 45, trial day 120.", FULL),
    ("claimed-hours", "Three steps: 20, 45 and 90 minutes.", FULL),
    ("claimed-hours", "Fifty minutes, in two parts: the hiring manager and the deep-dive.", {}),
    ("claimed-hours", "Two conversations, forty-five minutes.", {}),
    # A step of the plan that falls away.
    ("claimed-shortcut", "For you we would drop the trial day.", FULL),
    ("claimed-shortcut", "There is no need for the trial day.", FULL),
    ("claimed-shortcut", "The trial day can be left out for you.", FULL),
    ("claimed-shortcut", "The product deep-dive would be waived.", {}),
    ("claimed-shortcut", "You would go straight from the call to a contract.", FULL),
    # What we did together, and how they were told.
    ("claimed-contact", "Weeks after our lunch in October I still laugh about it.", met(FAIR)),
    ("claimed-contact", "We had breakfast together in September.", {}),
    ("claimed-contact", "You stopped by our workshop in July.", {}),
    ("claimed-contact", "You texted me in August.", {}),
    ("presumed-goodbye", "I explained our decision to you over the phone.", TEMPLATE),
    ("presumed-goodbye", "You took the news so well.", TEMPLATE),
    # What they made and are.
    ("claimed-strength", "The harvest simulator you showed us was a delight.", {}),
    ("claimed-strength", "You installed irrigation systems on three continents.", {}),
    ("claimed-strength", "As a former beekeeper you know about patience.", {}),
    ("claimed-strength", "You speak fluent Icelandic, which we need.", {}),
    ("claimed-strength", "With your diploma in forestry you would be at home.", {}),
    # A promise to write is no promise of the job.
    ("claimed-promise", "I promised that the next product role would be yours.", {}),
    ("claimed-promise", "We promised you the first product job that opens.", {}),
    ("claimed-offer", "I am certain that an offer will follow.", {}),
    ("claimed-offer", "Ben has decided to take you.", {}),
    ("claimed-level", "The level is principal.", {}),
    ("claimed-level", "It is staff rather than senior.", {}),
    ("claimed-standing", "It was you or somebody else until the very end.", past(finalist=False, last_stage="screen")),
]
WARNED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-shortcut", "A talk with the hiring manager is all it takes.", {}),
    ("claimed-shortcut", "No trial day is like another.", FULL),
    ("claimed-strength", "You won hearts quickly.", {}),
    ("claimed-strength", "Six years in forestry have made you patient.", YEARS),
    ("claimed-standing", "You were a finalist.", past(finalist=False, last_stage="panel")),
]
TRUE: list[tuple[str, dict[str, Any]]] = [
    ("Ben would like about 45 minutes with you.", FULL),
    ("In short: call (20), Ben Okafor (45), trial day (240).", FULL),
    ("Three steps: 20, 45 and 240 minutes.", FULL),
    ("Five hours in three parts, and the trial day is the longest.", FULL),
    ("Two conversations, an hour and three quarters.", {}),
    ("We make 60 kinds of bread, and 45 of them are old.", FULL),
    ("I cannot spare you the trial day, I am afraid.", FULL),
    ("I wish I could skip the trial day for you.", FULL),
    ("Without the trial day we cannot do it.", FULL),
    ("You can skip the small talk and ask Ben.", FULL),
    ("You dropped a tray on the trial day and laughed.", FULL),
    ("It was good to meet over coffee at the fair in September.", met(FAIR)),
    ("I should have explained our decision to you in person.", TEMPLATE),
    ("The product strategy you presented was clear.", {}),
    ("At the open house you presented your product strategy.", {}),
    ("The questions you asked were good ones.", {}),
    ("The last two years at Corvane were on the night shift.", YEARS),
    ("I promised to reach out if a product role opens that could be yours.", {}),
    ("I am certain that this is worth a talk.", {}),
    ("It is a director role rather than a senior one.", {}),
    ("You were in the last group.", {}),
    ("You were a finalist.", past(finalist=False, last_stage="final interview")),
]


def _beside_the_plan(line: str, **changes: Any) -> dict[str, Severity]:
    """Say the line in a letter that tells nothing else of the process, since the plan may be another."""
    return (
        said_of(line, **changes)
        if "role" not in changes
        else judged(untrue(good_letter(PARTS, process="", extra=line), sarah(**changes)))
    )


@pytest.mark.parametrize(("rule", "line", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_the_record_contradicts_or_does_not_have_is_refused(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert _beside_the_plan(line, **changes).get(rule) is Severity.REFUSE


@pytest.mark.parametrize(("rule", "line", "changes"), WARNED, ids=lambda value: str(value)[:60])
def test_what_could_be_meant_otherwise_is_for_a_person(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert _beside_the_plan(line, **changes).get(rule) is Severity.WARN


@pytest.mark.parametrize(("line", "changes"), TRUE, ids=lambda value: str(value)[:60])
def test_what_is_true_passes(line: str, changes: dict[str, Any]) -> None:
    assert set(_beside_the_plan(line, **changes)) - set(_beside_the_plan("", **changes)) == set()


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("claimed-hours", "Das Gespräch mit Ben Okafor dauert zwanzig Minuten."),
        ("claimed-hours", "Kurz gesagt: Ben Okafor (90), Probetag (240)."),
        ("claimed-shortcut", "Auf den Probetag verzichten wir bei dir."),
        ("claimed-contact", "Wir haben im Juli zu Abend gegessen."),
        ("claimed-strength", "Du hast in Island zwei Gewächshäuser gebaut."),
        ("claimed-strength", "Als gelernte Försterin kennst du das."),
        ("claimed-promise", "Ich hatte dir die nächste freie Stelle versprochen."),
        ("claimed-offer", "Ein Angebot ist dir sicher."),
        ("presumption", "Wann kannst du anfangen?"),
    ],
)
def test_german_lines_are_bound_to_it_too(rule: str, line: str) -> None:
    role = replace(DIRECTOR, process_kind="full", steps=(_SHOP[1], Step(name="Probetag in der Werkstatt", minutes=240)))
    german = sarah(
        language="de", contacts=(), role=role, notes=(replace(STRENGTH, text="Hintergrund in der Strategie"),)
    )
    letter = good_letter(GERMAN, process="", extra=line, gap="Das ist einige Zeit her.")
    assert rule in refused_by(letter, german)
    assert rule not in refused_by(good_letter(GERMAN, process="", gap="Das ist einige Zeit her."), german)


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("asked for a fifth more than our band", "What you wanted to earn was out of our budget."),
        ("wants 90k", "Your number was too high for us then."),
        ("reference was tepid", "The people we asked about you were not very enthusiastic."),
        ("rambles", "You went off on tangents a little."),
        ("messy desk", "Tidiness was not your strong point."),
        ("weak in pricing discussions", "Pricing was a sore spot of yours."),
        ("one vote against her", "Not everyone on the panel was for you."),
        ("had knee surgery", "I hope that the operation went well for you."),
        ("waiting for a work permit", "Once your papers are there you could begin."),
        ("row with the yard manager", "I know that you had a falling-out here."),
        ("turned up late twice", "A little more punctuality from you would help."),
        ("cursed at the panel", "Your choice words were heard in the corridor."),
        ("on a final warning at his firm", "I hear that you are on thin ice over there."),
        ("would be bored soon", "We thought it would not be enough for you."),
        ("slow with paperwork", "A referee said that reports take you a while."),
        ("quarrelled with the driver", "The disagreement with the driver is forgotten."),
    ],
)
def test_an_internal_note_is_known_in_other_words(note: str, line: str) -> None:
    hidden = KnownNote(id="n-61", kind="internal", text=note)
    assert "leak" in refused_by(good_letter(extra=line), sarah(notes=(STRENGTH, hidden)))
    assert "leak" not in rules(good_letter(extra=line))


@pytest.mark.parametrize(
    "line", ["I told Ben that you would accept.", "When can you start?", "I have no doubt that you want this."]
)
def test_their_yes_is_theirs(line: str) -> None:
    assert "presumption" in refused_by(good_letter(extra=line))


@pytest.mark.parametrize(
    "line", ["Second try from us, with a better role.", "I have no doubt that you have plans of your own."]
)
def test_our_own_trying_and_doubting_is_no_offence(line: str) -> None:
    assert {"chasing", "presumption"} & refused_by(good_letter(extra=line)) == set()
