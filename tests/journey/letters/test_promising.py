"""A promise falls due with the role it speaks of, and with no other."""

from dataclasses import replace
from typing import Any

import pytest

from rekindle.journey.letters.promising import falls_due
from tests.courtesy.people import DIRECTOR


@pytest.mark.parametrize(
    ("promise", "role"),
    [
        ("reach out if a product role opens", {}),
        ("write when the growth team hires again", {}),
        ("meldet sich, wenn eine Produktstelle frei wird", {}),
        ("tell her when a remote design role opens", {"family": "design", "team": None}),
        ("write about the next analytics post", {"family": "data", "team": "Insights"}),
        ("write when the Insights team grows", {"family": "data", "team": "Insights"}),
    ],
)
def test_a_promise_about_this_kind_of_work_or_team_falls_due(promise: str, role: dict[str, Any]) -> None:
    assert falls_due(promise, replace(DIRECTOR, **role))


@pytest.mark.parametrize(
    ("promise", "role"),
    [
        ("write when a design role opens", {}),
        ("write in spring", {}),
        ("write when the platform team grows", {}),
        # To stay in touch is no promise that a role could keep.
        ("keep in touch about the product team", {}),
        ("stay in touch", {}),
        ("keep him in mind for product work", {}),
    ],
)
def test_another_promise_does_not(promise: str, role: dict[str, Any]) -> None:
    assert not falls_due(promise, replace(DIRECTOR, **role))
