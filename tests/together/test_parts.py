"""A part is started, waited for and stopped with everything it started; nothing of it is left behind."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle.errors import RekindleError
from rekindle.together import parts
from rekindle.together.parts import Part, listens, require_free_port
from tests.together.tiny import PARENT, POLITE, SLEEP, STUBBORN, lives, part, until


@pytest.fixture
def started() -> Iterator[list[Part]]:
    """Parts to be stopped at the end, whatever the test did."""
    running: list[Part] = []
    yield running
    for each in running:
        each.stop()


def launched(started: list[Part], each: Part) -> Part:
    started.append(each)
    each.launch(os.environ)
    return each


def test_a_part_is_ready_when_it_says_so_and_ends_when_told(tmp_path: Path, started: list[Part]) -> None:
    each = launched(started, part(tmp_path, POLITE))
    each.await_ready()
    assert each.is_alive()
    each.stop()
    assert not each.is_alive()
    assert each.log.read_text(encoding="utf-8") == "told to end\n"


def test_a_part_that_was_never_started_is_nothing_to_stop(tmp_path: Path) -> None:
    each = part(tmp_path, SLEEP)
    each.stop()
    assert not each.is_alive()


def test_stopping_twice_is_stopping(tmp_path: Path, started: list[Part]) -> None:
    each = launched(started, part(tmp_path, POLITE))
    each.await_ready()
    each.stop()
    each.stop()
    assert not each.is_alive()


def test_a_part_gets_its_own_environment_and_folder(tmp_path: Path, started: list[Part]) -> None:
    code = "import os, sys; from pathlib import Path; print(sorted(os.environ), os.getcwd()); Path(sys.argv[1]).touch()"
    each = part(tmp_path, code)
    each.cwd = tmp_path
    started.append(each)
    each.launch({"ONLY": "this"})
    until(lambda: not each.is_alive())
    said = each.log.read_text(encoding="utf-8")
    assert "'ONLY'" in said
    assert "'PATH'" not in said
    assert str(tmp_path) in said


def test_a_part_that_dies_while_starting_is_told_with_its_log(tmp_path: Path, started: list[Part]) -> None:
    each = launched(started, part(tmp_path, "print('no such setting'); raise SystemExit(2)", "web"))
    with pytest.raises(RekindleError, match=rf"^web stopped while starting; its log is {tmp_path}/log/web\.log$"):
        each.await_ready()
    assert each.log.read_text(encoding="utf-8") == "no such setting\n"


def test_somebody_else_who_answers_does_not_make_a_dead_part_ready(tmp_path: Path, started: list[Part]) -> None:
    each = part(tmp_path, "raise SystemExit(1)", "web")
    each.ready = lambda: True
    launched(started, each)
    until(lambda: not each.is_alive())
    with pytest.raises(RekindleError, match="web stopped while starting"):
        each.await_ready()


def test_a_part_that_takes_too_long_is_told(
    tmp_path: Path, started: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "START_PATIENCE", 0.0)
    each = launched(started, part(tmp_path, SLEEP, "web"))
    with pytest.raises(RekindleError, match="web is not ready after 0 s; its log is"):
        each.await_ready()


def test_a_part_that_does_not_end_is_killed(
    tmp_path: Path, started: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "STOP_PATIENCE", 0.2)
    each = launched(started, part(tmp_path, STUBBORN))
    each.await_ready()
    each.stop()
    assert not each.is_alive()
    assert "told to end" in each.log.read_text(encoding="utf-8"), "it was asked first"


@pytest.mark.parametrize("dies_first", [False, True], ids=["with its parent", "after its parent"])
def test_no_child_of_a_part_outlives_it(tmp_path: Path, started: list[Part], *, dies_first: bool) -> None:
    each = launched(started, part(tmp_path, PARENT))
    each.await_ready()
    child = int((tmp_path / "a part.ready.child").read_text())
    assert lives(child)
    if dies_first:
        assert each._process is not None
        os.kill(each._process.pid, signal.SIGKILL)
        until(lambda: not each.is_alive())
    each.stop()
    until(lambda: not lives(child))


def test_a_stop_that_is_interrupted_still_kills(
    tmp_path: Path, started: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    each = launched(started, part(tmp_path, STUBBORN))
    each.await_ready()
    assert each._process is not None
    pid = each._process.pid
    impatient = signal.signal(signal.SIGALRM, _press_ctrl_c)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(KeyboardInterrupt):
            each.stop()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, impatient)
    assert not lives(pid)


def _press_ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt


def test_ctrl_c_in_the_terminal_does_not_reach_a_part(tmp_path: Path, started: list[Part]) -> None:
    each = launched(started, part(tmp_path, POLITE))
    each.await_ready()
    assert each._process is not None
    assert os.getpgid(each._process.pid) == each._process.pid != os.getpgid(0)


def test_the_log_of_the_last_time_is_kept(tmp_path: Path, started: list[Part]) -> None:
    for word in ("first", "second"):
        each = launched(started, part(tmp_path, f"print({word!r})"))
        until(lambda each=each: not each.is_alive())  # type: ignore[misc] # mypy cannot infer a bound default
    assert each.log.read_text(encoding="utf-8") == "first\nsecond\n"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_said_plainly(taken: int) -> None:
    with pytest.raises(RekindleError) as refused:
        require_free_port(taken, "the web page", "REKINDLE_WEB_PORT")
    assert str(refused.value) == (
        f"port {taken} of this machine is in use, the web page needs it: "
        "stop what listens there, or set REKINDLE_WEB_PORT"
    )
    assert listens(taken)


def test_a_port_is_free_again_as_soon_as_its_user_has_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            # Closed on this side first, the connection lingers for a minute.
            listener.accept()[0].close()
    assert not listens(port)
    require_free_port(port, "the web page", "REKINDLE_WEB_PORT")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open any port")
def test_a_port_that_only_root_may_open_is_not_called_in_use() -> None:
    with pytest.raises(RekindleError, match="port 80 is not for every user to open: for the web page, set REKINDLE_W"):
        require_free_port(80, "the web page", "REKINDLE_WEB_PORT")
