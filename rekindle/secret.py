"""The key that signs links and hashes suppressed addresses: from the environment, else made once under ./var."""

import os
import secrets
from pathlib import Path

from rekindle.errors import SettingsError

FILE = Path("var/secret.key")


def secret_key(configured: str, file: Path = FILE) -> str:
    """Return REKINDLE_SECRET_KEY, or the key in `file`, which is made on first use and readable by its owner only.

    Losing it breaks every link sent so far and every suppression: back it up, or set the variable.
    """
    if configured:
        return configured
    if not file.exists():
        _make(file)
    key = file.read_text(encoding="ascii").strip()
    if not key:
        raise SettingsError(f"{file} is empty: put the key back, or set REKINDLE_SECRET_KEY")
    return key


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
    try:
        # link, unlike rename, never replaces the key another process made in the same moment.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
