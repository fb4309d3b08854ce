"""Whether a letter says which role it is about, in the words of its title or some that cannot be mistaken.

A title is compared word by word without endings, so that "Product Director" is the Director of Product.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rekindle.courtesy.alike import resembles
from rekindle.courtesy.dossier import Dossier, OpenRole
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.stems import stem

RULES = ("names-the-role",)

# Such as (m/w/d) or (all genders).
_ASIDE = re.compile(r"\([^()]*\)")
# What makes a German title fit everybody.
_FOR_ALL = re.compile(r"[:*/_]in(?:nen)?\b")
_WORD = re.compile(r"\w+(?:[+#]+)?")
_QUALIFIED = re.compile(r"\s[-–—|]\s|,")
#: So many other words may stand among those of the title: "director for our product".
_LOOSE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Wordbook:
    """How the words of titles are compared in one language. Made once for each, and told apart by identity."""

    language: str
    #: A word -> the one it is another form of: "sr" -> "senior".
    forms: Mapping[str, str]
    #: The same for forms of two words: "vice president" -> "vp".
    joined: Mapping[str, str]
    #: Words that say nothing by themselves: "of", "the".
    fillers: frozenset[str]
    #: What a title is about: "manager", "engineer".
    nouns: frozenset[str]

    def alike(self, word: str) -> str:
        """Return what stands for this word and all its forms and endings."""
        word = self.forms.get(word, word)
        return stem(word.removesuffix("in") if word.endswith(("erin", "orin")) else word, self.language)

    def title(self, text: str) -> list[str]:
        """Return what stands for each word of a title, in order, without fillers and what is in brackets."""
        return self.words(_ASIDE.sub(" ", text))

    def words(self, text: str) -> list[str]:
        """Return what stands for each word of any text, in order and without fillers."""
        return [alike for _, alike in self.pairs(text)]

    def pairs(self, text: str) -> list[tuple[str, str]]:
        """Return each word of a text but the fillers, in lower case, and what stands for it."""
        plain = _FOR_ALL.sub("", plainly(text))
        for two, one in self.joined.items():
            plain = plain.replace(two, one)
        return [(word, self.alike(word)) for word in _WORD.findall(plain) if word not in self.fillers]

    def is_noun(self, word: str) -> bool:
        """Say whether a word is what a title is about; in German it may be the end of a longer one."""
        one = word.removesuffix("s")
        return one in self.nouns or (self.language == "de" and one.endswith(tuple(self.nouns)))


def wordbook(phrases: Phrases) -> Wordbook:
    forms, fillers, nouns = phrases.lists["title_forms"], phrases.words("title_fillers"), phrases.words("title_nouns")
    return _wordbook(phrases.language, forms, fillers, nouns)


@lru_cache(maxsize=8)
def _wordbook(language: str, lines: tuple[str, ...], fillers: frozenset[str], nouns: frozenset[str]) -> Wordbook:
    forms = {word: first for first, *others in (line.casefold().split() for line in lines) for word in others}
    joined = {two.replace("-", sign): one for two, one in forms.items() if "-" in two for sign in " -"}
    return Wordbook(language, forms, joined, fillers, nouns)


def names_the_role(
    letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Ask whether the letter says which role it is about."""
    del limits
    role = dossier.role
    if role is None or plainly(role.title) in letter.both:
        return
    book = wordbook(phrases)
    said = book.words(letter.both)
    if any(_stands_in(said, title) for title in _forms(role, dossier, book)):
        return
    if hint := next(_hints(letter, dossier, role, book), None):
        message = f"It may say which role it is about, but not plainly: name the {role.title}."
        yield warn("names-the-role", message, hint.text, role.id)
    else:
        yield refuse("names-the-role", f"It does not say which role it is about: name the {role.title}.", "", role.id)


def _hints(letter: Letter, dossier: Dossier, role: OpenRole, book: Wordbook) -> Iterator[Sentence]:
    """Give the sentences with most words of the title, or with one of them and the team.

    Alone, what an earlier title has too tells nothing, and a level is of many roles.
    """
    title, levels = frozenset(book.title(role.title)), frozenset(map(book.alike, dossier.ladder))
    earlier = frozenset(word for past in dossier.applications for word in book.title(past.role))
    team = frozenset(book.words(role.team or "")).difference(
        *(book.words(past.team or "") for past in dossier.applications)
    )
    own, known = title - levels - earlier, title | levels | earlier
    is_all_there = bool(own) and title <= frozenset(book.words(letter.both))
    for each in letter.said:
        pairs = book.pairs(each.plain)
        # "Head of Product in our Growth team" is of the right team, and another title.
        if any(book.is_noun(word) and alike not in known for word, alike in pairs):
            continue
        said = frozenset(alike for _, alike in pairs)
        named, place = resembles(own, said, book.language), resembles(team, said, book.language)
        # Where all that is new in the title is the team, who names the team can mean no other role.
        is_speciality = bool(own) and own <= team and team <= place
        is_of_title = 2 * len(named - team) > len(own) or bool(place and (title - team) & said)
        if is_speciality or is_of_title or (is_all_there and own & said):
            yield each


def _forms(role: OpenRole, dossier: Dossier, book: Wordbook) -> Iterator[list[str]]:
    """Give the words of the title; without what only qualifies it ("…, Logistics"); and without its level.

    Without its level it must not be an earlier title: "engineer" alone could be either.
    """
    title = book.title(role.title)
    yield title
    levels = set(map(book.alike, dossier.ladder))
    past = [set(book.title(each.role)) for each in dossier.applications]
    head = book.title(_QUALIFIED.split(role.title)[0])
    if len(head) > 1:
        yield head
    short = [word for word in title if word not in levels]
    if len(short) > 1 and not any(earlier.issuperset(short) for earlier in past):
        yield short


def _stands_in(said: Sequence[str], title: Iterable[str]) -> bool:
    wanted = set(title)
    if not wanted.issubset(said):
        return False
    places = [place for place, word in enumerate(said) if word in wanted]
    return any(wanted.issubset(said[place : place + len(wanted) + _LOOSE]) for place in places)
