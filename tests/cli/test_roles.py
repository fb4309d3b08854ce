import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from rekindle.resources import shipped
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate, Label
from rekindle.store.engine import Store
from rekindle.store.roles import Role
from tests.cast import NOW, anne, bert, stored, turned_down
from tests.cli.calling import Command

FILE = shipped("config") / "demo" / "roles" / "director-product.toml"
SLUG = "director-product"
ANN = "ann@acme.example"


@pytest.fixture
def people(store: Store) -> dict[str, Candidate]:
    """Anne fits and was promised to hear of it, Bert stopped, Sol sells."""
    with store.writing() as session:
        found = {"anne": anne(session), "bert": bert(session), "sol": stored(session, "Sol")}
        pasts = {row.candidate_id: row for row in session.scalars(select(Application))}
        pasts[found["anne"].id].promise = "reach out if a product role opens"
        pasts[found["sol"].id].family = "sales"
        session.add(Label(candidate_id=found["anne"].id, kind="skill", key="pricing", label="Pricing"))
    return found


@pytest.fixture
def role(command: Command, people: dict[str, Candidate]) -> dict[str, Candidate]:
    """The role is open."""
    assert command("roles", "open", FILE).code == 0
    return people


def changed(folder: Path, old: str, new: str) -> Path:
    file = folder / "changed.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return file


def stored_roles(store: Store) -> list[Role]:
    with store.reading() as session:
        return list(session.scalars(select(Role)))


# open


def test_opening_says_how_long_the_process_is_and_whose_promise_falls_due(
    command: Command, people: dict[str, Candidate]
) -> None:
    told = command("roles", "open", FILE)
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0] == "director-product is open: Director of Product"
    assert lines[1] == (
        "its process takes 1 h 45 min in 2 steps (streamlined: you have already met several people here)"
    )
    assert lines[2].strip() == "1 promise falls due"
    assert f"c-{people['anne'].id} " in told.out
    assert "reach out if a" in told.out
    assert lines[-2] == "next: rekindle roles shortlist director-product"
    # Prefect is not up in this test.
    assert lines[-1].endswith("rekindle run re-engagement --role director-product")


def test_the_same_file_again_changes_nothing_and_a_changed_one_says_what(
    command: Command, role: dict[str, Candidate], folder: Path
) -> None:
    assert "is open already, and nothing in its file has changed" in command("roles", "open", FILE).out
    told = command("roles", "open", changed(folder, 'level = "director"', 'level = "vp"'))
    assert told.out.startswith("director-product is brought up to date: level\n")
    assert "No promise falls due." not in told.out


def test_a_dry_run_says_the_same_and_stores_nothing(command: Command, store: Store) -> None:
    told = command("roles", "open", FILE, "--dry-run")
    assert told.out.startswith("A dry run: nothing was stored.\ndirector-product is open")
    assert "No promise falls due." in told.out
    assert stored_roles(store) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('level = "director"', 'level = "directer"', "did you mean director?"),
        ("minutes = 45", "minutes = 0", "process.steps[0].minutes: 0; expected a whole number of minutes"),
        ("[process]", "[process", "is not TOML"),
        ("[process]", "[process]\nhours = 9", "process.hours: 9; expected what the steps add up to"),
    ],
)
def test_a_bad_file_exits_with_2_and_stores_nothing(
    old: str, new: str, said: str, command: Command, store: Store, folder: Path
) -> None:
    told = command("roles", "open", changed(folder, old, new))
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert stored_roles(store) == []


def test_a_file_that_is_not_there_is_said(command: Command) -> None:
    assert command("roles", "open", "nowhere.toml").code == 2


