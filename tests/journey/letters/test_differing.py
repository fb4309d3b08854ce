"""What is different about a role is read from the records: a better fit, a step up, another team; strongest first."""

from dataclasses import replace
from typing import Any

import pytest

from rekindle.courtesy.dossier import KnownNote
from rekindle.journey.letters.differing import Basis, Difference, Meeting, differences, meetings, stems, steps_between
from tests.courtesy.people import DIRECTOR, SENIOR_PM, sarah

FIT, UP, TEAM = Difference.BETTER_FIT, Difference.LEVEL_UP, Difference.OTHER_TEAM
WISH = KnownNote(id="n-8", kind="interest", text="would like to own pricing again", sayable=True)


def kinds(role: dict[str, Any] | None = None, before: dict[str, Any] | None = None, **person: Any) -> list[Difference]:
    found = differences(sarah(**person), replace(DIRECTOR, **(role or {})), replace(SENIOR_PM, **(before or {})))
    return [each.kind for each in found]


def test_sarah_would_change_the_team_for_what_interests_her_and_step_up() -> None:
    first, second = differences(sarah(), DIRECTOR, SENIOR_PM)
    assert (first.kind, first.evidence) == (TEAM, ("a-7", "r-1", "interest"))
    assert first.meeting == Meeting(Basis.INTEREST, "0-to-1 products", "0-to-1 products", ("interest",))
    assert (second.kind, second.evidence) == (UP, ("a-7", "r-1"))


@pytest.mark.parametrize(
    ("role", "before", "person", "expected"),
    [
        # A skill alone is no reason for another team; it makes the role a better fit.
        ({"skills": ("roadmaps",)}, {}, {"interests": ()}, [FIT, UP, TEAM]),
        ({"team": "consumer"}, {}, {}, [FIT, UP]),
        ({"team": None}, {}, {}, [FIT, UP]),
        ({}, {"team": None}, {}, [FIT, UP]),
        ({"level": "senior"}, {}, {}, [TEAM]),
        ({"level": "mid"}, {}, {}, [TEAM]),
        # A level nobody knows is never higher.
        ({}, {"level": None}, {}, [TEAM]),
        ({}, {"level": "wizard"}, {}, [TEAM]),
        ({"level": "wizard"}, {}, {}, [TEAM]),
        ({}, {}, {"interests": (), "skills": (), "notes": ()}, [UP, TEAM]),
        ({"level": "senior", "team": "Consumer"}, {}, {"interests": (), "skills": (), "notes": ()}, []),
    ],
)
def test_a_difference_is_claimed_only_where_records_and_role_bear_it_out(
    role: dict[str, Any], before: dict[str, Any], person: dict[str, Any], expected: list[Difference]
) -> None:
    assert kinds(role, before, **person) == expected


def met(role: dict[str, Any], **person: Any) -> list[tuple[Basis, str, str]]:
    who = sarah(interests=(), skills=(), notes=(), **person) if not person else sarah(**person)
    return [(each.basis, each.own, each.asked) for each in meetings(who, replace(DIRECTOR, **role))]


def test_interests_come_before_skills_before_what_was_noted() -> None:
    found = met({"skills": ("pricing", "roadmap")}, interests=("usage pricing",), skills=("roadmaps",), notes=(WISH,))
    assert found == [
        (Basis.INTEREST, "usage pricing", "pricing"),
        (Basis.SKILL, "roadmaps", "roadmap"),
        (Basis.WISH, WISH.text, "pricing"),
    ]


def test_title_and_what_is_in_it_speak_for_a_role_too() -> None:
    by_title = met({"skills": ()}, interests=("products",), skills=(), notes=())
    by_offer = met({"skills": ()}, interests=("product lines",), skills=(), notes=())
    assert by_title == [(Basis.INTEREST, "products", "products")]
    assert by_offer == [(Basis.INTEREST, "product lines", "product lines")]


def test_a_note_must_name_the_whole_skill() -> None:
    note = KnownNote(id="n-4", kind="strength", text="rebuilt our data pipeline over a weekend", sayable=True)
    assert met({"skills": ("data pipelines",)}, interests=(), skills=(), notes=(note,)) == [
        (Basis.BACKGROUND, note.text, "data pipelines")
    ]
    assert met({"skills": ("data modelling",)}, interests=(), skills=(), notes=(note,)) == []


@pytest.mark.parametrize("change", [{"sayable": False}, {"kind": "internal"}, {"kind": "preference"}])
def test_what_may_not_be_said_makes_no_difference(change: dict[str, Any]) -> None:
    assert met({"skills": ("pricing",)}, interests=(), skills=(), notes=(replace(WISH, **change),)) == []


def test_words_are_compared_by_their_stems_and_small_words_say_nothing() -> None:
    assert stems("Roadmaps") == stems("roadmap")
    assert stems("the") == frozenset()
    assert stems("C++") != stems("C")
    assert met({"skills": ("the of",)}, interests=("of the",), skills=(), notes=()) == []


@pytest.mark.parametrize(("level", "steps"), [("director", 5), ("senior", 0), ("mid", -1), ("wizard", 0)])
def test_levels_are_counted_on_the_ladder(level: str, steps: int) -> None:
    assert steps_between(sarah(), SENIOR_PM, replace(DIRECTOR, level=level)) == steps
