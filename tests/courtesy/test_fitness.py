"""What is no letter gets one finding and never a crash; what is only unusual is read like any other. And fast."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.courtesy.check import RULE_NAMES
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.letter import Letter, read_letter
from tests.courtesy.honest import HONEST
from tests.courtesy.people import found, good_letter, good_text, manner, refused_by, rules, sarah

MEGABYTE = 1_000_000
HOSTILE = {
    "nothing": "",
    "spaces": " \n\t \n",
    "no-break spaces": "\u00a0\u2003\n",
    "a NUL": "Hi Sarah,\x00 we spoke.",
    "an escape sequence": "Hi \x1b[31mSarah\x1b[0m, we spoke.",
    "a program": "\x7fELF\x02\x01\x01\x00\x00\x00 and more",
    "a picture": "\ufffdPNG\r\n\x1a\n\ufffd\ufffd",
    "the wrong encoding": "Hi Jos\ufffd, we spoke in April.",
    "a lone surrogate": "Hi \udc80Sarah, we spoke.",
    "a megabyte": "word " * (MEGABYTE // 5),
    "a megabyte without a space": "x" * MEGABYTE,
    "a megabyte of spaces": f"Hi Sarah,{' ' * MEGABYTE}bye",
    "a megabyte of lines": "Hi" + "\n" * MEGABYTE + "Hi",
    "a megabyte of dots": "." * MEGABYTE + "x",
    "a megabyte of brackets": "[" * MEGABYTE,
    "a megabyte of accents": "e" + "\u0301" * MEGABYTE,
    "ten thousand lines": "we spoke in April\n" * 10_000,
    "text that is turned around": "Hi Sarah, we offer you \u202e000,59\u202c euros.",
    "text in an isolate": "Hi \u2066Sarah\u2069, we spoke in April.",
    "dots and dashes": "... --- ...",
    "pictures only": "👋🙂🎉",
}
TRICKY = {
    "by": "please respond by " * 1_000,
    "commas": "no, " * 4_500,
    "one long word": "please " + "a" * 19_000 + " by friday",
    "many dots": "reply . . . . " * 1_200,
    "quotes": '"' * 19_000,
    "brackets": "{{" * 9_000,
    "brackets of two kinds": "[a<b{c" * 3_000,
    "dashes": "would you - - - - - - be open " * 600,
    "if you": "if you would not " * 1_100,
    "tabs": "if\tyou" + "\t" * 18_000 + "not",
    "capitals": "THIS IS " * 2_400,
    "ones": "1.1.1.1.1," * 1_900,
    "lines": "\n \n" * 6_000 + "Hi",
    "percents": "%a" * 9_000,
    "underscores": "_" * 19_000,
    "greeting": "Hi " + "Sarah " * 3_000,
    "roles": "role Role ROLE of the " * 900,
    "re": "re" * 9_000 + ":",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_letter_gets_that_one_finding(text: str) -> None:
    findings = found(read_letter(text))
    assert [each.rule for each in findings] == ["not-a-letter"]
    assert findings[0].severity == "refuse"
    assert len(findings[0].quote) < 100
    assert all(sign.isprintable() for sign in findings[0].quote)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_is_told_in_no_time(text: str) -> None:
    manner()
    began = time.process_time()
    found(Letter(text))
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("text", TRICKY.values(), ids=TRICKY)
def test_no_text_that_passes_for_a_letter_makes_the_check_slow(text: str) -> None:
    found(good_letter())
    assert len(text) <= 20_000
    began = time.process_time()
    found(read_letter(text))
    assert time.process_time() - began < 1


PIECES = st.sampled_from(
    [
        *("Hi Sarah", ",", ".", "!", "?", "\n", "\n\n", " ", "  ", "(", ")", "[", "]", "{", "}", '"', "'", "–", "…"),
        *(
            "you",
            "we",
            "role",
            "Role",
            "Director of Product",
            "finalist",
            "last spring",
            "by Friday",
            "if",
            "not",
            "no",
        ),
        *(
            "please",
            "two hours",
            "45 minutes",
            "in touch",
            "B2B",
            "0-to-1",
            "Ann Lee",
            "عدي",
            "🙂",
            "ß",
            "İ",
            "1.",
            "20. April",
        ),
        *(
            "wir",
            "haben",
            "Stelle als",
            "bis",
            "nicht",
            "Sie",
            "gesprochen",
            "Endrunde",
            "SENIOR",
            "Re:",
            "%",
            "#",
            "--",
        ),
    ]
)


@given(
    st.lists(PIECES, max_size=40).map("".join), st.sampled_from(list(HONEST.values())), st.none() | st.text(max_size=20)
)
def test_whatever_is_written_is_answered(text: str, known: tuple[str, Dossier], subject: str | None) -> None:
    findings = found(Letter(text, subject), known[1])
    assert all(finding.rule in RULE_NAMES for finding in findings)


@given(st.text(max_size=60))
def test_whatever_is_pasted_into_a_letter_is_answered(text: str) -> None:
    assert all(finding.rule in RULE_NAMES for finding in found(good_letter(extra=text)))


def test_a_subject_of_several_lines_or_with_control_characters_is_refused() -> None:
    for subject in ("A role\nBcc: all@acme.example", "A role\x07", "\u202eelor A"):
        assert rules(Letter(good_text(), subject)) == {"not-a-letter"}


@pytest.mark.parametrize(
    "extra",
    [
        "There are people here who read עברית and العربية.",
        "Greetings from Łódź, Zürich and 東京 🙂",
        "Привет and γειά from the team, also from 陈 and Nguyễn.",
        "👩🏽‍💻 👨‍👩‍👧 🏳️‍🌈 welcome.",
        "می‌خواهم is how it is written, with its joiner.",
        "A soft\u00adhyphen, a\u200bspace without width and a no-break\u00a0space do no harm.",
        "Combining: Jose\u0301 and A\u030angstro\u0308m.",
        "Math: ∑ ≤ ∞, and money: ₹ € £.",
        "\u200fשלום\u200f to you.",
    ],
)
def test_every_script_is_welcome(extra: str) -> None:
    assert rules(good_letter(extra=extra)) == set()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x0b"])
def test_line_breaks_of_every_kind_are_read(end: str) -> None:
    assert rules(read_letter(good_text().replace("\n", end))) == set()


def test_a_byte_order_mark_in_front_is_no_fault() -> None:
    assert rules(read_letter(f"\ufeffSubject: A new role\n{good_text()}")) == set()


# A language.

FOREIGN = {
    "French": "Bonjour Sarah, nous nous sommes parlé au printemps dernier du poste de chef de produit. Vous étiez "
    "finaliste et la décision était difficile. Nous cherchons quelqu'un pour notre équipe. Qu'en pensez-vous ?",
    "Hebrew": "שלום שרה, דיברנו באביב האחרון על התפקיד של מנהלת מוצר בכירה. היית בין המועמדות הסופיות "
    "וההחלטה הייתה קשה. עכשיו אנחנו מחפשים מנהלת מוצר. האם תרצי לדבר על כך?",
    "Japanese": "サラさん、春に お話し しました。 最終候補 でした。 今回 新しい 募集 が あります。 お話し "
    "できますか。 どうぞ よろしく お願い いたします。 アン",
    "Spanish": "Hola Sarah: en primavera hablamos del puesto de jefa de producto. Fuiste finalista y la decisión fue "
    "difícil. Ahora buscamos a alguien para nuestro equipo. ¿Te gustaría hablar? Si no, no pasa nada.",
    "Polish": "Cześć Sarah, wiosną rozmawialiśmy o stanowisku. Byłaś w finale i decyzja była trudna. Teraz szukamy "
    "osoby do zespołu. Czy chciałabyś porozmawiać? Jeśli nie, nic się nie stało.",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_letter_in_a_language_nobody_can_check_is_refused_for_that_alone(text: str) -> None:
    findings = found(text)
    assert [each.rule for each in findings] == ["language"]
    assert "en or de" in findings[0].message


def test_a_german_person_may_get_an_english_letter_and_the_other_way_round() -> None:
    german = "Liebe Sarah, wir haben im April gesprochen. Gib mir bitte bis Freitag Bescheid, ob du noch magst."
    assert "pressure" in refused_by(german, sarah(language="en"))
    assert "pressure" in refused_by(good_letter(extra="Please decide by Friday."), sarah(language="de"))
    assert rules(good_letter(), sarah(language="de")) == set()


def test_a_text_too_short_to_tell_is_read_in_the_language_of_the_person() -> None:
    assert "presumption" in refused_by("Sarah! Traumjob!", sarah(language="de"))
    assert "presumption" not in refused_by("Sarah! Traumjob!", sarah(language="en"))


def test_a_person_of_another_language_is_read_in_english_by_default() -> None:
    assert rules(good_letter(), sarah(language="fr")) == set()
