"""One letter and what is on record, read once: what every question of the truth rules is asked of."""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from rekindle.courtesy.clauses import is_denied
from rekindle.courtesy.days.moments import Moment, moments_in
from rekindle.courtesy.dossier import Candidacy, Dossier
from rekindle.courtesy.known import Known
from rekindle.courtesy.letter import Letter, Sentence
from rekindle.courtesy.naming import Naming
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.scanning import Hit, find_all, find_in
from rekindle.courtesy.stems import Stems, shared, stems_of, vocabulary_of

_BREAK = re.compile(r"[,;:!?()\"…]|\s-\s")
#: A part of a sentence with so few words beside a time only says when: "Back in April, you interviewed …".
_FEW_WORDS = 3
_WORD = re.compile(r"\w+")
#: What has happened between us, by the names of its lists.
EVENTS = ("spoke", "interviewed", "applied", "decided", "silence")


class Case:
    """Derived things are made when a question first asks for them, and once."""

    def __init__(self, letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> None:
        self.letter = letter
        self.dossier = dossier
        self.phrases = phrases
        self.limits = limits
        self.vocabulary = vocabulary_of(phrases)
        self.known = Known(dossier, phrases, self.vocabulary)
        self._moments: dict[int, tuple[Moment, ...]] = {}
        self._clauses: dict[int, tuple[tuple[int, int], ...]] = {}
        self._hits: dict[tuple[str, ...], tuple[Hit, ...]] = {}

    # What the letter says.

    def hits(self, *names: str) -> tuple[Hit, ...]:
        """Return where phrases of these lists stand, in the order of the letter."""
        if names not in self._hits:
            self._hits[names] = tuple(find_all(self.letter, self.phrases, *names))
        return self._hits[names]

    def claims(self, *names: str) -> tuple[Hit, ...]:
        """Return those phrases that are claimed: neither denied ("we have not kept in touch") nor unreal."""
        return tuple(hit for hit in self.hits(*names) if not self.is_denied(hit) and not self.is_unreal(hit))

    def stated(self, *names: str) -> tuple[Hit, ...]:
        """Return those that are not denied: of what lies ahead one says "would"."""
        return tuple(hit for hit in self.hits(*names) if not self.is_denied(hit))

    def beside(self, hit: Hit, *names: str) -> list[Hit]:
        """Return phrases of these lists in the part of the sentence that the words are in."""
        start, end = self.clause(hit)
        return [other for other in self.inside(hit.sentence, *names) if other.start < end and start < other.end]

    def inside(self, sentence: Sentence, *names: str) -> list[Hit]:
        return find_in(sentence, self.phrases, *names)

    def is_denied(self, hit: Hit) -> bool:
        return is_denied(hit.sentence, hit.match, self.phrases)

    def is_unreal(self, hit: Hit) -> bool:
        """Say whether it is only wished for, asked or yet to come: "I would love to", "we should have", "if we"."""
        start, _ = self.clause(hit)
        real = self.inside(hit.sentence, "still_real")
        return any(
            start <= other.start < hit.start and not any(other.overlaps(each) for each in real)
            for other in self.inside(hit.sentence, "unreal")
        )

    def moments(self, sentence: Sentence) -> tuple[Moment, ...]:
        if sentence.index not in self._moments:
            self._moments[sentence.index] = moments_in(sentence, self.dossier.today, self.phrases)
        return self._moments[sentence.index]

    def clauses(self, sentence: Sentence) -> tuple[tuple[int, int], ...]:
        """Return where the parts of a sentence begin and end, in order; "and", "but" and the like end a part."""
        if sentence.index not in self._clauses:
            cuts = {match.start() for match in _BREAK.finditer(sentence.plain)}
            cuts |= {hit.start for hit in self.inside(sentence, "joints")}
            self._clauses[sentence.index] = tuple(pairwise(sorted({0, *cuts, len(sentence.plain)})))
        return self._clauses[sentence.index]

    def clause(self, hit: Hit) -> tuple[int, int]:
        """Return where the part of the sentence begins and ends that the words are in."""
        parts = [(start, end) for start, end in self.clauses(hit.sentence) if start < hit.end and hit.start < end]
        return (parts[0][0], parts[-1][1]) if parts else (hit.start, hit.end)

    def clause_text(self, hit: Hit) -> str:
        start, end = self.clause(hit)
        return hit.sentence.plain[start:end]

    def times_of(self, hit: Hit) -> tuple[Moment, ...]:
        """Return the times that belong to the words: in their part of the sentence, or in one that only says when."""
        start, end = self.clause(hit)
        moments = self.moments(hit.sentence)
        inside = tuple(each for each in moments if each.start < end and start < each.end)
        beside = tuple(each for each in moments if each not in inside and self._only_says_when(each, start, end))
        return inside + beside

    def _only_says_when(self, moment: Moment, start: int, end: int) -> bool:
        """Say whether the part before or behind `start`..`end` has little but this time, and no event of its own."""
        for first, last in self.clauses(moment.sentence):
            if first <= moment.start < last and (last == start or first == end):
                rest = moment.sentence.plain[first : moment.start] + moment.sentence.plain[moment.end : last]
                events = self.inside(moment.sentence, *EVENTS)
                is_own = any(each.start < last and first < each.end for each in events)
                return len(_WORD.findall(rest)) <= _FEW_WORDS and not is_own
        return False

    def stems(self, text: str) -> Stems:
        return stems_of(text, self.vocabulary)

    def shared(self, some: Stems, others: Stems) -> Stems:
        return shared(some, others, self.phrases.language)

    # Whom and what it speaks of.

    @cached_property
    def naming(self) -> Naming:
        return Naming(self.dossier, self.phrases)

    @cached_property
    def concerned(self) -> tuple[Candidacy, ...]:
        """The past applications that the letter speaks of: those it names, or else the newest."""
        named = {name for sentence in self.letter.said for name in self.naming.named_in(sentence.plain)}
        found = tuple(each for each in self.dossier.applications if each.id in named and each.outcome != "open")
        newest = self.known.candidacy
        return found or ((newest,) if newest else ())

    @cached_property
    def title_stems(self) -> Stems:
        """The words of the titles and kinds of work: everybody who applied shares them, so that they prove little."""
        past = [f"{each.role} {each.family or ''}" for each in self.dossier.applications]
        role = self.dossier.role
        return self.stems(" ".join((*past, f"{role.title} {role.family}" if role else "")))
