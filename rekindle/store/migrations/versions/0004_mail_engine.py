"""The mail engine: what is set aside for a sender, what came in, how far each mailbox has been read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
KINDS = ("reply", "auto-reply", "bounce", "complaint", "other")
SEVERITIES = ("hard", "soft", "delay")
ANSWERS = ("interested", "not-now", "keep-posted", "other-job", "stop", "unclear")
MATCHES = ("return-path", "reference", "returned-headers", "address")


def upgrade() -> None:
    _messages()
    _candidates()
    _received()
    _mailbox_marks()


def downgrade() -> None:
    raise NotImplementedError("what people wrote to us cannot be taken back: restore the backup")


def _messages() -> None:
    op.add_column("messages", sa.Column("held_by", sa.String(length=32), nullable=True))
    op.add_column("messages", sa.Column("held_until", TIME, nullable=True))
    op.create_index(op.f("ix_messages_sending_at"), "messages", ["sending_at"])


def _candidates() -> None:
    op.add_column("candidates", sa.Column("away_until", sa.Date(), nullable=True))


def _received() -> None:
    op.create_table(
        "received",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("mailbox", sa.String(length=100), nullable=False),
        sa.Column("arrived_at", TIME, nullable=False),
        _word("kind", KINDS, nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        _word("matched_by", MATCHES),
        _word("severity", SEVERITIES),
        sa.Column("status", sa.String(length=16), nullable=True),
        _word("answer", ANSWERS),
        sa.Column("answer_until", sa.Date(), nullable=True),
        sa.Column("answer_quote", sa.String(length=500), nullable=True),
        sa.Column("subject", sa.String(length=500), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("moved_on", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("settled_by", sa.String(length=320), nullable=True),
        sa.Column("outcome", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_received_candidate_id_candidates"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_received_message_id_messages"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
        sa.UniqueConstraint("digest", name=op.f("uq_received_digest")),
    )
    waiting = sa.text("settled_at IS NULL")
    columns = ["candidate_id", "kind"]
    op.create_index("ix_received_waiting", "received", columns, sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_received_candidate", "received", ["candidate_id", "arrived_at"])
    op.create_index(op.f("ix_received_message_id"), "received", ["message_id"])


def _mailbox_marks() -> None:
    op.create_table(
        "mailbox_marks",
        sa.Column("mailbox", sa.String(length=100), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name=op.f("pk_mailbox_marks")),
    )


def _word(name: str, words: tuple[str, ...], *, nullable: bool = True) -> sa.Column[str]:
    kind = sa.Enum(*words, name=op.f(f"ck_received_{name}"), native_enum=False, length=32, create_constraint=True)
    return sa.Column(name, kind, nullable=nullable)
