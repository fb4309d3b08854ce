"""A letter that somebody else was sent about the same role is not personal; one sentence in common does no harm."""

import pytest

from rekindle.courtesy.dossier import Dossier, WrittenLetter
from rekindle.courtesy.likeness import longest_shared
from tests.courtesy.honest import HONEST
from tests.courtesy.people import PARTS, found, good_letter, good_text, refused_by, rules, sarah


def beside(*texts: str) -> Dossier:
    """Return what is on record about Sarah, with letters to others for the same role."""
    return sarah(other_letters=tuple(WrittenLetter(id=f"m-{n}", text=text) for n, text in enumerate(texts, start=1)))


COPIES = {
    "the same word for word": good_text(),
    "another name": good_text(greeting="Hi Thomas,"),
    "another name in full and another signature": good_text(greeting="Dear Thomas Reed,", signature="Ben Okafor"),
    "in capitals": good_text().upper(),
    "another ask": good_text(ask="How about a coffee?"),
    "one sentence of their own": good_text(strength="Your calm in the role play stayed with me."),
    "wrapped": good_text().replace(". ", ".\n"),
    "with a subject line and a footer": f"{good_text()}\n\nAcme Labs GmbH, Beispielweg 1, 10115 Berlin",
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_letter_made_from_that_to_somebody_else_is_refused(copy: str) -> None:
    assert "likeness" in refused_by(good_letter(), beside(copy))


def test_the_finding_names_the_letter_and_quotes_the_longest_run_they_share() -> None:
    finding = next(
        f for f in found(good_letter(), beside("something else", COPIES["another name"])) if f.rule == "likeness"
    )
    assert finding.evidence == ("m-2",)
    assert finding.quote.startswith("we spoke in April about")
    assert finding.quote in good_text()


@pytest.mark.parametrize("name", ["formal", "casual", "short", "second-language", "quotes-and-dashes", "bullet-points"])
def test_letters_of_different_words_about_one_role_pass(name: str) -> None:
    assert "likeness" not in rules(good_letter(), beside(HONEST[name][0]))
    assert "likeness" not in rules(HONEST[name][0], beside(good_text()))


def test_a_process_sentence_that_two_letters_share_does_no_harm() -> None:
    other = HONEST["casual"][0].replace("Fancy a coffee over it?", f"{PARTS['process']} Fancy a coffee over it?")
    assert "likeness" not in rules(good_letter(), beside(other))


def test_the_steps_and_an_out_in_common_do_no_harm_either() -> None:
    other = " ".join((HONEST["formal"][0], PARTS["process"], PARTS["ask"], PARTS["out"]))
    assert "likeness" not in rules(good_letter(), beside(other))


def test_a_letter_beside_none_is_like_none() -> None:
    assert "likeness" not in rules(good_letter())
    assert "likeness" not in rules(good_letter(), beside("", "…", "Hi"))


def test_the_longest_shared_run_is_quoted_as_written() -> None:
    assert longest_shared("One Two, Three four!", "zero two three FOUR five") == "Two, Three four"
    assert longest_shared("a b", "c d") == ""
