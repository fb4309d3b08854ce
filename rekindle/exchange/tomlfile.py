"""Opens a file of TOML that people write by hand, and says what it is when it is something else.

Knows nothing of what stands in it.
"""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

from rekindle.errors import BadInput
from rekindle.exchange.sniffing import encoding_of, read_head


def decoded(path: Path, largest: int) -> dict[str, Any]:
    """Return what the file says; `largest` in bytes. Raises BadInput when it is no TOML in UTF-8, or larger.

    Days and times, which TOML knows, come as a tuple of one text: they are shown, and never taken for text.
    """
    head = read_head(path)
    if path.stat().st_size > largest:
        raise BadInput(f"{path} is larger than {largest // 1000} kB: that is another kind of file")
    encoding = encoding_of(path, head, None)
    if not encoding.startswith("utf-8"):
        raise BadInput(f"{path} is {encoding.upper()}: save it as UTF-8, which TOML is written in")
    text = _text(path, encoding)
    if not text.strip():
        raise BadInput(f"{path} is empty but for spaces")
    try:
        told: dict[str, Any] = _without_days(tomllib.loads(text))
    except RecursionError:
        raise BadInput(f"{path} nests lists or tables too deep to be read") from None
    except ValueError as error:
        cut = "; is the file cut?" if "end of document" in str(error) else ""
        raise BadInput(f"{path} is not TOML: {error}{cut}") from None
    return told


def _text(path: Path, encoding: str) -> str:
    raw = path.read_bytes()
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"line {raw.count(10, 0, error.start) + 1}: the byte 0x{raw[error.start]:02X}"
        raise BadInput(f"{path}, {place} is not UTF-8; save it as UTF-8") from None
    if "\0" in text:
        raise BadInput(f"{path} is a binary file, no text")
    return text


def _without_days(value: Any) -> Any:
    match value:
        case dict():
            return {key: _without_days(inner) for key, inner in value.items()}
        case list():
            return [_without_days(inner) for inner in value]
        case date() | time():
            return (value.isoformat(),)
    return value
