"""The parts put together from settings: a rehearsal reaches nobody, and only the team decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle import clock, runs
from rekindle.errors import NotYours, SettingsError
from rekindle.wiring import Rekindle, open_rekindle
from states.candidate import Trigger
from tests.cast import NOW


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def rehearsing() -> Iterator[None]:
    clock.rehearse(NOW)
    yield
    clock.rehearse(None)


def test_opening_one_touches_nothing(own_folder: Path) -> None:
    open_rekindle()
    assert list(own_folder.iterdir()) == []


@pytest.mark.usefixtures("rehearsing")
@pytest.mark.parametrize(
    ("name", "value"), [("HOST", "mail.acme.example"), ("PORT", "25"), ("HOST", "127.0.0.1.example.org")]
)
def test_a_rehearsal_sends_nowhere_but_to_the_local_mailbox(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"REKINDLE_SMTP_{name}", value)
    with pytest.raises(SettingsError, match="a rehearsal sends to the local mailbox only, not to "):
        open_rekindle().route()


@pytest.mark.usefixtures("rehearsing")
def test_a_rehearsal_sends_to_the_local_mailbox() -> None:
    assert (open_rekindle().route().host, open_rekindle().route().port) == ("127.0.0.1", 2525)


@pytest.mark.usefixtures("rehearsing")
def test_a_rehearsal_sends_elsewhere_when_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_HOST", "mail.acme.example")
    monkeypatch.setenv("REKINDLE_SMTP_REHEARSE", "true")
    assert open_rekindle().route().host == "mail.acme.example"


def test_a_rehearsal_by_variable_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_HOST", "mail.acme.example")
    assert open_rekindle().route().host == "mail.acme.example"
    monkeypatch.setenv("REKINDLE_NOW", NOW.isoformat())
    with pytest.raises(SettingsError, match=r"mail\.acme\.example:2525"):
        open_rekindle().route()


def test_the_route_says_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"HOST": "mail.acme.example", "PORT": "587", "SECURITY": "starttls", "USERNAME": "us", "PASSWORD": "secret"}
    for name, value in (told | {"CONNECTIONS": "8", "TIMEOUT": "5"}).items():
        monkeypatch.setenv(f"REKINDLE_SMTP_{name}", value)
    route = open_rekindle().route()
    assert (route.host, route.port, route.security) == ("mail.acme.example", 587, "starttls")
    assert (route.username, route.password, route.connections, route.timeout) == ("us", "secret", 8, 5.0)
    assert "secret" not in repr(route)


@pytest.mark.parametrize("spelling", ["ann@acme.example", "Ann@ACME.example"])
def test_one_of_the_team_decides_in_whatever_spelling(spelling: str) -> None:
    decider = open_rekindle().decider(spelling)
    assert (decider.address, decider.roles) == ("ann@acme.example", frozenset({"recruiter", "lead"}))
    assert open_rekindle().is_known(spelling)


def test_nobody_else_decides() -> None:
    with pytest.raises(NotYours, match=r"is not one of the people in config/policy\.toml"):
        open_rekindle().decider("eve@example.org")
    assert not open_rekindle().is_known("eve@example.org")


def test_a_teams_own_template_wins_and_the_rest_is_ours(own_folder: Path) -> None:
    shipped = open_rekindle().renderer.sources("quarterly-update")
    own = own_folder / "templates" / "emails" / "quarterly_update"
    own.mkdir(parents=True)
    (own / "subject.txt").write_text("News of {{ quarter }}", encoding="utf-8")
    ours = open_rekindle().renderer.sources("quarterly-update")
    assert ours.subject == "News of {{ quarter }}"
    assert (ours.text, ours.html) == (shipped.text, shipped.html)


def test_what_a_person_approves_changes_with_the_template(own_folder: Path) -> None:
    before = open_rekindle().frozen
    assert open_rekindle().frozen == before
    own = own_folder / "templates" / "emails" / "quarterly_update"
    own.mkdir(parents=True)
    (own / "subject.txt").write_text("News of {{ quarter }}", encoding="utf-8")
    assert open_rekindle().frozen.template != before.template


def test_the_policy_asks_for_what_the_settings_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Trigger.NURTURE not in open_rekindle().policy.needs_approval
    monkeypatch.setenv("REKINDLE_APPROVALS_NURTURE", "true")
    asked = open_rekindle().policy.needs_approval
    assert {Trigger.NURTURE, Trigger.RE_ENGAGE} <= asked


def test_one_key_signs_the_links_and_hashes_the_addresses_of_every_process(own_folder: Path) -> None:
    first, second = open_rekindle(), open_rekindle()
    assert first.links.stop("abc") == second.links.stop("abc")
    assert first.address_hash("Anne@Example.org") == second.address_hash("anne@example.org")
    assert (own_folder / "var" / "secret.key").exists()


def test_the_key_of_the_environment_makes_no_file(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SECRET_KEY", "a key of the team, kept elsewhere")
    assert open_rekindle().secret == "a key of the team, kept elsewhere"
    assert list(own_folder.iterdir()) == []


def test_a_run_is_resumed_where_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def resume(*told: str) -> bool:
        asked.append(told)
        return True

    monkeypatch.setattr(runs, "resume", resume)
    monkeypatch.setenv("REKINDLE_PREFECT_AUTH", "admin:of the team")
    rekindle: Rekindle = open_rekindle()
    assert rekindle.resume("r-1")
    assert not rekindle.resume(None), "no run shows this edition"
    assert asked == [("http://127.0.0.1:4200/api", "r-1", "admin:of the team")]
