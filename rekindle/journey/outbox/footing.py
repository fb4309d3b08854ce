"""Who writes, and what every mail to a candidate ends with: why they get it, how to stop it, where we are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from rekindle.journey.people.succession import known_before, line
from rekindle.mail.catalogue import Footer
from rekindle.mail.compose import Letterhead
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.links import Links
from rekindle.mail.post import Post
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from states.facts import Basis


@dataclass(frozen=True, slots=True)
class House:
    """Who writes: the company, the address bulk mail comes from, and the team (address -> name, title)."""

    company: str
    postal_address: str
    sender_name: str
    sender_address: str
    reply_to: str
    people: Mapping[str, tuple[str, str]]
    #: Who has left, and who took over.
    successors: Mapping[str, str] = field(default_factory=dict)
    #: How its mail leaves.
    post: Post = field(default_factory=Post)

    def letterhead(
        self,
        sender: Correspondent,
        reply_to: Correspondent | None = None,
        *,
        list_id: str | None = None,
        feedback: tuple[str, ...] = (),
        approved: bool = True,
    ) -> Letterhead:
        """Return what all mail from `sender` has in common; every mail begins here, or it would go unsigned."""
        return Letterhead(sender, reply_to, list_id, feedback, approved, self.post.seal(sender.address))

    def line(self, recruiter: str | None) -> tuple[str, ...]:
        """Return who knew a candidate, whoever took over, and last who writes to them now; empty for nobody of ours."""
        found = line((recruiter or "").casefold(), self.successors)
        # A circle has nobody at its end, and a successor may be none of ours.
        return found if found[-1] in self.people and found[-1] not in self.successors else ()

    def handed_over_by(self, recruiter: str | None, introduced: Collection[str]) -> str | None:
        """Name the colleague they know, where somebody else writes now of whom they have not been told."""
        found = self.line(recruiter)
        before = known_before(found, introduced) if found else None
        return self.people[before][0] if before is not None and before in self.people else None


def footer(
    house: House, links: Links, person: Candidate, application: Application | None, language: str = "en"
) -> Footer:
    """Return the footer for one person; `application` is their newest, the one they remember us by.

    `language` is that of the mail it ends: de, or English for whatever else.
    """
    why = _warum if language == "de" else _why_you_receive_this
    return Footer(
        why=why(person, application, house.company),
        postal_address=house.postal_address,
        stop_url=links.stop(person.key),
        company=house.company,
    )


def _why_you_receive_this(person: Candidate, application: Application | None, company: str) -> str:
    if person.basis is Basis.CONSENT:
        agreed = f"agreed{_on(person.consent_given_on)} that"
        because = f"{_met(application)} {company} and {agreed} we" if application else f"{agreed} {company}"
        return f"You receive this because you {because} may keep in touch."
    if application is None:
        return f"You receive this because {company} would like to work with you one day, and writes once a quarter."
    once = "and we write about once a quarter to people we would like to work with one day"
    return f"You receive this because you {_met(application)} {company}, {once}."


def _warum(person: Candidate, application: Application | None, company: str) -> str:
    if person.basis is Basis.CONSENT:
        day = person.consent_given_on
        on = f"am {day.day}.{day.month}.{day.year} " if day else ""
        return f"Sie erhalten diesen Brief, weil Sie {on}zugestimmt haben, dass {company} in Kontakt bleiben darf."
    once = f"{company} gern eines Tages mit Ihnen arbeiten würde"
    if application is None:
        return f"Sie erhalten diesen Brief, weil {once}."
    met = "ein Gespräch hatten" if application.last_interview_on else "sich beworben haben"
    return f"Sie erhalten diesen Brief, weil Sie bei {company} {met} und {once}."


def _met(application: Application) -> str:
    return "interviewed with" if application.last_interview_on else "applied to"


def _on(day: date | None) -> str:
    return f" on {day.day} {day:%B %Y}" if day else ""
