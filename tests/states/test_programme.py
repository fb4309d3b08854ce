"""The programmes are called what their flows and email folders are called."""

from states.programme import Programme


def test_these_are_the_programmes() -> None:
    assert [*Programme] == ["quarterly-update", "event-invite", "check-in", "re-engagement", "rejection-letter"]
