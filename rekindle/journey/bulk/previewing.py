"""Writes the letter one candidate would get, for somebody to look at. Reads only; sends and stores nothing."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.bulk.choosing import Reader, choose
from rekindle.journey.bulk.nurture import as_items
from rekindle.journey.bulk.periods import name_of
from rekindle.journey.bulk.waiting import letter_of
from rekindle.journey.events import previewing as event_previews
from rekindle.journey.letters.previewing import sample, sample_reminder
from rekindle.journey.outbox.writing import Chosen, Writer
from rekindle.journey.tasks.sampling import sample_digest
from rekindle.mail.catalogue import Audience, EditionPaused, WeeklyDigest, email
from rekindle.mail.render import Rendered
from rekindle.store.applications import Application, applications_of
from rekindle.store.candidates import Candidate, candidate, labels_of
from rekindle.store.content import Content, items_valid_on
from rekindle.store.departures import introduced
from states.candidate import CandidateState
from states.facts import Basis

_SAMPLE_PAUSE = EditionPaused(
    number=7,
    what="quarterly-update 2026-Q4",
    why="Paused by itself: of 140 letters 9 came back (6.4 %, at most 5 % may)",
    name="Ann Lee",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter to look at, and where its data comes from."""

    mail: Rendered
    whom: str


def preview(session: Session, name: str, reference: str | None, writer: Writer, now: datetime, at_most: int) -> Preview:
    """Write the email called `name` for a candidate, else for the first who is nurturing, else for a sample.

    A letter that waits to be sent is shown as it is; without one, what would be chosen today. Raises NotFound.
    """
    if event_previews.is_about_events(name):
        return Preview(*event_previews.preview(session, name, reference, writer.events, now))
    if email(name).audience is Audience.RECRUITER:
        return _to_colleague(name, writer, now)
    if not email(name).bulk:
        return _personal(session, name, reference, writer)
    person = candidate(session, reference) if reference else _first(session)
    if person is None:
        return Preview(
            _written(writer, _sample_person(), None, _sample_news(now), now), "a sample: nobody is nurturing"
        )
    if waiting := letter_of(session, name, f"c-{person.id}", None):
        return Preview(writer.letter(session, waiting), f"c-{person.id}, the letter that waits")
    application = next(iter(applications_of(session, [person.id]).get(person.id, ())), None)
    chosen = _fresh(session, person, application, now, at_most) or _sample_news(now)
    known = introduced(session, [person.id]).get(person.id, ())
    mail = _written(writer, person, application, chosen, now, known)
    return Preview(mail, f"c-{person.id}, what would be chosen today")


def of_edition(session: Session, name: str, reference: str | None, edition_id: int, writer: Writer) -> Preview:
    """Write what a candidate, or the first, gets from an edition. Raises BadInput with the reason for who gets none."""
    row = letter_of(session, name, reference, edition_id)
    assert row is not None, "an edition has a letter, or says why not"
    return Preview(writer.letter(session, row), f"c-{row.candidate_id}, edition {edition_id}: {row.state}")


def _to_colleague(name: str, writer: Writer, now: datetime) -> Preview:
    kind = email(name).context
    if kind is WeeklyDigest:
        return Preview(writer.digest(sample_digest(now.date())), "a sample: `run digest --dry-run` tells yours")
    if kind is EditionPaused:
        return Preview(writer.pause(_SAMPLE_PAUSE), "a sample")
    return Preview(writer.reminder(sample_reminder(now)), "a sample")


def _personal(session: Session, name: str, reference: str | None, writer: Writer) -> Preview:
    """Show a letter word for word; a person's letters are drafted with `rekindle draft`, not here."""
    row = letter_of(session, name, reference, None)
    if row is None:
        return Preview(sample(writer.personal, name), "a sample: no such letter waits")
    return Preview(writer.letter(session, row), f"c-{row.candidate_id}, the letter that waits")


def _written(
    writer: Writer,
    person: Candidate,
    application: Application | None,
    chosen: Sequence[Chosen],
    now: datetime,
    known: Collection[str] = (),
) -> Rendered:
    return writer.render_update(writer.update_for(person, application, chosen, name_of(now.date()), known=known))


def _first(session: Session) -> Candidate | None:
    nurturing = select(Candidate).where(Candidate.state == CandidateState.NURTURING)
    return session.scalar(nurturing.order_by(Candidate.id).limit(1))


def _fresh(
    session: Session, person: Candidate, application: Application | None, now: datetime, at_most: int
) -> list[Chosen]:
    news = {item.id: item for item in items_valid_on(session, now.date())}
    labels = labels_of(session, [person.id]).get(person.id, {})
    reader = Reader(
        families=frozenset({application.family.casefold()} if application and application.family else ()),
        interests=tuple(labels.get("interest", ())),
        skills=tuple(labels.get("skill", ())),
        language=person.language,
        # A look at the letter: what they were sent before may be in it.
        seen=frozenset(),
    )
    return [(news[choice.item_id], choice.why) for choice in choose(as_items(news.values()), reader, at_most)]


def _sample_person() -> Candidate:
    return Candidate(
        key=secrets.token_hex(12),
        given_name="Sam",
        family_name="Sample",
        email="sam@example.org",
        address="sam@example.org",
        locale="en",
        basis=Basis.CONSENT,
    )


def _sample_news(now: datetime) -> list[Chosen]:
    item = Content(
        title="How we plan now",
        url="https://blog.acme.example/how-we-plan-now",
        summary="What changed when we stopped estimating and began to slice.",
        topics=[],
        families=[],
        language="en",
        published_on=now.date(),
    )
    return [(item, "it is news for everyone we know")]
