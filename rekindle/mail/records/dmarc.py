"""DMARC (RFC 7489): what is to be done with mail that only claims to be from a domain, and which names belong together.

Which domain is the organisation's is found by walking up to where a policy is published, not from a list of suffixes.
"""

from dataclasses import dataclass

from rekindle.mail.records.asking import Zone
from rekindle.mail.records.tags import Broken, tags_of

#: A public suffix has one label or more; nobody's policy is looked for among them.
_FEWEST_LABELS = 2
_WISHES = {"none", "quarantine", "reject"}


@dataclass(frozen=True, slots=True)
class Policy:
    """A DMARC record and where it stands."""

    domain: str
    #: none, quarantine or reject.
    wish: str
    strict_dkim: bool
    strict_spf: bool
    reports: bool


def policy_of(zone: Zone, domain: str) -> Policy | None:
    """Return the policy for mail from `domain`: its own, else the nearest above it.

    Raises Broken for two in one place, and for one that asks for nothing.
    """
    for name in _upwards(domain):
        if found := _records(zone, name):
            if len(found) > 1:
                raise Broken(f"there are {len(found)} records at _dmarc.{name}, receivers take none of them")
            return _read(name, tags_of(found[0]), below=name != domain)
    return None


def are_aligned(zone: Zone, sender: str, other: str, *, strict: bool) -> bool:
    """Say whether a signature or a return path of `other` speaks for mail from `sender` (RFC 7489 3.1)."""
    if sender == other or strict:
        return sender == other
    if f".{sender}".endswith(f".{other}") or f".{other}".endswith(f".{sender}"):
        return True
    return bool(_with_policy(zone, sender) & _with_policy(zone, other))


def _with_policy(zone: Zone, domain: str) -> set[str]:
    return {name for name in _upwards(domain) if _records(zone, name)}


def _records(zone: Zone, name: str) -> list[str]:
    return [text for text in zone.txt(f"_dmarc.{name}") if tags_of(text).get("v", "").lower() == "dmarc1"]


def _read(name: str, tags: dict[str, str], *, below: bool) -> Policy:
    wish = ((tags.get("sp") if below else None) or tags.get("p", "")).lower()
    if wish not in _WISHES:
        raise Broken(f"the record at _dmarc.{name} needs p=none, p=quarantine or p=reject")
    return Policy(
        domain=name,
        wish=wish,
        strict_dkim=tags.get("adkim", "r").lower() == "s",
        strict_spf=tags.get("aspf", "r").lower() == "s",
        reports=bool(tags.get("rua")),
    )


def _upwards(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - _FEWEST_LABELS + 1, 1))]
