"""What is on record about one person, made ready to be compared with what a letter says: stems, dates, names."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote
from rekindle.courtesy.phrases import FUNCTION_WORDS, Phrases
from rekindle.courtesy.stems import Stems, Vocabulary, stems_of

#: Mail to many. It keeps nobody company, and a letter does not call it being in touch.
TO_MANY = frozenset({"quarterly-update", "event-invite"})
_STRENGTHS = ("strength", "background", "preference", "interest")
_WISHES = ("interest", "preference")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a letter may say about the person. A skill or an interest of the person has no id of its own."""

    id: str
    text: str
    stems: Stems


class Known:
    """Derived once for each letter, and only as far as a rule asks."""

    def __init__(self, dossier: Dossier, phrases: Phrases, vocabulary: Vocabulary) -> None:
        self.dossier = dossier
        self.phrases = phrases
        self.vocabulary = vocabulary

    def stems(self, text: str | None) -> Stems:
        return stems_of(text, self.vocabulary) if text else frozenset()

    # What is known about the person.

    @cached_property
    def about_them(self) -> tuple[Fact, ...]:
        """All that may be said of what they can, did and want."""
        return (*self.noted, *self._labels(self.dossier.skills), *self._labels(self.dossier.interests))

    @cached_property
    def strengths(self) -> tuple[Fact, ...]:
        """What somebody noted about what they can and did."""
        return self._facts(self.dossier.sayable("strength", "background"))

    @cached_property
    def noted(self) -> tuple[Fact, ...]:
        """Everything somebody wrote down about them that may be said."""
        return self._facts(self.dossier.sayable(*_STRENGTHS))

    @cached_property
    def skills(self) -> tuple[Fact, ...]:
        return self._labels(self.dossier.skills)

    @cached_property
    def wishes(self) -> tuple[Fact, ...]:
        """What they want, as far as it may be said."""
        return (*self._facts(self.dossier.sayable(*_WISHES)), *self._labels(self.dossier.interests))

    @cached_property
    def employers(self) -> Stems:
        """The names behind "at" in the notes: "led pricing at Globex"."""
        ahead = "|".join(map(re.escape, self.phrases.lists["employed_at"]))
        names = re.compile(rf"\b(?:{ahead})((?:\s+[A-ZÄÖÜ][\w&'’-]*)+)")
        return self.stems(" ".join(name for fact in self.noted for name in names.findall(fact.text)))

    @cached_property
    def talks(self) -> tuple[Fact, ...]:
        """What contacts were about."""
        told = ((contact.id, contact.summary) for contact in self.dossier.contacts if contact.summary)
        return tuple(Fact(name, text, self.stems(text)) for name, text in told)

    @cached_property
    def unsayable(self) -> tuple[Fact, ...]:
        return self._facts(tuple(note for note in self.dossier.notes if not note.sayable))

    @cached_property
    def reads_as(self) -> bool:
        """Whether the records are in the language of the letter, as far as can be seen: only then words are missing."""
        if self.phrases.language == "en":
            return True
        words = {word for word in self.phrases.words(FUNCTION_WORDS) if len(word) > 2}  # noqa: PLR2004 - "in" is both
        texts = [fact.text for fact in self.about_them] + [each.reason or "" for each in self.dossier.applications]
        return any(words & set(text.casefold().split()) for text in texts)

    # What there was between us.

    @cached_property
    def personal(self) -> tuple[Contact, ...]:
        """Contacts with this person alone, newest first; letters of ours that the ledger has not, among them."""
        told = [contact for contact in self.dossier.contacts if contact.programme not in TO_MANY]
        letters = [(each.id, each.sent_on) for each in self.dossier.approaches]
        if first := self.dossier.first_letter:
            letters.append((first.id, first.sent_on))
        told += [Contact(id=name, on=on, channel="email", direction="out") for name, on in letters if on]
        return tuple(sorted(told, key=lambda contact: contact.on, reverse=True))

    @cached_property
    def to_many(self) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.dossier.contacts if contact.programme in TO_MANY)

    @cached_property
    def candidacy(self) -> Candidacy | None:
        """The application the letter speaks of, if it does not name another: the newest that ended."""
        ended = self.dossier.last_candidacy
        return ended or (self.dossier.applications[0] if self.dossier.applications else None)

    @cached_property
    def decided_on(self) -> date | None:
        """Since when we have had nothing to talk about but keeping in touch."""
        past = self.candidacy
        return (past.decided_on or past.last_interview_on or past.applied_on) if past else None

    def since(self, day: date | None) -> tuple[Contact, ...]:
        """Return personal contacts after a day; all of them when it is unknown."""
        return tuple(contact for contact in self.personal if day is None or contact.on > day)

    def _facts(self, notes: tuple[KnownNote, ...]) -> tuple[Fact, ...]:
        return tuple(Fact(note.id, note.text, self.stems(note.text)) for note in notes)

    def _labels(self, labels: tuple[str, ...]) -> tuple[Fact, ...]:
        return tuple(Fact("", label, self.stems(label)) for label in labels)
