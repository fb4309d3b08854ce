"""One letter and what is on record, read once: what every question of the truth rules is asked of."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from rekindle.courtesy.clauses import is_denied
from rekindle.courtesy.days.moments import Moment, moments_in
from rekindle.courtesy.dossier import Candidacy, Dossier
from rekindle.courtesy.known import Known
from rekindle.courtesy.letter import Letter, Sentence
from rekindle.courtesy.naming import Naming
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.scanning import Hit, longest, scanner_of
from rekindle.courtesy.stems import Stems, shared, stems_of

_BREAK = re.compile(r"[,;:!?()\"…]|\s-\s")
#: A part of a sentence with so few words beside a time only says when: "Back in April, you interviewed …".
_FEW_WORDS = 3
_WORD = re.compile(r"\w+")
#: What has happened between us, by the names of its lists.
EVENTS = ("spoke", "interviewed", "candidacy", "applied", "decided", "silence")


class Case:
    """Derived things are made when a question first asks for them, and once."""

    def __init__(self, letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> None:
        self.letter = letter
        self.dossier = dossier
        self.phrases = phrases
        self.limits = limits
        self.scanner = scanner_of(phrases)
        self._possible = self.scanner.possible(letter)
        self.known = Known(dossier, phrases, self.scanner.vocabulary)
        self._moments: dict[int, tuple[Moment, ...]] = {}
        self._clauses: dict[int, tuple[tuple[int, int], ...]] = {}
        self._hits: dict[tuple[str, ...], Sequence[Hit]] = {}
        self._inside: dict[tuple[int, tuple[str, ...]], Sequence[Hit]] = {}
        self._named: dict[int, frozenset[str]] = {}
        #: What `rekindle.courtesy.events` found, for whoever asks again.
        self.events: Sequence[Any] | None = None

    # What the letter says.

    def hits(self, *names: str) -> Sequence[Hit]:
        """Return where phrases of these lists stand, in the order of the letter."""
        found = self._hits.get(names)
        if found is None:
            if len(names) == 1:
                found = self.scanner.all(self.letter, names[0]) if names[0] in self._possible else ()
            else:
                found = longest([hit for name in names for hit in self.hits(name)])
            self._hits[names] = found
        return found

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

    def inside(self, sentence: Sentence, *names: str) -> Sequence[Hit]:
        """Return where phrases of these lists stand in one sentence."""
        key = (sentence.index, names)
        found = self._inside.get(key)
        if found is None:
            if len(names) == 1:
                found = self._inside_of(sentence, names[0])
            else:
                found = longest([hit for name in names for hit in self.inside(sentence, name)])
            self._inside[key] = found
        return found

    def _inside_of(self, sentence: Sentence, name: str) -> Sequence[Hit]:
        if name not in self._possible:
            return ()
        if (everywhere := self._hits.get((name,))) is not None:
            return [hit for hit in everywhere if hit.sentence is sentence]
        return self.scanner.inside(sentence, name)

    def is_denied(self, hit: Hit) -> bool:
        return is_denied(hit.sentence, hit.match, self.phrases)

    def is_unreal(self, hit: Hit) -> bool:
        """Say whether it is only wished for, asked or yet to come: "I would love to", "we should have", "if we"."""
        unreal = [other for other in self.inside(hit.sentence, "unreal") if other.start < hit.start]
        if not unreal:
            return False
        start, _ = self.clause(hit)
        real = self.inside(hit.sentence, "still_real")
        return any(start <= other.start and not any(other.overlaps(each) for each in real) for other in unreal)

    def moments(self, sentence: Sentence) -> tuple[Moment, ...]:
        if sentence.index not in self._moments:
            self._moments[sentence.index] = moments_in(sentence, self.dossier.today, self.scanner)
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
        moments = self.moments(hit.sentence)
        if not moments:
            return ()
        start, end = self.clause(hit)
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
        return stems_of(text, self.scanner.vocabulary)

    def shared(self, some: Stems, others: Stems) -> Stems:
        return shared(some, others, self.phrases.language)

    # Whom and what it speaks of.

    @cached_property
    def naming(self) -> Naming:
        return Naming(self.dossier, self.phrases)

    def named_in(self, sentence: Sentence) -> frozenset[str]:
        """Return the ids of the roles on record that a sentence names."""
        if sentence.index not in self._named:
            self._named[sentence.index] = self.naming.named_in(sentence.plain)
        return self._named[sentence.index]

    @cached_property
    def concerned(self) -> tuple[Candidacy, ...]:
        """The past applications that the letter speaks of: those it names, or else the newest."""
        named = {name for sentence in self.letter.said for name in self.named_in(sentence)}
        found = tuple(each for each in self.dossier.applications if each.id in named and each.outcome != "open")
        newest = self.known.candidacy
        return found or ((newest,) if newest else ())

    @cached_property
    def title_stems(self) -> Stems:
        """The words of the titles and kinds of work: everybody who applied shares them, so that they prove little."""
        past = [f"{each.role} {each.family or ''}" for each in self.dossier.applications]
        role = self.dossier.role
        return self.stems(" ".join((*past, f"{role.title} {role.family}" if role else "")))
