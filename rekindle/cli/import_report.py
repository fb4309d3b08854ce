"""What an import says at its end: counts, the rows that could not be read, who was merged or left out, and why."""

import json
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import typer

from rekindle.cli import printing
from rekindle.errors import BadInput
from rekindle.journey.intake.taking_in import Action, Entry

#: How many rows of a kind are shown, in this order; --report has all of them.
_SHOWN = {
    Action.STORED: 5,
    Action.UPDATED: 10,
    Action.MERGED: 10,
    Action.SUPPRESSED: 10,
    Action.LEFT_OUT: 10,
    # Last, where it is seen: these are to be mended.
    Action.BAD: 15,
}
_MEANING = {
    Action.STORED: "new candidates",
    Action.UPDATED: "known, and the row had changed",
    Action.UNCHANGED: "known, and the row is as it was",
    Action.MERGED: "known by their address, under another id",
    Action.LEFT_OUT: "no runner-ups: not stored",
    Action.SUPPRESSED: "must not be written to: not stored",
    Action.BAD: "cannot be read: nothing of them is stored",
}


class ImportReport:
    """Collects entries in constant memory: counts, the first few of each kind, and all of them in `file` if given."""

    def __init__(self, file: Path | None, *, dry_run: bool) -> None:
        self._file = file
        self._dry_run = dry_run
        self._out: IO[str] | None = None
        self.counts: Counter[Action] = Counter()
        self.shown: dict[Action, list[Entry]] = {action: [] for action in _SHOWN}

    def __enter__(self) -> Self:
        """Open the file. Raises BadInput where it cannot be written."""
        try:
            self._out = self._file.open("w", encoding="utf-8") if self._file else None
        except OSError as error:
            raise BadInput(f"{self._file} cannot be written ({error.strerror}): nothing was imported") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._out:
            self._out.close()
        if kind is not None and self.counts:
            self._tell_where_it_stopped()

    @property
    def only_bad(self) -> bool:
        return 0 < self.counts[Action.BAD] == self.counts.total()

    def add(self, entry: Entry) -> None:
        self.counts[entry.action] += 1
        shown = self.shown.get(entry.action)
        if shown is not None and len(shown) < _SHOWN[entry.action]:
            shown.append(entry)
        if self._out:
            self._out.write(json.dumps(self._as_dict(entry), ensure_ascii=False) + "\n")

    def print(self, *, as_json: bool, unread: tuple[str, ...]) -> None:
        """Show the summary."""
        if as_json:
            printing.as_json(self._summary(unread))
            return
        if self._dry_run:
            typer.secho("A dry run: nothing was stored.", bold=True)
        self._print_counts()
        if unread:
            typer.echo(f"Columns that nothing was read from: {', '.join(unread)}")
        for action in _SHOWN:
            if action is not Action.BAD:
                self._print_rows(action)
        self._print_bad()
        if self._file:
            typer.echo(f"What became of every row, and why: {self._file}")

    def _print_counts(self) -> None:
        rows = [(self.counts[action], action, _MEANING[action]) for action in Action if self.counts[action]]
        printing.table(("rows!", "what became of them!", ""), rows, empty="The file holds no rows.")

    def _print_rows(self, action: Action) -> None:
        with_ids = any(map(self._id_of, self.shown[action]))
        rows = [
            (entry.row.line, *([self._id_of(entry)] if with_ids else []), "; ".join(entry.why))
            for entry in self.shown[action]
        ]
        if rows:
            typer.secho(self._title(action.capitalize(), action), bold=True)
            printing.table(("line!", *(["candidate!"] if with_ids else []), "why"), rows, empty="")

    def _print_bad(self) -> None:
        rows = [
            (entry.row.line, f"{problem.column}: {problem.value_shown}\nexpected {problem.expected}")
            for entry in self.shown[Action.BAD]
            for problem in entry.problems
        ]
        if rows:
            count = self.counts[Action.BAD]
            told = "1 row was not read; mend it" if count == 1 else f"{count:,} rows were not read; mend them"
            title = self._title(f"{told} and run the import again", Action.BAD)
            typer.secho(title, bold=True, fg=typer.colors.RED)
            printing.table(("line!", "what is wrong"), rows, empty="")

    def _title(self, text: str, action: Action) -> str:
        more = self.counts[action] - len(self.shown[action])
        return f"{text} (the first {len(self.shown[action])} of them; --report FILE writes them all)" if more else text

    def _tell_where_it_stopped(self) -> None:
        told = ", ".join(f"{self.counts[action]:,} {action}" for action in Action if self.counts[action])
        kept = "a dry run, nothing is stored" if self._dry_run else "run the same import again to go on from there"
        typer.echo(f"Stopped in the middle, after {told}: {kept}.", err=True)

    def _summary(self, unread: tuple[str, ...]) -> dict[str, Any]:
        shown = [entry for entries in self.shown.values() for entry in entries]
        return {
            "dry_run": self._dry_run,
            "counts": {action.value: self.counts[action] for action in Action},
            "unread": list(unread),
            "rows": [self._as_dict(entry) for entry in sorted(shown, key=lambda entry: entry.row.line)],
            "more": {action.value: self.counts[action] - len(rows) for action, rows in self.shown.items()},
        }

    def _as_dict(self, entry: Entry) -> dict[str, Any]:
        """One row as JSON: line, id and reasons; no name, no address."""
        return {
            "line": entry.row.line,
            "action": entry.action,
            "candidate": self._id_of(entry),
            "kind": entry.verdict.kind if entry.verdict else None,
            "why": list(entry.why),
            "problems": [{"column": p.column, "value": p.value_shown, "expected": p.expected} for p in entry.problems],
        }

    def _id_of(self, entry: Entry) -> str | None:
        # What a dry run stored is gone again, and its id with it.
        if entry.person is None or (self._dry_run and entry.person.is_new):
            return None
        return f"c-{entry.person.candidate_id}"
