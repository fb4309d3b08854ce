"""Who writes and who is written to, as From, To and Reply-To need it (RFC 5322 3.4).

Checks what would break a message. Whether it is the address of a candidate, and how to compare two, is `address`'s.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import idna

from rekindle.errors import BadInput
from rekindle.mail.words import LINE, clean, encoded, is_plain, within_limit

# RFC 6531 3.3 lets any character beyond ASCII stand in an atom; one that shows nothing, or turns the line, is refused.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
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


def sender(header: str, who: Correspondent) -> str:
    """Return the lines of From or Reply-To, without the last line end; runs of spaces in the name become one."""
    return _lines(header, who.name, ascii_address(header, who.address))


def recipient(who: Correspondent) -> str:
    """Return the lines of To, as `sender` does: ASCII, but for an address that cannot be (see `mail_address`)."""
    return _lines("To", who.name, mail_address("To", who.address))


def mail_address(header: str, address: str) -> str:
    """Return an address as it travels: an international domain as punycode, and what is before the @ as it is (NFC).

    Letters beyond ASCII before the @ need a server that offers SMTPUTF8, and stand in the header as UTF-8 (RFC 6532).
    Raises BadInput for what is no address; it is not shown.
    """
    local, _, domain = clean(header, address).rpartition("@")
    local = local if local.isascii() else unicodedata.normalize("NFC", local)
    if not (_LOCAL.fullmatch(local) and local.isprintable()) or len(local.encode()) > _LOCAL_LIMIT:
        raise BadInput(f"the {header} address is not of the form name@domain")
    return f"{local}@{ascii_domain(header, domain)}"


def ascii_address(header: str, address: str) -> str:
    """Return an address of our own, which every server has to take: as `mail_address` does, and ASCII throughout.

    Raises BadInput also for letters beyond ASCII before the @: they would keep our mail from most servers.
    """
    if not address.rpartition("@")[0].isascii():
        raise BadInput(f"the {header} address has letters beyond ASCII before the @: choose one that any server takes")
    return mail_address(header, address)


def _lines(header: str, called: str, address: str) -> str:
    name = _phrase(header, " ".join(clean(header, called).split()))
    line = f"{header}: {name} <{address}>" if name else f"{header}: {address}"
    if len(line) <= LINE or not name:
        return within_limit(line, header)
    return f"{header}: {name}\r\n <{address}>"


@lru_cache(maxsize=4096)
def ascii_domain(header: str, domain: str) -> str:
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
