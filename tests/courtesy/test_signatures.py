"""Who signs a letter, for which company, and what is said after a handover."""

import pytest

from tests.courtesy.people import GERMAN, good_letter, refused_by, rules
from tests.courtesy.records import HANDED_OVER

RULES = {"signature", "wrong-company", "handover"}


@pytest.mark.parametrize("name", ["Cleo Martin", "Cleo", "Cleo Martin, Recruiter"])
def test_a_colleague_who_does_not_send_the_letter_may_not_sign_it(name: str) -> None:
    assert "signature" in refused_by(good_letter(signature=name))


@pytest.mark.parametrize("name", ["Ann Lee", "Ann", "Ann Lee, Senior Recruiter, Acme Labs", "Ben Okafor", "Ann & Cleo"])
def test_who_sends_it_or_the_hiring_manager_may_sign(name: str) -> None:
    assert rules(good_letter(signature=name)) & RULES == set()


def test_a_stranger_under_the_letter_makes_a_person_look() -> None:
    letter = good_letter(signature="Paula Winter")
    assert "signature" in rules(letter)
    assert "signature" not in refused_by(letter)


def test_who_has_handed_over_signs_no_longer() -> None:
    extra = "I have taken over from Dana Weiss."
    assert "signature" in refused_by(good_letter(extra=extra, signature="Dana Weiss"), HANDED_OVER)
    assert rules(good_letter(extra=extra, signature="Cleo Martin"), HANDED_OVER) & RULES == set()


@pytest.mark.parametrize(
    "line", ["Ann Lee\nRecruiter at Initech", "Ann Lee, Hooli Systems", "Ann Lee\nPied Piper Inc."]
)
def test_another_company_under_the_letter_is_refused(line: str) -> None:
    assert "wrong-company" in refused_by(good_letter(signature=line))


@pytest.mark.parametrize("line", ["Here at Initech we build things.", "We at Initech have grown."])
def test_another_company_that_speaks_as_we_is_refused(line: str) -> None:
    assert "wrong-company" in refused_by(good_letter(extra=line))


@pytest.mark.parametrize("line", ["Here at Acme you would meet Ben.", "We at Acme Labs have grown."])
def test_our_own_company_is_no_other(line: str) -> None:
    assert "wrong-company" not in rules(good_letter(extra=line))


def test_a_noun_is_no_company_in_german() -> None:
    letter = good_letter(GERMAN, extra="Melde dich gern, wir helfen dir hier bei Fragen.")
    assert "wrong-company" not in rules(letter)


@pytest.mark.parametrize("line", ["I told you then that it was close.", "You and I met twice that month."])
def test_a_past_that_was_a_colleagues_is_not_claimed(line: str) -> None:
    assert "handover" in refused_by(good_letter(extra=line, signature="Cleo Martin"), HANDED_OVER)


def test_a_handover_that_is_not_told_makes_a_person_look() -> None:
    letter = good_letter(signature="Cleo Martin")
    assert "handover" in rules(letter, HANDED_OVER)
    assert "handover" not in refused_by(letter, HANDED_OVER)
