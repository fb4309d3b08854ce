"""Records made of tags, as DKIM and DMARC write them: `v=DKIM1; k=rsa; p=…` (RFC 6376 3.2)."""


class Broken(Exception):
    """Receivers cannot use a record; the message says why."""


def tags_of(record: str) -> dict[str, str]:
    """Return tag -> value; what is no tag is passed over, and of two of a name the last counts."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, equals, value in pairs if equals}
