"""Contexts for the mail about events: one with all there is, awkward words included, and one as bare as can be."""

from dataclasses import replace

from rekindle.mail.catalogue import Footer
from rekindle.mail.event_mails import (
    EventCancellation,
    EventChange,
    EventInvite,
    EventPlace,
    EventReminder,
)


def samples(footer: Footer) -> dict[str, tuple[object, ...]]:
    """Return email name -> contexts."""
    told = {
        "title": 'Café Zoë: "pricing" & <patience>',
        "day": "Thursday 5 November 2026",
        "when": "Thursday 5 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)",
        "your_when": "Thursday 5 November 2026, 12:30 to 15:00 (New York time, UTC-5)",
        "place": "Quillon & Daughters, Beispielstraße 1 (2nd yard), 10115 Berlin",
        "link": "https://quillon.example/events/caf%C3%A9?ref=mail&edition=7#way",
        "sender_name": "Ingrid Ødegård",
        "sender_title": "Senior Recruiter",
        "reply_address": "ingrid@quillon.example",
        "footer": footer,
        "given_name": "Şebnem",
    }
    bare = {
        **told,
        "your_when": None,
        "place": None,
        "sender_name": footer.company,
        "sender_title": "",
        "given_name": "",
    }
    asked = {"summary": ("Three short talks, <no slides>.", "And soup."), "answer_by": "Friday 30 October 2026"}
    invite = EventInvite(**told, **asked, why="You told us that you are interested in pricing & co.", places=40)  # type: ignore[arg-type]
    when = ("Time", "Wednesday 4 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)", str(told["when"]))
    place = ("Place", "Quillon & Daughters, the <old> office", str(told["place"]))
    change = EventChange(**told, changes=(when, place), answer="yes")  # type: ignore[arg-type]
    link = (("Link", "another one", "the one above"),)
    intro = ("We had to move, & we are sorry.", "The soup stays.")
    return {
        "event-invite": (
            replace(invite, intro=intro),
            EventInvite(**bare, **asked),  # type: ignore[arg-type]
            replace(invite, places=1, link=None),
        ),
        "event-reminder": (EventReminder(**told), EventReminder(**bare)),  # type: ignore[arg-type]
        "event-change": (
            change,
            EventChange(**bare, changes=link, answer="maybe"),  # type: ignore[arg-type]
            replace(change, answer="waiting", intro=intro),
        ),
        "event-place": (EventPlace(**told), EventPlace(**bare)),  # type: ignore[arg-type]
        "event-cancellation": (
            EventCancellation(**told, because="The speaker fell ill & nobody can stand in."),  # type: ignore[arg-type]
            EventCancellation(**bare, because="It rains."),  # type: ignore[arg-type]
        ),
    }
