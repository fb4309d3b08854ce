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
    try:
        if not file.exists():
            _make(file)
        key = file.read_bytes().strip()
    except OSError as error:
        raise SettingsError(f"{file} cannot be written or read ({error.strerror}): set REKINDLE_SECRET_KEY") from None
    if not key or not key.isascii():
        raise SettingsError(f"{file} holds no key: put the key back, or set REKINDLE_SECRET_KEY")
    return key.decode()


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(32)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(key, encoding="ascii")
    try:
        # link, unlike rename, never replaces the key that somebody else made in the same moment.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
