from pathlib import Path

import pytest

from rekindle.store.engine import Store
from rekindle.wiring import Rekindle
from tests.cast import anne, news
from tests.cli.calling import Command
from tests.journey.letters.stage import drafted, role, sarah


def test_a_letter_is_written_as_html_and_text(command: Command, store: Store, folder: Path) -> None:
    with store.writing() as session:
        news(session)
        anne(session)
    told = command("preview", "quarterly-update")
    assert told.code == 0
    assert "c-1, what would be chosen today" in told.out
    html = (folder / "var/preview/quarterly-update.html").read_text()
    text = (folder / "var/preview/quarterly-update.txt").read_text()
    assert "How we plan, part 1" in html
    assert text.startswith("Subject: ")
    assert "How we plan, part 1" in text


def test_it_goes_where_it_is_told(command: Command, folder: Path) -> None:
    assert command("preview", "quarterly-update", "--out", "here/page.html").code == 0
    assert (folder / "here/page.html").is_file()
    assert (folder / "here/page.txt").is_file()


def test_open_shows_it_in_a_browser(command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    command("preview", "quarterly-update", "--open")
    assert opened == [str(folder / "var/preview/quarterly-update.html")]


@pytest.mark.parametrize("email", ["re-engagement", "rejection-letter", "approval-reminder", "weekly-digest"])
def test_every_other_email_is_shown_as_a_sample_where_none_waits(command: Command, folder: Path, email: str) -> None:
    told = command("preview", email)
    assert told.code == 0, told.err
    assert "a sample" in told.out
    assert (folder / f"var/preview/{email}.txt").read_text().startswith("Subject: ")


@pytest.mark.parametrize(
    ("email", "subject"),
    [
        ("approval-reminder", "An approval waits for you and expires soon"),
        ("edition-paused", "has paused by itself"),
        ("weekly-digest", "Your week"),
    ],
)
def test_what_goes_to_a_colleague_is_shown_as_that_mail_and_no_other(
    command: Command, folder: Path, email: str, subject: str
) -> None:
    assert command("preview", email).code == 0
    assert subject in (folder / f"var/preview/{email}.txt").read_text().splitlines()[0]


def test_a_letter_that_waits_is_shown_word_for_word(command: Command, rekindle: Rekindle, folder: Path) -> None:
    with rekindle.store.writing() as session:
        drafted(session, sarah(session), role(session))
    told = command("preview", "re-engagement", "--candidate", "c-1")
    assert "c-1, the letter that waits" in told.out
    assert "someone with more B2B experience" in (folder / "var/preview/re-engagement.txt").read_text()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("no-such-email",), "there is no email called 'no-such-email'"),
        (("quarterly-update", "--candidate", "c-404"), "no candidate c-404 is stored"),
        (("quarterly-update", "--out", "page.txt"), "give the HTML another name"),
        (("quarterly-update", "--out", "."), "is a folder: name the file"),
        (("quarterly-update", "--out", "/dev/null/page.html"), "cannot be written"),
    ],
)
def test_what_cannot_be_shown_is_said(args: tuple[str, ...], said: str, command: Command) -> None:
    told = command("preview", *args)
    assert told.code == 2
    assert said in told.err
