import subprocess
import sys
from pathlib import Path

import pytest

from rekindle import settings
from rekindle.errors import SettingsError


def refusal(folder: Path | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        settings.load(folder)
    return str(caught.value)


def test_with_no_file_and_no_variable_the_shipped_settings_hold() -> None:
    loaded = settings.load()
    assert loaded.smtp.port == 2525
    assert loaded.smtp_is_local_mailbox
    assert loaded.folder == Path("config")


def test_the_team_wins_over_what_is_shipped_knob_by_knob(folder: Path) -> None:
    (folder / "default.toml").write_text('[smtp]\nhost = "mail.acme.example"\nport = 587\n')
    loaded = settings.load()
    assert (loaded.smtp.host, loaded.smtp.port, loaded.smtp.connections) == ("mail.acme.example", 587, 4)
    assert not loaded.smtp_is_local_mailbox


def test_the_environment_wins_over_the_team(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "default.toml").write_text("[smtp]\nport = 587\nconnections = 2\n")
    monkeypatch.setenv("REKINDLE_SMTP_PORT", "465")
    loaded = settings.load()
    assert (loaded.smtp.port, loaded.smtp.connections) == (465, 2)


def test_a_knob_may_stand_in_either_file(folder: Path) -> None:
    (folder / "policy.toml").write_text("[smtp]\nport = 587\n")
    assert settings.load().smtp.port == 587


def test_the_folder_named_is_the_one_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, port in (("by_option", 26), ("by_variable", 27)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "default.toml").write_text(f"[smtp]\nport = {port}\n")
    monkeypatch.setenv("REKINDLE_CONFIG", str(tmp_path / "by_variable"))
    assert settings.load().smtp.port == 27
    assert settings.load(tmp_path / "by_option").smtp.port == 26


def test_who_lists_people_lists_all_of_them(folder: Path) -> None:
    (folder / "policy.toml").write_text('[people."Eva@Team.example"]\nname = "Eva Sample"\nroles = ["lead"]\n')
    assert list(settings.load().people) == ["eva@team.example"]


def test_nobody_is_listed_twice_in_another_case(folder: Path) -> None:
    person = '[people."{}@team.example"]\nname = "Eva Sample"\nroles = ["lead"]\n'
    (folder / "policy.toml").write_text(person.format("eva") + person.format("Eva"))
    assert "names somebody twice" in refusal()


@pytest.mark.parametrize(
    ("value", "tags"),
    [("silver medal", ("silver medal",)), ("gold, silver medal ,", ("gold", "silver medal")), ("", ())],
)
def test_a_variable_separates_the_parts_of_a_list_by_commas(
    value: str, tags: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_CLASSIFY_TAGS", value)
    assert settings.load().classify.tags == tags


def test_numbers_in_a_list_come_from_a_variable_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_QUARTERLY_MONTHS", "2,5,8,11")
    assert settings.load().quarterly.months == (2, 5, 8, 11)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[smtp]\nprot = 25\n", "smtp.prot is not a setting; did you mean port?"),
        ("[stmp]\nport = 25\n", "stmp is not a setting; did you mean smtp?"),
        ('[people."a@b.example"]\nname = "A"\nroles = ["lead"]\ntitel = "x"\n', "titel is not a setting; did you mean"),
        ('folder = "elsewhere"\n', "folder is not a setting; name the folder with --config"),
        ("[zzz]\n", "zzz is not a setting; the settings are approvals, budget"),
    ],
)
def test_an_unknown_knob_is_refused_with_what_was_perhaps_meant(text: str, said: str, folder: Path) -> None:
    (folder / "default.toml").write_text(text)
    assert said in refusal()
    assert str(folder / "default.toml") in refusal()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("REKINDLE_SMTP_PROT", "REKINDLE_SMTP_PORT"),
        ("rekindle_smtp_port", "REKINDLE_"),
        ("REKINDLE_SMTP", "REKINDLE_SMTP"),
    ],
)
def test_an_unknown_variable_is_refused_with_what_was_perhaps_meant(
    name: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "25")
    assert f"{name} is not a setting" in refusal()
    assert meant in refusal()


@pytest.mark.parametrize("name", ["REKINDLE_CONFIG", "REKINDLE_NOW", "REKINDLE_PERSON"])
def test_variables_that_are_no_knobs_are_let_be(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")
    assert settings.load().smtp.port == 2525


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"[smtp\n", "is not a TOML file in UTF-8"),
        ("[smtp]\nhost = 'm\xfcller'\n".encode("latin-1"), "is not a TOML file in UTF-8"),
        ("[smtp]\nport = 25\n".encode("utf-16"), "is not a TOML file in UTF-8"),
        (bytes(range(256)), "is not a TOML file in UTF-8"),
        (b"[smtp]\nport = 25\n[smtp]\nport = 26\n", "is not a TOML file in UTF-8"),
    ],
)
def test_a_broken_file_is_named(written: bytes, said: str, folder: Path) -> None:
    (folder / "policy.toml").write_bytes(written)
    assert refusal().startswith(f"{folder / 'policy.toml'} {said}")


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "default.toml").write_text("[smtp]\nport = 25\n", encoding="utf-8-sig")
    assert settings.load().smtp.port == 25


def test_a_folder_in_the_place_of_a_file_is_said(folder: Path) -> None:
    (folder / "default.toml").mkdir()
    assert "default.toml cannot be read" in refusal()


def test_an_empty_file_changes_nothing(folder: Path) -> None:
    (folder / "default.toml").write_bytes(b"")
    assert settings.load().smtp.port == 2525


def test_a_misnamed_file_is_not_passed_over_in_silence(folder: Path) -> None:
    (folder / "defaults.toml").write_text("[smtp]\nport = 25\n")
    assert refusal() == f"{Path('config/defaults.toml')} is not read; did you mean default.toml?"


@pytest.mark.parametrize("name", ["missing", "file.toml"])
def test_a_named_folder_has_to_be_one(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.toml").write_text("")
    assert "is not a folder" in refusal(tmp_path / name)


def test_a_named_folder_has_to_hold_settings(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds neither default.toml nor policy.toml" in refusal(tmp_path / "empty")


def test_reading_the_settings_does_not_load_prefect() -> None:
    code = "import sys, rekindle.settings as s; s.load(); sys.exit(len({'prefect', 'sqlalchemy'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
