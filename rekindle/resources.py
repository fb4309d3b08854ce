"""Where the shipped data lies: beside the packages in a checkout, in `rekindle/_data` in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder of shipped data called `name` ("config" or "templates")."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
