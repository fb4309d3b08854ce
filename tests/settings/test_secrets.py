from pathlib import Path

import pytest

from rekindle import settings
from rekindle.errors import SettingsError

SECRET = "correct-horse-battery"


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        settings.load()
    assert SECRET not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(("section", "knob"), [("smtp", "password"), ("prefect", "auth"), ("secret", "key")])
def test_a_secret_in_a_file_is_refused(section: str, knob: str, folder: Path) -> None:
    (folder / "default.toml").write_text(f'[{section}]\n{knob} = "{SECRET}"\n')
    assert f"set REKINDLE_{section.upper()}_{knob.upper()} in the environment instead" in refusal()
    assert "default.toml" in refusal()


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://rekindle:{SECRET}@db.example/rekindle",
        f"postgresql+psycopg://rekindle@db.example/rekindle?password={SECRET}",
        f"mysql://rekindle:{SECRET}@db.example/rekindle",
    ],
)
def test_a_password_inside_the_database_address_of_a_file_is_refused(url: str, folder: Path) -> None:
    (folder / "default.toml").write_text(f'[database]\nurl = "{url}"\n')
    assert "database.url holds a password: set REKINDLE_DATABASE_URL in the environment instead" in refusal()


def test_a_password_inside_the_database_address_may_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = f"postgresql+psycopg://rekindle:{SECRET}@db.example/rekindle"
    monkeypatch.setenv("REKINDLE_DATABASE_URL", url)
    loaded = settings.load()
    assert loaded.database.url == url
    assert SECRET not in repr(loaded) + str(loaded)


def test_a_wrong_database_address_does_not_show_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_DATABASE_URL", f"mysql://rekindle:{SECRET}@db.example/rekindle")
    assert "REKINDLE_DATABASE_URL: database.url" in refusal()


def test_a_wrong_address_of_prefect_does_not_show_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_PREFECT_API_URL", f"http://ops:{SECRET}@prefect.example/api")
    assert "REKINDLE_PREFECT_API_URL: prefect.api_url" in refusal()


def test_a_malformed_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_PREFECT_AUTH", SECRET)
    assert refusal().endswith("allowed: user:password")


def test_secrets_from_the_environment_are_kept_out_of_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("REKINDLE_SMTP_PASSWORD", SECRET),
        ("REKINDLE_PREFECT_AUTH", f"ops:{SECRET}"),
        ("REKINDLE_SECRET_KEY", SECRET),
    ):
        monkeypatch.setenv(name, value)
    loaded = settings.load()
    assert loaded.smtp.password.get_secret_value() == SECRET
    assert loaded.secret.key.get_secret_value() == SECRET
    assert SECRET not in repr(loaded) + str(loaded)


def test_a_short_key_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SECRET_KEY", "hunter2")
    assert "hunter2" not in refusal()
    assert "at least 16" in refusal()
