"""One phrase of config/courtesy.toml, as a pattern and as the words without which it cannot occur.

A phrase is words. `(a|b)` is one of several, `(a|)` may be left out, `keep(s|ing|)` is three endings, `...` stands for
up to six words with no comma among them, `#` for a number. Apostrophes, dashes, quotes and commas do not matter.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import accumulate, product

from rekindle.courtesy.letter import plainly

_PIECE = re.compile(r"[()|]|[^()|]+")
#: What may stand between two words of a phrase; short, so that no text can make a search slow.
_BETWEEN = r"""[\s,;:"()*'/-]{1,8}"""
_GAP = r"(?:\s{1,8}\S{0,40}[^\s,;:.!?…](?=\s)){0,6}?"
_NUMBER = r"\d{1,6}(?:[.,:]\d{1,3})?(?:st|nd|rd|th)?"
_WORD = re.compile(r"\w+")
#: A word as long as this is rarely in a letter by chance.
_TELLING = 5
#: More ways than this to write one word of a phrase are a slip, or would take long to search.
_MOST_WAYS = 2000

#: The ways to write one word of a phrase. An empty way: it may be left out. `...` is a word of its own.
Unit = tuple[str, ...]
_MAYBE_ANYTHING: Unit = ("...",)
#: For each of some words of a phrase the ways to write it.
Needs = tuple[frozenset[str], ...]
#: More would hardly tell more phrases from a text.
MOST_NEEDS = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """`pattern` fits plain text, and every text it fits has a word of each of the `needs`.

    What it fits begins with one of `firsts`, a whole word; where there are none nobody can say.
    """

    pattern: str
    needs: Needs
    firsts: frozenset[str]


def read_wording(phrase: str, common: Container[str] = ()) -> Wording:
    """Read one phrase. `common` are words that nearly every letter has. Raises ValueError saying what is wrong."""
    units = [_unit(text) for text in _cut(plainly(phrase).replace("-", " "))]
    if _MAYBE_ANYTHING in units[:1] + units[-1:]:
        raise ValueError("must begin and end with a word")
    if all("" in unit for unit in units):
        raise ValueError("needs a word that is not left out")
    return Wording(_pattern(units), _needs(units, common), _first_words(units))


def _cut(phrase: str) -> list[str]:
    """Cut at the spaces that stand in no bracket."""
    words, depth = [""], 0
    for piece in re.split(r"([()]|\s+)", phrase.strip()):
        depth += (piece == "(") - (piece == ")")
        if depth < 0:
            break
        if piece.isspace() and not depth:
            words.append("")
        else:
            words[-1] += piece
    if depth:
        raise ValueError("has a bracket too few or too many")
    return words


def _unit(text: str) -> Unit:
    """Return all ways to write what stands between two spaces."""
    # For each bracket that is open: the choices that are complete, and the one that is being read.
    open_brackets: list[tuple[list[str], list[str]]] = [([], [""])]
    for piece in _PIECE.findall(text):
        done, choice = open_brackets[-1]
        if piece == "(":
            open_brackets.append(([], [""]))
        elif piece == "|":
            open_brackets[-1] = ([*done, *choice], [""])
        elif piece == ")":
            open_brackets.pop()
            _continue(open_brackets, [*done, *choice])
        else:
            _continue(open_brackets, [piece])
    done, choice = open_brackets[0]
    return tuple(dict.fromkeys(" ".join(way.split()) for way in (*done, *choice)))


def _continue(open_brackets: list[tuple[list[str], list[str]]], ways: list[str]) -> None:
    done, choice = open_brackets[-1]
    if len(choice) * len(ways) > _MOST_WAYS:
        raise ValueError("can be written in too many ways: make it two")
    open_brackets[-1] = (done, ["".join(each) for each in product(choice, ways)])


def _pattern(units: list[Unit]) -> str:
    pattern, glue = "", ""
    for unit in units:
        if unit == _MAYBE_ANYTHING:
            pattern += _GAP
            continue
        body = f"(?:{'|'.join(map(_words, filter(None, unit)))})"
        if "" not in unit:
            pattern, glue = f"{pattern}{glue}{body}", _BETWEEN
        elif glue:
            pattern += f"(?:{glue}{body})?"
        else:
            # Nothing stands before what may be left out at the beginning.
            pattern += f"(?:{body}{_BETWEEN})?"
    return pattern


def _words(text: str) -> str:
    pattern = ""
    for word in text.split():
        escaped = re.escape(word).replace("'", "'?").replace(r"\#", _NUMBER)
        pattern += _GAP if word == "..." else f"{_BETWEEN if pattern else ''}{escaped}"
    return pattern


def _needs(units: list[Unit], common: Container[str]) -> Needs:
    """Choose the words of the phrase that a letter has least often by chance, each in all its ways."""

    def telling(option: tuple[str, ...]) -> tuple[bool, int, int]:
        rare = not any(word in common for word in option)
        return rare, min(_TELLING, *map(len, option)), -len(option)

    options = filter(all, (tuple(map(_longest, unit)) for unit in units if "" not in unit))
    return tuple(map(frozenset, sorted(options, key=telling, reverse=True)[:MOST_NEEDS]))


def _first_words(units: list[Unit]) -> frozenset[str]:
    """Return the words that the phrase can begin with, `#` for a number; none where it may begin with another sign."""
    firsts: set[str] = set()
    for unit in units:
        for way in filter(None, unit):
            first = way.split()[0]
            if first.startswith("#"):
                firsts.add("#")
            elif "#" in first or not _WORD.match(first):
                return frozenset()
            else:
                # Without its apostrophe "don't" is one word, and "don" with it.
                firsts.update(_WORD.findall(joined)[0] for joined in accumulate(first.split("'")))
        if "" not in unit:
            break
    return frozenset(firsts)


def _longest(text: str) -> str:
    return max(_WORD.findall(text.replace("'", "").replace("#", "")), key=len, default="")
