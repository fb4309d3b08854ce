"""What tests of letters set up again and again: the standards, an open role, a letter that waits for Ann."""

import tomllib
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from rekindle.courtesy.phrases import Manner, manner_from
from rekindle.journey.letters.standards import Colleague, Standards
from rekindle.journey.letters.writing import Words, begin_outreach, lay_down
from rekindle.journey.warming.readiness import Interval
from rekindle.store.candidates import Candidate
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.roles import Role
from states.message import Occasion
from tests.cast import NOW, POLICY, stored

LADDER = ("intern", "junior", "mid", "senior", "lead", "staff", "principal", "manager", "director", "vp")
STEPS = [{"name": "Conversation with the hiring manager", "minutes": 45}, {"name": "Product deep-dive", "minutes": 60}]
ROOT = Path(__file__).parents[3]

SUBJECT = "A Director of Product role, and our talk last spring"
#: True of `sarah` below, whom it is for.
BODY = """Hi Sarah,

we spoke last spring about the Senior Product Manager role. You were a finalist, and it was a tough decision: we went \
with someone with more B2B experience. I know we have not been in touch since.

What stayed with me is your background in consumer tech and product strategy. We now have a Director of Product role \
in the Growth team, a step up from last time, and it is about 0-to-1 products, which you told us you are interested in.

As you have already met several people here, it would take two conversations of under two hours in all.

Would you be open to a quick chat about it? If you are happy where you are, no worries at all.

Ann Lee
Senior Recruiter, Acme Labs"""


def hashed(address: str) -> str:
    return sha256(address.encode()).hexdigest()


@cache
def manner() -> Manner:
    return manner_from({"en": {}} | tomllib.loads((ROOT / "config" / "courtesy.toml").read_text(encoding="utf-8")))


STANDARDS = Standards(
    company="Acme Labs",
    team={
        "ann@acme.example": Colleague("Ann Lee", "Senior Recruiter"),
        "ben@acme.example": Colleague("Ben Okafor", "Recruiter"),
        "zoe@acme.example": Colleague("Zoe Adler", "Recruiter", successor="ben@acme.example"),
    },
    spare_signer="ann@acme.example",
    ladder=LADDER,
    manner=manner(),
    policy=POLICY,
    templates=dict.fromkeys(Occasion, "a template"),
    deciders=("lead", "recruiter"),
    due=timedelta(days=7),
    four_eyes=frozenset(),
    stale_after=timedelta(days=7),
    reply_window=timedelta(days=21),
    follow_up_after=timedelta(days=10),
    check_ins=Interval(120, 180),
    address_hash=hashed,
)


def role(session: Session, slug: str = "director-product", **changes: Any) -> Role:
    """Open a role in the Growth team that concerns product people."""
    columns = {
        "slug": slug,
        "title": "Director of Product",
        "family": "product",
        "level": "director",
        "team": "Growth",
        "location": "Berlin",
        "skills": ["0-to-1 products", "pricing"],
        "hiring_manager": "ben@acme.example",
        "whats_in_it": "owning a product line from the first customer on",
        "process": {"kind": "streamlined", "because": "you have already met several people here", "steps": STEPS},
        "opened_at": NOW,
        **changes,
    }
    found = Role(**columns)
    session.add(found)
    session.flush()
    return found


def sarah(session: Session, given_name: str = "Sarah", **changes: Any) -> Candidate:
    """Store somebody for whom every word of BODY is true, but for the name if it is another."""
    from rekindle.store.applications import Application  # noqa: PLC0415 - the one place that changes it
    from rekindle.store.candidates import Label  # noqa: PLC0415

    person = stored(session, given_name, **changes)
    turned_down = session.query(Application).filter_by(candidate_id=person.id).one()
    turned_down.reason, turned_down.reason_sayable = "someone with more B2B experience", True
    turned_down.promise = "reach out if a product role opens"
    session.add_all(
        [
            Label(candidate_id=person.id, kind="interest", key="0-to-1 products", label="0-to-1 products"),
            Note(
                candidate_id=person.id,
                kind="strength",
                text="background in consumer tech and product strategy",
                on=turned_down.last_interview_on,
                sayable=True,
                created_at=NOW,
            ),
        ]
    )
    session.flush()
    return person


def drafted(session: Session, person: Candidate, about: Role, body: str = BODY, author: str = "rekindle") -> Message:
    """Lay a letter about a role on the desk."""
    outreach_id = begin_outreach(session, person.id, about.id, {}, NOW)
    words = Words(SUBJECT, body, "ann@acme.example", author, {})
    return lay_down(session, person.id, Occasion.RE_ENGAGEMENT, words, NOW, outreach_id=outreach_id)
