"""Personal letters: their words, their approval, who stands in for whom; and how outreaches and roles end."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
KINDS = ("edition", "nurture", "move", "letter")
STATES = ("waiting", "approved", "declined", "expired", "voided")

# Both databases understand these; Alembic would copy the whole table on SQLite, and lose its checks.
COLUMNS = (
    (
        "approvals ADD COLUMN message_id INTEGER"
        " CONSTRAINT fk_approvals_message_id_messages REFERENCES messages (id) ON DELETE CASCADE"
    ),
    "approvals ADD COLUMN assignee VARCHAR(320)",
    "approvals ADD COLUMN barred VARCHAR(320)",
    (
        "messages ADD COLUMN occasion VARCHAR(32) CONSTRAINT ck_messages_occasion"
        " CHECK (occasion IN ('re-engagement', 'follow-up', 'rejection-letter'))"
    ),
    (
        "messages ADD COLUMN application_id INTEGER"
        " CONSTRAINT fk_messages_application_id_applications REFERENCES applications (id)"
    ),
    (
        "outreaches ADD COLUMN outcome VARCHAR(32) CONSTRAINT ck_outreaches_outcome"
        " CHECK (outcome IN ('interested', 'not-now', 'no-answer', 'stopped', 'not-sent', 'role-closed'))"
    ),
    "roles ADD COLUMN closing VARCHAR(500)",
    "roles ADD COLUMN run_id VARCHAR(36)",
)


def upgrade() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=320), nullable=False),
        sa.Column("delegate", sa.String(length=320), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index("ix_delegations_person_until", "delegations", ["person", "until"])
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=320), nullable=False),
        sa.Column("signer", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("proofs", JSON, nullable=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_letters_message_id_messages"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    op.create_index(op.f("ix_letters_message_id"), "letters", ["message_id"])
    for column in COLUMNS:
        op.execute(f"ALTER TABLE {column}")
    op.add_column("approvals", sa.Column("reminded_at", TIME, nullable=True))
    op.create_index(op.f("ix_approvals_message_id"), "approvals", ["message_id"])
    op.create_index("ix_applications_family_candidate", "applications", ["family", "candidate_id"])
    _one_living("ix_messages_outreach_occasion", "outreach_id", "occasion")
    _one_living("ix_messages_application", "application_id")
    _allow_kinds(KINDS)


def downgrade() -> None:
    raise NotImplementedError("letters cannot be taken back to a schema without them: restore the backup")


def _one_living(name: str, *columns: str) -> None:
    living = sa.text(f"{columns[0]} IS NOT NULL AND state NOT IN ('cancelled', 'expired', 'failed')")
    op.create_index(name, "messages", list(columns), unique=True, sqlite_where=living, postgresql_where=living)


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    """Let the check of approvals.kind know one more word."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_approvals_kind"), "approvals", type_="check")
        op.create_check_constraint(op.f("ck_approvals_kind"), "approvals", sa.column("kind").in_(kinds))
        return
    # SQLite changes no check: the table is written anew. What it does not tell, its other checks, is said here.
    with op.batch_alter_table("approvals", copy_from=_approvals(kinds), recreate="always"):
        pass


def _approvals(kinds: tuple[str, ...]) -> sa.Table:
    return sa.Table(
        "approvals",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=320), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("deciders", JSON, nullable=False),
        sa.Column("assignee", sa.String(length=320), nullable=True),
        sa.Column("barred", sa.String(length=320), nullable=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("reminded_at", TIME, nullable=True),
        sa.Column("not_before", TIME, nullable=True),
        sa.Column("decided_by", sa.String(length=320), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("via", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.CheckConstraint(sa.column("kind").in_(kinds), name=op.f("ck_approvals_kind")),
        sa.CheckConstraint(sa.column("state").in_(STATES), name=op.f("ck_approvals_state")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_approvals_candidate_id_candidates"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_approvals_edition_id_editions")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_approvals_message_id_messages"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.Index(op.f("ix_approvals_candidate_id"), "candidate_id"),
        sa.Index(op.f("ix_approvals_edition_id"), "edition_id"),
        sa.Index(op.f("ix_approvals_message_id"), "message_id"),
        sa.Index("ix_approvals_state_due", "state", "due_at"),
    )
