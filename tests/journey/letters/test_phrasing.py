"""The words stand in templates/letters: several for each part, a team's own before ours, and nothing wrong gets by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle.errors import TemplateError
from rekindle.journey.letters.parts import EVERYWHERE, PARTS, parts_of
from rekindle.journey.letters.phrasing import Voice, phrasings, start
from rekindle.resources import shipped
from states.message import Occasion

OURS = shipped("templates") / "letters"
LANGUAGES = ("en", "de")
FILES = [(language, occasion) for language in LANGUAGES for occasion in Occasion]
#: Every part a phrasing may be told, as something to read.
VALUES = {name: f"<{name}>" for parts in PARTS.values() for said in parts.values() for name in said | EVERYWHERE}
#: A letter is told from others by these above all.
MAIN = ("opening.spoke", "outcome.plain", "strength.quoted", "role.name", "role.frame", "role.in_it", "close.out")


def team(folder: Path, text: str, language: str = "en", name: str = "re_engagement") -> tuple[Path, ...]:
    """Write a team's own phrasings; return the folders to look in."""
    (folder / language).mkdir(parents=True)
    (folder / language / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder, OURS


def every_phrasing() -> Iterator[tuple[str, str]]:
    """Give every phrasing we ship, with something in place of each value."""
    for language, occasion in FILES:
        found = phrasings((OURS,), language, occasion)
        for part, texts in found.parts.items():
            for number in range(len(texts)):
                yield f"{language}/{occasion} {part} {number}", found.say(part, number, VALUES)


@pytest.mark.parametrize(("language", "occasion"), FILES)
def test_every_part_of_every_letter_has_phrasings_in_both_languages(language: str, occasion: Occasion) -> None:
    assert phrasings((OURS,), language, occasion).parts.keys() == parts_of(occasion, language).keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", MAIN)
def test_the_parts_that_matter_have_many_phrasings(language: str, part: str) -> None:
    assert len(phrasings((OURS,), language, Occasion.RE_ENGAGEMENT).parts[part]) >= 7


def test_no_phrasing_is_there_twice_in_a_part() -> None:
    for language, occasion in FILES:
        found = phrasings((OURS,), language, occasion)
        for part, texts in found.parts.items():
            said = [found.say(part, number, VALUES) for number in range(len(texts))]
            assert len(set(said)) == len(said), (language, occasion, part)


def test_every_phrasing_is_one_line_of_clean_text() -> None:
    for place, said in every_phrasing():
        assert said == " ".join(said.split()) != "", place
        assert not {"{", "}", "%", "  "} & set(said), place


@pytest.mark.parametrize("part", ["opening.spoke", "outcome.plain", "process.full", "close.ask", "role.in_it"])
def test_sentences_end_like_sentences(part: str) -> None:
    for language in LANGUAGES:
        found = phrasings((OURS,), language, Occasion.RE_ENGAGEMENT)
        assert all(found.say(part, n, VALUES).endswith((".", "?")) for n in range(len(found.parts[part])))


def test_a_teams_list_replaces_ours_and_the_others_stay(tmp_path: Path) -> None:
    found = phrasings(team(tmp_path, 'farewell = ["Cheers,"]'), "en", Occasion.RE_ENGAGEMENT)
    assert [found.say("farewell", number, VALUES) for number in range(3)] == ["Cheers,"] * 3
    assert len(found.parts["close.out"]) == len(phrasings((OURS,), "en", Occasion.RE_ENGAGEMENT).parts["close.out"])


def test_a_teams_file_speaks_for_one_letter_in_one_language(tmp_path: Path) -> None:
    folders = team(tmp_path, 'farewell = ["Cheers,"]')
    for language, occasion in FILES:
        found = phrasings(folders, language, occasion).say("farewell", 0, VALUES)
        assert (found == "Cheers,") is ((language, occasion) == ("en", Occasion.RE_ENGAGEMENT))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("farewell = [", "en/re_engagement.toml cannot be read"),
        ('farewell = "Cheers,"', "en/re_engagement.toml: farewell must be a list of phrasings"),
        ("farewell = []", "farewell must be a list of phrasings in quotes, with one at least"),
        ('farewell = [" "]', "farewell must be a list"),
        ("farewell = [1]", "farewell must be a list"),
        ('[close.out.more]\nx = ["y"]', "close.out must be a list"),
        ('goodbye = ["Cheers,"]', "there is no part goodbye; there are close.ask"),
        ('farewell = ["{{ reason }}"]', "farewell, number 1 mentions reason; it may mention company, full_name"),
        ('farewell = ["Bye,", "{% if %}"]', "farewell, number 2: "),
        ('farewell = ["{{ company|nope }}"]', "farewell, number 1: No filter named 'nope'"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TemplateError) as error:
        phrasings(team(tmp_path, text), "en", Occasion.RE_ENGAGEMENT)
    assert said in str(error.value)


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    folders = team(tmp_path, "")
    (tmp_path / "en" / "re_engagement.toml").write_bytes(b'farewell = ["Gr\xfc\xdfe"]')
    with pytest.raises(TemplateError, match=r"en/re_engagement\.toml cannot be read"):
        phrasings(folders, "en", Occasion.RE_ENGAGEMENT)


def test_without_any_phrasings_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"en/follow_up\.toml has no close\.out, .*looked in"):
        phrasings((tmp_path,), "en", Occasion.FOLLOW_UP)


