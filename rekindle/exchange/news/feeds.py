"""Has a feed read by another process, for so long and no longer: a page of XML can be written to take a day.

What reads it does so character by character in places; that process is ended, and the feed is one that cannot be read.
"""

import json
import subprocess
import sys

from rekindle.exchange.news.found import Found, Unreadable, from_json

#: Seconds. A feed of a hundred entries takes one, most of it to start.
PATIENCE = 30.0
_COMMAND = (sys.executable, "-m", "rekindle.exchange.news.parsing")


def read_feed(body: bytes, content_type: str, address: str, patience: float = PATIENCE) -> Found:
    """Read a feed that came from `address`. Raises Unreadable when it is none, or takes longer than `patience`."""
    head = json.dumps({"content_type": content_type, "address": address}).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by this very Python
            _COMMAND, input=head + b"\n" + body, capture_output=True, timeout=patience, check=True
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"it takes longer than {patience:g} seconds to be read") from None
    except subprocess.CalledProcessError:
        raise Unreadable("it cannot be read at all") from None
    told = json.loads(done.stdout)
    if "unreadable" in told:
        raise Unreadable(told["unreadable"])
    return from_json(told)
