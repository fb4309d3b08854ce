"""Whether two names are the same, or the same but for accents, a nickname or a slip of the pen."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from unicodedata import combining, normalize

_NAME = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# Letters that Unicode does not take apart into a letter and an accent.
_SINGLE = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# What makes a short form of a name: Andy, Katie, Ulli.
_SHORTENED = re.compile(r"(?:ie|y|i|e|o)$")
#: Letters that are taken for one another by ear.
_SOUND_ALIKE = tuple(map(set, ("aeiouyj", "ckq", "sz", "dt", "bp", "fvw", "mn", "ij")))
_LEAST = 3
_ALIKE = 0.8


class Likeness(IntEnum):
    """How well a name fits."""

    OTHER = 0
    #: Without its accents, a nickname, one letter wrong: a person should look.
    CLOSE = 1
    SAME = 2


def names_in(text: str) -> list[str]:
    """Return the words of a name in lower case; "Anna-Lena" is two, "O'Hara" one."""
    return _NAME.findall(normalize("NFC", text).translate({0x2019: "'"}).casefold())


def likeness(word: str, own: Iterable[str], nicknames: Iterable[str] = ()) -> Likeness:
    """Compare one word of a greeting with somebody's names; each line of `nicknames` holds names for one another."""
    names = list(own)
    if word in names:
        return Likeness.SAME
    return max((_compare(word, name, nicknames) for name in names), default=Likeness.OTHER)


def _compare(word: str, name: str, nicknames: Iterable[str]) -> Likeness:
    is_close = (
        not _spellings(word).isdisjoint(_spellings(name))
        or _is_short_for(_plain(word), _plain(name))
        or _is_short_for(_plain(name), _plain(word))
        or any(word in group and name in group for group in (line.casefold().split() for line in nicknames))
        # A name in another script cannot be compared, so nobody knows that it is wrong.
        or _is_latin(word) != _is_latin(name)
        or _is_slip(word, name)
    )
    return Likeness.CLOSE if is_close else Likeness.OTHER


def _is_slip(word: str, name: str) -> bool:
    """Say whether it is the same name misspelt; with a letter that sounds otherwise it is another name."""
    if len(word) == len(name):
        differ = [{one, other} for one, other in zip(word, name, strict=True) if one != other]
        if len(differ) == 1:
            return any(differ[0] <= alike for alike in _SOUND_ALIKE)
    return word[0] == name[0] and SequenceMatcher(None, word, name, autojunk=False).ratio() > _ALIKE


def _is_short_for(short: str, name: str) -> bool:
    stem = _SHORTENED.sub("", short)
    return len(stem) >= _LEAST and stem in name


def _spellings(name: str) -> frozenset[str]:
    return frozenset({_plain(name), _plain(name.translate(_UMLAUTS))})


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    """Return the name without accents: José as jose, Łukasz as lukasz."""
    return "".join(sign for sign in normalize("NFKD", name.translate(_SINGLE)) if not combining(sign))


def _is_latin(name: str) -> bool:
    return _plain(name).isascii()
