"""One context for each email of the catalogue, with everything in it that is awkward: quotes, markup, other scripts."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from rekindle.mail.catalogue import (
    ApprovalReminder,
    EditionPaused,
    Footer,
    Item,
    PersonalLetter,
    QuarterlyUpdate,
    WeeklyDigest,
)
from tests.emails import event_samples

FOOTER = Footer(
    why="You receive this because you interviewed with Quillon & Daughters in spring 2026 and agreed to hear from us.",
    postal_address="Quillon & Daughters Ltd, 4 Weaver's Yard, Norwich NR3 1AB, United Kingdom",
    stop_url="https://quillon.example/stop/k7.Zm9v-bar_baz?from=letter&lang=en",
    company="Quillon & Daughters",
)

QUARTERLY_UPDATE = QuarterlyUpdate(
    quarter="autumn 2026",
    items=(
        Item(
            title="What usage pricing taught us about <angle brackets>",
            url="https://quillon.example/blog/pricing?ref=letter&edition=2026-Q4#top",
            summary='Three months, two rollbacks and one "final" spreadsheet.',
            why="You told us in your final interview that you would like to build pricing from scratch.",
            source="Engineering blog, 9 minutes",
        ),
        Item(
            title="Café Zoë: our meetup opens again",
            url="https://quillon.example/events/caf%C3%A9",
            summary="Every second Thursday, five minutes from the office. 🌱",
            why="You came to the one in May.",
        ),
    ),
    sender_name="Ingrid Ødegård",
    sender_title="Senior Recruiter",
    reply_address="ingrid@quillon.example",
    footer=FOOTER,
    given_name="Şebnem",
    taken_over_from="Ólafur Þór <Sr> & Co",
    how_we_met="We met when you interviewed for Senior Product Manager in spring 2026.",
    intro=("It has been a while, so here is what kept us busy.", "Most of it was pricing & patience."),
)

#: The least that can be said: one item, no name, no history, nobody's introduction.
SPARE_UPDATE = replace(
    QUARTERLY_UPDATE,
    items=QUARTERLY_UPDATE.items[1:],
    given_name="",
    how_we_met=None,
    taken_over_from=None,
    intro=(),
    sender_title="",
)

LETTER = PersonalLetter(
    subject='Director of Product: "pricing & more"',
    body="""Hi Şebnem,

We spoke last spring about the Senior Product Manager role; you asked why <angle brackets> & quotes
cost us two rollbacks, and it was the right question.

If you are happy where you are, no worries at all. 🌱

Kind regards,

Ingrid Ødegård
Senior Recruiter, Quillon & Daughters
+44 1603 555 019""",
    footer=FOOTER,
)
GERMAN_LETTER = replace(
    LETTER,
    subject="Leiter Produkt bei Quillon & Daughters",
    body="""Guten Tag Jörg Müßig,

wir haben letztes Frühjahr über die Stelle als Senior Product Manager gesprochen.

Freundliche Grüße

Ingrid Ødegård
Quillon & Daughters""",
    language="de",
)
REMINDER = ApprovalReminder(
    name="Søren",
    lines=(
        (17, 'Send "Director of Product" letter m-204 & move its candidate?', "2026-11-27 14:00 UTC"),
        (9, "Send the update Q4 2026 to 812 people?", "2026-11-28 09:30 UTC"),
    ),
)

DIGEST = WeeklyDigest(
    address="soren@quillon.example",
    name="Søren Ødegård",
    minutes=37,
    stands_in_for=(("Zoë & Co.", "2026-12-04"), ("Ingrid <Ødegård>", "2026-11-27")),
    approvals=((17, 'Send "Director of Product" letter m-204 & move its candidate?', "2026-11-27 14:00 UTC"),),
    more_approvals=3,
    tasks=(
        (4, "Call c-9 (Head of R&D <Labs>): a second no is told in person first", "overdue since 2026-11-20"),
        (6, "Ask c-31 on LinkedIn to connect", "due today"),
    ),
    more_tasks=1,
    answered=(("c-8 (Senior Product Manager)", "reply on 2026-11-21"),),
    more_answered=2,
    going_cold=(("c-77 (Café & Bar Lead)", "last contact: call out on 2026-06-10 (t-12); cold from 2026-12-08 on"),),
    more_going_cold=12,
    cold=4,
)
#: The least that is worth a mail: nothing waits, and one person goes cold.
SPARE_DIGEST = WeeklyDigest(address="soren@quillon.example", minutes=0, going_cold=DIGEST.going_cold, cold=1)
PAUSED = EditionPaused(
    number=12,
    what="quarterly-update 2026-Q4",
    why="Paused by itself: of 140 letters 9 came back (6.4 %, at most 5 % may)",
    name="Søren & Co",
)

SAMPLES: Mapping[str, tuple[object, ...]] = MappingProxyType(
    {
        "quarterly-update": (QUARTERLY_UPDATE, SPARE_UPDATE),
        "re-engagement": (LETTER, GERMAN_LETTER),
        **event_samples.samples(FOOTER),
        "check-in": (LETTER, GERMAN_LETTER),
        "rejection-letter": (LETTER, GERMAN_LETTER),
        "weekly-digest": (DIGEST, SPARE_DIGEST),
        "edition-paused": (PAUSED, replace(PAUSED, name="")),
        "approval-reminder": (REMINDER, replace(REMINDER, name="", lines=REMINDER.lines[:1])),
    }
)
