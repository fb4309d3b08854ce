"""Shows what a personal letter or a reminder looks like: the newest that waits, else a sample. Reads only."""

import secrets
from datetime import datetime, timedelta

from rekindle.journey.letters.dressing import EMAILS, Dresser
from rekindle.mail.catalogue import ApprovalReminder
from rekindle.mail.render import Rendered
from rekindle.store.candidates import Candidate
from states.facts import Basis

_BODY = """Hello Sam,

we spoke last spring about another role. These are the words of a letter, as somebody approved it: `rekindle draft` \
writes a real one, from what is on record about one person.

With kind regards,

Ann Lee
Senior Recruiter"""


def sample(dresser: Dresser, email: str) -> Rendered:
    """Dress a sample letter."""
    occasion = next(each for each, name in EMAILS.items() if name == email)
    nobody = Candidate(
        key=secrets.token_hex(12),
        given_name="Sam",
        family_name="Sample",
        email="sam@example.org",
        locale="en",
        basis=Basis.CONSENT,
    )
    return dresser.dress(occasion, nobody, None, "About a role at our company", _BODY)


def sample_reminder(now: datetime) -> ApprovalReminder:
    """Return what a reminder could say."""
    due = f"{now + timedelta(days=2):%Y-%m-%d %H:%M} UTC"
    return ApprovalReminder(name="Ann Lee", lines=((17, "Send c-17 this letter about role director-product?", due),))
