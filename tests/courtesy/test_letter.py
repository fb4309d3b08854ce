"""How a letter is read: subject, paragraphs and sentences, sign for sign."""

import re
import sys
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.courtesy.letter import Letter, plainly, read_letter, tidy, tokens_of


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in Letter(text).sentences]


def test_the_first_line_may_be_the_subject() -> None:
    assert read_letter("Subject: A role\n\nHi Sarah,").subject == "A role"
    assert read_letter("Betreff:  Eine Rolle \nHallo").subject == "Eine Rolle"
    assert read_letter("subject:\nHi").subject == ""
    assert read_letter("Hi Sarah,\nSubject: to change").subject is None
    assert read_letter("Subject: A role\n\nHi Sarah,").body == "Hi Sarah,"
    assert read_letter("Subject: only that").body == ""


def test_a_greeting_a_name_and_an_item_of_a_list_are_sentences_of_their_own() -> None:
    text = "Hi Sarah,\n\nTwo steps:\n- A talk of 45 minutes\n- A product deep-dive of an hour, at most\n\nBest,\nAnn"
    assert sentences(text) == [
        "Hi Sarah,",
        "Two steps:",
        "- A talk of 45 minutes",
        "- A product deep-dive of an hour, at most",
        "Best,",
        "Ann",
    ]


def test_a_wrapped_paragraph_is_joined() -> None:
    text = "We spoke last spring about the role of a senior product\nmanager in our team. It was close."
    assert sentences(text) == [
        "We spoke last spring about the role of a senior product manager in our team.",
        "It was close.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "You met Dr. Weber and Ms. Li.",
        "We spoke, e.g. about pricing.",
        "It takes ca. 1.5 hours.",
        "Sarah K. Miller wrote it.",
        "Wir haben am 20. April gesprochen.",
        "Das war z. B. im Mai.",
        "Acme Inc. is where we met.",
        "See https://acme.example/a.b for more.",
        "It is version 3.4.",
    ],
)
def test_a_dot_that_ends_no_sentence_is_passed_over(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Just say no. I won't mind.", 2),
        ("So do I. If not, fine.", 2),
        ("What? No! Really… Yes.", 4),
        ('"It was close." That is what Ben said.', 2),
        ("We met in 2026. You were a finalist.", 2),
        ("We work for Acme Ltd. You know us.", 2),
        ("很好。谢谢！", 2),
        ("no worries. just say so", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_paragraphs_and_sentences_are_counted_from_nought() -> None:
    letter = Letter("A b. C d.\n \n\nE f.")
    assert [(each.index, each.paragraph) for each in letter.sentences] == [(0, 0), (1, 0), (2, 1)]


def test_the_subject_stands_before_the_sentences() -> None:
    assert [each.text for each in Letter("A.", "S").said] == ["S", "A."]
    assert [each.index for each in Letter("A.", "S").said] == [-1, 0]
    assert [each.text for each in Letter("A.").said] == ["A."]
    assert Letter("Body", "Subject").both == "subject\nbody"


def test_the_words_of_a_letter_are_those_of_subject_and_body() -> None:
    assert Letter("No pressure. Don't.", "A role").tokens == {"no", "pressure", "don", "t", "dont", "a", "role"}


def test_a_quote_is_what_was_written() -> None:
    sentence = Letter("It’s YOUR “last–chance”!").sentences[0]
    match = re.search("last-chance", sentence.plain)
    assert match
    assert sentence.quote(match) == "last–chance"


def test_what_cannot_be_seen_is_taken_out_and_letters_are_composed() -> None:
    assert tidy("soft\u00adhyphen\u200b \ufeffJose\u0301") == "softhyphen José"
    assert tidy("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"


def test_the_plain_form_is_as_long_as_the_original_for_every_sign_there_is() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [sign for sign in signs if len(plainly(sign)) != 1] == []


@given(st.text(max_size=80))
def test_the_sentences_hold_all_the_words_in_their_order(text: str) -> None:
    letter = Letter(text)
    assert " ".join(each.text for each in letter.sentences).split() == letter.body.split()
    assert all(len(each.plain) == len(each.text) for each in letter.sentences)


@given(st.text(max_size=40))
def test_a_letter_read_again_is_the_same(text: str) -> None:
    letter = Letter(text)
    assert Letter(letter.body) == letter
    assert normalize("NFC", letter.body) == letter.body


def test_words_are_known_with_and_without_their_apostrophe() -> None:
    assert tokens_of("don't stop") == {"don", "t", "dont", "stop"}
