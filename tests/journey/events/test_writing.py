"""The mail about an event as a mail program reads it; every sentence about the reader rests on a record."""

from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
import vobject
from sqlalchemy import select

from rekindle.journey.events import cancelling, previewing
from rekindle.journey.events.kinds import EMAILS, Kind
from rekindle.journey.events.reminding import prepare_reminders
from rekindle.journey.outbox.sending import Outgoing
from rekindle.store.candidates import Candidate, Label
from rekindle.store.editions import Edition
from rekindle.store.engine import Store
from rekindle.store.events import Answer
from rekindle.store.messages import Message
from tests.cast import NOW
from tests.journey.events.stage import FROZEN, RECORD, SLUG, added, change_event, edition_of, invited, mailed, said
from tests.journey.outbox.test_writing import LINKS, WRITER, part
from tests.journey.stage import change_candidate

BERLIN = "Thursday 5 November 2026, 18:30 to 21:00 (Berlin time, UTC+1)"


def letter(store: Store, period: str) -> EmailMessage:
    """Write the only letter of an edition and read it back."""
    with store.reading() as session:
        query = select(Message).join(Edition, Edition.id == Message.edition_id).where(Edition.period == period)
        row = session.scalars(query).one()
        (out,) = WRITER.write(session, [row], NOW).values()
    assert isinstance(out, Outgoing), out
    message = BytesParser(policy=policy.default).parsebytes(out.data)
    assert isinstance(message, EmailMessage)
    return message


def calendar(message: EmailMessage) -> Any:
    (shown,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    found = vobject.readOne(str(shown.get_content()), validate=True)
    assert shown.get_param("method") == found.method.value
    return found


def coming(store: Store, **changes: Any) -> int:
    _, (anne,) = mailed(store, "Anne", **changes)
    said(store, anne, Answer.YES)
    return anne


def test_an_invitation_says_what_when_where_and_how_to_answer(store: Store) -> None:
    _, (anne,) = invited(store, "Anne", capacity=40)
    with store.writing() as session:
        session.add(Label(candidate_id=anne, kind="interest", key="pricing", label="Pricing"))
        change_event(session, topics=("pricing",))
    message = letter(store, "1-invite")
    assert message["Subject"] == "Àcme Labs invites you: An evening about pricing, Thursday 5 November 2026"
    assert message["From"].addresses[0].display_name == "Änn Lee, Àcme Labs"
    assert message["List-Id"] == "<event-invite.acme.example>"
    text, html = part(message, "plain"), part(message, "html")
    for said_ in (
        BERLIN,
        "Beispielweg 1, 10115 Berlin",
        "https://events.acme.example/pricing-night",
        "Three short talks.",
        "You told us that you are interested in Pricing.",
        "Reply to this mail with yes, maybe or no by Friday 30 October 2026",
        "people@acme.example",
        "There are 40 places",
        "You receive this because you interviewed with Àcme Labs",
        LINKS.stop(_key(store, anne)),
    ):
        assert said_ in text
        assert said_ in html
    assert "For you that is" not in text


def test_the_calendar_of_an_invitation_is_from_the_host_to_the_guest(store: Store) -> None:
    invited(store, "Anne")
    found = calendar(letter(store, "1-invite"))
    event = found.vevent
    assert (found.method.value, event.sequence.value) == ("REQUEST", "0")
    assert event.uid.value == "pricing-night@acme.example"
    assert event.organizer.value == "mailto:ann@acme.example"
    assert event.organizer.params["SENT-BY"] == ["mailto:hello@acme.example"]
    assert event.attendee.value == "mailto:anne@example.org"
    assert (event.dtstart.value, event.dtend.value) == (RECORD.starts_at, RECORD.ends_at)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/New_York", "For you that is Thursday 5 November 2026, 12:30 to 15:00 (New York time, UTC-5)."),
        ("Europe/Vienna", None),
        ("Nowhere/Land", None),
    ],
)
def test_who_lives_by_another_clock_is_told_their_own_time(sqlite_store: Store, zone: str, told: str | None) -> None:
    _, (anne,) = invited(sqlite_store, "Anne")
    change_candidate(sqlite_store, anne, timezone=zone)
    text = part(letter(sqlite_store, "1-invite"), "plain")
    assert BERLIN in text
    assert ("For you that is" in text) == (told is not None)
    assert (told or "") in text


def test_no_interest_is_claimed_that_nobody_told_us(sqlite_store: Store) -> None:
    invited(sqlite_store, "Anne", topics=("pricing",))
    assert "Why you?" not in part(letter(sqlite_store, "1-invite"), "plain")


