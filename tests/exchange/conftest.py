"""A file to read."""

from itertools import count
from pathlib import Path

import pytest

from tests.exchange.samples import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write text (as UTF-8) or bytes to a file whose name says nothing."""
    numbers = count()

    def _write(content: str | bytes) -> Path:
        path = tmp_path / f"file-{next(numbers)}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write
