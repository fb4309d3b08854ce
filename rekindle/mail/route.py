"""The way to the mail server: where it is, how the connection is protected, who we are there. Opens nothing itself."""

import re
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rekindle.errors import SettingsError
from rekindle.mail.hosts import is_loopback


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Times are seconds and hold for each step of the conversation.

    `starttls` and `tls` are demands: a server that cannot is not spoken to. `local_hostname` is what EHLO says.
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
            raise SettingsError(
                f"smtp: a password goes to {self.host} only over TLS: set security to starttls or tls"
            )
        if self.timeout <= 0 or self.connections < 1:
            raise SettingsError("smtp: timeout and connections have to be larger than 0")
        if not (_is_host(self.host) and (self.local_hostname is None or _is_host(self.local_hostname))):
            raise SettingsError("smtp: host and local_hostname have to be host names or IP addresses")

    @property
    def greets_as(self) -> str:
        """Return the name for EHLO. Not the full DNS name: asking for it can hang for as long as DNS does."""
        name = self.local_hostname or socket.gethostname()
        return name if _is_host(name) else "localhost"

    def tls(self) -> ssl.SSLContext | None:
        """Load the certificates to trust: slow (milliseconds), so once per route, not once per connection."""
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
    return name.isascii() and re.fullmatch(r"[\w.:\[\]-]{1,253}", name) is not None and ".." not in name
