from pathlib import Path

import pytest

from rekindle import settings
from rekindle.errors import NotFound
from rekindle.journey.bulk.previewing import Preview, preview
from rekindle.store.engine import Store
from rekindle.wiring import Rekindle
from tests.cast import NOW, anne, bert, news
from tests.journey.stage import planned


@pytest.fixture(autouse=True)
def own_folder_and_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REKINDLE_SECRET_KEY", "a key that signs the links of tests")


def look(store: Store, reference: str | None = None, name: str = "quarterly-update") -> Preview:
    with store.reading() as session:
        return preview(session, name, reference, Rekindle.writer.of(Rekindle(settings.load()), ()), NOW, 5)


def test_with_an_empty_database_a_sample_is_shown(store: Store) -> None:
    shown = look(store)
    assert shown.whom == "a sample: nobody is nurturing"
    assert "How we plan now" in shown.mail.html
    assert "How we plan now" in shown.mail.text


def test_without_a_candidate_the_first_who_is_nurturing_is_shown(store: Store) -> None:
    with store.writing() as session:
        news(session)
        first = anne(session)
        bert(session)
    shown = look(store)
    assert shown.whom == f"c-{first.id}, what would be chosen today"
    assert "Anne" in shown.mail.text
    assert "How we plan, part 1" in shown.mail.text
    assert "It is about roadmaps, which you work with." in shown.mail.text


def test_a_letter_that_waits_is_shown_as_it_is(store: Store) -> None:
    planned(store, "Anne", "Emil")
    with store.writing() as session:
        news(session, 2)
    shown = look(store, "emil@example.org")
    assert shown.whom.endswith("the letter that waits")
    assert "part 1" in shown.mail.text
    assert "part 2" not in shown.mail.text


def test_who_would_get_nothing_today_is_shown_with_a_sample_item(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
    assert "How we plan now" in look(store, f"c-{person.id}").mail.text


@pytest.mark.parametrize(("reference", "name"), [("c-404", "quarterly-update"), (None, "no-such-email")])
def test_there_has_to_be_such_a_candidate_and_such_an_email(reference: str | None, name: str, store: Store) -> None:
    with pytest.raises(NotFound):
        look(store, reference, name)
