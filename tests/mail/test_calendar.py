"""Calendar files as another program reads them: the parser here is not the library that wrote them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.mail.calendar import Entry, Method, Standing, calendar_file
from rekindle.mail.compose import Composer, Letterhead
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.render import Rendered

NOW = datetime(2026, 10, 13, 8, 30, 15, 123456, tzinfo=UTC)
GUEST = Correspondent("Zoë Ångström", "zoe@bücher.example")
ENTRY = Entry(
    uid="pricing-night@acme.example",
    sequence=2,
    title="An evening; about pricing, and soup",
    description="Three short talks.\n\nAnd \\ soup: 30 % off.",
    starts_at=datetime(2026, 11, 5, 17, 30, tzinfo=UTC),
    ends_at=datetime(2026, 11, 5, 20, 0, tzinfo=UTC),
    zone="Europe/Berlin",
    place="Beispielweg 1, 10115 Berlin; 2nd yard",
    link="https://events.acme.example/night?a=1&b=2",
    organizer=Correspondent('Ann "Annie" Lee: Dr; x', "ann@acme.example"),
    sent_by="hello@acme.example",
)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip)


def written(entry: Entry = ENTRY, method: Method = Method.REQUEST, standing: Standing = Standing.NEEDS_ACTION) -> str:
    return calendar_file(entry, GUEST, method, standing, NOW).text


def read(text: str) -> Any:
    return vobject.readOne(text, validate=True)


def test_an_invitation_says_all_that_a_calendar_asks_for() -> None:
    event = read(written()).vevent
    assert event.uid.value == "pricing-night@acme.example"
    assert event.sequence.value == "2"
    assert event.dtstamp.value == NOW.replace(microsecond=0)
    assert event.summary.value == ENTRY.title
    assert event.description.value == ENTRY.description
    assert event.location.value == ENTRY.place
    assert event.url.value == ENTRY.link
    assert event.status.value == "CONFIRMED"
    assert (event.dtstart.value, event.dtend.value) == (ENTRY.starts_at, ENTRY.ends_at)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Berlin"]


def test_who_invites_and_who_is_invited() -> None:
    event = read(written()).vevent
    assert event.organizer.value == "mailto:ann@acme.example"
    assert event.organizer.params == {"CN": ["Ann 'Annie' Lee: Dr; x"], "SENT-BY": ["mailto:hello@acme.example"]}
    assert event.attendee.value == "mailto:zoe@xn--bcher-kva.example"
    assert event.attendee.params == {
        "CN": ["Zoë Ångström"],
        "CUTYPE": ["INDIVIDUAL"],
        "PARTSTAT": ["NEEDS-ACTION"],
        "ROLE": ["OPT-PARTICIPANT"],
        "RSVP": ["TRUE"],
    }


@pytest.mark.parametrize("method", Method)
def test_the_method_stands_in_the_file(method: Method) -> None:
    calendar = read(written(method=method))
    assert (calendar.method.value, calendar.version.value) == (method.value, "2.0")
    assert calendar.vevent.status.value == ("CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    assert ("RSVP" in calendar.vevent.attendee.params) == (method is Method.REQUEST)


@pytest.mark.parametrize("standing", Standing)
def test_a_calendar_keeps_what_the_guest_has_answered(standing: Standing) -> None:
    assert read(written(standing=standing)).vevent.attendee.params["PARTSTAT"] == [standing.value]


def test_who_sends_what_they_organize_does_it_for_nobody_else() -> None:
    event = read(written(replace(ENTRY, sent_by="Ann@acme.example"))).vevent
    assert "SENT-BY" not in event.organizer.params


def test_an_event_on_the_web_takes_place_at_its_link_and_one_without_a_link_has_none() -> None:
    event = read(written(replace(ENTRY, place=None))).vevent
    assert event.location.value == ENTRY.link
    assert not hasattr(read(written(replace(ENTRY, link=None))).vevent, "url")


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says() -> None:
    text = written(replace(ENTRY, title="Größe ☃ 見積もり " * 20))
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize(
    ("zone", "starts", "lasts", "local", "offset"),
    [
        # The night clocks go back in Berlin, and the morning they go forward.
        ("Europe/Berlin", datetime(2026, 10, 24, 21, 0, tzinfo=UTC), 6, "2026-10-24 23:00", 2),
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 30, tzinfo=UTC), 6, "2026-10-25 03:30", 1),
        ("Europe/Berlin", datetime(2027, 3, 28, 0, 59, tzinfo=UTC), 6, "2027-03-28 01:59", 1),
        ("Europe/Berlin", datetime(2027, 3, 28, 1, 0, tzinfo=UTC), 6, "2027-03-28 03:00", 2),
        # The other half of the year, the other half of the world, and a zone that never changes.
        ("America/New_York", datetime(2026, 11, 1, 4, 0, tzinfo=UTC), 6, "2026-11-01 00:00", -4),
        ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 0, tzinfo=UTC), 6, "2026-10-04 01:30", 10.5),
        ("Asia/Kolkata", datetime(2026, 10, 24, 21, 0, tzinfo=UTC), 6, "2026-10-25 02:30", 5.5),
        ("UTC", datetime(2026, 10, 24, 21, 0, tzinfo=UTC), 6, "2026-10-24 21:00", 0),
    ],
)
def test_a_time_is_the_same_instant_wherever_it_is_read(
    zone: str, starts: datetime, lasts: int, local: str, offset: float
) -> None:
    ends = starts + timedelta(hours=lasts)
    text = written(replace(ENTRY, zone=zone, starts_at=starts, ends_at=ends))
    if zone != "UTC":
        assert f"DTSTART;TZID={zone}:" in text
    event = read(text).vevent
    assert (event.dtstart.value, event.dtend.value) == (starts, ends)
    assert f"{event.dtstart.value:%Y-%m-%d %H:%M}" == local
    assert event.dtstart.value.utcoffset() == timedelta(hours=offset)


def test_the_zone_in_the_file_agrees_with_the_zone_itself_hour_by_hour() -> None:
    for zone in ("Europe/Berlin", "America/Sao_Paulo", "Pacific/Chatham", "Africa/Casablanca"):
        text = written(replace(ENTRY, zone=zone))
        own = read(text).vevent.dtstart.value.tzinfo
        for hour in range(-24 * 300, 24 * 300, 13):
            instant = ENTRY.starts_at + timedelta(hours=hour)
            local = instant.astimezone(ZoneInfo(zone))
            if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
                assert local.replace(tzinfo=own).utcoffset() == local.utcoffset(), (zone, local)


# Factory stands for a zone that nobody has set: no event has it, see rekindle.exchange.forms.
@given(zone=st.sampled_from(sorted(available_timezones() - {"Factory"})))
@settings(max_examples=25, deadline=None)
def test_every_zone_there_is_can_be_told(zone: str) -> None:
    event = read(written(replace(ENTRY, zone=zone))).vevent
    assert event.dtstart.value == ENTRY.starts_at


@given(title=TEXT, description=TEXT, name=TEXT)
@settings(max_examples=50, deadline=None)
def test_no_words_break_out_of_their_line(title: str, description: str, name: str) -> None:
    told = replace(ENTRY, title=title, description=description, organizer=Correspondent(name, "ann@acme.example"))
    text = written(told)
    assert text.count("\r\nBEGIN:VEVENT\r\n") == 1
    assert [line for line in text.split("\r\n") if line.startswith(("ATTENDEE", "METHOD"))].__len__() == 2
    assert read(text).vevent.uid.value == ENTRY.uid


# In a mail.


def mail(method: Method = Method.REQUEST) -> EmailMessage:
    letter = Rendered("An evening", "Hello Zoë\n", "<p>Hello Zoë</p>\n")
    data = Composer(Letterhead(Correspondent("Ann Lee", "ann@acme.example"))).compose(
        letter,
        to=GUEST,
        message_id="<m-1@acme.example>",
        now=NOW,
        calendar=calendar_file(ENTRY, GUEST, method, Standing.NEEDS_ACTION, NOW),
    )
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    found = message_from_bytes(data, policy=policy.default)
    assert not [defect for part in found.walk() for defect in part.defects]
    return found


@pytest.mark.parametrize("method", Method)
def test_it_is_the_last_alternative_and_an_attachment(method: Method) -> None:
    kinds = [part.get_content_type() for part in mail(method).walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    shown, attached = list(mail(method).walk())[4:]
    assert shown.get_param("method") == method.value
    assert (attached.get_content_disposition(), attached.get_filename()) == ("attachment", "invite.ics")
    text, file = str(shown.get_content()), attached.get_payload(decode=True)
    assert isinstance(file, bytes)
    assert text.replace("\r\n", "\n") == file.decode().replace("\r\n", "\n")
    assert read(file.decode()).method.value == method.value


def test_a_mail_with_a_calendar_says_the_same_words() -> None:
    body = mail().get_body(("plain",))
    assert body is not None
    assert str(body.get_content()).replace("\r\n", "\n") == "Hello Zoë\n"
