"""The envelope of a message: its bounce and a stop by mail lead back to it, and it is signed for its sender."""

from dataclasses import replace
from email import message_from_bytes, policy

import dkim
import pytest
from sqlalchemy import select

from rekindle.journey.bulk.trials import Trials
from rekindle.journey.outbox.colleagues import InHouse
from rekindle.journey.outbox.sending import Outgoing
from rekindle.journey.outbox.writing import Writer
from rekindle.mail.catalogue import EMAILS, Audience
from rekindle.mail.correspondent import Correspondent
from rekindle.mail.post import Post
from rekindle.mail.return_path import ReturnPath, StopAddress
from rekindle.mail.signing_keys import new_key
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from tests.cast import NOW
from tests.emails.samples import SAMPLES
from tests.journey.events.stage import invited
from tests.journey.letters.stage import drafted, role, sarah
from tests.journey.outbox.test_writing import HOUSE, LINKS, WRITER
from tests.journey.stage import approved

SECRET = "a secret that signs addresses"
KEY = new_key("ed25519", "s")
POST = Post(
    keys=(KEY,),
    returns=ReturnPath(SECRET, "bounces@news.acme.example"),
    personal_returns=ReturnPath(SECRET, "bounces@acme.example"),
    stops=StopAddress(SECRET, "stop@acme.example"),
)
SEALED = Writer(replace(HOUSE, post=POST), WRITER._renderer, LINKS, "acme.example")


def written(store: Store) -> list[Outgoing]:
    with store.reading() as session:
        rows = session.scalars(select(Message).order_by(Message.id)).all()
        found = SEALED.write(session, rows, NOW).values()
    return [out for out in found if isinstance(out, Outgoing)]


def signed_for(out: Outgoing) -> str:
    """Return the domain whose signature holds."""
    checker = dkim.DKIM(out.data)
    assert checker.verify(dnsfunc=lambda _name, **_: KEY.record.encode())
    return str(checker.domain.decode())


def keys(store: Store) -> tuple[str, str]:
    """Return the key of the only message and of whom it is for."""
    with store.reading() as session:
        row = session.scalars(select(Message)).one()
        return row.key, session.get_one(Candidate, row.candidate_id).key


def stop_addresses(out: Outgoing) -> tuple[str, str]:
    header = str(message_from_bytes(out.data, policy=policy.default)["List-Unsubscribe"])
    link, _, mailto = header.partition(", <mailto:")
    return link.strip("<>"), mailto.removesuffix("?subject=stop>")


def test_the_bounce_of_bulk_mail_leads_back_to_its_message(store: Store) -> None:
    approved(store, "Anne")
    (out,) = written(store)
    assert out.sender.endswith("@news.acme.example")
    assert POST.message_of(out.sender) == keys(store)[0]
    assert signed_for(out) == "acme.example"


def test_the_bounce_of_a_personal_letter_has_an_address_of_its_own(store: Store) -> None:
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    (out,) = written(store)
    assert out.sender.endswith("@acme.example")
    assert POST.message_of(out.sender) == keys(store)[0]
    assert signed_for(out) == "acme.example"


def test_the_bounce_of_an_invitation_leads_back_too(store: Store) -> None:
    invited(store, "Anne")
    (out,) = written(store)
    assert POST.message_of(out.sender) == keys(store)[0]
    assert signed_for(out) == "acme.example"


def test_a_mail_to_the_stop_address_stops_the_same_person_as_the_link(store: Store) -> None:
    approved(store, "Anne")
    (out,) = written(store)
    link, address = stop_addresses(out)
    assert POST.stop_of(address) == LINKS.read_stop(link.rpartition("/")[2]) == keys(store)[1]


def test_without_a_return_path_bounces_come_back_to_the_sender(store: Store) -> None:
    approved(store, "Anne")
    with store.reading() as session:
        (out,) = WRITER.write(session, session.scalars(select(Message)).all(), NOW).values()
    assert isinstance(out, Outgoing)
    assert out.sender == "hello@acme.example"
    assert b"DKIM" not in out.data
    assert b"mailto" not in out.data


@pytest.mark.parametrize("name", sorted(EMAILS))
def test_every_email_of_the_catalogue_is_signed(sqlite_store: Store, name: str) -> None:
    trials = Trials(replace(HOUSE, post=POST), SEALED, LINKS, "acme.example", 5)
    with sqlite_store.rehearsing() as session:
        out = trials.write(session, name, "ben@acme.example", None, None, NOW)
    assert signed_for(out) == "acme.example"
    to_candidate = EMAILS[name].audience is Audience.CANDIDATE
    assert (POST.message_of(out.sender) is not None) == (b"stop+test." in out.data) == to_candidate


def test_mail_to_colleagues_is_signed() -> None:
    scribe = InHouse(replace(HOUSE, post=POST), WRITER._renderer, "acme.example")
    out = scribe.compose(
        1, "approval-reminder", SAMPLES["approval-reminder"][0], Correspondent("", "ben@acme.example"), NOW
    )
    assert signed_for(out) == "acme.example"
