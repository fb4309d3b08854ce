"""Honest letters pass: a false refusal is as bad as a miss."""

import pytest

from rekindle.courtesy.letter import read_letter
from states.message import Occasion
from tests.courtesy.honest import DOSSIERS, HONEST
from tests.courtesy.people import found


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_letter_is_neither_refused_nor_doubted(name: str) -> None:
    text, dossier = HONEST[name]
    assert found(text, dossier) == ()


def test_there_are_many_of_many_kinds() -> None:
    assert len(DOSSIERS) >= 25
    assert {dossier.occasion for dossier in DOSSIERS.values()} == set(Occasion)
    lengths = [read_letter(text).words for text, _ in HONEST.values()]
    assert min(lengths) < 60
    assert max(lengths) > 150
