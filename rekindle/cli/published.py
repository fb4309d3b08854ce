"""What DNS says about our mail, for `rekindle doctor`: SPF, DKIM, DMARC and MX, and word by word what to publish."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from rekindle.cli.checks import Check, fail, ok, warn
from rekindle.clock import now
from rekindle.mail.correspondent import ascii_address
from rekindle.mail.post import Post
from rekindle.mail.records import dkim, dmarc, spf
from rekindle.mail.records.asking import IPAddress, Zone
from rekindle.mail.records.tags import Broken
from rekindle.wiring import Rekindle

#: An address that nobody has (RFC 5737): a record that lets it send lets everybody.
_NOBODY = ip_address("192.0.2.1")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom mail is from, and where it comes back to: two domains, which receivers compare with each other."""

    sender: str
    returns: str
    signs: str


def of_dns(of: Rekindle, zone: Zone) -> Iterator[Check]:
    """Look up what is published, domain by domain. Raises CouldNotAsk as soon as there is no answer."""
    found = identities(of)
    if not of.post.keys:
        yield warn("DKIM", "mail is not signed", "`rekindle dkim new` makes a key and says what to publish")
    for signs in dict.fromkeys(identity.signs for identity in found):
        yield from _dkim(of, zone, signs)
    for returns in dict.fromkeys(identity.returns for identity in found):
        yield _spf(of, zone, returns)
        yield _mx(zone, returns)
    for identity in found:
        yield _dmarc(of, zone, identity)


def identities(of: Rekindle) -> list[Identity]:
    """Return that of bulk mail, then those of the people who sign letters; each once. Reads no key."""
    sender = of.settings.sender
    bulk = sender.return_path or sender.address
    personal = sender.personal_return_path or bulk
    pairs = [(sender.address, bulk), *((address, personal) for address in of.settings.people)]
    signs_for = Post(domain=of.settings.dkim.domain).signs_for
    return list(dict.fromkeys(Identity(_domain(one), _domain(back), signs_for(one)) for one, back in pairs))


def _dkim(of: Rekindle, zone: Zone, domain: str) -> Iterator[Check]:
    for key in of.post.keys:
        what, name = f"DKIM {domain}", dkim.name_of(key, domain)
        if fault := dkim.fault(zone, key, domain, now()):
            yield fail(what, f"{key.kind} key {key.selector}: {fault}", _publish("TXT", name, key.record))
        elif dkim.is_trial(zone, key, domain):
            yield warn(what, f"{key.kind} key {key.selector}: only being tried out (t=y)", f"remove t=y at {name}")
        else:
            yield ok(what, f"{key.kind} key {key.selector}: published, and a signature verifies")


def _spf(of: Rekindle, zone: Zone, domain: str) -> Check:
    what, host = f"SPF {domain}", of.settings.smtp.host
    try:
        if spf.record_of(zone, domain) is None:
            return fail(what, "not published", _publish("TXT", domain, f"v=spf1 {_route_in_spf(of, zone)} ~all"))
        whole = spf.Reading(zone)
        whole.of(domain)
        if spf.Reading(zone, _NOBODY).of(domain) is spf.Verdict.PASS:
            return fail(what, "lets anybody send for you", "end the record with ~all or -all")
        told = {str(each): spf.Reading(zone, each).of(domain) for each in _route(of, zone)}
    except Broken as problem:
        return fail(what, str(problem), f"correct the TXT record at {domain}")
    cost = f"{whole.lookups} of {spf.MOST_LOOKUPS} lookups"
    if not told or spf.Verdict.OPEN in told.values():
        return ok(what, f"{cost}; whether it names what sends your mail cannot be told from here")
    missing = [f"{address} ({says})" for address, says in told.items() if says is not spf.Verdict.PASS]
    if missing:
        todo = f"add {_route_in_spf(of, zone)} before its `all`, or the include your mail provider names"
        return warn(what, f"{cost}; does not name {host}: {', '.join(missing)}", todo)
    return ok(what, f"{cost}; names {host}")


def _mx(zone: Zone, domain: str) -> Check:
    what, hosts = f"MX {domain}", zone.mx(domain)
    if hosts and hosts[0]:
        return ok(what, f"bounces come back to {hosts[0]}")
    if not hosts and zone.addresses(domain):
        return ok(what, "none, but the domain has an address of its own, which serves")
    found = "the domain says that it takes no mail" if hosts else "not published: no bounce can come back"
    return fail(what, found, _publish("MX", domain, "10 and the host that takes mail for the return path"))


def _dmarc(of: Rekindle, zone: Zone, identity: Identity) -> Check:
    what = f"DMARC {identity.sender}"
    try:
        policy = dmarc.policy_of(zone, identity.sender)
    except Broken as problem:
        return fail(what, str(problem), "leave one TXT record there, in order")
    if policy is None:
        record = f"v=DMARC1; p=none; rua=mailto:{of.settings.sender.reply_to}"
        return fail(what, "not published", _publish("TXT", f"_dmarc.{identity.sender}", record))
    ways = {
        "the signature": bool(of.post.keys)
        and dmarc.are_aligned(zone, identity.sender, identity.signs, strict=policy.strict_dkim),
        "the return path": dmarc.are_aligned(zone, identity.sender, identity.returns, strict=policy.strict_spf),
    }
    aligned = " and ".join(way for way, holds in ways.items() if holds)
    if not aligned:
        found = f"neither a signature nor the return path ({identity.returns}) speaks for {identity.sender}"
        return fail(what, found, f"sign for it (dkim.domain), or let bounces come back to {identity.sender}")
    reports = "" if policy.reports else "; asks for no reports (rua=)"
    return ok(what, f"p={policy.wish} at {policy.domain}; {aligned} speaks for it{reports}")


def _route(of: Rekindle, zone: Zone) -> tuple[IPAddress, ...]:
    """Return the addresses of the mail server, as the world sees them; none where that cannot be known."""
    try:
        found: tuple[IPAddress, ...] = (ip_address(of.settings.smtp.host),)
    except ValueError:
        found = zone.addresses(of.settings.smtp.host)
    return tuple(address for address in found if not (address.is_private or address.is_loopback))


def _route_in_spf(of: Rekindle, zone: Zone) -> str:
    host, seen = of.settings.smtp.host, _route(of, zone)
    if not seen:
        return "ip4:THE-ADDRESS-YOUR-MAIL-LEAVES-FROM"
    return f"ip{seen[0].version}:{host}" if str(seen[0]) == host else f"a:{host}"


def _publish(kind: str, name: str, value: str) -> str:
    return f"publish {kind} at {name}: {value}"


def _domain(address: str) -> str:
    return ascii_address("From", address).rpartition("@")[2].lower()
