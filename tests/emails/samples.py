"""One context for each email of the catalogue, with everything in it that is awkward: quotes, markup, other scripts."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from rekindle.mail.catalogue import Footer, Item, QuarterlyUpdate

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
    how_we_met="We met when you interviewed for Senior Product Manager in spring 2026.",
    intro=("It has been a while, so here is what kept us busy.", "Most of it was pricing & patience."),
)

#: The least that can be said: one item, no name, no history, nobody's introduction.
SPARE_UPDATE = replace(
    QUARTERLY_UPDATE, items=QUARTERLY_UPDATE.items[1:], given_name="", how_we_met=None, intro=(), sender_title=""
)

SAMPLES: Mapping[str, tuple[object, ...]] = MappingProxyType({"quarterly-update": (QUARTERLY_UPDATE, SPARE_UPDATE)})
