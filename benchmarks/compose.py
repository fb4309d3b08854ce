"""What a message costs before it is sent: rendering and MIME, our way and the usual way, in the same run.

`python benchmarks/compose.py [N]` prints a table; `measure(n)` is for a runner that wants the numbers. Every message
is for another person, so nothing personal is found in a cache.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jinja2 import Environment, StrictUndefined, Template
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure
from rekindle.mail.catalogue import Footer, Item, QuarterlyUpdate
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.inline import premail
from rekindle.mail.render import Rendered, Renderer
from rekindle.resources import shipped

MAIL = "quarterly-update"
NOW = datetime(2026, 10, 13, 8, tzinfo=UTC)
SENDER = Correspondent("Ann Lee", "ann@acme.example")
GIVEN = ("Anne", "Bert", "Zoë", "Şebnem", "José", "Mia", "O'Hara", "Łukasz", "Ben", "王芳")
THEMES = ("pricing", "search", "onboarding", "accessibility", "reliability", "design systems", "privacy")
ITEMS = 5
MESSAGES = 5000
ROUNDS = 5
# The usual way is some forty times slower and gets fewer messages.
SLOW_SHARE = 25


def measure(n: int) -> dict[str, float]:
    """Return microseconds per message, the median of five rounds, each of `n` messages in all."""
    people = [update(number) for number in range(n)]
    few = people[: max(1, n // SLOW_SHARE)]
    renderer = Renderer([shipped("templates") / "emails"])
    composer = Composer(Letterhead(SENDER, list_id="quarterly-update.acme.example", feedback=("2026-Q4", "acme")))
    letters = [renderer.render(MAIL, person) for person in people]
    usual = usual_templates(renderer)
    ways: dict[str, Callable[[], object]] = {
        "render": lambda: [renderer.render(MAIL, person) for person in people],
        "render, premailer each": lambda: [render_usually(usual, person) for person in few],
        "compose": lambda: [compose(composer, letter, number) for number, letter in enumerate(letters)],
        "compose, EmailMessage each": lambda: [
            compose_usually(letter, at) for at, letter in enumerate(letters[: len(few)])
        ],
    }
    return {name: timed(way, len(few) if "each" in name else n) for name, way in ways.items()}


def timed(way: Callable[[], object], messages: int) -> float:
    seconds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        way()
        seconds.append(perf_counter() - start)
    return median(seconds) / messages * 1e6


def update(number: int) -> QuarterlyUpdate:
    """Invent the update of one of many people: another name, another choice of items, other reasons."""
    items = tuple(item(number, (number + place) % len(THEMES)) for place in range(ITEMS))
    return QuarterlyUpdate(
        quarter="autumn 2026",
        items=items,
        sender_name=SENDER.name,
        sender_title="Senior Recruiter",
        reply_address=SENDER.address,
        footer=Footer(
            why=f"You receive this because you interviewed with Acme Labs and agreed to hear from us (no. {number}).",
            postal_address="Acme Labs GmbH, Beispielweg 1, 10115 Berlin, Germany",
            stop_url=f"https://acme.example/stop/{number:x}.Zm9vYmFyYmF6cXV4cXV1eGNvcmdl",
            company="Acme Labs",
        ),
        given_name=f"{GIVEN[number % len(GIVEN)]} {number}",
        how_we_met=f"We met when you interviewed for role {number} in spring 2026.",
        intro=("Here is what kept us busy this quarter.",),
    )


def item(number: int, theme: int) -> Item:
    return Item(
        title=f"What {THEMES[theme]} looks like after a year of doing it differently",
        url=f"https://acme.example/blog/{theme}?ref=letter&edition=2026-Q4",
        summary=f"The {THEMES[theme]} team on what worked, what did not, and what they would do again tomorrow.",
        why=f"You said in interview {number} that {THEMES[theme]} is what you would like to work on.",
        source="Engineering blog, 9 minutes",
    )


def compose(composer: Composer, letter: Rendered, number: int) -> bytes:
    to = Correspondent(f"{GIVEN[number % len(GIVEN)]} {number}", f"p{number}@example.org")
    stop = f"https://acme.example/stop/{number:x}.Zm9vYmFyYmF6cXV4cXV1eGNvcmdl"
    return composer.compose(letter, to=to, message_id=f"<{number}@acme.example>", now=NOW, stop_url=stop)


def usual_templates(renderer: Renderer) -> Sequence[Template]:
    """Compile the same sources without inlining them first."""
    sources = renderer.sources(MAIL)
    text = Environment(undefined=StrictUndefined, autoescape=False)
    html = Environment(undefined=StrictUndefined, autoescape=True)
    return [text.from_string(sources.subject), text.from_string(sources.text), html.from_string(sources.html)]


def render_usually(templates: Sequence[Template], person: QuarterlyUpdate) -> Rendered:
    values = {field.name: getattr(person, field.name) for field in fields(person)}
    subject, text, html = (template.render(values) for template in templates)
    return Rendered(subject.strip(), text, premail(html))


def compose_usually(letter: Rendered, number: int) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(SENDER.name, addr_spec=SENDER.address)
    message["To"] = Address(f"{GIVEN[number % len(GIVEN)]} {number}", addr_spec=f"p{number}@example.org")
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(NOW)
    message["Message-ID"] = f"<{number}@acme.example>"
    message["List-Unsubscribe"] = f"<https://acme.example/stop/{number:x}.Zm9vYmFyYmF6cXV4cXV1eGNvcmdl>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Id"] = "<quarterly-update.acme.example>"
    message["Feedback-ID"] = "2026-Q4:acme"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message.as_bytes()


def figures() -> list[Figure]:
    found = measure(MESSAGES)
    rows = (("render", "render, premailer each"), ("compose", "compose, EmailMessage each"))
    return [
        Figure(
            f"{step} one update of {ITEMS} items", f"{found[step]:.0f} µs ({found[usual] / found[step]:.0f} x faster)"
        )
        for step, usual in rows
    ]


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    found = measure(n)
    table = Table(title=f"Microseconds per message, five items each, median of {ROUNDS} rounds of {n}")
    table.add_column("step")
    for column in ("ours", "usual", "ratio"):
        table.add_column(column, justify="right")
    for step, usual in (("render", "render, premailer each"), ("compose", "compose, EmailMessage each")):
        table.add_row(step, f"{found[step]:.0f}", f"{found[usual]:,.0f}", f"{found[usual] / found[step]:.0f} x")
    Console().print(table)


if __name__ == "__main__":
    main()
