"""Who writes and who is written to, as From, To and Reply-To need it (RFC 5322 3.4).

Checks what would break a message. Whether it is the address of a candidate, and how to compare two, is `address`'s.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import idna

from rekindle.errors import BadInput
from rekindle.mail.words import LINE, clean, encoded, is_plain, within_limit

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_BARE_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_LOCAL_LIMIT, _DOMAIN_LIMIT = 64, 253


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody with an address; the name may be empty."""

    name: str = field(repr=False)
    address: str = field(repr=False)


def correspondent(header: str, who: Correspondent) -> str:
    """Return the header's lines for one person, without the last line end; runs of spaces in the name become one."""
    address = ascii_address(header, who.address)
    name = _phrase(header, " ".join(clean(header, who.name).split()))
    line = f"{header}: {name} <{address}>" if name else f"{header}: {address}"
    if len(line) <= LINE or not name:
        return within_limit(line, header)
    return f"{header}: {name}\r\n <{address}>"


def ascii_address(header: str, address: str) -> str:
    """Return the address as SMTP without SMTPUTF8 can carry it: an international domain becomes punycode.

    Raises BadInput for what is no address or has letters beyond ASCII before the @; the address is not shown.
    """
    local, _, domain = clean(header, address).rpartition("@")
    if not local.isascii():
        raise BadInput(f"the {header} address has letters beyond ASCII before the @, which needs SMTPUTF8")
    if not _LOCAL.fullmatch(local) or len(local) > _LOCAL_LIMIT:
        raise BadInput(f"the {header} address is not of the form name@domain")
    return f"{local}@{_ascii_domain(header, domain)}"


@lru_cache(maxsize=4096)
def _ascii_domain(header: str, domain: str) -> str:
    try:
        name = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        name = ""
    if not _DOMAIN.fullmatch(name) or len(name) > _DOMAIN_LIMIT:
        raise BadInput(f"the {header} address has no valid domain after the @")
    return name


def _phrase(header: str, name: str) -> str:
    """Return a display name bare, in quotes, or as encoded words where it is long or not ASCII."""
    room = LINE - len(header) - len(": ")
    if not name or (_BARE_NAME.fullmatch(name) and len(name) <= room):
        return name
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return quoted if is_plain(name) and len(quoted) <= room else encoded(name, len(header) + 2)