def test_a_change_says_what_was_and_what_is_and_replaces_what_calendars_hold(store: Store) -> None:
    coming(store)
    with store.writing() as session:
        change_event(session, starts_at=RECORD.starts_at + timedelta(hours=1), place="Elsewhere 3")
    message = letter(store, "1-change-1")
    text = part(message, "plain")
    assert "Time: now Thursday 5 November 2026, 19:30 to 21:00 (Berlin time, UTC+1)" in text
    assert f"before: {BERLIN}" in text
    assert "Place: now Elsewhere 3" in text
    assert "You said yes." in text
    assert "You receive this because you answered our invitation to An evening about pricing." in text
    found = calendar(message)
    assert (found.method.value, found.vevent.sequence.value) == ("REQUEST", "1")
    assert found.vevent.uid.value == "pricing-night@acme.example"
    assert found.vevent.attendee.params["PARTSTAT"] == ["ACCEPTED"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"place": None}, "Place: now on the web, see the link"),
        ({"link": None}, "Link: now none"),
        ({"link": "https://events.acme.example/other"}, "Link: now the one above"),
        ({"title": "An evening with soup"}, "Title: now An evening with soup"),
        ({"timezone": "Europe/London"}, "Time: now Thursday 5 November 2026, 17:30 to 20:00 (London time, UTC)"),
    ],
)
def test_every_change_is_told_in_its_words(sqlite_store: Store, fields: dict[str, Any], told: str) -> None:
    coming(sqlite_store)
    with sqlite_store.writing() as session:
        change_event(session, **fields)
    assert told in part(letter(sqlite_store, "1-change-1"), "plain")


def test_a_cancellation_says_why_and_takes_it_out_of_the_calendar(store: Store) -> None:
    coming(store)
    with store.writing() as session:
        cancelling.cancel(session, SLUG, "the speaker is ill", NOW, FROZEN)
    message = letter(store, "1-cancel")
    assert message["Subject"] == "Cancelled: An evening about pricing, Thursday 5 November 2026"
    assert "Why? The speaker is ill." in part(message, "plain")
    found = calendar(message)
    assert (found.method.value, found.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert found.vevent.sequence.value == "1"


def test_word_of_a_place_confirms_it(sqlite_store: Store) -> None:
    _, (anne, emil) = mailed(sqlite_store, "Anne", "Emil", capacity=1)
    for each, what in ((anne, Answer.YES), (emil, Answer.YES), (anne, Answer.NO)):
        said(sqlite_store, each, what)
    message = letter(sqlite_store, "1-place-1")
    assert "it is yours: you have moved up from the waiting list" in part(message, "plain")
    assert calendar(message).vevent.attendee.params["PARTSTAT"] == ["ACCEPTED"]


def test_a_reminder_is_a_plain_letter(sqlite_store: Store) -> None:
    coming(sqlite_store)
    with sqlite_store.writing() as session:
        prepare_reminders(session, RECORD.starts_at - timedelta(days=1), timedelta(days=2), FROZEN)
    message = letter(sqlite_store, "1-remind")
    assert message.get_content_type() == "multipart/alternative"
    assert "You receive this because you said you would come to An evening about pricing." in part(message, "plain")


def test_the_words_of_who_approves_open_the_letter(sqlite_store: Store) -> None:
    event, _ = invited(sqlite_store, "Anne")
    with sqlite_store.writing() as session:
        session.get_one(Edition, edition_of(sqlite_store, event, Kind.INVITE).id).intro = "We moved.\n\nCome & see."
    text = part(letter(sqlite_store, "1-invite"), "plain")
    assert "We moved.\r\n\r\nCome & see." in text
    assert "would be glad to see you" not in text


def test_a_host_who_has_left_leaves_the_company_as_the_sender(sqlite_store: Store) -> None:
    invited(sqlite_store, "Anne", host="zoe@acme.example")
    message = letter(sqlite_store, "1-invite")
    assert message["From"].addresses[0].display_name == "Àcme Labs"
    assert calendar(message).vevent.organizer.params["CN"] == ["Àcme Labs"]


# Previews.


@pytest.mark.parametrize("kind", Kind)
def test_every_mail_can_be_looked_at_before_there_is_an_event(sqlite_store: Store, kind: Kind) -> None:
    with sqlite_store.reading() as session:
        mail, whom = previewing.preview(session, EMAILS[kind], None, WRITER.events, NOW)
    assert whom == "a sample, an invented event"
    assert "An evening about pricing" in mail.subject
    assert "An evening about pricing" in mail.text


def test_a_preview_shows_the_letter_that_waits_else_the_next_event(sqlite_store: Store) -> None:
    _, (anne,) = mailed(sqlite_store, "Anne")
    said(sqlite_store, anne, Answer.YES)
    with sqlite_store.writing() as session:
        change_event(session, place="Elsewhere 3")
    with sqlite_store.reading() as session:
        shown = previewing.preview(session, "event-change", f"c-{anne}", WRITER.events, NOW)
        other = previewing.preview(session, "event-reminder", f"c-{anne}", WRITER.events, NOW)
    assert shown[1] == f"c-{anne}, the letter that waits"
    assert "Elsewhere 3" in shown[0].text
    assert other[1] == f"c-{anne}, the event pricing-night"
    assert "Hello Anne," in other[0].text


def test_a_cancelled_event_is_not_previewed(sqlite_store: Store) -> None:
    added(sqlite_store)
    with sqlite_store.writing() as session:
        cancelling.cancel(session, SLUG, "it rains", NOW, FROZEN)
    with sqlite_store.reading() as session:
        assert previewing.preview(session, "event-invite", None, WRITER.events, NOW)[1] == "a sample, an invented event"


def _key(store: Store, candidate_id: int) -> str:
    with store.reading() as session:
        return session.get_one(Candidate, candidate_id).key