def test_the_ladder_is_that_of_the_settings(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_LEVELS_LADDER", "junior,senior")
    assert "a level of the ladder in policy.toml; junior or senior" in command("roles", "open", FILE).err


# list, show, close


def test_roles_are_listed_with_how_far_their_letters_have_come(command: Command, role: dict[str, Candidate]) -> None:
    assert "Director of Product" in command("roles", "list").out
    (line,) = json.loads(command("roles", "list", "--json").out)
    assert (line["slug"], line["minutes"], line["outreaches"], line["letters"]) == (SLUG, 105, 0, {})
    assert line["opened_at"] == NOW.isoformat()


def test_without_a_role_the_list_says_how_to_open_one(command: Command) -> None:
    assert command("roles", "list").out == "No role is open; `rekindle roles open FILE.toml` opens one.\n"
    assert command("roles", "list", "--json").out == "[]\n"


def test_a_role_is_shown_step_by_step(command: Command, role: dict[str, Candidate]) -> None:
    out = command("roles", "show", SLUG).out
    assert "Conversation with the hiring manager    45 min" in out
    assert "streamlined, 1 h 45 min in 2 steps" in out
    shown = json.loads(command("roles", "show", SLUG, "--json").out)
    assert (shown["whats_in_it"], shown["process"]["steps"][1]["minutes"]) == (
        "owning a new product for small laboratories, from the first customer on",
        60,
    )


@pytest.mark.parametrize(
    "words", [("show",), ("shortlist",), ("promises",), ("close", "--as", ANN, "--reason", "filled")]
)
def test_a_role_nobody_opened_is_bad_input(words: tuple[str, ...], command: Command) -> None:
    told = command("roles", words[0], "director-of-air", *words[1:])
    assert (told.code, told.err) == (
        2,
        "error: no role director-of-air is stored: `rekindle roles list --all` lists them\n",
    )


def test_closing_says_how_many_letters_will_not_go(command: Command, role: dict[str, Candidate], store: Store) -> None:
    told = command("roles", "close", SLUG, "--reason", "filled from within", "--as", ANN)
    assert (told.code, told.out) == (0, "director-product is closed; 0 letters will not go\n")
    assert stored_roles(store)[0].closing == f"filled from within ({ANN})"
    assert command("roles", "list").out.startswith("No role is open")
    assert SLUG in command("roles", "list", "--all").out
    assert command("roles", "close", SLUG, "--reason", "again", "--as", ANN).code == 2


def test_a_stranger_closes_nothing(command: Command, role: dict[str, Candidate], store: Store) -> None:
    told = command("roles", "close", SLUG, "--reason", "spite", "--as", "eve@acme.example")
    assert told.code == 1
    assert stored_roles(store)[0].closed_at is None


def test_a_closed_role_is_opened_again_only_on_purpose(command: Command, role: dict[str, Candidate]) -> None:
    command("roles", "close", SLUG, "--reason", "a mistake", "--as", ANN)
    told = command("roles", "open", FILE)
    assert (told.code, told.out) == (2, "")
    assert "open it anew with --again" in told.err
    assert "is open: Director of Product" in command("roles", "open", FILE, "--again").out


# shortlist and promises


def test_the_shortlist_is_explained_with_the_records_behind_it(command: Command, role: dict[str, Candidate]) -> None:
    told = command("roles", "shortlist", SLUG)
    assert (told.code, told.err) == (0, "")
    person = role["anne"].id
    assert f"1. c-{person} Anne Example: 42 points" in told.out
    assert f"c-{person}:skill:pricing" in told.out
    assert "+10" in told.out
    assert "asked us to stop" in told.out
    assert "nothing in common with the role" in told.out
    assert max(map(len, told.out.splitlines())) <= 80


def test_the_shortlist_is_the_same_to_the_last_byte_for_programs(command: Command, role: dict[str, Candidate]) -> None:
    told = command("roles", "shortlist", SLUG, "--json")
    assert command("roles", "shortlist", SLUG, "--json").out == told.out
    found: dict[str, Any] = json.loads(told.out)
    (ranked,) = found["ranked"]
    assert (ranked["place"], ranked["candidate_id"]) == (1, f"c-{role['anne'].id}")
    assert ranked["score"] == sum(reason["points"] for reason in ranked["reasons"])
    assert found["left_out_counts"] == {"opted_out": 1, "nothing_in_common": 1}
    assert found["left_out"] == [
        {
            "candidate_id": f"c-{role['bert'].id}",
            "code": "opted_out",
            "sentence": "the candidate asked us to stop",
            "evidence": [f"c-{role['bert'].id}"],
        }
    ]
    assert "Anne" not in told.out


def test_left_out_names_everybody_and_limit_shortens_the_list(
    command: Command, role: dict[str, Candidate], store: Store
) -> None:
    with store.writing() as session:
        for number in range(5):
            stored(session, f"Late{number}", opted_out_at=NOW)
            stored(session, f"Fit{number}")
    told = command("roles", "shortlist", SLUG, "--limit", 4, "--left-out")
    assert told.out.count("the candidate asked us to stop") == 4
    assert "2 more have something in common with it and fewer points" in told.out
    assert len(json.loads(command("roles", "shortlist", SLUG, "--json").out)["left_out"]) == 3


def test_a_role_that_fits_nobody_says_so(command: Command, folder: Path) -> None:
    command("roles", "open", FILE)
    assert command("roles", "shortlist", SLUG).out == (
        "Nobody on record fits director-product and may be written to now.\n"
    )


def test_a_closed_role_still_has_a_list_and_says_that_it_is_closed(
    command: Command, role: dict[str, Candidate]
) -> None:
    command("roles", "close", SLUG, "--reason", "filled", "--as", ANN)
    assert command("roles", "shortlist", SLUG).out.startswith(
        "director-product is closed: nobody is written to about it."
    )


def test_the_settings_say_how_long_a_role_is_the_same_again(
    command: Command, role: dict[str, Candidate], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as session:
        session.add(turned_down(role["anne"].id, role="Director of Product", level=None, team=None))
    assert "recycled_role" in command("roles", "shortlist", SLUG, "--json").out
    monkeypatch.setenv("REKINDLE_SHORTLIST_RECYCLE_MONTHS", "1")
    assert "recycled_role" not in command("roles", "shortlist", SLUG, "--json").out


def test_promises_are_listed(command: Command, role: dict[str, Candidate]) -> None:
    assert "reach out if a" in command("roles", "promises", SLUG).out
    assert json.loads(command("roles", "promises", SLUG, "--json").out) == [
        {
            "candidate_id": role["anne"].id,
            "application_id": 1,
            "promise": "reach out if a product role opens",
            "decided_on": "2026-05-02",
            "recruiter": ANN,
            "why": "the promise names it",
        }
    ]
