"""A letter as the rules read it: subject, paragraphs, sentences, all in one spelling of quotes, dashes and spaces.

Takes whatever a person pasted; `unfit` in `rekindle.courtesy.fitness` says what is no letter at all.
"""

import re
from dataclasses import dataclass, field

# One sign for each sign, so that what is found in the plain form stands at the same place in the original.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´`", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\t\r", " "),
    }
)
_SUBJECT = re.compile(r"\A\s*(?:subject|betreff):[ \t]*(.*)(?:\n|\Z)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
# An initial, a title or an abbreviation ends no sentence; neither does a dot inside a number.
_END = re.compile(
    r"(?<!\b[A-Za-z])(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\be\.g)(?<!\bi\.e)(?<!\bz\.b)[.!?…]+[\"')]*(?=\s|$)", re.I
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as it was written, `plain` in lower case and one spelling; `index` counts from 0, `paragraph` too."""

    text: str
    plain: str
    index: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. `subject` is None when nobody gave one: then nothing is asked of it."""

    body: str
    subject: str | None = None
    plain: str = field(init=False)
    sentences: tuple[Sentence, ...] = field(init=False)
    words: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", plainly(self.body))
        object.__setattr__(self, "sentences", tuple(_sentences(self.body)))
        object.__setattr__(self, "words", len(self.body.split()))

    @property
    def both(self) -> str:
        """Subject and body in plain form, for what may stand in neither."""
        return f"{plainly(self.subject)}\n{self.plain}" if self.subject else self.plain


def read_letter(text: str) -> Letter:
    """Read a file or a paste; a first line `Subject: …` is the subject."""
    found = _SUBJECT.match(text)
    if found is None:
        return Letter(text.strip("\n"))
    return Letter(text[found.end() :].strip("\n"), found[1].strip())


def plainly(text: str) -> str:
    """Return the text in lower case with straight quotes, plain dashes and plain spaces; sign for sign."""
    return text.translate(_PLAIN).lower()


def _sentences(body: str) -> list[Sentence]:
    """Cut at the ends of sentences and at line breaks: a greeting and a signature are sentences of their own."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(body)):
        for line in _lines(paragraph[0]):
            start = 0
            ends = [match.end() for match in _END.finditer(line)] or [len(line)]
            for end in [*ends, len(line)] if ends[-1] != len(line) else ends:
                text = " ".join(line[start:end].split())
                if text:
                    found.append(Sentence(text, plainly(text), len(found), number))
                start = end
    return found


def _lines(paragraph: str) -> list[str]:
    """Join the lines of a wrapped paragraph; a short line (a greeting, a name) stays alone."""
    lines: list[str] = []
    open_line = False
    for line in paragraph.splitlines():
        if open_line and lines:
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        open_line = len(line) >= _WRAPPED and not line.rstrip().endswith((".", "!", "?"))
    return lines


#: A line this long that ends in the middle of a sentence was wrapped by an editor.
_WRAPPED = 50
