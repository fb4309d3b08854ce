"""What recruiters jot down, made fit for a sentence: "found the race in our exercise" becomes something you did.

Only what is certain is turned into "you" or "your"; everything else is quoted word for word, which is always right.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from rekindle.journey.letters import german, grammar


class Shape(StrEnum):
    """How a fragment can stand in a sentence."""

    #: After "your": "background in consumer tech".
    NOUN = "noun"
    #: After "you": "found the race", "maintain a small library".
    DID = "did"
    #: On its own: "your critique led to a change", "we promoted from within".
    CLAUSE = "clause"
    #: Somebody we took: "someone with more B2B experience".
    PERSON = "person"
    #: After a colon, as a thing: "more B2B experience".
    BARE = "bare"
    #: In quotation marks only.
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words with how they can be said. `words` carry no full stop at the end."""

    shape: Shape
    words: str


def praise(text: str, language: str) -> Fragment:
    """Shape what is noted about a person as something to be said to them."""
    plain = tidy(text)
    if _is_no_fragment(plain) or german.is_german(plain) is not (language == "de"):
        return Fragment(Shape.QUOTED, plain)
    found = _german_praise(plain) if language == "de" else _english_praise(plain)
    return found or Fragment(Shape.QUOTED, plain)


def reason(text: str, language: str) -> Fragment:
    """Shape why it was not them."""
    plain = tidy(text)
    if _is_no_fragment(plain) or german.is_german(plain) is not (language == "de"):
        return Fragment(Shape.QUOTED, plain)
    return _german_reason(plain) if language == "de" else _english_reason(plain)


def wish(text: str, language: str) -> str | None:
    """Return what somebody would like, to follow "you": "would like to …"; None when it is no such thing."""
    plain = tidy(text)
    if language != "en" or _is_no_fragment(plain) or grammar.THIRD_PERSON & grammar.words_of(plain):
        return None
    first, _, rest = _lowered(plain).partition(" ")
    modal = {"wants": "want", "hopes": "hope", "wishes": "wish"}.get(first, first)
    return f"{modal} {rest}" if modal in {"would", "want", "hope", "wish"} and rest else None


def promised(text: str, language: str) -> Fragment:
    """Shape a promise to follow "we said we would"; the person it was made about becomes "you"."""
    plain = re.sub(r"^(?:we(?:'ll| will)|will|to)\s+", "", tidy(text), flags=re.IGNORECASE)
    first = plain.partition(" ")[0].casefold()
    if language != "en" or first not in grammar.PROMISED or _is_no_fragment(plain):
        return Fragment(Shape.QUOTED, plain)
    words = grammar.to_you(_lowered(plain))
    certain = not grammar.THIRD_PERSON & grammar.words_of(words)
    return Fragment(Shape.DID, words) if certain else Fragment(Shape.QUOTED, plain)


def speaks_of_another(text: str) -> bool:
    """Say whether a reason is that somebody else was taken."""
    return bool(grammar.ANOTHER.search(text))


def speaks_of_meeting(text: str) -> bool:
    """Say whether a short process rests on having met or talked before."""
    return bool(grammar.MEETING.search(text))


def native(text: str, language: str) -> str:
    """Return a role's own words without a full stop; "" when they are in another language and must be quoted."""
    plain = tidy(text)
    return plain if german.is_german(plain) is (language == "de") else ""


def because(text: str) -> str:
    """Return why a process is short so that it follows "because"."""
    return re.sub(r"^(?:because|since|as)\s+", "", _lowered(tidy(text)), flags=re.IGNORECASE)


def _english_praise(plain: str) -> Fragment | None:
    text = _lowered(plain)
    first, _, rest = text.partition(" ")
    if first in {"she", "he"} and rest:
        first, text = rest.partition(" ")[0], rest
    if first in {"her", "his", "your"} and not grammar.THIRD_PERSON & grammar.words_of(rest):
        return Fragment(Shape.CLAUSE, f"your {rest}")
    if grammar.THIRD_PERSON & grammar.words_of(text) or grammar.changes_its_verb(text):
        return None
    if grammar.begins_with_past(text):
        return Fragment(Shape.DID, text)
    if present := grammar.second_person(text):
        return Fragment(Shape.DID, present)
    noun = re.sub(r"^(?:an?|the)\s+", "", text)
    return Fragment(Shape.NOUN, noun) if grammar.is_quality(noun) else None


def _german_praise(plain: str) -> Fragment | None:
    first, _, rest = plain.partition(" ")
    others = german.THIRD_PERSON & grammar.words_of(rest)
    if others or not rest:
        return None
    if yours := german.POSSESSIVES.get(first.casefold()):
        return Fragment(Shape.CLAUSE, f"{yours} {rest}")
    yours = german.QUALITIES.get(first)
    return Fragment(Shape.NOUN, f"{yours} {plain}") if yours else None


def _english_reason(plain: str) -> Fragment:
    text = _lowered(plain)
    if grammar.PERSON.match(text):
        return Fragment(Shape.PERSON, text)
    about_them = grammar.THIRD_PERSON & grammar.words_of(text) and not grammar.ANTECEDENT.search(text)
    if about_them:
        return Fragment(Shape.QUOTED, plain)
    first = text.partition(" ")[0]
    if first in grammar.WE_DID:
        return Fragment(Shape.CLAUSE, f"we {text}")
    is_clause = bool(grammar.FINITE & grammar.words_of(text))
    if is_clause:
        return Fragment(Shape.CLAUSE if first in grammar.SUBJECTS else Shape.QUOTED, text)
    return Fragment(Shape.BARE, text)


def _german_reason(plain: str) -> Fragment:
    first = plain.partition(" ")[0].casefold()
    if first in {"jemand", "jemanden"}:
        return Fragment(Shape.PERSON, f"jemand{plain[len(first) :]}")
    if first in german.SUBJECTS and not german.THIRD_PERSON & grammar.words_of(plain):
        return Fragment(Shape.CLAUSE, plain)
    return Fragment(Shape.QUOTED, plain)


#: A fragment is a few words; more, or several sentences, are quoted as they are.
_LONGEST = 220


def _is_no_fragment(plain: str) -> bool:
    return len(plain) > _LONGEST or bool(re.search(r"[.!?;:]\s|[\"“”„]|\d\.\s", plain))


def tidy(text: str) -> str:
    """Return a fragment on one line without a full stop."""
    return " ".join(text.split()).rstrip(".!;, ")


def _lowered(text: str) -> str:
    """Begin in lower case, unless the first word is a name or an abbreviation."""
    first = text.partition(" ")[0]
    known = first.casefold() in grammar.SMALL_WORDS or grammar.begins_with_past(text.casefold())
    return text[:1].lower() + text[1:] if first[1:].islower() and known else text
