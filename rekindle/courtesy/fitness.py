"""What is no letter at all: nothing, a file that is not text, far too much of it, or text that hides what it says.

Asked before everything else, and looks at the raw text only: no other rule has to expect such things. Names and words
in any script, from right to left too, and emoji are as welcome as any.
"""

import re
from collections.abc import Iterator, Mapping

from rekindle.courtesy.finding import Finding, refuse
from rekindle.courtesy.letter import Letter

RULES = ("not-a-letter",)

# Control characters, what a wrong encoding leaves behind, lone surrogates, and places Unicode will never fill.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff]")
# They turn the order of signs around, so that people read something else than what is sent (Unicode TR 36, 2.9).
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_AROUND = 20


def unfit(letter: Letter, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Say why this is no letter, once."""
    text = f"{letter.subject or ''}\n{letter.body}"
    if len(text) > limits["characters"]:
        yield _finding(f"It has {len(text):,} characters, a letter at most {limits['characters']:,.0f}: shorten it.")
    elif not letter.body.strip():
        yield _finding("There is nothing in it: write the letter first.")
    elif found := _NOT_TEXT.search(text):
        yield _finding(f"{_sign(found)} is no text: save the letter as plain text in UTF-8.", _near(text, found))
    elif found := _TURNING.search(text):
        yield _finding(f"{_sign(found)} turns the order of reading around: remove it.", _near(text, found))
    elif "\n" in (letter.subject or ""):
        yield _finding("The subject has more than one line: write it on one.", letter.subject or "")
    elif not any(map(str.isalpha, letter.body)):
        yield _finding("There is not a single word in it: write the letter first.", letter.body.strip()[:_AROUND])


def _finding(message: str, quote: str = "") -> Finding:
    return refuse("not-a-letter", f"This is no letter that can go. {message}", quote)


def _sign(found: re.Match[str]) -> str:
    return f"The sign U+{ord(found[0]):04X}"


def _near(text: str, found: re.Match[str]) -> str:
    """Return what stands around the sign, without it and its like: a quote must be safe to show."""
    around = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
    return " ".join(_TURNING.sub("", _NOT_TEXT.sub("", around)).split())
