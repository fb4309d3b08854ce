import os
import signal
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer

from rekindle import clock
from rekindle.cli.app import app
from rekindle.cli.running import run
from rekindle.errors import BadInput, RekindleError
from tests.cli.calling import Command

SECRET = "sarah@example.org"


def failing(error: BaseException) -> typer.Typer:
    broken = typer.Typer(rich_markup_mode=None)

    @broken.command()
    def fail() -> None:
        raise error

    return broken


@pytest.mark.parametrize(("error", "code"), [(RekindleError("it is so"), 1), (BadInput("it is so"), 2)])
def test_an_error_of_ours_is_one_line_and_its_exit_code(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(failing(error), []) == code
    assert capsys.readouterr() == ("", "error: it is so\n")


def test_an_unexpected_error_tells_its_kind_and_not_what_it_held(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(failing(KeyError(SECRET)), []) == 1
    told = capsys.readouterr()
    assert told.err == "error: something unexpected went wrong (KeyError); `rekindle --debug …` shows where\n"


def test_with_debug_the_traceback_is_shown(bare: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise KeyError("deep inside")

    monkeypatch.setattr("states.diagram.section", broken)
    told = bare("--debug", "diagram")
    assert told.code == 1
    assert "Traceback" in told.err
    assert "deep inside" in told.err
    assert told.err.endswith("error: something unexpected went wrong (KeyError)\n")


def test_ctrl_c_ends_with_130_and_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(failing(KeyboardInterrupt()), []) == 130
    assert capsys.readouterr() == ("", "interrupted\n")


def test_a_question_not_answered_stops_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(failing(typer.Abort()), []) == 1
    assert capsys.readouterr().err == "error: stopped: nothing more was done\n"


def test_an_exit_code_of_a_command_is_passed_on() -> None:
    assert run(failing(typer.Exit(3)), []) == 3


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("no-such",), "No such command 'no-such'; see `rekindle --help`"),
        (("candidates", "shwo"), "Did you mean 'show'?; see `rekindle candidates --help`"),
        (("candidates", "show"), "Missing argument 'CANDIDATE'; see `rekindle candidates show --help`"),
        (("--colour", "red"), "No such option"),
        (("candidates", "list", "--limit", "0"), "Invalid value for '--limit'"),
        (("candidates", "list", "--state", "lost"), "'lost' is not one of 'rejected-warm'"),
        (("--now", "noon", "candidates", "list"), "'noon' is not a time: write it like 2026-"),
        (("--config", "nowhere", "candidates", "list"), "nowhere is not a folder"),
    ],
)
def test_a_slip_of_the_keyboard_is_one_line_and_2(args: tuple[str, ...], said: str, bare: Command) -> None:
    told = bare(*args)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("error: ")
    assert said in told.err
    assert told.err.count("\n") == 1


def test_a_missing_database_says_what_to_do(bare: Command) -> None:
    told = bare("candidates", "list")
    assert (told.code, told.err) == (1, "error: the database is empty or old: run `rekindle init` first\n")


def test_a_setting_that_is_wrong_names_the_variable(bare: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_PORT", "abc")
    told = bare("candidates", "list")
    assert (told.code, told.err.partition(" ")[2].partition(":")[0]) == (2, "REKINDLE_SMTP_PORT")


def test_the_rehearsal_clock_and_the_folder_are_told_to_child_processes(
    bare: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("REKINDLE_NOW", "REKINDLE_CONFIG")
    monkeypatch.setattr("states.diagram.section", lambda: " ".join(os.environ[name] for name in names))
    told = bare("--now", "2026-10-13T10:00+02:00", "--config", "team", "diagram")
    assert told.out == f"2026-10-13T08:00:00+00:00 {folder / 'team'}\n"
    assert not {*names} & {*os.environ}


def test_the_clock_runs_again_after_a_rehearsal(bare: Command) -> None:
    bare("--now", "2001-01-01", "diagram")
    assert clock.rehearsal() is None


def process(*args: str, stdout: int) -> "subprocess.Popen[bytes]":
    """Start the real thing; it hears SIGINT even where the tests run in the background of a shell."""
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import rekindle.cli as c; c.main()"
    return subprocess.Popen([sys.executable, "-c", code, *args], stdout=stdout, stderr=subprocess.PIPE)


def test_a_reader_who_leaves_early_hears_nothing_more() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    left = process("diagram", stdout=writing)
    os.close(writing)
    assert left.communicate()[1] == b""
    assert left.returncode == 1


def test_ctrl_c_reaches_a_real_process(folder: Path) -> None:
    os.mkfifo(folder / "never")
    waiting = process("diagram", "--readme", str(folder / "never"), stdout=subprocess.DEVNULL)
    # The command opens the pipe for reading and waits; opening it for writing meets it there.
    with (folder / "never").open("wb"):
        waiting.send_signal(signal.SIGINT)
        assert waiting.communicate()[1] == b"interrupted\n"
    assert waiting.returncode == 130


def test_the_console_command_is_the_one_of_the_app() -> None:
    found = next(iter(entry_points(group="console_scripts", name="rekindle")))
    assert found.value == "rekindle.cli:main"
    assert callable(found.load())
    assert app.info.name == "rekindle"
