"""What is written is kept in step with what is there: every setting, command, email and state has its heading."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from rekindle.cli.app import app
from rekindle.mail.catalogue import EMAILS
from rekindle.settings.explaining import SECRETS, knobs, variable
from rekindle.settings.loading import FILES
from rekindle.settings.sections import Person
from states.candidate import CandidateState, Trigger
from states.message import LEGAL, MessageState
from states.moves import MOVES

ROOT = Path(__file__).parents[2]
KNOBS = [(section, knob) for section, own in knobs().items() for knob in own]


def sections(page: str, level: str = "###") -> dict[str, str]:
    """Return heading -> what stands below it."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    parts = re.split(rf"^{level} (.+)$", text, flags=re.MULTILINE)
    return {name: body.partition("\n#")[0] for name, body in zip(parts[1::2], parts[2::2], strict=True)}


SETTINGS, COMMANDS, STATES = sections("settings.md"), sections("commands.md"), sections("states.md")


def shipped() -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in FILES:
        values |= tomllib.loads((ROOT / "config" / name).read_text(encoding="utf-8"))
    return values


def leaves(command: Any, path: tuple[str, ...] = ("rekindle",)) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield " ".join(path), command
    for name, each in (below or {}).items():
        yield from leaves(each, (*path, name))


APP: Any = get_command(app)
LEAVES = dict(leaves(APP))


# Settings.


@pytest.mark.parametrize(("section", "knob"), KNOBS, ids=".".join)
def test_every_setting_is_told_with_its_default_and_its_variable(section: str, knob: str) -> None:
    told = SETTINGS[f"{section}.{knob}"]
    default = "no default" if (section, knob) in SECRETS else f"default `{json.dumps(shipped()[section][knob])}`"
    assert default in told
    assert f"`{variable((section, knob))}`" in told


def test_no_setting_is_told_that_does_not_exist() -> None:
    people = {f'people."ADDRESS".{knob}' for knob in Person.model_fields}
    assert set(SETTINGS) == {".".join(place) for place in KNOBS} | people


def test_every_shipped_knob_is_a_setting_and_every_setting_but_the_secrets_is_shipped() -> None:
    written = {(section, knob) for section, own in shipped().items() if section != "people" for knob in own}
    assert written == set(KNOBS) - SECRETS


# Commands.


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_is_told_with_all_its_options(name: str) -> None:
    own = [max(parameter.opts, key=len) for parameter in LEAVES[name].params if parameter.opts[0].startswith("-")]
    assert [option for option in own if f"{option}" not in COMMANDS[name]] == []


def test_no_command_is_told_that_does_not_exist() -> None:
    assert set(COMMANDS) == set(LEAVES)


def test_the_global_options_are_told() -> None:
    head = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").partition("\n## ")[0]
    told = [option for parameter in APP.params for option in parameter.opts if "completion" not in option]
    assert [option for option in told if f"`{option}" not in head] == []


# Emails and states.


def test_every_email_has_its_heading_and_no_other_has() -> None:
    assert set(sections("emails.md", "##")) == set(EMAILS)


def test_every_state_and_trigger_has_its_heading_and_no_other_has() -> None:
    assert set(STATES) == {*map(str, CandidateState), *map(str, Trigger), *map(str, MessageState)}


@pytest.mark.parametrize("state", CandidateState)
def test_the_moves_that_lead_away_from_a_state_are_told(state: CandidateState) -> None:
    ways = [f"`{move.trigger}` to {move.target}" for move in MOVES if state in move.sources]
    assert f"From here: {', '.join(ways) or 'nothing'}." in one_line(STATES[state])


@pytest.mark.parametrize("trigger", Trigger)
def test_who_makes_a_move_is_told(trigger: Trigger) -> None:
    moves = [move for move in MOVES if move.trigger is trigger]
    actors = dict.fromkeys(actor for move in moves for actor in move.actors)
    told = one_line(STATES[trigger])
    assert f"to {moves[0].target} · made by {', '.join(actors)} · approval: " in told
    assert all(move.approval in told for move in moves)


@pytest.mark.parametrize("state", MessageState)
def test_what_may_follow_a_state_of_a_message_is_told(state: MessageState) -> None:
    followers = [each for each in MessageState if each in LEGAL[state]]
    assert f"Then: {', '.join(followers) or 'nothing, it is over'}." in one_line(STATES[state])


def one_line(text: str) -> str:
    return " ".join(text.split())


# Links between pages.


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_no_page_points_to_a_file_that_is_not_there(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
