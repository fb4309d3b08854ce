"""The key is made once, for its owner's eyes; whoever needs it in the same moment gets the same one."""

import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rekindle.errors import SettingsError
from rekindle.secret import secret_key

ASK = """
import sys
from pathlib import Path
from rekindle.secret import secret_key
print(secret_key("", Path(sys.argv[1])))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "secret.key"


def test_a_configured_key_wins_and_no_file_is_made(file: Path) -> None:
    assert secret_key("configured by the team", file) == "configured by the team"
    assert not file.exists()


def test_a_key_is_made_once_and_only_its_owner_reads_it(file: Path) -> None:
    key = secret_key("", file)
    assert len(key) >= 32
    assert key.isascii()
    assert secret_key("", file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file], "no draft is left behind"


def test_no_two_keys_are_alike(tmp_path: Path) -> None:
    assert secret_key("", tmp_path / "one") != secret_key("", tmp_path / "other")


def test_a_configured_key_wins_over_the_file_and_leaves_it_alone(file: Path) -> None:
    key = secret_key("", file)
    assert secret_key("configured by the team", file) == "configured by the team"
    assert secret_key("", file) == key


def test_processes_that_start_together_share_one_key(file: Path) -> None:
    command = [sys.executable, "-c", ASK, str(file)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    keys = {process.communicate()[0].strip() for process in started}
    assert {process.returncode for process in started} == {0}
    assert keys == {file.read_text(encoding="ascii")}


def test_threads_that_start_together_share_one_key(file: Path) -> None:
    ready = threading.Barrier(8)

    def ask(_turn: int) -> str:
        ready.wait()
        return secret_key("", file)

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(ask, range(8)))
    assert keys == {file.read_text(encoding="ascii")}
    assert list(file.parent.iterdir()) == [file]


def test_a_draft_of_somebody_who_was_killed_is_in_nobodys_way(file: Path) -> None:
    file.parent.mkdir()
    for number in range(3):
        (file.parent / f"secret.key.{number}").touch(mode=0o644)
    assert len(secret_key("", file)) >= 32


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00"])
def test_a_broken_key_is_told_and_not_replaced(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"secret\.key holds no key: put the key back, or set REKINDLE_SECRET_KEY"):
        secret_key("", file)
    assert file.read_bytes() == content


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        secret_key("", tmp_path / "var" / "secret.key")
