"""Words as a shortlist compares them: by their stems, so that `pricing` meets `prices`. Pure.

Read as English, the language our records are kept in; words of any other meet themselves.
"""

from functools import lru_cache

from rekindle.courtesy.stems import stem
from rekindle.journey.bulk.choosing import words_of

Stems = frozenset[str]

_LITTLE_WORDS = "a an and as at by for from in into of on or our the their this that to up with"
_EVERYDAY_WORDS = (
    "able another around background be been being best better both brought call came candidate chose choose chosen "
    "close closer company could did do does done experience experienced expert finalist find first fit found get "
    "good great group had has have he her him his hire hired hiring i idea into is it its job knew know knowledge "
    "last less like made make many more most much must need needed new next no not now offer one only open other "
    "over people person position post prefer preferred previous ran record right role run same say second see she "
    "skill skills somebody someone something strong stronger such team than them then there they thing think third "
    "took topic two understand us use used very want wanted was way we well went were what when where which while "
    "who whole why wish work worked working would write year years you your"
)
#: Words that hold others together.
_LITTLE = frozenset(_LITTLE_WORDS.split())


@lru_cache(maxsize=65536)
def stems(text: str) -> Stems:
    """Return the stems of a label or title: everything but the little words, unless there is nothing else."""
    words = words_of(text)
    return frozenset(stem(word, "en") for word in words - _LITTLE or words)


@lru_cache(maxsize=1)
def _everyday() -> Stems:
    """Return what is said of every candidate and every hiring: texts that share one of these have nothing in common."""
    return frozenset(stem(word, "en") for word in _EVERYDAY_WORDS.split())


def telling(text: str) -> Stems:
    """Return the stems of a text that tell what it is about: no everyday words, no bare numbers."""
    return frozenset(each for each in stems(text) - _everyday() if not each.isdecimal())


def words_about(text: str, topic: Stems) -> tuple[str, ...]:
    """Return the words of a text whose stems are among `topic`, in alphabetical order."""
    return tuple(sorted(word for word in words_of(text) if stem(word, "en") in topic))
