from datetime import UTC, datetime

import pytest

from rekindle.mail.records.dkim import fault, is_trial, name_of
from rekindle.mail.signing_keys import Kind, new_key
from tests.mail.records.zones import Table

NOW = datetime(2026, 10, 13, 8, 30, tzinfo=UTC)
KEYS = {kind: new_key(kind, f"s-{kind}") for kind in ("rsa", "ed25519")}
KEY = KEYS["rsa"]


def zone(*texts: str) -> Table:
    return Table({"s-rsa._domainkey.acme.example": {"TXT": texts}})


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_the_record_we_say_to_publish_is_right(kind: Kind) -> None:
    key = KEYS[kind]
    published = Table({name_of(key, "acme.example"): {"TXT": (key.record,)}})
    assert fault(published, key, "acme.example", NOW) is None
    assert not is_trial(published, key, "acme.example")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((), "not published"),
        ((KEY.record, KEY.record), "there are 2 TXT records"),
        (("v=DKIM1; k=rsa; p=",), "published as revoked"),
        ((new_key("rsa", "s").record,), "another key is published"),
        ((f"v=DKIM1; k=rsa; h=sha1; p={KEY.public}",), "published for other hashes"),
        ((f"v=DKIM2; k=rsa; p={KEY.public}",), "receivers cannot use the record"),
        ((f"v=DKIM1; k=ed25519; p={KEY.public}",), "receivers cannot use the record"),
        (("a note about something else",), "another key is published"),
    ],
)
def test_what_keeps_receivers_from_verifying_is_named(texts: tuple[str, ...], said: str) -> None:
    found = fault(zone(*texts), KEY, "acme.example", NOW)
    assert found is not None
    assert found.startswith(said)


@pytest.mark.parametrize("record", ["p={}", "k=rsa; p={}", "v=DKIM1; h=sha256; t=s; p={}", "v=DKIM1; t=y; p={}"])
def test_a_record_in_another_spelling_is_as_good(record: str) -> None:
    halves = f"{KEY.public[:100]} {KEY.public[100:]}"
    assert fault(zone(record.format(halves)), KEY, "acme.example", NOW) is None


def test_a_key_that_is_only_being_tried_out_is_told() -> None:
    assert is_trial(zone(f"v=DKIM1; t=s:y; p={KEY.public}"), KEY, "acme.example")
