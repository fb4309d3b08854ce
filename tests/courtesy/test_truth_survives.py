"""Whatever stands in a letter and in the records, the rules answer; and the same always with the same."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.courtesy import truth
from rekindle.courtesy.dossier import Approach, Candidacy, Contact, Dossier, KnownNote, OpenRole, Step, WrittenLetter
from rekindle.courtesy.finding import Finding
from rekindle.courtesy.letter import Letter
from states.message import Occasion
from tests.courtesy.people import ANN, LADDER, TODAY, good_text, manner

_PIECES = st.sampled_from(
    [
        *(
            "we spoke",
            "you interviewed",
            "our call",
            "as promised",
            "finalist",
            "in April",
            "last spring",
            "2026-02-30",
        ),
        *("your time at Globex", "two hours", "3h45", "one of two", "a step up", "the Staff role", "different team"),
        *("we went with someone with", "impressed by your", "you told us that", "fast-track", "guaranteed", "€90k"),
        *(
            "not",
            "but",
            "and",
            ",",
            ".",
            "?",
            "\n\n",
            "I",
            "you",
            "we",
            "at",
            "your",
            "12",
            "%",
            "(",
            "would",
            "pricing",
        ),
        *(
            "Senior Product Manager",
            "Director of Product",
            "thank you for",
            "kept in touch",
            "é",
            "ß",
            "你好",
            "🙂",
            "'",
        ),
        *("wir haben gesprochen", "im April", "dein Hintergrund in", "vor zwei Wochen", "Endrunde", "zwei Gespräche"),
    ]
)
_TEXTS = st.lists(_PIECES, max_size=40).map(" ".join)
_WORDS = st.sampled_from(
    ["", "pricing", "B2B experience", "someone with more sales", "led pricing at Globex", "2,5 k", "…"]
)
_DAYS = st.none() | st.dates(date(2019, 1, 1), date(2027, 12, 31))
_LEVELS = st.none() | st.sampled_from([*LADDER, "wizard", ""])
_TITLES = st.sampled_from(["Senior Product Manager", "Director of Product", "Chef", "", "PM", "C++ Engineer (m/w/d)"])
_APPLICATIONS = st.builds(
    Candidacy,
    id=st.just("a-1"),
    role=_TITLES,
    family=st.none() | st.just("product"),
    level=_LEVELS,
    team=st.none() | _WORDS,
    last_stage=st.none() | st.sampled_from(["final", "screen", ""]),
    finalist=st.booleans(),
    applied_on=_DAYS,
    last_interview_on=_DAYS,
    decided_on=_DAYS,
    outcome=st.sampled_from(["rejected", "withdrew", "open"]),
    reason=st.none() | _WORDS,
    reason_sayable=st.booleans(),
    rejection=st.none() | st.sampled_from(["personal", "generic", "none"]),
    promise=st.none() | _WORDS,
)
_NOTES = st.builds(
    KnownNote,
    id=st.just("n-1"),
    kind=st.sampled_from(["strength", "background", "interest", "preference", "internal"]),
    text=_WORDS,
    source=st.none() | _WORDS,
    on=_DAYS,
    sayable=st.booleans(),
)
_CONTACTS = st.builds(
    Contact,
    id=st.just("t-1"),
    on=st.dates(date(2019, 1, 1), date(2027, 1, 1)),
    channel=st.sampled_from(["email", "call", "linkedin", "event", "meeting", "reply"]),
    direction=st.sampled_from(["in", "out"]),
    summary=st.none() | _WORDS,
    programme=st.none() | st.sampled_from(["quarterly-update", "re-engagement"]),
)
_ROLES = st.builds(
    OpenRole,
    id=st.just("r-1"),
    slug=st.just("x"),
    title=_TITLES,
    family=st.just("product"),
    level=st.sampled_from(["director", "wizard"]),
    team=st.none() | _WORDS,
    skills=st.lists(_WORDS, max_size=2).map(tuple),
    whats_in_it=_WORDS,
    process_kind=st.sampled_from(["full", "streamlined"]),
    steps=st.lists(st.builds(Step, name=_WORDS, minutes=st.integers(0, 600)), max_size=3).map(tuple),
)
_APPROACHES = st.builds(
    Approach, id=st.just("o-1"), role=_TITLES, family=st.just("product"), level=st.just("senior"), sent_on=_DAYS
)
_FIRST = st.none() | st.builds(WrittenLetter, id=st.just("m-1"), text=_TEXTS, sent_on=_DAYS)


def few(what: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(what, max_size=2).map(tuple)


DOSSIERS = st.builds(
    Dossier,
    occasion=st.sampled_from(Occasion),
    today=st.just(TODAY),
    company=st.just("Acme Labs"),
    given_name=st.just("Sarah"),
    skills=few(_WORDS),
    interests=few(_WORDS),
    applications=few(_APPLICATIONS),
    notes=few(_NOTES),
    contacts=few(_CONTACTS),
    approaches=few(_APPROACHES),
    role=st.none() | _ROLES,
    signer=st.just(ANN),
    ladder=st.just(LADDER),
    first_letter=_FIRST,
)


def asked(letter: Letter, dossier: Dossier, language: str) -> list[Finding]:
    return list(truth.against_record(letter, dossier, manner().of(language), manner().limits))


@settings(max_examples=150, deadline=None)
@given(_TEXTS | st.text(max_size=200), DOSSIERS, st.sampled_from(["en", "de"]))
def test_no_letter_and_no_record_makes_it_fall_over(text: str, dossier: Dossier, language: str) -> None:
    letter = Letter(text)
    findings = asked(letter, dossier, language)
    assert findings == asked(letter, dossier, language)
    written = " ".join(text.split())
    for finding in findings:
        assert finding.rule in truth.RULES
        assert finding.message.endswith(".")
        assert finding.quote in " ".join(letter.body.split()) or finding.quote in written
        assert all(finding.evidence)


@settings(max_examples=60, deadline=None)
@given(DOSSIERS)
def test_the_honest_letter_is_answered_for_whatever_is_on_record(dossier: Dossier) -> None:
    for finding in asked(Letter(good_text()), dossier, "en"):
        assert finding.message


def test_every_question_is_asked_on_some_occasion_and_every_rule_has_one_name() -> None:
    assert len(truth.RULES) == len(set(truth.RULES))
    assert set(truth.QUESTIONS) == set(Occasion)
