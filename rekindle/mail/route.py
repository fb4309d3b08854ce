"""The way to the mail server: where it is, how it is protected, who we are there. Opens nothing itself."""

import re
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rekindle.errors import SettingsError
from rekindle.mail.hosts import is_loopback

_LONGEST_HOST = 254
_LABEL = r"[A-Za-z0-9_:\[\]-]{1,63}"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Times are seconds and hold for each step of the conversation.

    `starttls` and `tls` are demands: to a server that cannot, nothing is said. `local_hostname` is for EHLO.
    Raises SettingsError where a password would cross a network in the clear.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    local_hostname: str | None = None
    connections: int = 1
    verify: bool = True
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if self.username and self.security == "none" and not is_loopback(self.host):
            raise SettingsError("smtp: a password leaves this machine only over TLS: set security to starttls or tls")
        if self.timeout <= 0 or self.connections < 1:
            raise SettingsError("smtp: timeout and connections have to be larger than 0")
        for name in (self.host, self.greets_as):
            if not _is_host(name):
                raise SettingsError(f"smtp: {name!r} is not a host name or an IP address")

    @property
    def greets_as(self) -> str:
        """Return the name for EHLO. Not the full DNS name: asking for it can hang for as long as DNS does."""
        if self.local_hostname is not None:
            return self.local_hostname
        own = socket.gethostname()
        return own if _is_host(own) else "localhost"

    def trust(self) -> ssl.SSLContext | None:
        """Load the certificates to trust, None without TLS. Takes milliseconds: once per route, please.

        Raises SettingsError when `ca_file` cannot be used.
        """
        if self.security == "none":
            return None
        try:
            context = ssl.create_default_context(cafile=self.ca_file)
        except OSError as error:
            raise SettingsError(f"smtp: {self.ca_file} cannot be used as certificates: {error}") from error
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _is_host(name: str) -> bool:
    return len(name) < _LONGEST_HOST and _HOST.fullmatch(name) is not None
