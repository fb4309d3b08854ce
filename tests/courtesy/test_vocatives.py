"""The names by which a letter speaks to somebody after the greeting."""

import pytest

from tests.courtesy.people import good_letter, refused_by, rules, sarah


@pytest.mark.parametrize("line", ["Would that suit you, Peter?", "Robert, you were a finalist.", "Thank you, Susan."])
def test_a_letter_that_speaks_to_somebody_else_is_refused(line: str) -> None:
    assert "wrong-name" in refused_by(good_letter(extra=line))


@pytest.mark.parametrize(
    "line",
    [
        "Would that suit you, Sarah?",
        "Sarah, you were a finalist.",
        "You would meet Thomas, Peter and Susan.",
        "Thanks, Ben.",
    ],
)
def test_their_own_name_and_those_of_others_are_left_alone(line: str) -> None:
    assert "wrong-name" not in rules(good_letter(extra=line))


@pytest.mark.parametrize(("surname", "written"), [("Hansen", "Hanger"), ("Falkner", "Falkler")])
def test_a_surname_with_another_letter_is_another_name(surname: str, written: str) -> None:
    who = sarah(family_name=surname)
    assert "wrong-name" in refused_by(good_letter(greeting=f"Dear Ms {written},"), who)
    assert "wrong-name" in refused_by(good_letter(extra=f"I hope this finds you well, Ms {written}."), who)


@pytest.mark.parametrize(("surname", "written"), [("Meier", "Meyer"), ("Carlsen", "Karlsen"), ("Schmidt", "Schmitt")])
def test_a_surname_that_sounds_alike_only_makes_a_person_look(surname: str, written: str) -> None:
    who, letter = sarah(family_name=surname), good_letter(greeting=f"Dear Ms {written},")
    assert "wrong-name" not in refused_by(letter, who)


@pytest.mark.parametrize(
    "line", ["XXXXX is what I remember.", "You were good at it (insert skill).", "I met #NAME# here."]
)
def test_what_was_to_be_filled_in_is_found_in_any_shape(line: str) -> None:
    assert "placeholder" in refused_by(good_letter(extra=line))


@pytest.mark.parametrize("line", ["We add people slowly (add two or three a year).", "Well ... (I mean it)."])
def test_brackets_that_are_meant_are_none(line: str) -> None:
    assert "placeholder" not in refused_by(good_letter(extra=line))


def test_a_title_that_is_sought_has_to_be_ours() -> None:
    letter = good_letter(role="We are looking for a Product Marketer in our Growth team.")
    assert "wrong-role" in refused_by(letter)
    assert "wrong-role" not in refused_by(good_letter(extra="We are also looking for a Data Analyst, by the way."))