@pytest.mark.parametrize("text", ["{{ company.__class__.__mro__ }}", "{{ ().__class__ }}", "{{ company.x.y }}"])
def test_a_phrasing_reaches_nothing_but_its_values_and_its_failure_shows_none_of_them(
    tmp_path: Path, text: str
) -> None:
    found = phrasings(team(tmp_path, f'farewell = ["{text}"]'), "en", Occasion.RE_ENGAGEMENT)
    with pytest.raises(TemplateError, match=r"en/re_engagement\.toml: farewell, number 1 fails with") as error:
        found.say("farewell", 0, VALUES | {"company": "Secret Labs"})
    assert "Secret" not in str(error.value)


def test_values_are_never_read_as_phrasings() -> None:
    found = phrasings((OURS,), "en", Occasion.RE_ENGAGEMENT)
    said = found.say("strength.noun", 0, {"strength": "sense of {{ company }} and {% raw %}", "company": "Acme Labs"})
    assert "sense of {{ company }} and {% raw %}" in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("one thing.", "Best: one thing."),
        ("“a note.”", "Best: “a note.”"),
        ("why?", "Best: why?"),
        ("a , b", "Best: a, b."),
    ],
)
def test_a_value_that_ends_a_sentence_gets_no_second_full_stop(tmp_path: Path, value: str, said: str) -> None:
    text = '[strength]\nnoun = ["Best: {{ strength }}."]'
    found = phrasings(team(tmp_path, text), "en", Occasion.RE_ENGAGEMENT)
    assert found.say("strength.noun", 0, {"strength": value}) == said


def voice(seed: str, variation: int = 0) -> Voice:
    return Voice(phrasings((OURS,), "en", Occasion.RE_ENGAGEMENT), seed, variation, VALUES)


def test_the_same_person_and_role_are_always_spoken_to_alike() -> None:
    assert voice("a-7 r-1").say("close.out") == voice("a-7 r-1").say("close.out")


def test_a_redraft_has_other_words_in_every_part() -> None:
    for part, texts in phrasings((OURS,), "en", Occasion.RE_ENGAGEMENT).parts.items():
        said = [voice("a-7 r-1", variation).say(part) for variation in range(len(texts))]
        assert len(set(said)) == len(texts), part


def test_people_are_spoken_to_in_different_phrasings() -> None:
    assert len({voice(f"a-{number} r-1").say("close.out") for number in range(300)}) == 10


def test_a_sentence_begins_with_a_capital() -> None:
    assert [start(text) for text in ("last spring", "Ömer", "")] == ["Last spring", "Ömer", ""]
