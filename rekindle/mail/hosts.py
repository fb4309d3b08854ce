"""Which addresses may become links, and which hosts are this machine: only there is plain http or no TLS allowed."""

import re
from ipaddress import ip_address

_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]-~]+")


def is_web_address(url: str) -> bool:
    """Whether it may become a link: in an href anything but http(s) could be a script, and a space cuts it in text."""
    return _WEB_ADDRESS.fullmatch(url) is not None


def is_loopback(host: str) -> bool:
    """Say whether `host` (a name or an IP literal) can only be this machine; asks no DNS."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
