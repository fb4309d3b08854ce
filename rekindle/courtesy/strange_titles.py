"""Finds a title in a letter that is neither the open role nor one they applied for: left from a letter to another.

Only what stands beside "role", "position" and their like is taken for a title, and only if it has the noun of one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.titles import Wordbook, wordbook

RULES = ("wrong-role",)

_SPANS = re.compile(r"[^\s,;:.!?()\"]+")
_MOST_WORDS = 6


def wrong_role(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Compare every title with the roles on record; one word too many makes a person look, another noun refuses."""
    del limits
    titles = [
        " ".join(words) for sentence, _ in phrases.among("role_words", letter) for words in _titles(sentence, phrases)
    ]
    if not titles:
        return
    book = wordbook(phrases)
    known = _known(dossier, book)
    nouns = set(map(book.alike, phrases.words("title_nouns")))
    for title in titles:
        words = book.words(title)
        strange = [word for word in words if word not in known]
        if strange and nouns.intersection(words):
            yield _finding(dossier, title, is_other=bool(nouns.intersection(strange)))


def _finding(dossier: Dossier, quote: str, *, is_other: bool) -> Finding:
    ours = [f"the {dossier.role.title} ({dossier.role.id})"] if dossier.role else []
    ours += [f"the {past.role} ({past.id})" for past in dossier.applications]
    evidence = [*([dossier.role.id] if dossier.role else []), *(past.id for past in dossier.applications)]
    message = f"No such role is on record for this letter, which is about {' and '.join(ours)}: name the right one."
    return (refuse if is_other else warn)("wrong-role", message, quote, *evidence)


def _known(dossier: Dossier, book: Wordbook) -> set[str]:
    """Return every word a title in this letter may be made of."""
    role = dossier.role
    texts = [dossier.company, *dossier.skills, *dossier.interests, dossier.signer.title]
    texts += [note.text for note in dossier.notes if note.sayable]
    if role:
        texts += [role.title, role.family, role.level, role.team or "", role.location or "", *role.skills]
        texts += [role.whats_in_it, role.hiring_manager_name or ""]
    for past in dossier.applications:
        texts += [past.role, past.family or "", past.level or "", past.team or ""]
    for approach in dossier.approaches:
        texts += [approach.role, approach.family, approach.level, approach.team or ""]
    return {word for text in texts for word in book.words(text)}


# Where a title stands.


def _titles(sentence: Sentence, phrases: Phrases) -> Iterator[list[str]]:
    """Give the words in capitals before and after "role", "position" and their like."""
    spans = list(_SPANS.finditer(sentence.text))
    plain = [plainly(span[0]) for span in spans]
    for place, word in enumerate(plain):
        if word in phrases.words("role_words"):
            before = _before(place, spans, phrases)
            article = plain[place - len(before) - 1] if place > len(before) else ""
            if before and _is_about_ours(sentence, article, phrases):
                yield before
            if after := _after(place, spans, phrases):
                yield after


def _before(place: int, spans: Sequence[re.Match[str]], phrases: Phrases) -> list[str]:
    words: list[str] = []
    for at in range(place - 1, max(-1, place - 1 - _MOST_WORDS), -1):
        is_article = plainly(spans[at][0]) in phrases.words("loose_articles")
        belongs = (_is_capital(spans[at]) or _is_filler(spans[at], phrases)) and not is_article
        if not (_adjoin(spans[at], spans[at + 1]) and belongs):
            break
        words.insert(0, spans[at][0])
    return _trimmed(words, phrases)


def _after(place: int, spans: Sequence[re.Match[str]], phrases: Phrases) -> list[str]:
    words: list[str] = []
    for at in range(place + 1, min(len(spans), place + 1 + _MOST_WORDS)):
        is_link = not words and plainly(spans[at][0]) in phrases.words("role_links")
        belongs = _is_capital(spans[at]) or (words and _is_filler(spans[at], phrases))
        if not is_link and not (_adjoin(spans[at - 1], spans[at]) and belongs):
            break
        words += [] if is_link else [spans[at][0]]
    return _trimmed(words, phrases)


def _adjoin(word: re.Match[str], following: re.Match[str]) -> bool:
    """Say whether nothing but a space stands between."""
    return following.start() - word.end() == 1


def _is_capital(word: re.Match[str]) -> bool:
    return word[0][:1].isupper()


def _is_filler(word: re.Match[str], phrases: Phrases) -> bool:
    return plainly(word[0]) in phrases.words("title_fillers")


def _trimmed(words: list[str], phrases: Phrases) -> list[str]:
    """Drop what only leads to a title or away from it: "The", "Our", "of"."""
    leading = phrases.words("title_fillers") | phrases.words("role_links") | phrases.words("loose_articles")
    while words and plainly(words[0]) in leading:
        words = words[1:]
    while words and plainly(words[-1]) in leading:
        words = words[:-1]
    return words


def _is_about_ours(sentence: Sentence, article: str, phrases: Phrases) -> bool:
    """Say whether one of our roles is meant: not "your Head of Sales role", nor "a VP role" somewhere, some day."""
    if article in phrases.words("your"):
        return False
    return article not in phrases.words("loose_articles") or phrases.find("opening_words", sentence.plain) is not None
