"""Why words that look like a tone to avoid may be none: denied, excused, on record, a name of ours, or long past."""

import re
from collections.abc import Iterator
from datetime import date

from rekindle.courtesy.clauses import is_denied, is_excused
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.entries import places_in
from rekindle.courtesy.letter import Sentence, plainly
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.sayable import sayable_texts

_YEAR = re.compile(r"[\s,]{1,3}(20\d\d)(?!\d)")
_WORD = re.compile(r"\w+")


def is_harmless(sentence: Sentence, match: re.Match[str], dossier: Dossier, phrases: Phrases) -> bool:
    """Say whether the words mean no harm: who built pipelines may be told so, and a day that is over is no deadline."""
    return (
        is_denied(sentence, match, phrases)
        or is_excused(sentence, match, phrases)
        or any(match[0] in plainly(text) for text in sayable_texts(dossier))
        or _is_a_name(sentence, match, dossier, phrases)
        or _is_over(sentence, match, dossier.today, phrases)
    )


def _is_a_name(sentence: Sentence, match: re.Match[str], dossier: Dossier, phrases: Phrases) -> bool:
    """Say whether a name of ours is all they are: "in our Analytics" is a place where a team of that name is."""
    said = sentence.quote(match)
    for name in filter(None, _names(dossier)):
        rest = said.replace(name, " ")
        if rest != said and all(word in phrases.words(FUNCTION_WORDS) for word in _WORD.findall(plainly(rest))):
            return True
    return False


def _names(dossier: Dossier) -> Iterator[str | None]:
    yield from (dossier.company, *dossier.team_names)
    yield from (past.team for past in dossier.applications)
    if dossier.role:
        yield from (dossier.role.team, dossier.role.title)


def _is_over(sentence: Sentence, match: re.Match[str], today: date, phrases: Phrases) -> bool:
    """Say whether a year follows that makes the day one of the past: "until January 2026"."""
    year = _YEAR.match(sentence.plain, match.end())
    if year is None:
        return False
    months = places_in(phrases.lists["months"], match[0])
    return (int(year[1]), months[-1][0] + 1 if months else 12) < (today.year, today.month)
