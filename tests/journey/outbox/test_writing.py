"""The bytes of a letter, read back as a mail program reads them: every sentence about the past rests on a record."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from rekindle.errors import BadInput
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Outgoing
from rekindle.journey.outbox.writing import Writer
from rekindle.mail.links import Links
from rekindle.mail.render import Renderer
from rekindle.resources import shipped
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate
from rekindle.store.content import Content
from rekindle.store.editions import Edition
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from states.facts import Basis
from tests.cast import NOW
from tests.emails.reading import links_in_html, links_in_text
from tests.journey.stage import approved

LINKS = Links("a secret that signs the links of tests", "https://people.acme.example")
HOUSE = House(
    company="Àcme Labs",
    postal_address="Àcme Labs GmbH, Beispielweg 1, 10115 Berlin",
    sender_name="Àcme Labs",
    sender_address="hello@acme.example",
    reply_to="people@acme.example",
    people={"ann@acme.example": ("Änn Lee", "Senior Recruiter"), "ben@acme.example": ("Ben Okafor", "Recruiter")},
)
WRITER = Writer(HOUSE, Renderer([shipped("templates") / "emails"]), LINKS, "acme.example")


def written(store: Store) -> list[Outgoing | BadInput]:
    """Write every letter there is, in the order of the ids."""
    with store.reading() as session:
        rows = session.scalars(select(Message).order_by(Message.id)).all()
        found = WRITER.write(session, rows, NOW)
    return [found[row.id] for row in rows]


def letter(store: Store) -> EmailMessage:
    """Write the only letter and read it back."""
    (out,) = written(store)
    assert isinstance(out, Outgoing), out
    message = BytesParser(policy=policy.default).parsebytes(out.data)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def set_up(store: Store, **changes: Any) -> None:
    """Plan and approve a letter to Anne; `changes` are columns of hers."""
    approved(store, "Anne")
    with store.writing() as session:
        session.execute(update(Candidate).values(changes or {"city": "Bonn"}))


def application(store: Store, **columns: Any) -> None:
    with store.writing() as session:
        session.execute(update(Application).values(columns))


@pytest.mark.parametrize(
    ("given", "family", "shown"),
    [
        ("Zoë", "Żółć-Ñandú", "Zoë Żółć-Ñandú"),
        ("王芳", "", "王芳"),
        ("Anne, Dr.", 'O"Hara', 'Anne, Dr. O"Hara'),
    ],
)
def test_names_and_addresses_arrive_as_they_are(store: Store, given: str, family: str, shown: str) -> None:
    set_up(store, given_name=given, family_name=family, email="Anne.Lee@bücher.example", address="a@b.example")
    message = letter(store)
    (to,), (sender,), (reply_to,) = (message[name].addresses for name in ("To", "From", "Reply-To"))
    assert (to.display_name, to.addr_spec) == (shown, "Anne.Lee@xn--bcher-kva.example")
    assert (sender.display_name, sender.addr_spec) == ("Änn Lee, Àcme Labs", "hello@acme.example")
    assert (reply_to.display_name, reply_to.addr_spec) == ("Änn Lee, Àcme Labs", "people@acme.example")
    assert f"Hello {given}," in part(message, "plain")
    (out,) = written(store)
    assert isinstance(out, Outgoing)
    assert (out.sender, out.recipient) == ("hello@acme.example", "Anne.Lee@xn--bcher-kva.example")


def test_the_subject_tells_the_quarter_and_the_news(store: Store) -> None:
    set_up(store)
    with store.writing() as session:
        session.execute(update(Content).values(title="Über die Kunst, nicht zu schätzen — 見積もり"))
    assert letter(store)["Subject"] == "Àcme Labs, Q4 2026: Über die Kunst, nicht zu schätzen — 見積もり"


def test_text_and_html_say_the_same_and_link_to_the_same(store: Store) -> None:
    set_up(store)
    message = letter(store)
    text, html = part(message, "plain"), part(message, "html")
    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    stop = LINKS.stop(anne_of(store).key)
    assert links_in_text(text) == links_in_html(html) == ["https://blog.acme.example/planning-1", stop]
    for said in (
        "How we plan, part 1",
        "It is about roadmaps, which you work with.",
        "You interviewed with us for Senior Product Manager in April 2026.",
        "Änn Lee",
        HOUSE.postal_address,
        "people@acme.example",
    ):
        assert said in text
        assert said in html


def test_the_mail_program_can_stop_it_with_one_click(store: Store) -> None:
    set_up(store)
    message, stop = letter(store), LINKS.stop(anne_of(store).key)
    assert message["List-Unsubscribe"] == f"<{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert LINKS.read_stop(stop.rpartition("/")[2]) == anne_of(store).key
    assert message["List-Id"] == "<quarterly-update.acme.example>"
    assert message["Feedback-ID"] == "2026-Q4:quarterly-update:rekindle:acme-example"
    assert message["Auto-Submitted"] is None, "a person approved it"


def test_a_letter_written_twice_is_the_same_letter(store: Store) -> None:
    set_up(store)
    first, second = letter(store), letter(store)
    with store.reading() as session:
        key = session.scalars(select(Message.key)).one()
    assert first["Message-ID"] == second["Message-ID"] == f"<{key}@acme.example>"
    assert first.as_bytes() == second.as_bytes()


@pytest.mark.parametrize("recruiter", [None, "gone@acme.example", ""])
def test_where_the_recruiter_has_left_the_house_writes(store: Store, recruiter: str | None) -> None:
    set_up(store, recruiter=recruiter)
    message = letter(store)
    assert str(message["From"]) == "Àcme Labs <hello@acme.example>"
    assert "Recruiter" not in part(message, "plain")


def test_each_letter_comes_from_the_one_who_knows_the_person(store: Store) -> None:
    approved(store, "Anne", "Emil")
    with store.writing() as session:
        session.execute(update(Candidate).where(Candidate.given_name == "Emil").values(recruiter="ben@acme.example"))
    senders = [BytesParser(policy=policy.default).parsebytes(out.data)["From"] for out in written(store)]  # type: ignore[union-attr] # all are written
    assert [str(sender).split(",")[0].strip('"') for sender in senders] == ["Änn Lee", "Ben Okafor"]


@pytest.mark.parametrize(
    ("record", "met"),
    [
        ({}, "You interviewed with us for Senior Product Manager in April 2026."),
        ({"last_interview_on": None}, "You applied to us for Senior Product Manager in March 2026."),
        ({"last_interview_on": None, "applied_on": None}, None),
    ],
)
def test_how_we_met_is_what_is_on_record(store: Store, record: dict[str, Any], met: str | None) -> None:
    set_up(store)
    application(store, **record or {"team": "Growth"})
    text = part(letter(store), "plain")
    assert [line for line in text.splitlines() if line.startswith("You ") and line.endswith("2026.")][:1] == [met][
        : bool(met)
    ]


AGREED = "and agreed on 2 March 2026 that we may keep in touch."
ONCE_A_QUARTER = ", and we write about once a quarter to people we would like to work with one day."


@pytest.mark.parametrize(
    ("columns", "record", "why"),
    [
        ({}, {}, f"You receive this because you interviewed with Àcme Labs {AGREED}"),
        ({}, {"last_interview_on": None}, f"You receive this because you applied to Àcme Labs {AGREED}"),
        (
            {"consent_given_on": None},
            {},
            "You receive this because you interviewed with Àcme Labs and agreed that we may keep in touch.",
        ),
        (
            {"basis": Basis.LEGITIMATE_INTEREST},
            {},
            f"You receive this because you interviewed with Àcme Labs{ONCE_A_QUARTER}",
        ),
        ({}, None, "You receive this because you agreed on 2 March 2026 that Àcme Labs may keep in touch."),
        (
            {"basis": Basis.LEGITIMATE_INTEREST},
            None,
            "You receive this because Àcme Labs would like to work with you one day, and writes once a quarter.",
        ),
    ],
)
def test_why_somebody_gets_this_is_what_is_on_record(
    store: Store, columns: dict[str, Any], record: dict[str, Any] | None, why: str
) -> None:
    set_up(store, **columns)
    if record is None:
        with store.writing() as session:
            session.execute(delete(Application))
    else:
        application(store, **record or {"team": "Growth"})
    message = letter(store)
    assert why in part(message, "plain")
    assert why in part(message, "html")


def test_without_an_application_nothing_is_said_about_the_past(store: Store) -> None:
    set_up(store)
    with store.writing() as session:
        session.execute(delete(Application))
    text = part(letter(store), "plain")
    assert "interview" not in text
    assert "applied" not in text


@pytest.mark.parametrize(
    "columns",
    [
        {"given_name": "Anne\r\nBcc: all@example.org"},
        {"family_name": "Lee\nX"},
        {"email": "än\u202enë@example.org"},
        {"email": "anne@example.org\r\nRCPT TO:<all@example.org>"},
    ],
)
def test_whoever_cannot_be_written_to_safely_is_left_out_and_the_others_go_on(
    store: Store, columns: dict[str, Any]
) -> None:
    approved(store, "Anne", "Emil", "Finn")
    with store.writing() as session:
        session.execute(update(Candidate).where(Candidate.given_name == "Emil").values(columns))
    first, second, third = written(store)
    assert isinstance(second, BadInput)
    assert "all@example.org" not in str(second)
    assert [isinstance(out, Outgoing) for out in (first, third)] == [True, True]


def test_an_address_with_letters_beyond_ascii_is_written_to_with_its_headers_in_utf8(store: Store) -> None:
    set_up(store, email="ännë@bücher.example")
    (out,) = written(store)
    assert isinstance(out, Outgoing)
    assert out.recipient == "ännë@xn--bcher-kva.example"
    head, _, body = out.data.partition(b"\r\n\r\n")
    assert "<ännë@xn--bcher-kva.example>".encode() in head
    assert body.isascii()


def test_a_letter_without_an_item_is_not_written(store: Store) -> None:
    set_up(store)
    with store.writing() as session:
        session.execute(delete(Content.metadata.tables["message_items"]))
    (out,) = written(store)
    assert isinstance(out, BadInput)
    assert "without an item" in str(out)


def test_markup_in_a_record_is_shown_and_not_acted_upon(store: Store) -> None:
    set_up(store, given_name="<b>Anne</b>")
    application(store, role="{{ 7 * 7 }} <script>alert(1)</script>")
    message = letter(store)
    assert "<script>" not in part(message, "html")
    assert "{{ 7 * 7 }} <script>" in part(message, "plain")


def test_what_opens_an_edition_opens_each_letter(store: Store) -> None:
    set_up(store)
    with store.writing() as session:
        session.execute(update(Edition).values(intro="A warm\nautumn.\n\nAnd a new office."))
    text = part(letter(store), "plain")
    assert "A warm autumn.\n\nAnd a new office.\n" in text.replace("\r\n", "\n")


def test_no_line_is_too_long_for_the_road(store: Store) -> None:
    set_up(store, given_name="ö" * 200)
    (out,) = written(store)
    assert isinstance(out, Outgoing)
    assert max(map(len, out.data.split(b"\r\n"))) <= 998
    assert b"\n" not in out.data.replace(b"\r\n", b"")
    assert out.data.isascii()


def test_nobody_is_written_to_when_there_is_nobody(store: Store) -> None:
    with store.reading() as session:
        assert WRITER.write(session, [], NOW) == {}


def anne_of(store: Store) -> Candidate:
    with store.reading() as session:
        return session.scalars(select(Candidate)).one()
