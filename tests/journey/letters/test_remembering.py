"""What a check-in remembers: the newest thing between us, and another memory each time."""

from dataclasses import replace
from datetime import date

import pytest

from rekindle.courtesy.dossier import Approach, Contact, Dossier
from rekindle.journey.letters.drafting import draft
from rekindle.journey.letters.proving import Missing, prove
from rekindle.journey.letters.remembering import LastWord, Memory, last_word, memory
from rekindle.resources import shipped
from states.message import Occasion
from tests.courtesy.people import SENIOR_PM, STRENGTH, sarah

OURS = (shipped("templates") / "letters",)
JUNE = date(2026, 6, 10)


def known(*contacts: Contact, **changes: object) -> Dossier:
    return sarah(occasion=Occasion.CHECK_IN, role=None, contacts=contacts, **changes)


def contact(channel: str, direction: str = "out", on: date = JUNE, programme: str | None = None) -> Contact:
    return Contact(id="t-1", on=on, channel=channel, direction=direction, programme=programme)


@pytest.mark.parametrize(
    ("channel", "direction", "how"),
    [
        ("call", "in", "call"),
        ("meeting", "out", "met"),
        ("event", "in", "event"),
        ("linkedin", "out", "linkedin"),
        ("reply", "in", "heard"),
        ("email", "in", "heard"),
        ("email", "out", "wrote"),
    ],
)
def test_the_last_contact_is_told_as_what_it_was(channel: str, direction: str, how: str) -> None:
    assert last_word(known(contact(channel, direction)), SENIOR_PM) == LastWord(how, JUNE, "t-1")


def test_a_letter_about_a_role_is_told_with_its_role() -> None:
    about = Approach(id="o-1", role="Director of Product", family="product", level="director", sent_on=JUNE)
    found = last_word(known(contact("email"), approaches=(about,)), SENIOR_PM)
    assert found == LastWord("wrote_about", JUNE, "t-1", "Director of Product")


def test_without_a_later_contact_it_is_the_talk_about_the_role() -> None:
    expected = LastWord("spoke", date(2026, 4, 20), "a-7", "Senior Product Manager")
    assert last_word(known(), SENIOR_PM) == expected
    assert last_word(known(contact("call", on=date(2026, 4, 1))), SENIOR_PM) == expected
    never = replace(SENIOR_PM, last_interview_on=None)
    assert last_word(known(), never) == LastWord("applied", date(2026, 3, 2), "a-7", "Senior Product Manager")


def test_mail_to_many_is_no_contact_and_a_check_in_is_one() -> None:
    update = contact("email", on=date(2026, 10, 1), programme="quarterly-update")
    assert last_word(known(update, contact("call")), SENIOR_PM) == LastWord("call", JUNE, "t-1")
    before = contact("email", on=date(2026, 7, 1), programme="check-in")
    assert last_word(known(before), SENIOR_PM) == LastWord("wrote", date(2026, 7, 1), "t-1")


def test_every_check_in_remembers_another_thing_while_there_is_one() -> None:
    sent = [contact("email", programme="check-in") for _ in range(3)]
    found = [memory(known(*sent[:count])) for count in range(3)]
    interest, strength = Memory("interest", "0-to-1 products", "interest"), Memory("strength", STRENGTH.text, "n-3")
    assert found == [interest, strength, interest]


def test_what_may_not_be_said_is_not_remembered() -> None:
    secret = replace(STRENGTH, sayable=False)
    assert memory(known(notes=(secret,), interests=())) is None


def test_every_fact_that_is_missing_is_named_at_once() -> None:
    untold = replace(SENIOR_PM, rejection="none", applied_on=None, last_interview_on=None, decided_on=None)
    missing = prove(known(notes=(), interests=(), applications=(untold,)), "c-17")
    assert isinstance(missing, Missing)
    assert [part in fact for part, fact in zip(("touch c-17", "note c-17", "draft c-17"), missing.facts, strict=True)]


def test_the_same_person_always_gets_the_same_letter_and_another_variation_other_words() -> None:
    first, again, other = (draft(known(), OURS, variation).body for variation in (0, 0, 1))
    assert first == again
    assert not set(first.split("\n\n")[1:4]) & set(other.split("\n\n")[1:4])
