"""Web addresses as sources write them: made fit for a letter, and compared for leading to the same page. Pure."""

import re
from urllib.parse import SplitResult, quote, urlsplit

#: As much as a stored link holds.
LONGEST = 1000
#: What is added to links to watch readers; the page is the same without.
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign)|mtm_\w+|pk_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id"
    r"|mkt_tok|_hs(?:enc|mi)|vero_id|oly_(?:anon|enc)_id|wt_\w+|xtor|ref_src)",
    re.IGNORECASE,
)
#: Browsers leave these out of an address, wherever they stand.
_BREAKS = re.compile(r"[\t\r\n]")
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~?"


def tidied(link: str) -> str | None:
    """Return a link fit for a letter: http(s), ASCII, without what watches readers. None when it is no such link."""
    parts = _split(_BREAKS.sub("", link.strip()))
    if parts is None:
        return None
    host = _ascii(parts.hostname or "")
    if not host:
        return None
    try:
        port = f":{parts.port}" if parts.port not in (None, _PORTS[parts.scheme]) else ""
    except ValueError:
        return None
    query, fragment = _kept(parts.query), "" if _is_tracking(parts.fragment) else parts.fragment
    found = f"{parts.scheme}://{host}{port}{quote(parts.path, safe=_SAFE) or '/'}"
    found += f"?{quote(query, safe=_SAFE)}" if query else ""
    found += f"#{quote(fragment, safe=_SAFE)}" if fragment else ""
    return found if len(found) <= LONGEST else None


def same_page(url: str) -> str:
    """Return what two links to one page have in common: http or https, a last slash, what watches readers aside."""
    parts = urlsplit(tidied(url) or url)
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.netloc.casefold()}{parts.path.rstrip('/')}{query}{fragment}"


def _split(link: str) -> SplitResult | None:
    """Take apart what is a web address. One with a name before the host looks like another host's: it is none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    web = parts.scheme in _PORTS and parts.hostname and "@" not in parts.netloc
    return parts if web and not re.search(r'[<>"\\^`{}|\x00-\x20\x7f]', parts.netloc) else None


def _ascii(host: str) -> str | None:
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        return host
    import idna  # noqa: PLC0415 - its tables are large, and few hosts need them

    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return None


def _kept(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part))


def _is_tracking(part: str) -> bool:
    return _TRACKING.fullmatch(part.partition("=")[0]) is not None
