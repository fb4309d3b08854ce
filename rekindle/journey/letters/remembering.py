"""What a check-in remembers: the last word between us, and one thing on record that may be said to them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote
from rekindle.journey.letters import fragments
from rekindle.journey.letters.silence import is_personal
from states.programme import Programme

#: Channel -> how it is told; a mail depends on who wrote it.
_HOW = {"call": "call", "meeting": "met", "event": "event", "linkedin": "linkedin", "reply": "heard"}


@dataclass(frozen=True, slots=True)
class LastWord:
    """How we were last in touch, and when. `title` is the role it was about, where that is certain."""

    how: str
    on: date
    id: str
    title: str = ""

    @property
    def was_in_process(self) -> bool:
        """Whether it belongs to an application, which names its role."""
        return self.how in {"spoke", "applied", "decided"}


@dataclass(frozen=True, slots=True)
class Memory:
    """One thing that may be said: an interest by its label, what they told us, or a strength. `id` is its record."""

    kind: str
    text: str
    id: str


def last_word(dossier: Dossier, before: Candidacy | None) -> LastWord | None:
    """Return the newest thing that was between us and this person alone; a talk in interviews counts as one."""
    contact = next((each for each in dossier.contacts if is_personal(each) and each.on <= dossier.today), None)
    in_process = _in_process(before) if before else None
    if contact and (in_process is None or contact.on > in_process.on):
        return _of_contact(contact, dossier)
    return in_process


def memory(dossier: Dossier) -> Memory | None:
    """Return what this letter remembers: another thing than the check-in before it, as long as there is one."""
    known = list(_memories(dossier))
    before = sum(each.programme == Programme.CHECK_IN for each in dossier.contacts)
    return known[before % len(known)] if known else None


def _of_contact(contact: Contact, dossier: Dossier) -> LastWord:
    if contact.channel != "email":
        return LastWord(_HOW.get(contact.channel, "wrote"), contact.on, contact.id)
    if contact.direction == "in":
        return LastWord("heard", contact.on, contact.id)
    about = next((each for each in dossier.approaches if each.sent_on == contact.on), None)
    return LastWord("wrote_about" if about else "wrote", contact.on, contact.id, about.role if about else "")


def _in_process(before: Candidacy) -> LastWord | None:
    days = {"spoke": before.last_interview_on, "applied": before.applied_on, "decided": before.decided_on}
    return next((LastWord(how, day, before.id, before.role) for how, day in days.items() if day), None)


def _memories(dossier: Dossier) -> Iterator[Memory]:
    for label in dossier.interests:
        if fragments.tidy(label):
            yield Memory("interest", fragments.tidy(label), "interest")
    yield from _notes(dossier.sayable("interest"), "told")
    yield from _notes(dossier.sayable("strength", "background"), "strength")


def _notes(notes: tuple[KnownNote, ...], kind: str) -> Iterator[Memory]:
    yield from (Memory(kind, note.text, note.id) for note in notes if fragments.tidy(note.text))
