"""`rekindle import` as a newcomer meets it: what it prints at 80 columns, leaves behind, and answers to a script."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from rekindle.journey.intake.taking_in import Intake
from rekindle.store.engine import Store
from rekindle.store.suppressions import Suppression
from rekindle.wiring import Rekindle
from tests.cast import NOW
from tests.cli.calling import Command
from tests.exchange.samples import application, jsonl
from tests.journey.arrivals import everything, people, person

GOOD, LATE = person(1), person(2, applications=[application(outcome="withdrew")])
BAD = person(3, email="nobody", applications=[application(decided_on="04/05/2026")])


@pytest.fixture
def file(folder: Path) -> Path:
    """A file with a runner-up, somebody who withdrew and a bad row."""
    path = folder / "people.jsonl"
    path.write_text(jsonl(GOOD, LATE, BAD), encoding="utf-8")
    return path


def test_a_newcomer_reads_what_became_of_every_row(command: Command, file: Path) -> None:
    told = command("import", file)
    assert (told.code, told.err) == (0, "")
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    for line in (
        "1 stored new candidates",
        "1 left out no runner-ups: not stored",
        "1 bad cannot be read: nothing of them is stored",
        "2 withdrew from Frontend Engineer on 2026-05-02",
        "1 row was not read; mend it and run the import again",
        "3 email: nobody",
        "expected one email address, such as name@example.org",
        "expected a date such as 2026-05-02; in this order it could be two days",
    ):
        assert line in lines
    assert max(map(len, told.out.splitlines())) <= 80
    assert told.out.rstrip().splitlines()[-1].strip().startswith("expected"), "what is to be mended stands last"


def test_nobody_is_named_but_where_a_bad_value_has_to_be_shown(command: Command, file: Path) -> None:
    out = command("import", file).out
    assert "person1" not in out
    assert "Õunapuu" not in out


def test_the_same_file_again_changes_nothing(command: Command, file: Path, store: Store) -> None:
    command("import", file)
    before = everything(store)
    assert "1      unchanged" in command("import", file).out
    assert everything(store) == before


def test_a_dry_run_says_the_same_and_stores_nothing(command: Command, file: Path, store: Store) -> None:
    before = everything(store)
    rehearsed = command("import", file, "--dry-run").out
    assert rehearsed.startswith("A dry run: nothing was stored.\n")
    assert "c-1" not in rehearsed, "there is no such candidate"
    assert everything(store) == before
    real = command("import", file).out
    assert rehearsed.split("Stored")[0].split("\n", 1)[1] == real.split("Stored")[0]


def test_every_row_is_in_the_report_file(command: Command, file: Path, folder: Path) -> None:
    told = command("import", file, "--report", folder / "fate.jsonl")
    assert told.out.rstrip().endswith("fate.jsonl")
    fates = [json.loads(line) for line in (folder / "fate.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(fate["line"], fate["action"], fate["candidate"]) for fate in fates] == [
        (1, "stored", "c-1"),
        (2, "left out", None),
        (3, "bad", None),
    ]
    assert fates[0]["kind"] == "runner-up"
    assert "tagged 'silver medal'" in fates[0]["why"]
    assert [problem["column"] for problem in fates[2]["problems"]] == ["email", "applications[0].decided_on"]


def test_the_report_cannot_be_the_file_itself(command: Command, file: Path, store: Store) -> None:
    before = file.read_bytes()
    told = command("import", file, "--report", file)
    assert (told.code, told.out) == (2, "")
    assert "--report would overwrite" in told.err
    assert file.read_bytes() == before
    assert people(store) == []


def test_a_report_that_cannot_be_written_is_said_before_anything_is_stored(
    command: Command, file: Path, store: Store
) -> None:
    told = command("import", file, "--report", "no/such/folder/fate.jsonl")
    assert told.code == 2
    assert "cannot be written (No such file or directory): nothing was imported" in told.err
    assert people(store) == []


def test_a_program_reads_json(command: Command, file: Path) -> None:
    told = json.loads(command("import", file, "--json").out)
    counts = {"stored": 1, "updated": 0, "unchanged": 0, "merged": 0, "left out": 1, "suppressed": 0, "bad": 1}
    assert (told["dry_run"], told["counts"], told["unread"]) == (False, counts, [])
    assert [row["line"] for row in told["rows"]] == [1, 2, 3]
    assert told["more"]["left out"] == 0


def test_of_many_rows_the_first_are_shown_and_how_to_see_all(command: Command, folder: Path) -> None:
    crowd = [person(number, applications=[application(outcome="withdrew")]) for number in range(12)]
    (folder / "many.jsonl").write_text(jsonl(*crowd), encoding="utf-8")
    out = command("import", "many.jsonl").out
    assert "Left out (the first 10 of them; --report FILE writes them all)" in out
    assert out.count("withdrew from") == 10
    assert json.loads(command("import", "many.jsonl", "--json").out)["more"]["left out"] == 2


def test_columns_that_are_not_read_are_named(command: Command, folder: Path) -> None:
    header = "Source ID,Given name,E-mail,Role,Outcome,Finalist,Shoe size\n"
    (folder / "people.csv").write_text(f"{header}1,Zoë,zoe@example.org,Editor,rejected,yes,41\n", encoding="utf-8")
    out = command("import", "people.csv").out
    assert "Columns that nothing was read from: Shoe size" in out
    assert "1      stored" in out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.jsonl", b"PK\x03\x04 a workbook", "people.jsonl"),
        ("people.jsonl", b"%PDF-1.7", "people.jsonl"),
        ("people.jsonl", b'[{"source": "acme-ats"}]', "JSON array"),
        ("people.csv", b"shoe size,colour\n41,red\n", "people.csv"),
        ("people.csv", "Given name,E-mail\nZo\xeb,zoe@example.org\n".encode("latin-1"), "--encoding"),
        ("people.jsonl", b"", "people.jsonl"),
        ("people.jsonl", None, "people.jsonl"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_changes_nothing(
    command: Command, folder: Path, store: Store, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    before = everything(store)
    told = command("import", name, "--report", "fate.jsonl")
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert told.err.count("\n") == 1, "one sentence"
    assert not (folder / "fate.jsonl").exists()
    assert everything(store) == before


def test_a_file_of_bad_rows_only_is_bad_input(command: Command, folder: Path) -> None:
    (folder / "bad.jsonl").write_text(jsonl(BAD, {"source": "acme-ats"}), encoding="utf-8")
    told = command("import", "bad.jsonl")
    assert told.code == 2
    assert "2 rows were not read; mend them and run the import again" in told.out
    assert told.err == "error: no row of bad.jsonl can be read: nothing was stored\n"


def test_half_a_file_goes_in_to_the_break(command: Command, file: Path, store: Store) -> None:
    whole = jsonl(person(1), person(2))
    file.write_text(whole[: -len(whole) // 4], encoding="utf-8")
    told = command("import", file)
    assert told.code == 0
    assert "this line breaks off, is the file cut?" in told.out
    assert len(people(store)) == 1


def test_who_must_not_be_written_to_is_told_apart(
    command: Command, rekindle: Rekindle, file: Path, store: Store
) -> None:
    with store.writing() as session:
        digest = rekindle.address_hash("person1@example.org")
        session.add(Suppression(address_hash=digest, reason="stop", at=NOW))
    out = command("import", file).out
    assert "1      suppressed" in out
    assert "this address asked us never to write again" in out
    assert people(store) == []


def test_without_a_database_the_way_to_one_is_told(bare: Command, file: Path) -> None:
    told = bare("import", file)
    assert (told.code, told.out) == (1, "")
    assert told.err == "error: the database is empty or old: run `rekindle init` first\n"


def test_stopped_by_ctrl_c_it_says_where_it_is(
    command: Command, file: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Intake.bring_in

    def impatient(*told: object, **more: object) -> object:
        entries = really(*told, **more)  # type: ignore[arg-type] # handed through
        yield next(entries)
        raise KeyboardInterrupt

    monkeypatch.setattr(Intake, "bring_in", impatient)
    for options, kept in (
        (["--dry-run"], "a dry run, nothing is stored"),
        ([], "run the same import again to go on from there"),
    ):
        told = command("import", file, *options)
        assert told.code == 130
        assert told.err == f"Stopped in the middle, after 1 stored: {kept}.\ninterrupted\n"
    monkeypatch.undo()


SHOWN_ON_A_TERMINAL = "Reading"


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.usefixtures("store")
def test_a_bar_shows_how_far_it_is_on_a_terminal_alone(folder: Path, *, terminal: bool) -> None:
    """In a process of its own: a terminal is a terminal from the beginning."""
    file = folder / "many.jsonl"
    file.write_text(jsonl(*(person(number) for number in range(400))), encoding="utf-8")
    command = [sys.executable, "-c", "from rekindle.cli import main; main()", "import", str(file)]
    environment = {**os.environ, "TERM": "xterm-256color"}
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs if terminal else subprocess.PIPE, env=environment
    ) as process:
        os.close(theirs)
        seen = read_all(ours) if terminal else b""
        out, err = process.communicate()
    os.close(ours)
    assert process.returncode == 0
    assert b"400" in out
    assert b"\x1b" not in out
    assert (SHOWN_ON_A_TERMINAL.encode() in seen) is terminal
    assert not err


def read_all(end: int) -> bytes:
    said = b""
    while True:
        try:
            piece = os.read(end, 4096)
        except OSError:
            # Linux says it this way when the other side has closed.
            return said
        if not piece:
            return said
        said += piece
