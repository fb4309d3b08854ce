"""What a value of a setting must look like: an address, a web address, a time of day. Pure; asks no network."""

import re
from datetime import time
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_SELECTOR = re.compile(
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*", re.IGNORECASE
)
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_POSTGRES = "postgresql+psycopg"


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("one line without control characters")
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("an IANA time zone such as Europe/Berlin") from None
    return name


def _time_of_day(at: time) -> time:
    # A schedule is cron: it knows neither seconds nor an offset of its own.
    if at.tzinfo or at.second or at.microsecond:
        raise ValueError("a time of day in hours and minutes, such as 10:00; its zone is the `timezone` beside it")
    return at


def _address(text: str) -> str:
    local, _, domain = text.rpartition("@")
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise ValueError("an e-mail address such as hello@acme.example")
    return text


def _domain(text: str) -> str:
    if not _DOMAIN.fullmatch(text):
        raise ValueError("a domain such as acme.example")
    return text


def _address_or_empty(text: str) -> str:
    return _address(text) if text else text


def _domain_or_empty(text: str) -> str:
    return _domain(text) if text else text


def _selector(text: str) -> str:
    if not _SELECTOR.fullmatch(text):
        raise ValueError("a name in DNS: letters, digits, hyphens and dots")
    return text


def _host(text: str) -> str:
    if not (_HOST.fullmatch(text) or _is_ip(text)):
        raise ValueError("a host name or an IP address, without https:// and without a port")
    return text


def _web_address(text: str) -> str:
    if _split(text).scheme not in {"http", "https"}:
        raise ValueError("a web address such as https://acme.example")
    return text


def _link_base(text: str) -> str:
    """RFC 8058 section 3.1 wants https in List-Unsubscribe; only on this machine nobody can listen in."""
    parts = _split(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(parts.hostname or "")):
        raise ValueError("a web address that begins with https://, or with http:// and names this machine")
    if parts.query or parts.fragment:
        raise ValueError("a web address without ? and #: links are appended to it")
    return text.rstrip("/")


def _api(text: str) -> str:
    if text and (_split(text).scheme not in {"http", "https"} or not text.rstrip("/").endswith("/api")):
        raise ValueError("empty, or the address of a Prefect server ending in /api, such as http://127.0.0.1:4200/api")
    return text.rstrip("/")


def _database(url: str) -> str:
    """Look without SQLAlchemy, which says what is wrong with the rest when it connects."""
    scheme, _, rest = url.partition("://")
    file = rest.removeprefix("/")
    if scheme == "sqlite" and rest.startswith("/") and file and not file.startswith((":memory:", "?")):
        return url
    if scheme == _POSTGRES and rest.partition("?")[0].partition("/")[2]:
        return url
    raise ValueError(f"sqlite:///FILE, or {_POSTGRES}://USER@HOST/NAME")


def _credentials(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and ":" not in secret.get_secret_value():
        raise ValueError("user:password")
    return secret


def _listed(value: Any) -> Any:
    # A variable holds one string: its parts are separated by commas.
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def is_this_machine(host: str) -> bool:
    return host.casefold() == "localhost" or (_is_ip(host) and ip_address(host).is_loopback)


def holds_password(value: Any) -> bool:
    """Say whether a value is an address with a password in it: user:password@host, or ?password=."""
    if not isinstance(value, str) or "://" not in value:
        return False
    authority, _, query = value.partition("://")[2].partition("?")
    return ":" in authority.rpartition("@")[0] or "password=" in query.casefold()


def _split(text: str) -> SplitResult:
    """Split a web address; a scheme of "" stands for whatever is none. A user name in it is none either."""
    nothing = SplitResult("", "", "", "", "")
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises on what is no port number
    except ValueError:
        return nothing
    legible = text.isprintable() and not set(text) & set(' "<>\\')
    return parts if legible and parts.hostname and "@" not in parts.netloc else nothing


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


Line = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
Listed = BeforeValidator(_listed)
Lines = Annotated[tuple[Line, ...], Listed]
Zone = Annotated[str, AfterValidator(_zone)]
TimeOfDay = Annotated[time, AfterValidator(_time_of_day)]
Address = Annotated[str, AfterValidator(_address)]
#: People are looked up by their address, whatever the case it was written in.
PersonKey = Annotated[str, AfterValidator(_address), AfterValidator(str.casefold)]
#: ISO 3166-1, two letters.
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Domain = Annotated[str, AfterValidator(_domain)]
MaybeAddress = Annotated[str, AfterValidator(_address_or_empty)]
MaybeDomain = Annotated[str, AfterValidator(_domain_or_empty)]
#: Where the public half of a key is published: SELECTOR._domainkey.DOMAIN (RFC 6376 3.1).
Selector = Annotated[str, AfterValidator(_selector)]
Host = Annotated[str, AfterValidator(_host)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
LinkBase = Annotated[str, AfterValidator(_link_base)]
ApiAddress = Annotated[str, AfterValidator(_api)]
DatabaseUrl = Annotated[str, AfterValidator(_database), Field(repr=False)]
Credentials = Annotated[SecretStr, AfterValidator(_credentials)]
#: 0 takes a free port: for what listens here, as in a test.
OwnPort = Annotated[int, Field(ge=0, le=65535)]
Port = Annotated[int, Field(ge=1, le=65535)]
