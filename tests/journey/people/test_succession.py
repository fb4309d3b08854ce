"""Who writes in whose place, over as many hands as it takes."""

import pytest

from rekindle.journey.people.succession import is_circle, known_before, line


@pytest.mark.parametrize(
    ("successors", "expected"),
    [
        ({}, ("ann",)),
        ({"ann": "ben"}, ("ann", "ben")),
        ({"ann": "ben", "ben": "cleo"}, ("ann", "ben", "cleo")),
        ({"ann": "ben", "ben": "ann"}, ("ann", "ben")),
        ({"zoe": "ben"}, ("ann",)),
    ],
)
def test_a_line_leads_to_who_is_here(successors: dict[str, str], expected: tuple[str, ...]) -> None:
    assert line("ann", successors) == expected


def test_a_circle_is_seen_before_it_closes() -> None:
    assert is_circle("ann", "ann", {})
    assert is_circle("ann", "cleo", {"cleo": "ben", "ben": "ann"})
    assert not is_circle("ann", "ben", {"ben": "cleo"})


@pytest.mark.parametrize(
    ("hands", "introduced", "expected"),
    [
        (("ann",), set(), None),
        (("ann", "ben"), set(), "ann"),
        (("ann", "ben"), {"ben"}, None),
        (("ann", "ben", "cleo"), set(), "ann"),
        (("ann", "ben", "cleo"), {"ben"}, "ben"),
        (("ann", "ben", "cleo"), {"ben", "cleo"}, None),
    ],
)
def test_somebody_is_introduced_as_taking_over_from_whom_they_know(
    hands: tuple[str, ...], introduced: set[str], expected: str | None
) -> None:
    assert known_before(hands, introduced) == expected
