"""Which hosts are this machine: only there is plain http allowed, or a password without TLS."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Say whether `host` (a name or an IP literal) can only be this machine; asks no DNS."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
