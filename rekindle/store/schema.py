"""The schema as a whole: the migrations that lead to the tables, and where a database stands."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rekindle.store import dialect
from rekindle.store.engine import Store
from rekindle.store.tables import METADATA

__all__ = ["METADATA", "current", "migrate", "newest", "revisions"]


def migrate(store: Store, revision: str = "head") -> None:
    """Bring the database to `revision`, in one transaction; nothing to do when it is there."""
    with dialect.reshaping(store.engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current(store: Store) -> str | None:
    """Return the revision the database is at, None when it is empty."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the newest revision this version of Rekindle knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revisions() -> list[str]:
    """List every revision, oldest first."""
    return [script.revision for script in reversed(list(ScriptDirectory.from_config(_config()).walk_revisions()))]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
