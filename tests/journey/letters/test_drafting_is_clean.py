"""Whatever is drafted passes the whole courtesy check without a single finding: the same truth, told and asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rekindle.courtesy.check import check
from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote, OpenRole, Signer, Step, WrittenLetter
from rekindle.courtesy.letter import Letter
from rekindle.journey.letters.drafting import draft
from rekindle.journey.letters.proofs import Proofs
from rekindle.journey.letters.proving import prove
from rekindle.resources import shipped
from states.message import Occasion
from tests.courtesy.people import ANN, DIRECTOR, SENIOR_PM, STRENGTH, TODAY, manner, sarah
from tests.journey.letters.demo_people import demo_dossiers

OURS = (shipped("templates") / "letters",)
FIRST = WrittenLetter(id="m-4", text="Hi Sarah, …", sent_on=TODAY - timedelta(14))
LANGUAGES = ("en", "de")
BEN = Signer(address="ben@acme.example", name="Ben Okafor", title="Recruiter", handed_over_by="Zoe Adler")


def findings(dossier: Dossier, variation: int = 0) -> list[tuple[str, str, str, str]]:
    """Draft, check, and return what was found with the letter it was found in."""
    drafted = draft(dossier, OURS, variation)
    found = check(Letter(drafted.body, drafted.subject), dossier, manner())
    return [(each.rule, each.message, each.quote, drafted.body) for each in found]


def about(occasion: Occasion, dossier: Dossier) -> Dossier:
    """Return the dossier as it would be for an occasion."""
    role = None if occasion is Occasion.REJECTION else dossier.role
    return replace(dossier, occasion=occasion, role=role, first_letter=FIRST)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("occasion", Occasion)
def test_sarahs_letter_is_clean_in_every_variation(occasion: Occasion, language: str) -> None:
    dossier = about(occasion, sarah(language=language))
    assert [found for variation in range(40) for found in findings(dossier, variation)] == []


def fitting(dossier: Dossier) -> Iterator[Dossier]:
    """Give somebody with roles that suit them: one about what they can, one about what interests them."""
    before = next(each for each in dossier.applications if each.outcome == "rejected")
    team = before.team or "Growth"
    if dossier.skills:
        yield replace(dossier, role=replace(DIRECTOR, skills=dossier.skills[:2]))
    if dossier.interests:
        full = replace(DIRECTOR, process_kind="full", process_because="", team=team, skills=dossier.interests[:1])
        yield replace(dossier, role=full)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("occasion", Occasion)
def test_every_letter_to_the_people_of_the_demo_is_clean(occasion: Occasion, language: str) -> None:
    drafted, found = 0, []
    for person in demo_dossiers(occasion, language=language):
        for dossier in (about(occasion, each) for each in fitting(person)):
            if isinstance(prove(dossier), Proofs):
                drafted += 1
                found += findings(dossier, drafted)
    assert found == []
    assert drafted > 40


# Anybody.

REASONS = (
    "someone with more B2B experience",
    "somebody who had run a migration of this size",
    "another candidate had led a larger team",
    "we promoted from within",
    "we needed somebody in a closer time zone",
    "hired another candidate",
    "the budget was halved",
    "jemand mit mehr Erfahrung im Vertrieb",
)
STRENGTHS = (
    "background in consumer tech and product strategy",
    "a sharp sense of what to leave out",
    "found the race in our queue before running it",
    "wrote the calmest incident review we have read",
    "maintains a small rich-text library",
    "her critique of our colour contrast led to a change",
    "told us which of our three plans she would drop",
    "Hintergrund in der Medizintechnik",
)
PROMISES = ("reach out if a product role opens", "write when the growth team hires", "stay in touch", None)
INTERESTS = ("0-to-1 products", "pricing", "hardware-near software", "plain language")
SKILLS = ("consumer", "roadmaps", "discovery", "data modelling", "postgresql")
LEVELS = ("junior", "mid", "senior", "lead", "manager", "director")
TEAMS = ("Consumer", "Growth", "Platform", None)

NOTES = st.builds(
    KnownNote,
    id=st.just("n-1"),
    kind=st.sampled_from(["strength", "background"]),
    text=st.sampled_from(STRENGTHS),
    sayable=st.just(value=True),
)
DAYS_AGO = st.integers(35, 800)


@st.composite
def candidacies(draw: st.DrawFn) -> Candidacy:
    decided = TODAY - timedelta(draw(DAYS_AGO))
    spoke = draw(st.booleans())
    return replace(
        SENIOR_PM,
        level=draw(st.sampled_from(LEVELS)),
        team=draw(st.sampled_from(TEAMS)),
        finalist=spoke and draw(st.booleans()),
        last_stage="final" if spoke else "application",
        applied_on=decided - timedelta(60),
        last_interview_on=decided - timedelta(12) if spoke else None,
        decided_on=decided,
        reason=draw(st.sampled_from(REASONS)),
        reason_sayable=draw(st.booleans()),
        rejection=draw(st.sampled_from(["personal", "generic", "none", None])),
        promise=draw(st.sampled_from(PROMISES)),
    )


@st.composite
def roles(draw: st.DrawFn) -> OpenRole:
    minutes = draw(st.lists(st.sampled_from([30, 45, 60, 90]), min_size=1, max_size=5))
    names = (
        "Conversation with the hiring manager",
        "Product deep-dive",
        "Team interview",
        "Presentation",
        "Final talk",
    )
    streamlined = draw(st.booleans())
    return replace(
        DIRECTOR,
        level=draw(st.sampled_from(LEVELS)),
        team=draw(st.sampled_from(TEAMS)),
        skills=tuple(draw(st.lists(st.sampled_from(INTERESTS + SKILLS), max_size=3, unique=True))),
        process_kind="streamlined" if streamlined else "full",
        process_because="you have already met several people here" if streamlined else "",
        steps=tuple(Step(name=name, minutes=length) for name, length in zip(names, minutes, strict=False)),
    )


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    past = draw(candidacies())
    touched = draw(st.lists(st.integers(1, 300), max_size=3, unique=True).map(sorted))
    channels = st.sampled_from([("call", None), ("email", None), ("email", "quarterly-update"), ("event", None)])
    told: list[Any] = [draw(channels) for _ in touched]
    contacts = [
        Contact(id=f"t-{n}", on=TODAY - timedelta(ago), channel=channel, direction="out", programme=programme)
        for n, (ago, (channel, programme)) in enumerate(zip(touched, told, strict=True))
    ]
    known = sarah(
        language=draw(st.sampled_from(LANGUAGES)),
        applications=(past,),
        notes=(draw(NOTES),),
        interests=tuple(draw(st.lists(st.sampled_from(INTERESTS), max_size=2, unique=True))),
        skills=tuple(draw(st.lists(st.sampled_from(SKILLS), max_size=2, unique=True))),
        contacts=tuple(contacts),
        role=draw(roles()),
        signer=draw(st.sampled_from([ANN, BEN])),
    )
    return about(draw(st.sampled_from(Occasion)), known)


@given(dossier=dossiers(), variation=st.integers(0, 100))
@settings(deadline=None, max_examples=120)
def test_whoever_it_is_for_whatever_is_drafted_is_clean(dossier: Dossier, variation: int) -> None:
    assume(isinstance(prove(dossier), Proofs))
    assert findings(dossier, variation) == []


def test_the_check_would_find_something() -> None:
    drafted = draft(sarah(), OURS)
    wrong = Letter(drafted.body.replace("someone with more B2B experience", "someone with more charm"), drafted.subject)
    assert check(wrong, sarah(), manner())
    assert check(Letter(drafted.body.replace("Sarah", "Tom"), drafted.subject), sarah(), manner())
    assert STRENGTH.text in drafted.body
