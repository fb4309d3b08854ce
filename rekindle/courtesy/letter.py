"""A letter as the rules read it: subject, paragraphs, sentences, all in one spelling of quotes, dashes and spaces.

Takes whatever a person pasted; `rekindle.courtesy.fitness` says what is no letter at all, before anything is cut up.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from unicodedata import normalize

# One sign for each sign, so that what is found in the plain form stands at the same place in the original. The Turkish
# İ is here because lower() would make two signs of it.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´`", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\t\r", " "),
        "İ": "i",
    }
)
#: Left by a web page or a word processor, seen by nobody, and in the way of every comparison.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
# One sign after the other and no set: only so does a search skip what is none of them.
_NEWLINE = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_SUBJECT = re.compile(r"\A\s*(?:subject|betreff):[ \t]*([^\n]*)(?:\n|\Z)", re.IGNORECASE)
# It begins with one sign and is bounded, so that the search is fast and stays so in a row of dots.
_END = re.compile(r"[.!?…。！？][.!?…。！？]{0,40}[\"')\]]{0,4}(?:(?=\s|$)|(?<=[。！？]))")
# What ends with a dot and may end no sentence: never after an abbreviation or an initial (but I), before a small letter
# only after some, and not within a date: "am 20. April", "20. 4.".
_DOTTED = re.compile(
    r"""(?:^|[\s("'])(?:(?P<never>[A-HJ-Z]|(?i:dr|mr|mrs|ms|prof|st|nr|ca|bzw|vs|approx|bspw|inkl|sr|jr|e\.g|i\.e|z|d|u|o
    |(?:z|d|u)\.\s?[bha]))|(?P<small>(?i:inc|ltd|co|etc|usw))|(?P<day>\d{1,2}))\.$""",
    re.VERBOSE,
)
_IN_DATE = re.compile(r"\s+(?:\d|[a-zäöü]|(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))")
_BULLET = re.compile(r"\s*(?:[-*•·–]|\d{1,2}[.)])\s")
_WORD = re.compile(r"\w+")
#: A line this long that ends in the middle of a sentence was wrapped by an editor.
_WRAPPED = 50


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as it was written, `plain` in lower case and one spelling; `index` counts from 0, `paragraph` too."""

    text: str
    plain: str
    index: int
    paragraph: int

    def quote(self, match: re.Match[str]) -> str:
        """Return the words as they were written that a pattern found in `plain`."""
        return self.text[match.start() : match.end()]


@dataclass(frozen=True)
class Letter:
    """A letter. `subject` is None when nobody gave one: then nothing is asked of it.

    What is derived is made when a rule first asks for it, and once.
    """

    body: str
    subject: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", tidy(self.body))
        if self.subject is not None:
            object.__setattr__(self, "subject", normalize("NFC", _UNSEEN.sub("", self.subject)))

    @cached_property
    def plain(self) -> str:
        """The body in lower case with straight quotes, plain dashes and plain spaces; sign for sign."""
        return plainly(self.body)

    @cached_property
    def both(self) -> str:
        """Subject and body in plain form, for what may stand in neither."""
        return f"{plainly(self.subject)}\n{self.plain}" if self.subject else self.plain

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(_sentences(self.body))

    @cached_property
    def said(self) -> tuple[Sentence, ...]:
        """The sentences, with the subject before them (index and paragraph -1)."""
        if not self.subject:
            return self.sentences
        return (Sentence(self.subject, plainly(self.subject), -1, -1), *self.sentences)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All words of subject and body (see `tokens_of`)."""
        return frozenset().union(*(tokens_of(sentence.plain) for sentence in self.said))

    @cached_property
    def words(self) -> int:
        """How many words the body has."""
        return len(self.body.split())


def read_letter(text: str) -> Letter:
    """Read a file or a paste; a first line `Subject: …` is the subject."""
    text = _NEWLINE.sub("\n", text).removeprefix("\ufeff")
    found = _SUBJECT.match(text)
    if found is None:
        return Letter(text.strip("\n"))
    return Letter(text[found.end() :].strip("\n"), found[1].strip())


def tidy(text: str) -> str:
    """Return the text with one kind of line break, composed letters (NFC) and nothing that cannot be seen."""
    if text.isascii():
        return _NEWLINE.sub("\n", text)
    return normalize("NFC", _UNSEEN.sub("", _NEWLINE.sub("\n", text)))


@lru_cache(maxsize=512)
def plainly(text: str) -> str:
    """Return the text in lower case with straight quotes, plain dashes and plain spaces; sign for sign."""
    if text.isascii():
        # Most sentences are, and this is several times faster.
        return text.replace("`", "'").replace("\t", " ").replace("\r", " ").lower()
    return text.translate(_PLAIN).lower()


@lru_cache(maxsize=1024)
def tokens_of(plain: str) -> frozenset[str]:
    """Return the words of a plain text, "don't" as `dont` and as its two parts: a cheap question before a search."""
    return frozenset(_WORD.findall(plain)).union(_WORD.findall(plain.replace("'", "")) if "'" in plain else ())


@lru_cache(maxsize=256)
def places_of(plain: str) -> Mapping[str, Sequence[int]]:
    """Return where each word of a plain text begins; "don't" is two. All that begin with a digit are `#` too."""
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(plain):
        word, start = match[0], match.start()
        places.setdefault(word, []).append(start)
        if word[0].isdecimal():
            places.setdefault("#", []).append(start)
    return places


def _sentences(body: str) -> list[Sentence]:
    """Cut at the ends of sentences and at line breaks: a greeting and a signature are sentences of their own."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(_paragraphs(body)):
        for line in _lines(paragraph):
            for start, end in pairwise([0, *_ends(line), len(line)]):
                text = " ".join(line[start:end].split())
                if text:
                    found.append(Sentence(text, plainly(text), len(found), number))
    return found


def _paragraphs(body: str) -> Iterator[list[str]]:
    for is_blank, lines in groupby(body.split("\n"), key=lambda line: not line.strip()):
        if not is_blank:
            yield list(lines)


def _lines(paragraph: list[str]) -> list[str]:
    """Join the lines of a wrapped paragraph; a short line (a greeting, a name) and an item of a list stay alone."""
    lines: list[str] = []
    is_open = False
    for line in paragraph:
        if is_open and not _BULLET.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        is_open = len(line) >= _WRAPPED and not line.rstrip().endswith((".", "!", "?", ":"))
    return lines


def _ends(line: str) -> Iterator[int]:
    """Give the places where sentences end; an initial, an abbreviation or a date ends none."""
    for match in _END.finditer(line):
        if match[0] != "." or not _goes_on(line[max(0, match.end() - 12) : match.end()], line[match.end() :][:12]):
            yield match.end()


def _goes_on(before: str, after: str) -> bool:
    found = _DOTTED.search(before)
    if found is None:
        return False
    if found.lastgroup == "day":
        return _IN_DATE.match(after) is not None
    return found.lastgroup == "never" or not after.lstrip()[:1].isupper()
