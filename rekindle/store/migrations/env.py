"""What Alembic runs: it is handed an open connection by rekindle.store.schema and nothing else."""

from alembic import context

from rekindle.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite cannot alter a column: Alembic copies the table instead.
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
