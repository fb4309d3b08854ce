"""Whether words may be meant alike though their stems differ: more generous than `stems`, and so no proof by itself."""

import re
from functools import lru_cache

from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.stems import Stems

#: Words that begin alike for so long, and by this share of the shorter one, may be forms of one: "teach" and "teacher".
_BEGIN, _SHARE = 4, 0.75
#: A German word this long may be a part of a longer one, and begin several of one kind: "Solarzelle", "Solardach".
_PART, _FIRST_PART = 4, 5
# Two ways to spell: "paediatric" and "pediatric", "Einkauf" and "Einkäufer".
_FOLDS = {
    "en": (("ae", "e"), ("oe", "e"), ("our", "or")),
    "de": (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "ss")),
}


def resembles(some: Stems, others: Stems, language: str) -> Stems:
    """Return those of `some` that may be meant by one of `others`."""
    folded = [_folded(other, language) for other in others]
    return frozenset(one for one in some if any(_alike(_folded(one, language), other, language) for other in folded))


def parted(text: str, phrases: Phrases) -> str:
    """Return a text with German words cut in two that are two in one: "Klinikerfahrung" as "Klinik Erfahrung"."""
    heads = phrases.lists["compound_heads"]
    return _heads(heads).sub(r" \1", text) if heads else text


@lru_cache(maxsize=8)
def _heads(heads: tuple[str, ...]) -> re.Pattern[str]:
    ends = "|".join(sorted(map(re.escape, heads), key=len, reverse=True))
    return re.compile(rf"(?<=\w\w\w)-?({ends})(?!\w)", re.IGNORECASE)


def _folded(word: str, language: str) -> str:
    for one, other in _FOLDS.get(language, ()):
        word = word.replace(one, other)
    return word


def _alike(one: str, other: str, language: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if language == "de" and ((len(short) >= _PART and short in long) or short[:_FIRST_PART] == long[:_FIRST_PART]):
        return len(short) >= _PART
    least = max(_BEGIN, round(_SHARE * len(short)))
    return len(short) >= _BEGIN and short[:least] == long[:least]
