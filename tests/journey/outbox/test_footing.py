"""Why somebody receives a mail, in the language of the mail, and only as it is on record."""

from datetime import date

import pytest

from rekindle.journey.outbox.footing import House, footer
from rekindle.mail.links import Links
from rekindle.store.candidates import Candidate
from states.facts import Basis
from tests.cast import turned_down

HOUSE = House("Acme Labs", "Beispielweg 1, Berlin", "Acme Labs", "hello@acme.example", "hello@acme.example", {})
LINKS = Links("a secret for tests only", "https://people.acme.example")


def why(basis: Basis, language: str, *, interviewed: bool = True) -> str:
    person = Candidate(key="k" * 24, basis=basis, consent_given_on=date(2026, 3, 2))
    past = turned_down(1) if interviewed else turned_down(1, last_interview_on=None)
    return footer(HOUSE, LINKS, person, past, language).why


@pytest.mark.parametrize("language", ["en", "fr", ""])
def test_it_is_said_in_english_for_every_language_without_words_of_its_own(language: str) -> None:
    said = why(Basis.CONSENT, language)
    assert said == (
        "You receive this because you interviewed with Acme Labs and agreed on 2 March 2026 that we may keep in touch."
    )


def test_a_german_letter_says_it_in_german() -> None:
    assert "am 2.3.2026 zugestimmt" in why(Basis.CONSENT, "de")
    assert "bei Acme Labs ein Gespräch hatten" in why(Basis.LEGITIMATE_INTEREST, "de")


@pytest.mark.parametrize("language", ["en", "de"])
def test_who_only_applied_is_not_told_of_an_interview(language: str) -> None:
    said = why(Basis.LEGITIMATE_INTEREST, language, interviewed=False)
    assert "interviewed" not in said
    assert "Gespräch" not in said
