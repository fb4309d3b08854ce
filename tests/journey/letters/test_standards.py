"""Who signs: who knew the person, who took over from them, or whoever is named for everybody else."""

from dataclasses import replace

import pytest

from rekindle.courtesy.dossier import Signer
from rekindle.journey.letters.standards import Colleague
from states.candidate import Trigger
from tests.journey.letters.stage import STANDARDS

ANN = Signer(address="ann@acme.example", name="Ann Lee", title="Senior Recruiter")


@pytest.mark.parametrize("recruiter", ["ann@acme.example", "Ann@Acme.Example", None, "", "nobody@acme.example"])
def test_who_knew_them_signs_and_the_spare_signer_for_whom_nobody_knows(recruiter: str | None) -> None:
    assert STANDARDS.signer_for(recruiter) == ANN


def test_who_took_over_signs_and_says_from_whom() -> None:
    told = {"address": "ben@acme.example", "name": "Ben Okafor", "title": "Recruiter"}
    assert STANDARDS.signer_for("zoe@acme.example") == Signer(handed_over_by="Zoe Adler", **told)


def test_successors_are_followed_to_somebody_who_is_still_here() -> None:
    team = {**STANDARDS.team, "ida@acme.example": Colleague("Ida Berg", successor="zoe@acme.example")}
    signer = replace(STANDARDS, team=team).signer_for("ida@acme.example")
    assert (signer.address, signer.handed_over_by) == ("ben@acme.example", "Ida Berg")


@pytest.mark.parametrize("successor", ["zoe@acme.example", "nobody@acme.example"])
def test_a_circle_or_a_stranger_ends_at_the_spare_signer(successor: str) -> None:
    team = {**STANDARDS.team, "zoe@acme.example": Colleague("Zoe Adler", successor=successor)}
    signer = replace(STANDARDS, team=team).signer_for("zoe@acme.example")
    assert (signer.address, signer.handed_over_by) == ("ann@acme.example", "Zoe Adler")


def test_without_anybody_the_house_signs() -> None:
    signer = replace(STANDARDS, team={}, spare_signer="hello@acme.example").signer_for(None)
    assert signer == Signer(address="hello@acme.example", name="Acme Labs")


@pytest.mark.parametrize(
    ("level", "wanted"), [("director", True), ("Director", True), ("senior", False), (None, False), ("", False)]
)
def test_four_eyes_are_wanted_by_level(level: str | None, *, wanted: bool) -> None:
    strict = replace(STANDARDS, four_eyes=frozenset({"director"}))
    assert strict.wants_four_eyes(Trigger.RE_ENGAGE, level) is wanted


def test_four_eyes_are_wanted_by_move() -> None:
    strict = replace(STANDARDS, four_eyes=frozenset({"admit"}))
    assert strict.wants_four_eyes(Trigger.ADMIT, None)
    assert not strict.wants_four_eyes(Trigger.RE_ENGAGE, "director")
