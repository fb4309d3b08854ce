"""Keeping warm: events, tasks, sources of news, who has left; what a person wants, and when we were last in touch."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
PROGRAMMES = ("quarterly-update", "event-invite", "check-in", "re-engagement", "rejection-letter")
OCCASIONS = ("re-engagement", "follow-up", "check-in", "rejection-letter")
EDITION_STATES = ("planning", "awaiting", "approved", "paused", "declined", "expired", "done", "empty")
MESSAGE_STATES = (
    "drafted",
    "awaiting",
    "approved",
    "sending",
    "sent",
    "deferred",
    "failed",
    "bounced",
    "unconfirmed",
    "cancelled",
    "expired",
)
SOURCE_KINDS = ("feed", "folder")
TASK_KINDS = ("linkedin-connect", "linkedin-engage", "call", "promise", "reply")
ANSWERS = ("none", "yes", "maybe", "no", "waiting")

LIVING = "state NOT IN ('cancelled', 'expired', 'failed')"
ON_ITS_WAY = "occasion = 'check-in' AND state NOT IN ('cancelled', 'expired', 'failed', 'sent', 'bounced')"

#: The day of the last personal contact: the rejection, or a later touch that was no bulk mail; else when they came in.
DECIDED = "(SELECT max(decided_on) FROM applications WHERE candidate_id = candidates.id)"
TOUCHED = (
    '(SELECT max(t."on") FROM touches t LEFT JOIN messages m ON m.id = t.message_id'
    " WHERE t.candidate_id = candidates.id AND (m.id IS NULL OR m.occasion IS NOT NULL))"
)
LAST_CONTACTS = (
    "UPDATE candidates SET last_contact_on = date(created_at)",
    f"UPDATE candidates SET last_contact_on = {DECIDED} WHERE {DECIDED} IS NOT NULL",  # noqa: S608 - our own words
    f"UPDATE candidates SET last_contact_on = {TOUCHED} WHERE last_contact_on < {TOUCHED}",  # noqa: S608
)
DOMAINS = {
    "sqlite": "UPDATE candidates SET domain = substr(address, instr(address, '@') + 1) WHERE address IS NOT NULL",
    "postgresql": "UPDATE candidates SET domain = split_part(address, '@', 2) WHERE address IS NOT NULL",
}


def upgrade() -> None:
    _events()
    _tasks()
    _sources()
    _departures()
    _candidates()
    _editions()
    _messages()


def downgrade() -> None:
    raise NotImplementedError("what was promised and answered cannot be taken back: restore the backup")


def _candidates() -> None:
    op.add_column("candidates", sa.Column("domain", sa.String(length=255), nullable=True))
    op.add_column("candidates", sa.Column("country", sa.String(length=2), nullable=True))
    for name in ("wants_updates", "wants_events", "wants_openings"):
        op.execute(f"ALTER TABLE candidates ADD COLUMN {name} BOOLEAN NOT NULL DEFAULT TRUE")
    for name in ("most_per_year", "check_in_days", "check_in_most_days"):
        op.add_column("candidates", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("candidates", sa.Column("last_contact_on", sa.Date(), nullable=True))
    op.execute(DOMAINS[op.get_bind().dialect.name])
    for statement in LAST_CONTACTS:
        op.execute(statement)
    op.create_index(op.f("ix_candidates_domain"), "candidates", ["domain"])
    op.create_index("ix_candidates_state_contact", "candidates", ["state", "last_contact_on", "id"])
    own = sa.text("check_in_days IS NOT NULL OR check_in_most_days IS NOT NULL")
    columns = ["check_in_days", "check_in_most_days", "state", "last_contact_on", "id"]
    op.create_index("ix_candidates_own_rhythm", "candidates", columns, sqlite_where=own, postgresql_where=own)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("link", sa.String(length=1000), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("topics", JSON, nullable=False),
        sa.Column("families", JSON, nullable=False),
        sa.Column("cities", JSON, nullable=False),
        sa.Column("interests", JSON, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("host", sa.String(length=320), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("cancelled_at", TIME, nullable=True),
        sa.Column("cancelled_because", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("slug", name=op.f("uq_events_slug")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        _one_of("answer", ANSWERS, "invitations"),
        _belongs_to("events", "event_id", "invitations", ondelete="CASCADE"),
        _belongs_to("candidates", "candidate_id", "invitations", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("event_id", "candidate_id", name=op.f("uq_invitations_event_id_candidate_id")),
    )
    op.create_index(op.f("ix_invitations_candidate_id"), "invitations", ["candidate_id"])
    op.create_index("ix_invitations_event_answer", "invitations", ["event_id", "answer", "answered_at"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("assignee", sa.String(length=320), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("link", sa.String(length=1000), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("done_by", sa.String(length=320), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("touch_id", sa.Integer(), nullable=True),
        _one_of("kind", TASK_KINDS, "tasks"),
        _belongs_to("candidates", "candidate_id", "tasks", ondelete="CASCADE"),
        _belongs_to("touches", "touch_id", "tasks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("key", name=op.f("uq_tasks_key")),
    )
    op.create_index(op.f("ix_tasks_candidate_id"), "tasks", ["candidate_id"])
    op.create_index("ix_tasks_assignee_open", "tasks", ["assignee", "done_at", "due_on"])
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=320), nullable=False),
        sa.Column("week", sa.String(length=10), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("person", "week", name=op.f("uq_digests_person_week")),
    )


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=1000), nullable=False),
        sa.Column("topics", JSON, nullable=False),
        sa.Column("families", JSON, nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("valid_days", sa.Integer(), nullable=True),
        sa.Column("may_be_private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("etag", sa.String(length=300), nullable=True),
        sa.Column("modified", sa.String(length=100), nullable=True),
        sa.Column("pulled_at", TIME, nullable=True),
        sa.Column("problem", sa.String(length=500), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        _one_of("kind", SOURCE_KINDS, "sources"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("place", name=op.f("uq_sources_place")),
    )
    op.execute(
        "ALTER TABLE content ADD COLUMN source_id INTEGER"
        " CONSTRAINT fk_content_source_id_sources REFERENCES sources (id)"
    )
    op.add_column("content", sa.Column("source_key", sa.String(length=1000), nullable=True))


def _departures() -> None:
    op.create_table(
        "departures",
        sa.Column("person", sa.String(length=320), nullable=False),
        sa.Column("successor", sa.String(length=320), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=320), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_departures")),
    )
    op.create_table(
        "introductions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("successor", sa.String(length=320), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        _belongs_to("candidates", "candidate_id", "introductions", ondelete="CASCADE"),
        _belongs_to("messages", "message_id", "introductions", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introductions")),
        sa.UniqueConstraint("candidate_id", "successor", name=op.f("uq_introductions_candidate_id_successor")),
    )


def _editions() -> None:
    op.execute(
        "ALTER TABLE editions ADD COLUMN event_id INTEGER CONSTRAINT fk_editions_event_id_events REFERENCES events (id)"
    )
    op.add_column("editions", sa.Column("note", sa.String(length=500), nullable=True))
    op.add_column("editions", sa.Column("counted_from", TIME, nullable=True))
    op.add_column("editions", sa.Column("told_at", TIME, nullable=True))
    _let_words("editions", "state", EDITION_STATES, _edition_table())


def _messages() -> None:
    _let_words("messages", "occasion", OCCASIONS, _message_table())
    here = sa.text(ON_ITS_WAY)
    op.create_index(
        "ix_messages_check_in", "messages", ["candidate_id"], unique=True, sqlite_where=here, postgresql_where=here
    )


def _let_words(table: str, column: str, words: Sequence[str], whole: sa.Table) -> None:
    """Let the check of a column know these words."""
    check = op.f(f"ck_{table}_{column}")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(check, table, type_="check")
        op.create_check_constraint(check, table, sa.column(column).in_(words))
        return
    # SQLite changes no check: the table is written anew. What it does not tell, its other checks, is said below.
    with op.batch_alter_table(table, copy_from=whole, recreate="always"):
        pass


def _one_of(column: str, words: Sequence[str], table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.column(column).in_(words), name=op.f(f"ck_{table}_{column}"))


def _belongs_to(parent: str, column: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)


def _edition_table() -> sa.Table:
    return sa.Table(
        "editions",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("items", JSON, nullable=False),
        sa.Column("left_out", JSON, nullable=False),
        sa.Column("intro", sa.String(length=4000), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("counted_from", TIME, nullable=True),
        sa.Column("told_at", TIME, nullable=True),
        sa.Column("planned_at", TIME, nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=True),
        sa.Column("forms", sa.Integer(), nullable=False),
        _one_of("programme", PROGRAMMES, "editions"),
        _one_of("state", EDITION_STATES, "editions"),
        _belongs_to("events", "event_id", "editions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("programme", "period", name=op.f("uq_editions_programme_period")),
    )


def _message_table() -> sa.Table:
    living = [
        sa.Index(name, *columns, unique=True, sqlite_where=sa.text(f"{columns[0]} IS NOT NULL AND {LIVING}"))
        for name, columns in (
            ("ix_messages_outreach_occasion", ("outreach_id", "occasion")),
            ("ix_messages_application", ("application_id",)),
        )
    ]
    return sa.Table(
        "messages",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=32), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("outreach_id", sa.Integer(), nullable=True),
        sa.Column("occasion", sa.String(length=32), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("released_at", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("sending_at", TIME, nullable=True),
        sa.Column("sent_at", TIME, nullable=True),
        _one_of("programme", PROGRAMMES, "messages"),
        _one_of("occasion", OCCASIONS, "messages"),
        _one_of("state", MESSAGE_STATES, "messages"),
        _belongs_to("candidates", "candidate_id", "messages", ondelete="CASCADE"),
        _belongs_to("editions", "edition_id", "messages"),
        _belongs_to("outreaches", "outreach_id", "messages"),
        _belongs_to("applications", "application_id", "messages"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("edition_id", "candidate_id", name=op.f("uq_messages_edition_id_candidate_id")),
        sa.UniqueConstraint("key", name=op.f("uq_messages_key")),
        sa.Index("ix_messages_candidate_sending", "candidate_id", "sending_at"),
        sa.Index("ix_messages_state_due", "state", "due_at", "id"),
        *living,
    )
