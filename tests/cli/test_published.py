"""`rekindle doctor` asks a real name server on this machine, and says word by word what is missing in it."""

import json
from pathlib import Path
from typing import Any

import pytest

from rekindle.mail.records import asking
from rekindle.mail.signing_keys import SigningKey, new_key
from tests.cli.calling import Command
from tests.mail.records.zones import Records, name_server

KEY, SECOND = new_key("rsa", "rekindle"), new_key("ed25519", "rekindle-ed25519")
GOOD: dict[str, dict[str, tuple[str, ...]]] = {
    "acme.example": {"TXT": ('"v=spf1 ip4:198.51.100.9 -all"',), "MX": ("10 mx.acme.example.",)},
    "_dmarc.acme.example": {"TXT": ('"v=DMARC1; p=quarantine; rua=mailto:reports@acme.example"',)},
}


def published(key: SigningKey, domain: str = "acme.example") -> dict[str, dict[str, tuple[str, ...]]]:
    """Return a key's record as a zone has it, in strings of 255."""
    parts = [f'"{key.record[start : start + 255]}"' for start in range(0, len(key.record), 255)]
    return {f"{key.selector}._domainkey.{domain}": {"TXT": (" ".join(parts),)}}


@pytest.fixture(autouse=True)
def a_real_route(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens there: what `doctor` says of the route is not asked here."""
    monkeypatch.setenv("REKINDLE_SMTP_PORT", "9")
    monkeypatch.setenv("REKINDLE_PREFECT_PORT", "9")
    for key in (KEY, SECOND):
        (folder / f"{key.kind}.pem").write_bytes(key.pem())
        monkeypatch.setenv(f"REKINDLE_DKIM_{key.kind.upper()}_KEY", f"{key.kind}.pem")


def found(command: Command, records: Records) -> dict[str, dict[str, Any]]:
    with name_server(records) as server:
        told = json.loads(command("doctor", "--nameserver", server, "--json").out)
    return {each["what"]: each for each in told if each["what"].split()[0] in {"SPF", "DKIM", "DMARC", "MX", "DNS"}}


def verdict(command: Command, records: Records, what: str) -> tuple[str, str, str]:
    check = found(command, records)[what]
    return check["verdict"], check["found"], check["todo"]


def test_a_domain_in_order_is_ok(command: Command) -> None:
    told = found(command, {**GOOD, **published(KEY), **published(SECOND)})
    assert {what: check["verdict"] for what, check in told.items()} == {
        "DKIM acme.example": "ok",
        "SPF acme.example": "ok",
        "MX acme.example": "ok",
        "DMARC acme.example": "ok",
    }
    assert told["MX acme.example"]["found"] == "bounces come back to mx.acme.example"
    assert told["DMARC acme.example"]["found"] == (
        "p=quarantine at acme.example; the signature and the return path speaks for it"
    )


def test_where_nothing_is_published_every_record_is_told_word_by_word(command: Command) -> None:
    with name_server({}) as server:
        told = json.loads(command("doctor", "--nameserver", server, "--json").out)
    todo = [each["todo"] for each in told if each["todo"].startswith("publish ")]
    assert todo == [
        f"publish TXT at rekindle._domainkey.acme.example: {KEY.record}",
        f"publish TXT at rekindle-ed25519._domainkey.acme.example: {SECOND.record}",
        "publish TXT at acme.example: v=spf1 ip4:THE-ADDRESS-YOUR-MAIL-LEAVES-FROM ~all",
        "publish MX at acme.example: 10 and the host that takes mail for the return path",
        "publish TXT at _dmarc.acme.example: v=DMARC1; p=none; rua=mailto:hello@acme.example",
    ]
    assert {each["verdict"] for each in told if each["todo"].startswith("publish ")} == {"fail"}


def test_another_key_than_ours_fails(command: Command) -> None:
    with name_server({**GOOD, **published(new_key("rsa", "rekindle")), **published(SECOND)}) as server:
        told = json.loads(command("doctor", "--nameserver", server, "--json").out)
    verdicts = [(each["verdict"], each["found"]) for each in told if each["what"] == "DKIM acme.example"]
    assert verdicts == [
        ("fail", "rsa key rekindle: another key is published than the one that signs"),
        ("ok", "ed25519 key rekindle-ed25519: published, and a signature verifies"),
    ]


def test_unsigned_mail_is_told_and_stands_on_its_return_path_alone(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REKINDLE_DKIM_RSA_KEY")
    monkeypatch.delenv("REKINDLE_DKIM_ED25519_KEY")
    assert verdict(command, GOOD, "DKIM")[:2] == ("warn", "mail is not signed")
    assert verdict(command, GOOD, "DMARC acme.example")[1].endswith("; the return path speaks for it")
    monkeypatch.setenv("REKINDLE_SENDER_RETURN_PATH", "bounces@mailer.example")
    said = verdict(command, GOOD, "DMARC acme.example")
    assert said[:2] == ("fail", "neither a signature nor the return path (mailer.example) speaks for acme.example")


@pytest.mark.parametrize(
    ("host", "record", "said"),
    [
        (
            "198.51.100.9",
            "v=spf1 ip4:198.51.100.9 -all",
            ("ok", "0 of 10 lookups; whether it names what sends your mail cannot be told from here"),
        ),
        ("mail.acme.example", "v=spf1 a:mail.acme.example -all", ("ok", "1 of 10 lookups; names mail.acme.example")),
        (
            "mail.acme.example",
            "v=spf1 -all",
            ("warn", "0 of 10 lookups; does not name mail.acme.example: 8.8.4.4 (fail)"),
        ),
        ("mail.acme.example", "v=spf1 +all", ("fail", "lets anybody send for you")),
        ("mail.acme.example", "v=spf1 ipv4:8.8.4.4 -all", ("fail", "'ipv4:8.8.4.4' is nothing SPF knows: correct it")),
    ],
)
def test_spf_is_held_against_the_mail_server(
    command: Command, host: str, record: str, said: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_HOST", host)
    zone: Records = {**GOOD, "acme.example": {"TXT": (f'"{record}"',)}, "mail.acme.example": {"A": ("8.8.4.4",)}}
    told = verdict(command, zone, "SPF acme.example")
    if told[0] == "warn":
        assert told[2] == "add a:mail.acme.example before its `all`, or the include your mail provider names"
    assert told[:2] == said


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ({"MX": ("0 .",)}, ("fail", "the domain says that it takes no mail")),
        ({"A": ("198.51.100.9",)}, ("ok", "none, but the domain has an address of its own, which serves")),
    ],
)
def test_bounces_need_a_way_back(
    command: Command, records: dict[str, tuple[str, ...]], said: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_SENDER_RETURN_PATH", "bounces@back.acme.example")
    told = found(command, {**GOOD, "back.acme.example": records})
    assert (told["MX back.acme.example"]["verdict"], told["MX back.acme.example"]["found"]) == said
    assert "MX acme.example" not in told


def test_a_broken_dmarc_record_is_told(command: Command) -> None:
    zone: Records = {**GOOD, "_dmarc.acme.example": {"TXT": ('"v=DMARC1"',)}}
    assert verdict(command, zone, "DMARC acme.example")[:2] == (
        "fail",
        "the record at _dmarc.acme.example needs p=none, p=quarantine or p=reject",
    )


def test_each_identity_is_looked_at(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SENDER_ADDRESS", "hello@news.acme.example")
    monkeypatch.setenv("REKINDLE_SENDER_RETURN_PATH", "bounces@news.acme.example")
    monkeypatch.setenv("REKINDLE_SENDER_PERSONAL_RETURN_PATH", "bounces@acme.example")
    told = found(command, {**GOOD, **published(KEY), **published(SECOND)})
    assert told["DKIM acme.example"]["verdict"] == "ok"
    assert told["DKIM news.acme.example"]["verdict"] == "fail"
    assert {"SPF acme.example", "SPF news.acme.example", "MX acme.example", "MX news.acme.example"} < set(told)
    assert told["DMARC news.acme.example"]["found"].startswith("p=quarantine at acme.example; ")


def test_a_silent_name_server_is_no_failure(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PATIENCE", 0.1)
    records = {"rekindle._domainkey.acme.example": {"SILENT": ()}}
    assert verdict(command, records, "DNS")[:2] == ("warn", "could not ask: no answer within 0.1 seconds")


def test_a_key_that_cannot_be_read_fails_with_what_to_do(command: Command, folder: Path) -> None:
    (folder / "rsa.pem").unlink()
    said = verdict(command, GOOD, "DKIM")
    assert said[0] == "fail"
    assert "dkim.rsa_key: rsa.pem cannot be read" in said[1]


@pytest.mark.parametrize("server", ["dns.acme.example", "", "127.0.0.1:dns", "127.0.0.1:99999"])
def test_what_is_no_name_server_is_refused(command: Command, server: str) -> None:
    told = command("doctor", "--nameserver", server)
    assert told.code == 2
    assert "is no name server" in told.err


def test_nothing_is_looked_up_while_no_mail_leaves_this_machine(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKINDLE_MAILBOX_PORT", "9")
    assert "DMARC" not in command("doctor").out
