"""Honest letters in many voices, each with the records that make it true: none may be refused, or even doubted.

The texts are in `letters/`: formal and casual, long and short, by people whose first language it is and by others.
"""

from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap

from rekindle.courtesy.dossier import Dossier
from tests.courtesy import records
from tests.courtesy.check_ins import CHECKED_ON, IN_GERMAN
from tests.courtesy.people import GERMAN, GOOD_EXAMPLE, good_text, sarah

_LETTERS = Path(__file__).parent / "letters"

#: The name of the file -> what is on record.
DOSSIERS: Mapping[str, Dossier] = {
    "formal": sarah(),
    "casual": sarah(),
    "short": sarah(),
    "second-language": sarah(),
    "bullet-points": sarah(),
    "quotes-and-dashes": sarah(),
    "handed-over": records.HANDED_OVER,
    "not-now": records.NOT_NOW,
    "in-touch": records.IN_TOUCH,
    "plain": records.TOMASZ,
    "in-writing": records.TOMASZ,
    "after-a-form-letter": records.JOSE,
    "never-told": records.AYSE,
    "owed-an-answer": records.AYSE,
    "no-reason-may-be-said": records.INGRID,
    "other-scripts": records.WANG,
    "german-du": records.KATHRIN,
    "german-sie": records.KATHRIN,
    "german-casual": records.KATHRIN,
    "german-never-told": records.JONAS,
    "german-short": records.JONAS,
    "german-second-language": sarah(language="de"),
    "follow-up": records.SARAH_AGAIN,
    "follow-up-brief": records.SARAH_AGAIN,
    "follow-up-german": records.KATHRIN_AGAIN,
    "check-in": CHECKED_ON,
    "check-in-german": IN_GERMAN,
    "rejection": records.MARIA,
    "rejection-plain": records.MARIA,
    "rejection-german": records.PETER,
    "rejection-sie": records.PETER,
}


def _wrapped(text: str) -> str:
    """Break the lines as an old mail program does."""
    return "\n".join(line for paragraph in text.split("\n") for line in (wrap(paragraph, 68) if paragraph else [""]))


def _honest() -> dict[str, tuple[str, Dossier]]:
    texts = {name: (_LETTERS / f"{name}.txt").read_text(encoding="utf-8") for name in DOSSIERS}
    letters = {name: (text, DOSSIERS[name]) for name, text in texts.items()}
    letters |= {f"{name}, wrapped": (_wrapped(text), DOSSIERS[name]) for name, text in texts.items()}
    letters["the example of the article"] = GOOD_EXAMPLE, sarah()
    letters["in parts"] = good_text(), sarah()
    letters["in parts, in German"] = good_text(GERMAN), sarah()
    return letters


#: What it is -> the text, and what is on record.
HONEST: Mapping[str, tuple[str, Dossier]] = _honest()
