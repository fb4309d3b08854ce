"""The candidate: one row per person, whatever the applicant tracking systems call them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select, text, true
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from rekindle.errors import NotFound
from rekindle.store.applications import Application
from rekindle.store.base import Id, Row, Short, words
from rekindle.store.dialect import UtcDateTime
from states.candidate import CandidateState
from states.facts import Basis

#: More digits than this is no id of ours, and more than a database's integer can hold.
_LONGEST_ID = 9


def language_of(tag: str) -> str:
    """Return the language of a tag such as de-CH or en_GB."""
    return tag.replace("_", "-").partition("-")[0].casefold()


def domain_of(address: str | None) -> str | None:
    """Return the part after the @."""
    return address.rpartition("@")[2][:255] if address else None


def _own_rhythm() -> Index:
    """Those with days of their own between two contacts: few, and looked at apart from all the others."""
    own = text("check_in_days IS NOT NULL OR check_in_most_days IS NOT NULL")
    columns = ("check_in_days", "check_in_most_days", "state", "last_contact_on", "id")
    return Index("ix_candidates_own_rhythm", *columns, sqlite_where=own, postgresql_where=own)


class Candidate(Row):
    __tablename__ = "candidates"
    # Who is due: the programmes ask for one state in order of id.
    __table_args__ = (
        Index("ix_candidates_state_id", "state", "id"),
        # Whom nobody has been in touch with for the longest time.
        Index("ix_candidates_state_contact", "state", "last_contact_on", "id"),
        _own_rhythm(),
    )

    id: Mapped[Id]
    #: Random and opaque: what a signed link carries instead of the id.
    key: Mapped[str] = mapped_column(String(24), unique=True)
    #: Written by journey/moving.py alone. None until the first move (`admit`), in the same transaction as the row.
    state: Mapped[CandidateState | None] = mapped_column(words(CandidateState, "state"))
    given_name: Mapped[Short]
    family_name: Mapped[Short]
    #: As the person writes it; `address` is the same normalised, and unique.
    email: Mapped[Short]
    address: Mapped[str | None] = mapped_column(String(320), unique=True)
    #: The part of `address` after the @: no company's mail server is flooded.
    domain: Mapped[str | None] = mapped_column(String(255), index=True)
    timezone: Mapped[str | None] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(16), default="en")
    city: Mapped[str | None] = mapped_column(String(200))
    #: Two letters (ISO 3166-1), for its holidays; None where only the time zone can tell.
    country: Mapped[str | None] = mapped_column(String(2))
    linkedin: Mapped[str | None] = mapped_column(String(500))
    recruiter: Mapped[str | None] = mapped_column(String(320))
    basis: Mapped[Basis] = mapped_column(words(Basis, "basis"), default=Basis.UNKNOWN)
    consent_given_on: Mapped[date | None]
    consent_until: Mapped[date | None]
    opted_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unreachable_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snoozed_until: Mapped[date | None]
    #: What they want to hear of, and how often at most; None for what the team's policy says.
    wants_updates: Mapped[bool] = mapped_column(server_default=true())
    wants_events: Mapped[bool] = mapped_column(server_default=true())
    wants_openings: Mapped[bool] = mapped_column(server_default=true())
    most_per_year: Mapped[int | None]
    #: Days between personal contacts for this person: ideal and at most; None for what the team's policy says.
    check_in_days: Mapped[int | None]
    check_in_most_days: Mapped[int | None]
    #: The last personal contact in either direction, kept by `rekindle.store.touches`; the rejection counts as one.
    last_contact_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    #: As whoever read them last left them here: see `rekindle.store.facts`.
    applications: Mapped[list[Application]] = relationship(viewonly=True)

    @property
    def language(self) -> str:
        return language_of(self.locale)


class CandidateSource(Row):
    """Under which ids the systems we import from know a candidate."""

    __tablename__ = "candidate_sources"

    source: Mapped[str] = mapped_column(String(100), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"), index=True)
    #: SHA-256 of the row as last read: the same row again is nothing to do.
    digest: Mapped[str] = mapped_column(String(64))


class Label(Row):
    """A tag, skill or interest of a candidate; `key` is its case-folded form, which searches use."""

    __tablename__ = "labels"
    __table_args__ = (
        Index("ix_labels_kind_key_candidate", "kind", "key", "candidate_id"),
        UniqueConstraint("candidate_id", "kind", "key"),
    )

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(200))
    label: Mapped[str] = mapped_column(String(200))


def candidate(session: Session, reference: str) -> Candidate:
    """Find one candidate by id (`17` or `c-17`) or address. Raises NotFound."""
    text = reference.strip().lower()
    digits = text.removeprefix("c-")
    is_id = digits.isdecimal() and len(digits) <= _LONGEST_ID
    by = Candidate.id == int(digits) if is_id else Candidate.address == text
    found = session.scalar(select(Candidate).where(by))
    if found is None:
        raise NotFound(f"no candidate {text if is_id else 'with that address'} is stored")
    return found


def labels_of(session: Session, ids: list[int]) -> dict[int, dict[str, list[str]]]:
    """Return candidate id -> kind -> labels, for a page of candidates in one query."""
    found: dict[int, dict[str, list[str]]] = {}
    rows = session.execute(
        select(Label.candidate_id, Label.kind, Label.label).where(Label.candidate_id.in_(ids)).order_by(Label.id)
    )
    for candidate_id, kind, label in rows:
        found.setdefault(candidate_id, {}).setdefault(kind, []).append(label)
    return found
