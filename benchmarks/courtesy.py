"""How many letters a second the courtesy check reads: every rule, on letters no two of which are alike.

python -m benchmarks courtesy
"""

import time
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from benchmarks.figures import Figure
from rekindle.courtesy.check import check
from rekindle.courtesy.dossier import Candidacy, Contact, Dossier, KnownNote, OpenRole, Signer, Step, WrittenLetter
from rekindle.courtesy.letter import read_letter
from rekindle.courtesy.phrases import Manner, manner_from
from rekindle.resources import shipped
from states.message import Occasion

LETTERS, ROUNDS, OTHERS = 1_000, 5, 20
AIM = 500
TODAY = date(2026, 11, 24)
GIVEN = ("Anne", "Bert", "Zoë", "Şebnem", "José", "Mia", "Siobhán", "Łukasz", "Ben", "Wanda")
STRENGTHS = ("a calm way with difficult customers", "an eye for pricing", "clear thinking about search", "patience")
ROLE = OpenRole(
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
GOOD = """Hi {name},

we spoke in {month} about the Senior Product Manager role in our Consumer team. You were a finalist, and it was a hard \
decision: in the end we went with someone with more B2B experience. What stayed with me is {strength}.

It has been a while since then. I am writing because we are now looking for a Director of Product in our Growth team. \
It is a step up from the role we talked about, and you told us that 0-to-1 products interest you: you would own a \
product line from the first customer on. As you have already met several people here, two conversations remain, an \
hour and three quarters in all: 45 minutes with the hiring manager and 60 minutes for a product deep-dive.

Would you be open to a quick chat about it? If you are happy where you are, no worries at all.

Best regards,
Ann Lee
"""
PUSHY = """Hey {name}!

Great news! We have an exciting opportunity, number {number}, and I know you'll love it. We hired someone else in \
{month}, but our first choice fell through. I saw on your Instagram that you have {strength}. We urgently need to fill \
this Director of Product role and have kept in touch all the time, so please send me your CV by Friday. It is your \
last chance.

Ann
"""


def manner() -> Manner:
    return manner_from(tomllib.loads((shipped("config") / "courtesy.toml").read_text(encoding="utf-8")))


def text(form: str, number: int) -> str:
    month = date(2026, 1 + number % 9, 1).strftime("%B")
    return form.format(name=GIVEN[number % len(GIVEN)], month=month, strength=strength(number), number=number)


def strength(number: int) -> str:
    """Name what stood out; no two people have it alike."""
    return f"{STRENGTHS[number % len(STRENGTHS)]} in exercise {number}"


def dossier(number: int, others: Sequence[WrittenLetter]) -> Dossier:
    """Put on record what the good letter of this number says, and notes it must not say."""
    spoke_on = date(2026, 1 + number % 9, 20)
    return Dossier(
        occasion=Occasion.RE_ENGAGEMENT,
        today=TODAY,
        company="Acme Labs",
        given_name=GIVEN[number % len(GIVEN)],
        family_name=f"Example-{number}",
        skills=("consumer", "roadmaps"),
        interests=("0-to-1 products",),
        applications=(
            Candidacy(
                id=f"a-{number}",
                role="Senior Product Manager",
                family="product",
                level="senior",
                team="Consumer",
                last_stage="final",
                finalist=True,
                last_interview_on=spoke_on,
                decided_on=spoke_on + timedelta(days=12),
                reason="someone with more B2B experience",
                reason_sayable=True,
                rejection="personal",
            ),
        ),
        notes=(
            KnownNote(id="n-1", kind="strength", text=strength(number), on=spoke_on, sayable=True),
            KnownNote(id="n-2", kind="internal", text=f"rambled when asked about costs, scored 2.{number % 10}"),
        ),
        contacts=(Contact(id="t-1", on=spoke_on, channel="meeting", direction="out"),),
        role=ROLE,
        signer=Signer(address="ann@acme.example", name="Ann Lee", title="Senior Recruiter"),
        ladder=("junior", "mid", "senior", "lead", "manager", "director"),
        team_names=("Ann Lee", "Ben Okafor"),
        other_letters=tuple(others),
    )


def rate(form: str, others: Sequence[WrittenLetter], words: Manner) -> float:
    """Return letters per second of one core, the median of the rounds; each round reads letters nobody has read before.

    In time of the processor: what else the machine does meanwhile is not waited for.
    """
    rates: list[float] = []
    for round_ in range(ROUNDS):
        numbers = range(round_ * LETTERS, (round_ + 1) * LETTERS)
        letters = [(text(form, number), dossier(number, others)) for number in numbers]
        began = time.process_time()
        for letter, known in letters:
            check(read_letter(letter), known, words)
        rates.append(LETTERS / (time.process_time() - began))
    return median(rates)


def figures() -> list[Figure]:
    began = time.perf_counter()
    words = manner()
    loaded = time.perf_counter()
    others = [WrittenLetter(id=f"m-{n}", text=text(PUSHY, n * 7 + 3)) for n in range(OTHERS)]
    check(read_letter(text(GOOD, 0)), dossier(0, others), words)
    first = time.perf_counter()
    length = read_letter(text(GOOD, 0)).words
    return [
        Figure("read config/courtesy.toml, once", f"{(loaded - began) * 1000:.0f} ms"),
        Figure("check the first letter, which compiles what it needs", f"{(first - loaded) * 1000:.0f} ms"),
        Figure(
            f"check a letter of {length} words beside {OTHERS} others",
            f"{rate(GOOD, others, words):,.0f} letters/s",
            f"{AIM} letters/s",
        ),
        Figure("  a letter that breaks many rules", f"{rate(PUSHY, others, words):,.0f} letters/s", f"{AIM} letters/s"),
    ]
