"""Whether a name in the midst of a letter is theirs: "Would you like that, Peter?", "Ms Kym"."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.names import Likeness, likeness, names_in
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.sayable import sayable_texts

# "…, Peter?" at the end of a sentence; "Peter, you …" at its beginning.
_AT_END = re.compile(r",\s([^\W\d_]{2,20})[?!.]*$")
_AT_START = re.compile(r"^([^\W\d_]{2,20}),\s([^\W\d_]+)")
_TITLED = re.compile(r"\b(?:Ms|Mr|Mrs|Mx|Frau|Herrn?)\.?\s(?:Dr\.?\s)?([^\W\d_][\w'-]{1,30})")


def addressed(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Compare every name by which they are spoken to after the greeting."""
    del limits
    spoken_to = [(sentence, *each) for sentence in letter.said for each in _spoken_to(sentence.text, phrases)]
    if not spoken_to:
        return
    own = names_in(f"{dossier.given_name} {dossier.family_name}")
    people = {name for text in sayable_texts(dossier) for name in names_in(text)}
    people |= {*names_in(dossier.signer.handed_over_by or "")}
    message = f"The letter is for {dossier.given_name} {dossier.family_name}".strip()
    for sentence, name, is_surname in spoken_to:
        written = name.casefold()
        # A surname may be that of anybody they know; one that begins like theirs is theirs, misspelt.
        wrong = written[:2] == dossier.family_name.casefold()[:2] if is_surname else sentence.index > 0
        if wrong and written not in people and likeness(written, own, phrases.lists["nicknames"]) is Likeness.OTHER:
            yield refuse("wrong-name", f"{message}, and this names somebody else: write the right name.", name)


def _spoken_to(text: str, phrases: Phrases) -> Iterator[tuple[str, bool]]:
    given = _given_names(phrases)
    yield from ((match[1], True) for match in _TITLED.finditer(text))
    if (end := _AT_END.search(text)) and end[1][0].isupper() and end[1].casefold() in given:
        yield end[1], False
    start = _AT_START.match(text)
    if start and start[1].casefold() in given and start[2].casefold() in phrases.words(FUNCTION_WORDS):
        yield start[1], False


@lru_cache(maxsize=8)
def _given_names(phrases: Phrases) -> frozenset[str]:
    return frozenset(name for line in phrases.lists["nicknames"] for name in line.casefold().split())
