"""What an import says at its end: counts, the rows that could not be read, who was merged or left out, and why."""

import json
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from rekindle.cli import printing
from rekindle.journey.intake import Action, Entry

#: How many rows of a kind are shown; --report has all of them.
_SHOWN = 15
_TELLING = (Action.BAD, Action.MERGED, Action.SUPPRESSED, Action.LEFT_OUT, Action.UPDATED)


class ImportReport:
    """Collects entries in constant memory: counts, the first few of each kind, and all of them in `file` if given."""

    def __init__(self, file: Path | None, *, dry_run: bool) -> None:
        self._file = file
        self._dry_run = dry_run
        self._out: IO[str] | None = None
        self.counts: Counter[Action] = Counter()
        self.shown: dict[Action, list[Entry]] = {action: [] for action in _TELLING}

    def __enter__(self) -> Self:
        self._out = self._file.open("w", encoding="utf-8") if self._file else None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._out:
            self._out.close()
        if kind is KeyboardInterrupt:
            self.print(as_json=False, unread=())
            print("Stopped in the middle; what is listed is stored. Run the same import again to go on.")

    def add(self, entry: Entry) -> None:
        self.counts[entry.action] += 1
        shown = self.shown.get(entry.action)
        if shown is not None and len(shown) < _SHOWN:
            shown.append(entry)
        if self._out:
            self._out.write(json.dumps(_as_dict(entry), ensure_ascii=False) + "\n")

    def print(self, *, as_json: bool, unread: tuple[str, ...]) -> None:
        """Show the summary."""
        if as_json:
            rows = [_as_dict(entry) for entries in self.shown.values() for entry in entries]
            printing.as_json({"dry_run": self._dry_run, "counts": dict(self.counts), "unread": unread, "rows": rows})
            return
        title = "A dry run: nothing was stored" if self._dry_run else None
        printing.table(
            ("rows!", "what became of them"),
            [(count, action) for action, count in sorted(self.counts.items())],
            empty="The file holds no rows.",
            title=title,
        )
        if unread:
            print(f"Columns nothing was read from: {', '.join(unread)}")
        self._print_bad()
        for action in (Action.MERGED, Action.SUPPRESSED, Action.UPDATED, Action.LEFT_OUT):
            self._print_rows(action)

    def _print_bad(self) -> None:
        rows = [
            (entry.row.line, problem.column, problem.value_shown, problem.expected)
            for entry in self.shown[Action.BAD]
            for problem in entry.problems
        ]
        if rows:
            title = self._title("Rows that were not read; mend them and run the import again", Action.BAD)
            printing.table(("line!", "column", "value", "expected"), rows, empty="", title=title)

    def _print_rows(self, action: Action) -> None:
        rows = [
            (entry.row.line, f"c-{entry.candidate_id}" if entry.candidate_id else "", "; ".join(entry.why))
            for entry in self.shown[action]
        ]
        if rows:
            printing.table(
                ("line!", "candidate!", "why"), rows, empty="", title=self._title(action.capitalize(), action)
            )

    def _title(self, text: str, action: Action) -> str:
        more = self.counts[action] - len(self.shown[action])
        return f"{text} (and {more} more: --report FILE writes them all)" if more else text


def _as_dict(entry: Entry) -> dict[str, Any]:
    """One row as JSON: lines, ids and reasons; no name, no address."""
    return {
        "line": entry.row.line,
        "action": entry.action,
        "candidate": f"c-{entry.candidate_id}" if entry.candidate_id else None,
        "kind": entry.verdict.kind if entry.verdict else None,
        "why": list(entry.why),
        "problems": [{"column": p.column, "value": p.value_shown, "expected": p.expected} for p in entry.problems],
    }
