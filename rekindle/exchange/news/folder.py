"""Reads a folder of Markdown files: each an item, or left out with every reason. Never leaves the folder."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from rekindle.exchange.news.addresses import same_page
from rekindle.exchange.news.found import Entry, Found, Omission, Unreadable
from rekindle.exchange.news.markdown import read_item
from rekindle.exchange.problems import shown

#: Bytes of one file, and how many files are read.
LARGEST, MOST = 1_000_000, 1000
#: So many of the files left out are named where only a sentence fits.
_NAMED = 3
_ENDINGS = (".md", ".markdown")
_NOT_NEWS = frozenset(("readme.md", "license.md", "contributing.md", "changelog.md"))


def read_folder(place: Path) -> Found:
    """Read all Markdown files of a folder and those within it. Raises Unreadable when there is no such folder."""
    try:
        root = place.resolve(strict=True)
        os.scandir(root).close()
    except (OSError, RuntimeError) as error:
        raise Unreadable(f"the folder cannot be opened: {_said(error)}") from None
    entries: list[Entry] = []
    left_out: list[Omission] = []
    for number, path in enumerate(_files(root, left_out)):
        if number == MOST:
            left_out.append(Omission("more files", f"only the first {MOST} are read"))
            break
        name = path.relative_to(root).as_posix()
        try:
            entries.append(read_item(_text(path, root), name))
        except Unreadable as error:
            left_out.append(Omission(shown(name), str(error)))
    return Found(*_each_once(entries, left_out), _remark(left_out))


def _files(root: Path, left_out: list[Omission]) -> Iterator[Path]:
    """Give the files in order of their names; links to folders are not followed, they may lead anywhere."""
    for folder, inner, files in os.walk(root):
        links = [name for name in inner if Path(folder, name).is_symlink()]
        left_out += [
            Omission(shown(Path(folder, name).relative_to(root).as_posix()), "a link to a folder is not followed")
            for name in sorted(links)
            if not name.startswith((".", "_"))
        ]
        inner[:] = sorted(name for name in inner if name not in links and not name.startswith((".", "_")))
        yield from (Path(folder, name) for name in sorted(files) if _is_news(name))


def _is_news(name: str) -> bool:
    known = name.casefold()
    return known.endswith(_ENDINGS) and not known.startswith((".", "_")) and known not in _NOT_NEWS


def _text(path: Path, root: Path) -> str:
    """Return what a file says. Raises Unreadable when it lies elsewhere, is no file, too large, or no text."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            raise Unreadable("it is a link that leads out of the folder")
        told = real.stat()
        if not stat.S_ISREG(told.st_mode):
            raise Unreadable("it is no file")
        if told.st_size > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST // 1_000_000} MB")
        with real.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, RuntimeError) as error:
        raise Unreadable(f"it cannot be read: {_said(error)}") from None
    return _decoded(raw)


def _said(error: Exception) -> str:
    """Say what the system said; of links in a circle Python 3.11 makes an error without words."""
    circle = isinstance(error, RuntimeError) or getattr(error, "errno", None) == errno.ELOOP
    return "it leads in a circle" if circle else str(getattr(error, "strerror", None) or "no reason was given")


def _decoded(raw: bytes) -> str:
    if not raw.strip():
        raise Unreadable("it is empty")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"line {raw.count(10, 0, error.start) + 1}: the byte 0x{raw[error.start]:02X}"
        raise Unreadable(f"{place} is not UTF-8; save it as UTF-8") from None
    if "\0" in text:
        raise Unreadable("it is a binary file, no text")
    return text


def _each_once(entries: list[Entry], left_out: list[Omission]) -> tuple[tuple[Entry, ...], tuple[Omission, ...]]:
    first: dict[str, Entry] = {}
    for entry in entries:
        known = first.setdefault(same_page(entry.url), entry)
        if known is not entry:
            left_out.append(Omission(shown(entry.key), f"url: the same as in {shown(known.key)}"))
    return tuple(first.values()), tuple(left_out)


def _remark(left_out: list[Omission]) -> str | None:
    if not left_out:
        return None
    files = f"{len(left_out)} {'file was' if len(left_out) == 1 else 'files were'} left out"
    named = ", ".join(each.what for each in left_out[:_NAMED])
    return f"{files}: {named}{', …' if len(left_out) > _NAMED else ''}"
