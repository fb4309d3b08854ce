"""Who has anything in common with a role, asked of the indexes alone: whoever has not costs nothing.

Families and labels differ in case and ending. So the different words the database holds are read first, each once
however many people have it, and matched by their stems; then come the people who have one of the matching words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from rekindle.journey.openings import weights
from rekindle.journey.openings.paging import pages
from rekindle.journey.openings.topic import Topic
from rekindle.store.applications import Application
from rekindle.store.candidates import Label

#: So many words in one statement.
_WORDS = 500
_NO_FAMILY = Application.family.is_(None)


@dataclass(slots=True)
class Overlap:
    """What is in common, as points for each person; and by which words of the database it was found."""

    points: Counter[int] = field(default_factory=Counter)
    #: The families, as they are written, that are the role's.
    families: list[str] = field(default_factory=list)


def overlap(session: Session, topic: Topic) -> Overlap:
    """Find everybody who shares a kind of work, a skill or an interest with the role."""
    found = Overlap(families=[each for each in _different(session, Application.family) if topic.is_of_kind(each, "")])
    found.points.update(dict.fromkeys(_of_kind(session, topic, found.families), weights.FAMILY))
    for keys in _skill_keys(session, topic):
        found.points.update(dict.fromkeys(_labelled(session, "skill", keys), weights.SKILL))
    interests = [key for key in _different(session, Label.key, Label.kind == "interest") if topic.ground_of(key)]
    found.points.update(dict.fromkeys(_labelled(session, "interest", interests), weights.INTEREST))
    return found


def _of_kind(session: Session, topic: Topic, families: Sequence[str]) -> set[int]:
    """Return who applied for this kind of work; an application without a family is judged by its title."""
    titles = session.scalars(select(Application.role).where(_NO_FAMILY).distinct()).all()
    return {
        *_people(session, Application.candidate_id, Application.family, families),
        *_people(
            session, Application.candidate_id, Application.role, list(filter(topic.is_titled, titles)), _NO_FAMILY
        ),
    }


def _skill_keys(session: Session, topic: Topic) -> list[list[str]]:
    """Return for each skill of the role the labels that speak of it."""
    keys: dict[str, list[str]] = {skill: [] for skill in topic.skills}
    for key in _different(session, Label.key, Label.kind == "skill"):
        for skill in topic.skills_in(key):
            keys[skill].append(key)
    return list(keys.values())


def _labelled(session: Session, kind: str, keys: Sequence[str]) -> set[int]:
    return set(_people(session, Label.candidate_id, Label.key, keys, Label.kind == kind))


def _people(
    session: Session,
    person: InstrumentedAttribute[int],
    word: InstrumentedAttribute[Any],
    words: Sequence[str],
    *wanted: ColumnElement[bool],
) -> Iterator[int]:
    for page in pages(words, _WORDS):
        yield from session.connection().scalars(select(person).where(*wanted, word.in_(page))).all()


def _different(session: Session, column: InstrumentedAttribute[Any], *wanted: ColumnElement[bool]) -> list[str]:
    """Read the different values of an indexed column, jumping from each to the next: never a row twice."""
    return list(session.scalars(_jumping(column, *wanted)))


def _jumping(column: InstrumentedAttribute[Any], *wanted: ColumnElement[bool]) -> Select[tuple[str]]:
    seen = select(func.min(column).label("value")).where(*wanted).cte("seen", recursive=True)
    following = select(func.min(column)).where(*wanted, column > seen.c.value).scalar_subquery()
    seen = seen.union_all(select(following).where(seen.c.value.is_not(None)))
    return select(seen.c.value).where(seen.c.value.is_not(None))
