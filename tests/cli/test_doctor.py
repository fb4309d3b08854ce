import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path

import pytest

from rekindle.cli import checks
from rekindle.mail.mailbox import local_mailbox
from rekindle.store.engine import Store
from tests.cli.calling import Command
from tests.cli.test_ledger import lost as lost  # noqa: PLC0414 - a fixture
from tests.journey.stage import planned


class Health(BaseHTTPRequestHandler):
    """Prefect's health page: open to whoever knows the password, if there is one."""

    password: str | None = None

    def do_GET(self) -> None:
        welcome = self.password is None or self.headers["Authorization"] == self.password
        self.send_response(200 if welcome and self.path == "/api/health" else 401)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def prefect(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Health]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("REKINDLE_PREFECT_PORT", str(server.server_port))
        yield Health
        server.shutdown()
        thread.join()


@pytest.fixture
def mailbox(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with local_mailbox(folder / "var" / "mailbox") as listening:
        monkeypatch.setenv("REKINDLE_SMTP_PORT", str(listening.port))
        monkeypatch.setenv("REKINDLE_MAILBOX_PORT", str(listening.port))
        yield


@pytest.fixture(autouse=True)
def nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Port 9 of this machine; nobody runs `discard` any more."""
    for name in ("SMTP", "MAILBOX", "PREFECT"):
        monkeypatch.setenv(f"REKINDLE_{name}_PORT", "9")


@pytest.fixture
def another_server(mailbox: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same server, but not as our own mailbox; the rehearsal clock of these tests may use it."""
    monkeypatch.setenv("REKINDLE_MAILBOX_PORT", "2525")
    monkeypatch.setenv("REKINDLE_SMTP_REHEARSE", "true")


def verdicts(command: Command) -> dict[str, tuple[str, str]]:
    told = json.loads(command("doctor", "--no-dns", "--json").out)
    return {each["what"]: (each["verdict"], each["found"]) for each in told}


def test_a_fresh_installation_has_nothing_that_fails(command: Command) -> None:
    told = command("doctor")
    assert (told.code, told.err) == (0, "")
    assert "fail" not in told.out
    assert max(map(len, told.out.splitlines())) <= 80


def test_everything_that_runs_is_ok(command: Command, prefect: object, mailbox: None) -> None:
    found = verdicts(command)
    assert found["Prefect"] == ("ok", "answers")
    assert found["mail route"] == ("warn", "the local mailbox: nothing leaves this machine")
    assert found["local mailbox"][0] == "ok"
    assert found["versions"][0] == "ok"
    assert found["packages"] == ("ok", "flows and states are Rekindle's own")


def test_an_empty_database_fails_with_what_to_do(bare: Command) -> None:
    told = bare("doctor")
    assert told.code == 1
    assert "-> run `rekindle init`" in told.out


def test_a_wrong_setting_fails_and_the_rest_is_still_looked_at(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_WEB_BASE_URL", "http://people.acme.example")
    assert command("doctor").code == 1
    found = verdicts(command)
    assert found["settings"][0] == "fail"
    assert found["settings"][1].startswith("REKINDLE_WEB_BASE_URL: web.base_url")
    assert found["versions"][0] == "ok"


def test_nobody_who_may_decide_fails(command: Command, folder: Path) -> None:
    (folder / "config").mkdir()
    (folder / "config/policy.toml").write_text('[people."ops@acme.example"]\nname = "Olu Ops"\nroles = ["ops"]\n')
    assert verdicts(command)["people"] == ("fail", "nobody may decide")


def test_who_still_works_with_the_people_of_the_example_is_told(command: Command, folder: Path) -> None:
    assert verdicts(command)["people"] == ("warn", "still the example's")
    (folder / "config").mkdir()
    (folder / "config/policy.toml").write_text('[people."eva@team.example"]\nname = "Eva Sample"\nroles = ["lead"]\n')
    assert verdicts(command)["people"] == ("ok", "1, of whom 1 may decide")


def test_a_mail_server_that_does_not_answer_fails(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_MAILBOX_PORT", "2525")
    monkeypatch.setenv("REKINDLE_SMTP_REHEARSE", "true")
    verdict, found = verdicts(command)["mail route"]
    assert verdict == "fail"
    assert "smtp.host does not answer" in found


def test_a_server_without_the_tls_that_was_asked_for_fails(
    command: Command, another_server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_SECURITY", "starttls")
    assert verdicts(command)["mail route"] == ("fail", "the server offers no STARTTLS")


def test_a_mail_server_that_answers_is_ok(command: Command, another_server: None) -> None:
    assert verdicts(command)["mail route"][0] == "ok"


def test_a_rehearsal_may_not_use_a_real_route(command: Command, mailbox: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_MAILBOX_PORT", "2525")
    assert "a rehearsal sends to the local mailbox only" in verdicts(command)["mail route"][1]


def test_a_password_that_would_cross_the_network_in_the_clear_fails(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_REHEARSE", "true")
    monkeypatch.setenv("REKINDLE_SMTP_HOST", "mail.acme.example")
    monkeypatch.setenv("REKINDLE_SMTP_USERNAME", "rekindle")
    assert "only over TLS" in verdicts(command)["mail route"][1]


def test_prefect_being_down_is_no_failure(command: Command) -> None:
    assert verdicts(command)["Prefect"] == ("warn", "does not answer (ConnectError)")


def test_prefect_wanting_a_password_is_told(
    command: Command, prefect: type[Health], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefect, "password", "Basic b3BzOmhvcnNl")
    assert verdicts(command)["Prefect"] == ("warn", "answers with HTTP 401")
    monkeypatch.setenv("REKINDLE_PREFECT_AUTH", "ops:horse")
    assert verdicts(command)["Prefect"] == ("ok", "answers")


def test_letters_nobody_knows_about_and_waiting_approvals_are_counted(command: Command, lost: int) -> None:
    found = verdicts(command)
    assert found["messages"] == ("warn", "1 may have arrived or not")
    assert found["approvals"] == ("warn", "1 wait for a person")


def test_where_nothing_is_open_that_is_ok(command: Command, store: Store) -> None:
    assert verdicts(command)["approvals"] == ("ok", "none wait for a person")
    planned(store, "Anne")
    assert verdicts(command)["approvals"][0] == "warn"


def test_a_missing_key_is_a_warning_and_an_empty_one_fails(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REKINDLE_SECRET_KEY")
    assert verdicts(command)["secret key"] == ("warn", "none yet")
    (folder / "var/secret.key").write_text("")
    assert verdicts(command)["secret key"][0] == "fail"


def test_a_mailbox_folder_that_cannot_be_written_fails(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_MAILBOX_FOLDER", "/dev/null/mailbox")
    assert verdicts(command)["local mailbox"] == ("fail", "/dev/null cannot be written")


@pytest.mark.parametrize(
    ("found", "verdict"), [("2.0.45", "ok"), ("2.0.58", "ok"), ("2.1.0", "fail"), ("2.0.44", "fail"), ("3", "fail")]
)
def test_a_version_outside_the_pins_fails(found: str, verdict: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: found if name == "sqlalchemy" else real(name))
    check = checks.versions()
    assert check.verdict == verdict
    assert (f"sqlalchemy {found} is not" in check.found) is (verdict == "fail")


def test_packages_of_the_same_name_that_are_not_ours_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "flows", raising=False)
    assert checks.own_packages().found == "flows belongs to something else"
