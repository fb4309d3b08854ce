"""One spelling per e-mail address: the key by which a candidate is recognised and a suppression found. Asks no DNS.

No error here quotes the address: errors are shown and logged.
"""

import hashlib
import hmac
import re
import unicodedata

from rekindle.errors import BadInput

_LOCAL_LIMIT = 64
_LIMIT = 254  # octets: a path has 256 with its angle brackets (RFC 5321 section 4.5.3.1.3)
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PLAIN = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_SUPPRESSION = b"rekindle.suppression\0"


def normalise(address: str) -> str:
    """Return the address stripped, in lower case, its domain in ASCII (xn--…); mail to it still arrives.

    Not case-folded, for that would make another mailbox of a German ß.
    Raises BadInput when it is not an address of RFC 5321 (or RFC 6531, with letters of any script). Quoted local
    parts, domains without a dot and IP addresses are refused: in an applicant's record they are mistakes.
    """
    if not address.isascii():
        return _international(address.strip())
    folded = address.strip().lower()
    found = _PLAIN.fullmatch(folded)
    if found is None or len(folded) > _LIMIT or len(found[1]) > _LOCAL_LIMIT:
        raise BadInput(f"not an e-mail address: {_fault(folded)}")
    return folded


def suppression_hash(secret: str, address: str) -> str:
    """Return the keyed hash (HMAC-SHA256, hex) that stands for an address after it has been erased.

    With another `secret` it is another hash: who changes the secret has to go on looking under the old one, too.
    """
    message = _SUPPRESSION + normalise(address).encode()
    return hmac.digest(secret.encode(), message, hashlib.sha256).hex()


def _international(address: str) -> str:
    # Imported here: 40 ms that one address in a thousand needs.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        valid = validate_email(address[: _LIMIT + 1], check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise BadInput(f"not an e-mail address: {_fault(address)}") from None
    local = unicodedata.normalize("NFC", valid.local_part.lower())
    if "." not in valid.ascii_domain or len(local.encode()) > _LOCAL_LIMIT:
        raise BadInput(f"not an e-mail address: {_fault(address)}")
    return f"{local}@{valid.ascii_domain.lower()}"


def _fault(address: str) -> str:
    """Say what is wrong without saying what was written."""
    local, at, domain = address.rpartition("@")
    if not address.isprintable() or " " in address:
        return "it holds a space or a control character"
    if not at:
        return "there is no @ in it"
    if len(local.encode(errors="replace")) > _LOCAL_LIMIT or len(address.encode(errors="replace")) > _LIMIT:
        return f"it is too long (more than {_LOCAL_LIMIT} bytes before the @, or {_LIMIT} in all)"
    if "." not in domain:
        return "what follows the @ is not a domain such as example.org"
    return "it holds a character or a dot where none can be"
