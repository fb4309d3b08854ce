"""Finds a title in a letter that is neither the open role nor one they applied for: left from a letter to another.

Only what stands beside "role", "position" and their like is taken for a title, and only if it has the noun of one.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly, tokens_of
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.titles import Wordbook, wordbook

RULES = ("wrong-role",)

_SIGN = re.compile(r"[\s,;:.!?()\"]")
_ENDS = ",;:.!?)"
#: A title does not reach further from the word "role", in signs.
_NEAR = 90
_MOST_WORDS = 6


def wrong_role(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Compare every title with the roles on record; one word too many makes a person look, another noun refuses."""
    del limits
    ours = {plainly(past.role) for past in dossier.applications} | {plainly(dossier.role.title) if dossier.role else ""}
    said = chain(phrases.among("role_words", letter), phrases.among("seeking", letter))
    found = (words for sentence in dict.fromkeys(each for each, _ in said) for words in _titles(sentence, phrases))
    titles = [title for title in map(" ".join, found) if plainly(title) not in ours]
    if not titles:
        return
    book = wordbook(phrases)
    known, titled = _known(dossier, book), _titled(dossier, book)
    for title in titles:
        words = book.pairs(title)
        # A researcher they would work with makes no Researcher role of it: what a title is about must be in a title.
        strange = [word for word, alike in words if alike not in (titled if book.is_noun(word) else known)]
        is_instead = bool(strange) and _stands_instead(words, strange, dossier, book)
        if strange and (is_instead or any(book.is_noun(word) for word, _ in words)):
            yield _finding(dossier, title, is_other=is_instead or any(map(book.is_noun, strange)))


def _stands_instead(words: list[tuple[str, str]], strange: list[str], dossier: Dossier, book: Wordbook) -> bool:
    """Say whether a word stands where a title on record has another: "Tunnel Engineer" for the Bridge Engineer."""
    said, titles = [alike for _, alike in words], [book.title(past.role) for past in dossier.applications]
    titles += [book.title(dossier.role.title)] if dossier.role else []
    levels = set(map(book.alike, dossier.ladder))
    if any(alike in levels for word, alike in words if word in strange):
        # That one level is another is for `claimed-level` to say.
        return False
    near = next((title for title in titles if not set(title).isdisjoint(said)), None)
    return near is not None and len(strange) == len(set(near) - set(said)) and len(near) > 1


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


def _titled(dossier: Dossier, book: Wordbook) -> set[str]:
    """Return the words of all titles on record."""
    texts = [dossier.signer.title, *(note.text for note in dossier.notes if note.sayable)]
    texts += [f"{each.role} {each.family or ''} {each.level or ''}" for each in dossier.applications]
    texts += [f"{each.role} {each.family} {each.level}" for each in dossier.approaches]
    if role := dossier.role:
        texts += [role.title, role.family, role.level, role.team or ""]
    return {word for text in texts for word in book.words(text)}


# Where a title stands.


def _titles(sentence: Sentence, phrases: Phrases) -> Iterator[list[str]]:
    """Give the words in capitals before and after "role", "position" and their like."""
    for match in phrases.each("role_words", sentence.plain):
        before = sentence.text[max(0, match.start() - _NEAR) : match.start()].split(" ")
        title = _before(before, phrases)
        article = plainly(before[-len(title) - 2]) if len(before) > len(title) + 1 else ""
        if title and _is_about_ours(sentence, article, phrases):
            yield title
        if title := _after(sentence.text[match.end() : match.end() + _NEAR].split(" "), phrases):
            yield title

    is_beside = not phrases.words("beside_words").isdisjoint(tokens_of(sentence.plain))
    for match in phrases.each("seeking", sentence.plain) if not is_beside else ():
        if title := _after(sentence.text[match.end() : match.end() + _NEAR].split(" "), phrases):
            yield title


def _before(words: list[str], phrases: Phrases) -> list[str]:
    """Return the title that ends where these words end; the last one is empty if a space stands there."""
    title: list[str] = []
    for word in reversed(words[-_MOST_WORDS - 1 : -1]) if not words[-1] else ():
        if not _is_part(word, phrases) or plainly(word) in phrases.words("articles"):
            break
        title.insert(0, word)
    return _trimmed(title, phrases)


def _after(words: list[str], phrases: Phrases) -> list[str]:
    """Return the title that begins where these words begin; the first one is empty if a space stands there."""
    title: list[str] = []
    for word in words[1 : _MOST_WORDS + 1] if not words[0] else ():
        if not title and plainly(word) in phrases.words("role_links"):
            continue
        if not _is_part(word.rstrip(_ENDS), phrases):
            break
        title.append(word.rstrip(_ENDS))
        if word[-1] in _ENDS:
            break
    return _trimmed(title, phrases)


def _is_part(word: str, phrases: Phrases) -> bool:
    """Say whether a word may belong to a title: in capitals, or one that joins such words; and no sign in it."""
    return (
        bool(word) and not _SIGN.search(word) and (word[0].isupper() or plainly(word) in phrases.words("title_fillers"))
    )


def _trimmed(words: list[str], phrases: Phrases) -> list[str]:
    """Drop what only leads to a title or away from it: "The", "Our", "of"."""
    leading = phrases.words("title_fillers") | phrases.words("role_links") | phrases.words("articles")
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
