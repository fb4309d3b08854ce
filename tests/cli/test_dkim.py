"""Making a key that signs: it is kept for its owner, what to publish is said, and the settings then find it."""

import json
import stat
from pathlib import Path

import pytest

from tests.cli.calling import Command


def test_a_new_key_is_kept_for_its_owner_and_its_record_is_printed(command: Command, folder: Path) -> None:
    told = command("dkim", "new")
    file = folder / "var/dkim/rekindle.pem"
    assert (told.code, told.err) == (0, "")
    assert file.read_text().startswith("-----BEGIN PRIVATE KEY-----")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert 'rekindle._domainkey.acme.example. TXT\n  "v=DKIM1; k=rsa; p=MII' in told.out
    assert '[dkim]\nrsa_key = "var/dkim/rekindle.pem"' in told.out
    assert "PRIVATE" not in told.out
    strings = told.out.partition("TXT\n  ")[2].partition("\n")[0].strip('"').split('" "')
    assert len(strings) == 2
    assert max(map(len, strings)) <= 255


def test_what_is_printed_is_what_the_settings_then_sign_with(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [json.loads(command("dkim", "new", "--kind", kind, "--json").out) for kind in ("rsa", "ed25519")]
    monkeypatch.setenv("REKINDLE_DKIM_RSA_KEY", made[0]["file"])
    monkeypatch.setenv("REKINDLE_DKIM_ED25519_KEY", made[1]["file"])
    shown = json.loads(command("dkim", "show", "--json").out)
    assert shown == [*made[0]["records"], *made[1]["records"]]
    assert [record["name"] for record in shown] == [
        "rekindle._domainkey.acme.example",
        "rekindle-ed25519._domainkey.acme.example",
    ]
    assert shown[1]["value"] in command("dkim", "show").out


@pytest.mark.parametrize("lines", ["\n", "\\n"])
def test_a_key_may_come_from_the_environment(
    command: Command, folder: Path, lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = json.loads(command("dkim", "new", "--kind", "ed25519", "--json").out)
    pem = (folder / made["file"]).read_text().replace("\n", lines)
    monkeypatch.setenv("REKINDLE_DKIM_ED25519_PEM", pem)
    assert json.loads(command("dkim", "show", "--json").out) == made["records"]


def test_a_key_is_never_overwritten(command: Command, folder: Path) -> None:
    command("dkim", "new")
    before = (folder / "var/dkim/rekindle.pem").read_bytes()
    told = command("dkim", "new")
    assert told.code == 2
    assert "is there already: a new key gets a new selector" in told.err
    assert (folder / "var/dkim/rekindle.pem").read_bytes() == before
    other = command("dkim", "new", "--selector", "autumn")
    assert (other.code, (folder / "var/dkim/autumn.pem").exists()) == (0, True)
    assert 'rsa_selector = "autumn"' in other.out


@pytest.mark.parametrize("selector", ["a_b", "../x", "", "x y"])
def test_what_cannot_be_a_selector_is_refused(command: Command, selector: str, folder: Path) -> None:
    told = command("dkim", "new", "--selector", selector)
    assert told.code == 2
    assert "cannot be a selector" in told.err
    assert not (folder / "var/dkim").exists()


def test_a_place_that_cannot_be_written_is_told(command: Command) -> None:
    told = command("dkim", "new", "--file", "/dev/null/key.pem")
    assert told.code == 2
    assert "cannot be written" in told.err


def test_a_new_key_is_told_though_the_one_in_the_settings_cannot_be_used(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_DKIM_RSA_KEY", "nowhere.pem")
    told = command("dkim", "new")
    assert (told.code, told.err) == (0, "")
    assert "rekindle._domainkey.acme.example. TXT" in told.out


def test_without_a_key_there_is_nothing_to_show(command: Command) -> None:
    assert command("dkim", "show").out == "no key is set: `rekindle dkim new` makes one\n"
    assert json.loads(command("dkim", "show", "--json").out) == []


def test_a_key_that_cannot_be_used_stops_the_sender_with_what_to_do(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_DKIM_RSA_KEY", "nowhere.pem")
    told = command("send-test", "quarterly-update", "--to", "ann@acme.example")
    assert told.code == 2
    assert "dkim.rsa_key: nowhere.pem cannot be read" in told.err
