"""All that is on record about one person and one role when a letter is written: what it may say, and what it must not.

Frozen and gathered beforehand (`rekindle.journey.letters.gathering`); an id is a letter and a number: application a-7,
note n-3, touch t-9, role r-1, message m-4, outreach o-2.
"""

from dataclasses import dataclass
from datetime import date

from states.message import Occasion


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """One past application of the person. Unknown days and words are None."""

    id: str
    role: str
    family: str | None = None
    #: In lower case, as on the ladder.
    level: str | None = None
    team: str | None = None
    last_stage: str | None = None
    finalist: bool = False
    applied_on: date | None = None
    last_interview_on: date | None = None
    decided_on: date | None = None
    #: rejected, withdrew, hired or open.
    outcome: str = "rejected"
    reason: str | None = None
    reason_sayable: bool = False
    #: How they were told: personal, generic or none; None when nothing says so.
    rejection: str | None = None
    promise: str | None = None

    @property
    def spoke_on(self) -> date | None:
        """The last day we are known to have spoken about it."""
        return self.last_interview_on or self.decided_on or self.applied_on


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNote:
    """Something known about the person. Only a sayable one may reach a letter."""

    id: str
    #: strength, background, interest, preference or internal.
    kind: str
    text: str
    source: str | None = None
    on: date | None = None
    sayable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One real contact; `programme` names the bulk mail it was, if it was one."""

    id: str
    on: date
    #: email, call, linkedin, event, meeting or reply.
    channel: str
    #: in when the person got in touch, out when we did.
    direction: str
    summary: str | None = None
    programme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    name: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRole:
    """The opening the letter speaks of. `kind` of its process is full or streamlined, `because` says why."""

    id: str
    slug: str
    title: str
    family: str
    level: str
    team: str | None = None
    location: str | None = None
    skills: tuple[str, ...] = ()
    #: The hiring manager's address, and the name if it is one of ours.
    hiring_manager: str = ""
    hiring_manager_name: str | None = None
    whats_in_it: str = ""
    process_kind: str = "full"
    process_because: str = ""
    steps: tuple[Step, ...] = ()
    is_open: bool = True

    @property
    def minutes(self) -> int:
        """How long all steps take together."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs. `handed_over_by` names the colleague who knew the person, when that is somebody else."""

    address: str
    name: str
    title: str = ""
    handed_over_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """An earlier outreach to this person."""

    id: str
    role: str
    family: str
    level: str
    team: str | None = None
    sent_on: date | None = None
    #: not-now, no-answer, declined-by-us, …; None while it is open.
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter that exists: to somebody else for the same role, or the first one of this outreach."""

    id: str
    text: str
    sent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One person, one role, one day. Applications and contacts stand newest first."""

    occasion: Occasion
    today: date
    company: str
    given_name: str
    family_name: str = ""
    #: en or de: the language the person is written in, as two letters.
    language: str = "en"
    skills: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    applications: tuple[Candidacy, ...] = ()
    notes: tuple[KnownNote, ...] = ()
    contacts: tuple[Contact, ...] = ()
    approaches: tuple[Approach, ...] = ()
    #: None in a rejection letter about a past application.
    role: OpenRole | None = None
    signer: Signer
    #: Levels from junior to senior.
    ladder: tuple[str, ...] = ()
    #: The names of everybody on the team, so that a colleague's name is no wrong name.
    team_names: tuple[str, ...] = ()
    #: Letters to others about this role.
    other_letters: tuple[WrittenLetter, ...] = ()
    first_letter: WrittenLetter | None = None

    @property
    def last_candidacy(self) -> Candidacy | None:
        """The newest application that came to an end: the one a letter speaks of."""
        return next((each for each in self.applications if each.outcome != "open"), None)

    @property
    def last_contact(self) -> Contact | None:
        return self.contacts[0] if self.contacts else None

    def sayable(self, *kinds: str) -> tuple[KnownNote, ...]:
        """Return the notes of these kinds that a letter may use, in the order of the record."""
        return tuple(note for note in self.notes if note.sayable and note.kind in kinds)

    def rank(self, level: str | None) -> int | None:
        """Return how high a level stands on the ladder; None for one that is not on it."""
        return self.ladder.index(level.casefold()) if level and level.casefold() in self.ladder else None
