"""The physical lines of a text file, numbered and bounded: a line that never ends costs its row, not the memory."""

from collections import deque
from io import BufferedReader, FileIO, TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Self

#: Characters. A candidate with ten years of history takes a hundredth of it.
LONGEST = 1_000_000


class LineTooLong(Exception):
    """The line was skipped; `beginning` is how it starts."""

    def __init__(self, beginning: str) -> None:
        super().__init__(f"more than {LONGEST:,} characters on one line")
        self.beginning = beginning


class Lines:
    """An iterator over lines with their ends. `number` is that of the line given last, from 1."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._raw = FileIO(str(path))
        # The file was decoded once from end to end before: what cannot be decoded now was cut or changed since,
        # and the mark left in its place makes the row bad.
        self._text = TextIOWrapper(BufferedReader(self._raw, 1 << 17), encoding, errors="replace", newline="")
        self._again: deque[str] = deque()
        self._since: list[str] = []
        self.number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(LONGEST)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= LONGEST and line[-1] not in "\r\n":
            self._skip_rest()
            self._since.append("\n")
            raise LineTooLong(line)
        self._since.append(line)
        return line

    @property
    def offset(self) -> int:
        """Bytes of the file read so far, ahead of the line given last by at most a buffer."""
        return self._raw.tell()

    def mark(self) -> None:
        """Remember the lines given from here on."""
        self._since.clear()

    def step_back(self) -> str:
        """Return the first line given since the mark; the others will be given once more."""
        first, *others = self._since
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        self._since.clear()
        return first

    def _skip_rest(self) -> None:
        while (piece := self._text.readline(LONGEST)) and piece[-1] not in "\r\n":
            pass
