"""Slips of the pen and of the template: what was never filled in, and a greeting that is for somebody else."""

import re
from collections.abc import Iterator, Mapping

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly
from rekindle.courtesy.names import Likeness, likeness, names_in
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases

RULES = ("placeholder", "greeting", "wrong-name")

# Every part is bounded: no text can make the search slow.
_UNFILLED = re.compile(
    r"""\{\{[^{}]{0,60}\}\}|\{%[^%]{0,60}%\}|\$?\{[^\W\d][\w .|-]{0,40}\}|\*\|[\w: ]{1,40}\|\*
    |%[^\W\d]\w{1,30}%|<<[^<>]{1,40}>>|</?[^\W\d][\w -]{0,40}/?>
    |\b(?:X{3,20}|x{3,20}|TODO|FIXME|INSERT|EINFÜGEN|_{3,40})\b|\bX%|\$[A-Z_]{4,30}\b
    |\?{3,20}|\.{5,40}|\#[^\W\d]\w{2,30}\#|@@\w{2,30}@@|\b[A-ZÄÖÜ]{2,20}(?:_[A-ZÄÖÜ]{2,20}){1,4}\b
    |(?<=:\s)XX\b|\bXX(?=\s?(?:min|hour|h\b|o'clock|%|€|\$|euro|pound|dollar|day|week|year|percent|Min|St|Uhr|Tag|Woch
    |Jahr|Euro|Proz))""",
    re.VERBOSE,
)
# None of those can be where none of these is: a letter without them is not searched.
_SIGNS, _LEFT_OVER = (
    ("{", "}", "<", ">", "%", "|", "$", "[", "_", "#", "@@", "??", "....", "(", "xx"),
    frozenset({"todo", "fixme", "insert", "einfügen"}),
)
# "(add strength)": an order to whoever writes.
_ASIDE = re.compile(r"\(([^\W\d_][^()\n]{1,60})\)")
_BRACKETED = re.compile(r"\[([^\W\d_][^\[\]\n]{0,40})\](?!\()")
# "the  role", "the role of ." - where something should stand, nothing does.
_HOLE = re.compile(r"\b(?:the|a|an|our|your|as|of|der|die|das|als|bei|zur|zum)(?:[ ]{2,5}\w+|[ ]{1,5}[.,;!?](?=\s|$))")
_GAPS = ("  ", " .", " ,", " !", " ?", " ;")
_NOBODY_AT_ALL = re.compile(r"\s+[,!:;.](?:\s|$)|\s+(?:null|none|nan|undefined|unknown|n/a)\b", re.IGNORECASE)
_END_OF_NAME = re.compile(r"[,!:;?(]|\s[-–—]+(?:\s|$)")
#: A name has at most so many words.
_MOST_WORDS = 4


def unfilled(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find what a template or a person meant to fill in."""
    del dossier, limits
    fill = "Something was never filled in: write what belongs there."
    suspicious = any(sign in letter.both for sign in _SIGNS) or not _LEFT_OVER.isdisjoint(letter.tokens)
    for sentence in letter.said if suspicious else ():
        for match in _UNFILLED.finditer(sentence.text):
            yield refuse("placeholder", fill, match[0])
        for match in _ASIDE.finditer(sentence.text):
            order, *what = plainly(match[1]).replace(":", " ").split()
            orders = phrases.words("placeholder_orders")
            if (
                order in orders
                and len(what) <= _MOST_WORDS - 1
                and (not what or not phrases.words("placeholder_words").isdisjoint(what))
            ):
                yield refuse("placeholder", fill, match[0])
        for match in _BRACKETED.finditer(sentence.text):
            if match[1].isupper() or phrases.find("placeholder_words", match[1].lower()):
                yield refuse("placeholder", fill, match[0])
            else:
                yield warn(
                    "placeholder", "Is this in brackets because it was to be filled in? Then write it out.", match[0]
                )
    for sentence, match in phrases.among("placeholders", letter):
        yield refuse("placeholder", fill, sentence.quote(match))
    # In the body, not in the sentences: those have single spaces.
    for match in _HOLE.finditer(letter.body) if any(gap in letter.body for gap in _GAPS) else ():
        yield warn("placeholder", "A word seems to be missing here: write what belongs there.", match[0])


def greeted(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Ask whether the greeting is for this person. A letter may begin without one."""
    del limits
    first = letter.sentences[0]
    greeting = phrases.find("greetings", first.plain)
    if greeting is None or greeting.start() > 0:
        return
    if _NOBODY_AT_ALL.match(first.text, greeting.end()):
        yield refuse("placeholder", "The name is missing in the greeting: write it.", first.text[: greeting.end() + 2])
        return
    if not f"{dossier.given_name}{dossier.family_name}".strip():
        return
    words = _name_words(first, greeting.end(), phrases)
    if not words and plainly(dossier.given_name) not in first.plain:
        yield warn("greeting", f"The greeting is for nobody: write {dossier.given_name}.", first.text[: greeting.end()])
    elif words:
        yield from _compared(words, dossier, phrases)


def _name_words(first: Sentence, start: int, phrases: Phrases) -> list[str]:
    """Return the words of the greeting that are a name, as they were written."""
    said = _END_OF_NAME.split(first.text[start:].strip(), maxsplit=1)[0].split()
    names: list[str] = []
    for word in said:
        plain = word.casefold().strip(".'\"*_")
        if plain in phrases.words("titles") or plain in phrases.words("nobody"):
            continue
        # "hi sarah, …" is a name in lower case; "Hi Sarah we spoke" and "Hello from Berlin" end with a small word.
        if word[:1].islower() and (names or len(said) > _MOST_WORDS or plain in phrases.words(FUNCTION_WORDS)):
            break
        names.append(word)
    return names[:_MOST_WORDS]


def _compared(words: list[str], dossier: Dossier, phrases: Phrases) -> Iterator[Finding]:
    own = names_in(f"{dossier.given_name} {dossier.family_name}")
    written = [name for word in words for name in names_in(word) if len(name) > 1 or name in own]
    if not written or "".join(written) in {"".join(own), "".join(own[::-1])}:
        return
    nicknames = phrases.lists["nicknames"]
    fits = [likeness(name, own, nicknames) for name in written]
    full, quote = f"{dossier.given_name} {dossier.family_name}".strip(), " ".join(words)
    if Likeness.OTHER in fits:
        yield refuse(
            "wrong-name", f"The letter is for {full}, and this greets somebody else: write the right name.", quote
        )
    elif Likeness.CLOSE in fits:
        yield warn("wrong-name", f"The name on record is {full}: make sure that it is spelt as they spell it.", quote)
