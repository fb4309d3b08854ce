"""What recruiters jot down stands in a sentence as it should, and in quotation marks wherever that is not certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.journey.letters import fragments, grammar
from rekindle.journey.letters.fragments import Shape


@pytest.mark.parametrize(
    ("noted", "shape", "words"),
    [
        ("background in consumer tech and product strategy", Shape.NOUN, None),
        ("Background in consumer tech.", Shape.NOUN, "background in consumer tech"),
        ("a sharp sense of what to leave out", Shape.NOUN, "sharp sense of what to leave out"),
        ("deep knowledge of queues", Shape.NOUN, None),
        ("found the race in our queue exercise before running it", Shape.DID, None),
        ("Wrote the calmest incident review we have read", Shape.DID, "wrote the calmest incident review we have read"),
        ("described plainly what went wrong", Shape.DID, None),
        ("she built the pipeline of a core facility", Shape.DID, "built the pipeline of a core facility"),
        ("maintains a small rich-text library", Shape.DID, "maintain a small rich-text library"),
        (
            "is learning about accreditation in an evening course",
            Shape.DID,
            "are learning about accreditation in an evening course",
        ),
        ("teaches statistics to nurses", Shape.DID, "teach statistics to nurses"),
        ("her critique of our contrast led to a change", Shape.CLAUSE, "your critique of our contrast led to a change"),
        ("His design note needed no meeting", Shape.CLAUSE, "your design note needed no meeting"),
        # Not certain enough to be turned into "you".
        ("left our exercise with better tests than we gave her", Shape.QUOTED, None),
        ("told us which plan she would drop, and was right", Shape.QUOTED, None),
        ("maintains a library and answers every issue", Shape.QUOTED, None),
        ("asked our designers what they would stop doing", Shape.QUOTED, None),
        ("Sarah found the race", Shape.QUOTED, None),
        ("advanced the state of the art", Shape.QUOTED, None),
        ("applied statistics", Shape.QUOTED, None),
        ("very clear", Shape.QUOTED, None),
        ("calm. Clear. Kind.", Shape.QUOTED, "calm. Clear. Kind"),
        ('said "it depends" and meant it', Shape.QUOTED, None),
        ("brachte drei Interviews schon zum ersten Gespräch mit", Shape.QUOTED, None),
    ],
)
def test_praise_is_turned_to_the_reader_only_where_that_is_certain(noted: str, shape: Shape, words: str | None) -> None:
    assert fragments.praise(noted, "en") == fragments.Fragment(shape, words or noted)


@pytest.mark.parametrize(
    ("noted", "shape", "words"),
    [
        ("Hintergrund in der Medizintechnik", Shape.NOUN, "Ihr Hintergrund in der Medizintechnik"),
        ("Erfahrung mit Kliniken und Laboren", Shape.NOUN, "Ihre Erfahrung mit Kliniken und Laboren"),
        (
            "seine Kritik am Farbkontrast führte zu einer Änderung",
            Shape.CLAUSE,
            "Ihre Kritik am Farbkontrast führte zu einer Änderung",
        ),
        ("brachte drei Interviews schon zum ersten Gespräch mit", Shape.QUOTED, None),
        ("ihre Ruhe, als er die Nerven verlor", Shape.QUOTED, None),
        ("found the race in our exercise", Shape.QUOTED, None),
    ],
)
def test_german_praise_is_quoted_unless_it_is_a_quality_or_begins_with_whose_it_is(
    noted: str, shape: Shape, words: str | None
) -> None:
    assert fragments.praise(noted, "de") == fragments.Fragment(shape, words or noted)


@pytest.mark.parametrize(
    ("noted", "shape", "words"),
    [
        ("someone with more B2B experience", Shape.PERSON, None),
        ("Somebody who knew the tender platform", Shape.PERSON, "somebody who knew the tender platform"),
        ("a more experienced candidate with a network in Japan", Shape.PERSON, None),
        ("another candidate with more time", Shape.PERSON, None),
        ("the other finalist had run a migration of this size before", Shape.CLAUSE, None),
        ("the other finalist brought the contracts with him", Shape.CLAUSE, None),
        ("We promoted from within", Shape.CLAUSE, "we promoted from within"),
        ("hired another candidate", Shape.CLAUSE, "we hired another candidate"),
        ("went with somebody closer to the customers", Shape.CLAUSE, "we went with somebody closer to the customers"),
        ("another candidate accepted first", Shape.CLAUSE, None),
        ("more B2B experience", Shape.BARE, None),
        ("B2B experience", Shape.BARE, None),
        ("position went to another candidate", Shape.QUOTED, None),
        ("she lacked B2B experience", Shape.QUOTED, None),
        ("we had no post for her", Shape.QUOTED, None),
        ("jemand mit mehr Erfahrung im Vertrieb", Shape.QUOTED, None),
    ],
)
def test_a_reason_is_somebody_a_sentence_a_thing_or_a_quotation(noted: str, shape: Shape, words: str | None) -> None:
    assert fragments.reason(noted, "en") == fragments.Fragment(shape, words or noted)


@pytest.mark.parametrize(
    ("noted", "shape", "words"),
    [
        ("jemand mit mehr Erfahrung im Vertrieb", Shape.PERSON, None),
        ("jemanden mit mehr Erfahrung im Vertrieb", Shape.PERSON, "jemand mit mehr Erfahrung im Vertrieb"),
        ("wir haben die Stelle intern besetzt", Shape.CLAUSE, None),
        ("wir hatten für sie keine Stelle", Shape.QUOTED, None),
        ("mehr Erfahrung mit Kliniken", Shape.QUOTED, None),
        ("someone with more B2B experience", Shape.QUOTED, None),
    ],
)
def test_a_german_reason_likewise(noted: str, shape: Shape, words: str | None) -> None:
    assert fragments.reason(noted, "de") == fragments.Fragment(shape, words or noted)


@pytest.mark.parametrize(
    ("promise", "shape", "words"),
    [
        ("reach out if a product role opens", Shape.DID, None),
        ("We will write when the growth team hires", Shape.DID, "write when the growth team hires"),
        ("tell her when a remote design role opens", Shape.DID, "tell you when a remote design role opens"),
        ("come back to him for a new region", Shape.DID, "come back to you for a new region"),
        ("tell her first about the second analytics post", Shape.DID, "tell you first about the second analytics post"),
        # An offer is not ours to repeat in other words.
        ("offer her the next staff post before publishing it", Shape.QUOTED, None),
        ("call them when their team grows", Shape.DID, "call you when your team grows"),
        ("write when he is back", Shape.QUOTED, None),
        ("promised a call", Shape.QUOTED, None),
        ("meldet sich, wenn eine Produktstelle frei wird", Shape.QUOTED, None),
    ],
)
def test_a_promise_speaks_to_whom_it_was_made(promise: str, shape: Shape, words: str | None) -> None:
    assert fragments.promised(promise, "en") == fragments.Fragment(shape, words or promise)


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("would like to build a first version again", "would like to build a first version again"),
        ("Wants to lead a team", "want to lead a team"),
        ("would like her team to grow", None),
        ("pricing", None),
    ],
)
def test_a_wish_is_said_only_as_a_wish(noted: str, said: str | None) -> None:
    assert fragments.wish(noted, "en") == said
    assert fragments.wish(noted, "de") is None


def test_what_a_role_says_in_another_language_is_not_native() -> None:
    assert fragments.native("Owning a product line.", "en") == "Owning a product line"
    assert fragments.native("Owning a product line.", "de") == ""
    assert fragments.native("eine Produktlinie von Anfang an", "de") == "eine Produktlinie von Anfang an"


def test_because_is_not_said_twice() -> None:
    assert fragments.because("Because you have met us.") == "you have met us"
    assert fragments.because("you have met us") == "you have met us"


@given(st.text(max_size=300), st.sampled_from(["en", "de"]))
def test_whatever_was_jotted_down_it_can_be_said(noted: str, language: str) -> None:
    for shaped in (fragments.praise(noted, language), fragments.reason(noted, language)):
        assert shaped.words == fragments.tidy(shaped.words)
        assert len(shaped.words) <= len(noted) + 10


@given(st.lists(st.sampled_from(["she", "her", "them", "found", "the", "race", "and", "was", "his"]), max_size=8))
def test_nobody_is_spoken_of_in_the_third_person_outside_quotation_marks(words: list[str]) -> None:
    said = fragments.praise(" ".join(words), "en")
    if said.shape is not Shape.QUOTED:
        assert not grammar.THIRD_PERSON & grammar.words_of(said.words)
