"""DKIM (RFC 6376): whether the key that is published is the other half of ours, and what is wrong if it is not.

What it finds is confirmed by dkimpy, which checks a signature of ours against the record as a receiver would.
"""

from datetime import datetime

import dkim

from rekindle.mail.records.asking import Zone
from rekindle.mail.records.tags import tags_of
from rekindle.mail.signing import Seal
from rekindle.mail.signing_keys import SigningKey


def name_of(key: SigningKey, domain: str) -> str:
    """Return where the public half of a key is published."""
    return f"{key.selector}._domainkey.{domain}"


def fault(zone: Zone, key: SigningKey, domain: str, now: datetime) -> str | None:
    """Say why a receiver could not verify what `key` signs for `domain`; None if it can."""
    found = zone.txt(name_of(key, domain))
    if not found:
        return "not published"
    if len(found) > 1:
        return f"there are {len(found)} TXT records where one has to be"
    tags = tags_of(found[0])
    published = "".join(tags.get("p", "").split())
    if "p" in tags and not published:
        return "published as revoked (p= is empty)"
    if "sha256" not in tags.get("h", "sha256").split(":"):
        return "published for other hashes than SHA-256 (h=)"
    if published != key.public:
        return "another key is published than the one that signs"
    return None if _verifies(found[0], key, domain, now) else f"receivers cannot use the record: {found[0]}"


def is_trial(zone: Zone, key: SigningKey, domain: str) -> bool:
    """Say whether the record tells receivers that signatures are only being tried out (t=y)."""
    return any("y" in tags_of(text).get("t", "").split(":") for text in zone.txt(name_of(key, domain)))


def _verifies(record: str, key: SigningKey, domain: str, now: datetime) -> bool:
    head, body = f"From: probe@{domain}\r\n", b"A line to sign.\r\n"
    mail = Seal(domain, [key]).headers(head, body, now).encode() + head.encode() + b"\r\n" + body
    try:
        return bool(dkim.DKIM(mail).verify(dnsfunc=lambda _name, **_: record.encode()))
    except (dkim.DKIMException, ValueError):
        return False
