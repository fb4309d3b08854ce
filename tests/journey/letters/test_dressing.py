"""The finished words in their frame: not a word is changed, and answers go to whoever signs."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from sqlalchemy.orm import Session

from rekindle.errors import BadInput
from rekindle.journey.letters.dressing import Dresser
from rekindle.journey.outbox.footing import House
from rekindle.journey.outbox.sending import Outgoing
from rekindle.mail.links import Links
from rekindle.mail.render import Renderer
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.letters import letters_of
from rekindle.store.messages import Message
from tests.cast import NOW
from tests.journey.letters.route import draft_rejection, not_told
from tests.journey.letters.stage import BODY, ROOT, SUBJECT, drafted, role, sarah
from tests.journey.stage import change, change_candidate

HOUSE = House(
    company="Acme Labs",
    postal_address="Acme Labs GmbH, Beispielweg 1, 10115 Berlin, Germany",
    sender_name="Acme Labs",
    sender_address="hello@acme.example",
    reply_to="hello@acme.example",
    people={"ann@acme.example": ("Ann Lee", "Senior Recruiter")},
)
LINKS = Links("a key of at least sixteen signs", "https://jobs.acme.example")
DRESSER = Dresser(HOUSE, Renderer([ROOT / "templates" / "emails"]), LINKS, "acme.example")


@pytest.fixture
def letter(store: Store) -> Store:
    """Sarah's letter: the message is number 1."""
    with store.writing() as session:
        drafted(session, sarah(session), role(session))
    return store


def written(store: Store, number: int = 1) -> Outgoing:
    with store.reading() as session:
        return DRESSER.write(session, session.get_one(Message, number), NOW)


def mail_of(out: Outgoing) -> EmailMessage:
    found = email.message_from_bytes(out.data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


def test_every_word_stands_in_the_mail_as_it_was_approved(letter: Store) -> None:
    mail = mail_of(written(letter))
    assert mail["Subject"] == SUBJECT
    assert " ".join(BODY.split()) in " ".join(text_of(mail).split())


def test_it_comes_from_whoever_signs_and_answers_go_there(letter: Store) -> None:
    out = written(letter)
    mail = mail_of(out)
    assert str(mail["From"]) == '"Ann Lee, Acme Labs" <ann@acme.example>'
    assert "ann@acme.example" in str(mail["Reply-To"] or mail["From"])
    assert (out.message_id, out.sender, out.recipient) == (1, "hello@acme.example", "sarah@example.org")
    assert str(mail["To"]) == "Sarah Example <sarah@example.org>"


def test_it_says_how_to_stop_and_where_we_are_and_is_no_bulk_mail(letter: Store) -> None:
    mail = mail_of(written(letter))
    with letter.reading() as session:
        stop = LINKS.stop(session.get_one(Candidate, 1).key)
    assert str(mail["List-Unsubscribe"]) == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in text_of(mail)
    assert HOUSE.postal_address in " ".join(text_of(mail).split())
    assert (mail["List-Id"], mail["Auto-Submitted"], mail["Precedence"]) == (None, None, None)


def test_every_attempt_has_the_same_message_id(letter: Store) -> None:
    with letter.reading() as session:
        key = session.get_one(Message, 1).key
    assert {str(mail_of(written(letter))["Message-ID"]) for _ in range(2)} == {f"<{key}@acme.example>"}


def test_a_signer_who_is_not_on_the_team_writes_from_the_house(letter: Store) -> None:
    def act(session: Session) -> None:
        letters_of(session, [1])[1].signer = "gone@acme.example"

    change(letter, act)
    assert str(mail_of(written(letter))["From"]) == "Acme Labs <hello@acme.example>"


@pytest.mark.parametrize(("locale", "language"), [("en", "en"), ("de-AT", "de"), ("de_DE", "de")])
def test_the_frame_is_in_the_language_of_the_person(letter: Store, locale: str, language: str) -> None:
    change_candidate(letter, 1, locale=locale)
    with letter.reading() as session:
        assert f'lang="{language}"' in DRESSER.letter(session, session.get_one(Message, 1)).html


def test_what_is_shown_is_what_goes(letter: Store) -> None:
    with letter.reading() as session:
        shown = DRESSER.letter(session, session.get_one(Message, 1))
    mail = mail_of(written(letter))
    assert shown.subject == mail["Subject"]
    assert shown.text.split() == text_of(mail).split()


def test_a_rejection_letter_has_its_own_frame(store: Store) -> None:
    change(store, not_told)
    number = draft_rejection(store)
    with store.reading() as session:
        words = letters_of(session, [number])[number]
    assert " ".join(words.body.split()) in " ".join(text_of(mail_of(written(store, number))).split())


def test_a_message_without_words_is_not_written(letter: Store) -> None:
    change(letter, lambda s: s.delete(letters_of(s, [1])[1]))
    with pytest.raises(BadInput, match="message 1 has no words"):
        written(letter)
