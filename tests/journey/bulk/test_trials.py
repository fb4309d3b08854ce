"""A test mail is the real letter with other readers: marked, with links that lead nowhere, and on no record."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from rekindle.errors import BadInput
from rekindle.journey.bulk.trials import MARK, Trials, once
from rekindle.journey.outbox.writing import Writer
from rekindle.mail.catalogue import EMAILS, Audience
from rekindle.mail.links import Links
from rekindle.mail.render import Renderer
from rekindle.resources import shipped
from rekindle.store.departures import Introduction
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.touches import Touch
from tests.cast import NOW, bert
from tests.journey.letters.stage import drafted, role, sarah
from tests.journey.outbox.test_writing import HOUSE, LINKS
from tests.journey.stage import approved, change, letters, planned

BEN = "ben@acme.example"
NOWHERE = Links("a key that no page has ever known", "https://people.acme.example")
TEMPLATES = Renderer([shipped("templates") / "emails"]).marked(MARK)
TRIALS = Trials(HOUSE, Writer(HOUSE, TEMPLATES, NOWHERE, "acme.example"), NOWHERE, "acme.example", 5)


def sent(store: Store, name: str, reference: str | None = None, edition_id: int | None = None) -> EmailMessage:
    with store.rehearsing() as session:
        out = TRIALS.write(session, name, BEN, reference, edition_id, NOW)
    assert out.recipient == BEN
    mail = message_from_bytes(out.data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("name", sorted(EMAILS))
def test_every_email_can_be_tried_before_anything_is_stored(sqlite_store: Store, name: str) -> None:
    mail = sent(sqlite_store, name)
    assert mail["Subject"].startswith("[Test] ")
    assert BEN in mail["To"]
    assert (mail["List-Unsubscribe"] is not None) == (EMAILS[name].audience is Audience.CANDIDATE)
    assert (mail["List-Id"] is not None) == EMAILS[name].bulk


def test_it_is_the_letter_that_waits_with_its_headers(store: Store) -> None:
    planned(store, "Anne", "Emil")
    mail = sent(store, "quarterly-update", "c-2", 1)
    assert "Hello Emil," in text(mail)
    assert mail["From"] == '"Änn Lee, Àcme Labs" <hello@acme.example>'
    assert mail["List-Id"] == "<quarterly-update.acme.example>"
    assert mail["Feedback-ID"].startswith("2026-Q4:quarterly-update")


def test_its_links_are_nobodys(store: Store) -> None:
    planned(store, "Anne")
    mail = sent(store, "quarterly-update", edition_id=1)
    url = mail["List-Unsubscribe"].strip("<>")
    assert url in text(mail)
    assert LINKS.read_stop(url.rpartition("/")[2]) is None


def test_nothing_is_left_of_it(store: Store) -> None:
    approved(store, "Anne")
    before = letters(store)[0]
    mail = sent(store, "quarterly-update", edition_id=1)
    (after,) = letters(store)
    assert before.key not in mail["Message-ID"], "the real one is no repeat of it"
    assert (after.key, after.state, after.attempts, after.sending_at) == (before.key, before.state, 0, None)
    with store.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(each)) for each in (Touch, Message, Introduction)]
    assert counts == [0, 1, 0]


def test_a_personal_letter_is_tried_word_for_word(store: Store) -> None:
    change(store, lambda session: drafted(session, sarah(session), role(session)))
    mail = sent(store, "re-engagement", "c-1")
    assert mail["Subject"] == "[Test] A Director of Product role, and our talk last spring"
    assert "What stayed with me is your background in consumer tech" in " ".join(text(mail).split())
    assert "ann@acme.example" in mail["From"]


def test_who_gets_nothing_cannot_be_tried(store: Store) -> None:
    change(store, bert)
    planned(store, "Anne")
    with pytest.raises(BadInput, match="c-1 gets nothing from edition 1"):
        sent(store, "quarterly-update", "c-1", 1)


def test_what_cannot_be_written_cannot_be_tried(store: Store) -> None:
    planned(store, "Anne")
    broken = replace(
        TRIALS, writer=Writer(replace(HOUSE, sender_address="no address"), TEMPLATES, NOWHERE, "a.example")
    )
    with pytest.raises(BadInput), store.rehearsing() as session:
        broken.write(session, "quarterly-update", BEN, None, 1, NOW)


def test_it_is_handed_over_once(sqlite_store: Store) -> None:
    with sqlite_store.rehearsing() as session:
        step = once(TRIALS.write(session, "weekly-digest", BEN, None, None, NOW))
    assert [len(step((), 1)), len(step((), 1))] == [1, 0]
