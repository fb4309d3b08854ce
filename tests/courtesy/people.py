"""Sarah of the article with all that is on record about her, the letters to her, and how a test asks about them."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from rekindle.courtesy.check import check
from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote, OpenRole, Signer, Step
from rekindle.courtesy.finding import Finding, Severity
from rekindle.courtesy.letter import Letter, read_letter
from rekindle.courtesy.phrases import Manner, manner_from
from states.message import Occasion

CONFIG = Path(__file__).parents[2] / "config" / "courtesy.toml"
TODAY = date(2026, 11, 24)
LADDER = ("intern", "junior", "mid", "senior", "lead", "staff", "principal", "manager", "director", "vp")
ANN = Signer(address="ann@acme.example", name="Ann Lee", title="Senior Recruiter")

SENIOR_PM = Candidacy(
    id="a-7",
    role="Senior Product Manager",
    family="product",
    level="senior",
    team="Consumer",
    last_stage="final",
    finalist=True,
    applied_on=date(2026, 3, 2),
    last_interview_on=date(2026, 4, 20),
    decided_on=date(2026, 5, 2),
    outcome="rejected",
    reason="someone with more B2B experience",
    reason_sayable=True,
    rejection="personal",
    promise="reach out if a product role opens",
)
STRENGTH = KnownNote(
    id="n-3",
    kind="strength",
    text="background in consumer tech and product strategy",
    source="final interview, Ann Lee",
    on=date(2026, 4, 20),
    sayable=True,
)
CALL = Contact(id="t-9", on=date(2026, 6, 10), channel="call", direction="out", summary="talked about her plans")
DIRECTOR = OpenRole(
    id="r-1",
    slug="director-product",
    title="Director of Product",
    family="product",
    level="director",
    team="Growth",
    location="Berlin",
    skills=("0-to-1 products", "pricing"),
    hiring_manager="ben@acme.example",
    hiring_manager_name="Ben Okafor",
    whats_in_it="owning a product line from the first customer on",
    process_kind="streamlined",
    process_because="you have already met several people here",
    steps=(Step(name="Conversation with the hiring manager", minutes=45), Step(name="Product deep-dive", minutes=60)),
)

# The two letters of the article.
GOOD_EXAMPLE = (
    "Hi Sarah - we spoke last spring about the Senior Product Manager role. You were a finalist and it was genuinely a "
    "tough decision. We ultimately went with someone with more B2B experience, but I was really impressed by your "
    "background in consumer tech and product strategy. I wanted to reach out because we now have a Director of Product "
    "role that I think aligns even better with your experience, particularly around scaling 0-to-1 products. Would you "
    "be open to a quick chat about it?"
)
BAD_EXAMPLE = "Hey! We have another opening. Still interested?"

#: An honest letter to Sarah in parts, each of which a test may replace or leave out.
PARTS = {
    "greeting": "Hi Sarah,",
    "past": "we spoke in April about the Senior Product Manager role in our Consumer team.",
    "outcome": (
        "You were a finalist, and it was a hard decision: in the end we went with someone with more B2B experience."
    ),
    "strength": "What stayed with me is your background in consumer tech and product strategy.",
    "gap": "It has been a while since our call in June.",
    "role": "I am writing because we are now looking for a Director of Product in our Growth team.",
    "fit": (
        "It is a step up from the role we talked about, and you told us that 0-to-1 products interest you: "
        "you would own a product line from the first customer on."
    ),
    "process": (
        "As you have already met several people here, two conversations remain, an hour and three quarters in all: "
        "45 minutes with the hiring manager and 60 minutes for a product deep-dive."
    ),
    "extra": "",
    "ask": "Would you be open to a quick chat about it?",
    "out": "If you are happy where you are, no worries at all.",
    "farewell": "Best regards,",
    "signature": "Ann Lee",
}
#: The same letter in German.
GERMAN = {
    "greeting": "Liebe Sarah,",
    "past": "im April haben wir über die Stelle als Senior Product Manager in unserem Team Consumer gesprochen.",
    "outcome": (
        "Du warst in der Endrunde, und die Entscheidung war knapp: Am Ende haben wir jemanden mit mehr B2B-Erfahrung "
        "eingestellt."
    ),
    "strength": "In Erinnerung geblieben ist mir dein Hintergrund in Consumer Tech und Produktstrategie.",
    "gap": "Seit unserem Telefonat im Juni ist einige Zeit vergangen.",
    "role": "Ich schreibe dir, weil wir jetzt einen Director of Product für unser Team Growth suchen.",
    "fit": (
        "Das ist eine Stufe höher als damals, und du hast erzählt, dass dich 0-to-1 Products interessieren: "
        "Du würdest eine Produktlinie vom ersten Kunden an verantworten."
    ),
    "process": (
        "Weil du schon mehrere von uns kennst, blieben zwei Gespräche, zusammen eindreiviertel Stunden: "
        "45 Minuten mit dem Hiring Manager und 60 Minuten für einen Product Deep-Dive."
    ),
    "extra": "",
    "ask": "Hättest du Lust auf ein kurzes Gespräch darüber?",
    "out": "Wenn du zufrieden bist, wo du gerade bist, ist das völlig in Ordnung.",
    "farewell": "Herzliche Grüße",
    "signature": "Ann Lee",
}
_PARAGRAPHS = (
    ("greeting",),
    ("past", "outcome", "strength"),
    ("gap", "role", "fit"),
    ("process",),
    ("extra",),
    ("ask", "out"),
    ("farewell",),
    ("signature",),
)


def sarah(**changes: Any) -> Dossier:
    """Return what is on record about Sarah Kim, with some fields changed."""
    known = Dossier(
        occasion=Occasion.RE_ENGAGEMENT,
        today=TODAY,
        company="Acme Labs",
        given_name="Sarah",
        family_name="Kim",
        language="en",
        skills=("consumer", "roadmaps"),
        interests=("0-to-1 products",),
        applications=(SENIOR_PM,),
        notes=(STRENGTH,),
        contacts=(CALL,),
        role=DIRECTOR,
        signer=ANN,
        ladder=LADDER,
        team_names=("Ann Lee", "Ben Okafor", "Cleo Martin"),
    )
    return replace(known, **changes)


def good_text(whole: Mapping[str, str] = PARTS, /, **parts: str) -> str:
    """Write the honest letter to Sarah; a part that is named is written differently, an empty one left out."""
    told = dict(whole) | parts
    if unknown := told.keys() - PARTS.keys():
        raise KeyError(f"the letter has no part {', '.join(unknown)}")
    paragraphs = (" ".join(told[name] for name in names if told[name]) for names in _PARAGRAPHS)
    return "\n\n".join(filter(None, paragraphs)).replace(f"\n\n{told['signature']}", f"\n{told['signature']}")


def good_letter(whole: Mapping[str, str] = PARTS, /, **parts: str) -> Letter:
    """Return `good_text` as a letter; its subject is `subject`, and none if that is not given."""
    subject = parts.pop("subject", None)
    return Letter(good_text(whole, **parts), subject)


@lru_cache
def manner() -> Manner:
    """Return what config/courtesy.toml says."""
    return manner_from(tomllib.loads(CONFIG.read_text(encoding="utf-8")))


def found(letter: Letter | str, dossier: Dossier | None = None) -> tuple[Finding, ...]:
    """Check a letter, to Sarah if nobody else is named."""
    read = read_letter(letter) if isinstance(letter, str) else letter
    return check(read, dossier or sarah(), manner())


def rules(letter: Letter | str, dossier: Dossier | None = None) -> set[str]:
    """Return the names of all rules that say something about the letter."""
    return {finding.rule for finding in found(letter, dossier)}


def refused_by(letter: Letter | str, dossier: Dossier | None = None) -> set[str]:
    """Return the names of the rules that refuse the letter."""
    return {finding.rule for finding in found(letter, dossier) if finding.severity is Severity.REFUSE}
