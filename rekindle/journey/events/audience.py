"""Who is invited to an event, and why the others are not: all that the event lists narrows. Pure but for one reading.

The same question is asked when an invitation is planned and when a forecast looks ahead. It writes nothing.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from rekindle.journey.bulk.choosing import HOUSE_LANGUAGE, words_of
from rekindle.store.applications import applications_of
from rekindle.store.candidates import Candidate, labels_of, language_of
from rekindle.store.events import Event
from rekindle.store.facts import Limits, facts_of
from states.facts import Facts
from states.guards import Refusal, may_be_invited

#: What NFKD does not take apart, and people write without the stroke.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is invited at all, to whatever event; the event's own lists narrow it further."""

    limits: Limits

    def __str__(self) -> str:
        return (
            "everyone who is nurturing, may be mailed, wants to hear of events and had no mail for "
            f"{self.limits.min_days} days (at most {self.limits.max_per_year} a year), and whom the event is for"
        )


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an event is for; an empty list asks nothing. Everything is compared without regard to case and accents."""

    families: frozenset[str]
    cities: frozenset[str]
    interests: tuple[frozenset[str], ...]
    language: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A candidate as the choice sees them."""

    families: frozenset[str]
    city: str
    interests: tuple[frozenset[str], ...]
    language: str


def audience_of(event: Event) -> Audience:
    """Return whom an event is for, made comparable."""
    return Audience(
        families=frozenset(map(plain, event.families)),
        cities=frozenset(map(plain, event.cities)),
        interests=tuple(words_of(plain(interest)) for interest in event.interests),
        language=language_of(event.language),
    )


def why_not(facts: Facts, guest: Guest, audience: Audience) -> Refusal | None:
    """Say why this person is not invited; None when they are."""
    if refusals := may_be_invited(facts):
        return refusals[0]
    if audience.language not in {guest.language, HOUSE_LANGUAGE}:
        return Refusal("other_language", "the event is in a language this person does not have on record")
    if audience.families and not audience.families & guest.families:
        return Refusal("other_family", "the event is for people in another kind of work")
    if audience.cities and guest.city not in audience.cities:
        reason = "the event is for people in other places" if guest.city else "it is not on record where they live"
        return Refusal("other_city", reason)
    if audience.interests and not _shared(audience.interests, guest.interests):
        return Refusal("other_interests", "none of the interests they told us is one of the event's")
    return None


def judge(
    session: Session, event: Event, people: Sequence[Candidate], now: datetime, rule: Rule
) -> dict[int, Refusal | None]:
    """Return candidate id -> why they are not invited, for a page of people who are nurturing."""
    ids = [person.id for person in people]
    facts = facts_of(session, ids, now, rule.limits)
    labels, applications = labels_of(session, ids), applications_of(session, ids)
    audience = audience_of(event)
    found: dict[int, Refusal | None] = {}
    for person in people:
        own = labels.get(person.id, {}).get("interest", ())
        families = [each.family for each in applications.get(person.id, ()) if each.family]
        found[person.id] = why_not(facts[person.id], guest(families, person.city, own, person.language), audience)
    return found


def guest(families: Iterable[str], city: str | None, interests: Iterable[str], language: str) -> Guest:
    """Return a candidate as the choice sees them."""
    return Guest(
        families=frozenset(map(plain, families)),
        city=plain(city or ""),
        interests=tuple(words_of(plain(interest)) for interest in interests),
        language=language,
    )


def shared_interest(event: Event, interests: Iterable[str]) -> str | None:
    """Return the first interest somebody told us, in their words, that is one of the event's or of its topics."""
    wanted = [words_of(plain(each)) for each in (*event.interests, *event.topics)]
    return next((each for each in interests if _shared(wanted, [words_of(plain(each))])), None)


def plain(text: str) -> str:
    """Reduce to what people compare: no accents, no case, single spaces; `Malmö` is `malmo`, `KÖLN` is `koln`."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_STROKES)
    return " ".join("".join(sign for sign in folded if not unicodedata.combining(sign)).split())


def _shared(wanted: Iterable[frozenset[str]], told: Sequence[frozenset[str]]) -> bool:
    """Say whether one of their interests speaks of one of the event's: all words of one stand in the other."""
    return any(own and each and (own <= each or each <= own) for each in wanted for own in told)
