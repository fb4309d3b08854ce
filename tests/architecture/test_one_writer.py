"""Only journey/moving.py writes a candidate's state; whoever else tries is found in the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITER = ROOT / "rekindle/journey/moving.py"
SOURCES = [
    file
    for package in ("rekindle", "flows", "states")
    for file in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in file.parts
]


def writes_of_state(source: str) -> Iterator[int]:
    """Yield the lines that set a candidate's state: as an attribute, in a statement, by setattr, or in raw SQL."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Assign(targets=targets) if any(_is_state(target) for target in targets):
                yield node.lineno
            case ast.AnnAssign(target=target) | ast.AugAssign(target=target) if _is_state(target):
                yield node.lineno
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value="state"), *_]):
                yield node.lineno
            case ast.Call() if _names(node.func) & {"Candidate"} and _mentions_state(node):
                yield node.lineno
            case ast.Constant(value=str(text)) if "update candidates" in text.casefold():
                yield node.lineno


def _is_state(target: ast.expr) -> bool:
    # Any row's: no other row's state is set by attribute either, they are all compared and set.
    return isinstance(target, ast.Attribute) and target.attr == "state" and not _names(target) & {"attempt", "self"}


def _names(node: ast.expr) -> set[str]:
    return {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}


def _mentions_state(call: ast.Call) -> bool:
    # The statement's values, not its conditions: those are comparisons.
    keywords = {keyword.arg for keyword in call.keywords}
    keys = {key.value for arg in call.args for key in getattr(arg, "keys", ()) if isinstance(key, ast.Constant)}
    return "state" in keywords | keys


def test_nothing_but_moving_writes_a_candidates_state() -> None:
    found = {
        f"{file.relative_to(ROOT)}:{line}"
        for file in SOURCES
        if file != WRITER
        for line in writes_of_state(file.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_moving_is_where_it_is_written() -> None:
    assert list(writes_of_state(WRITER.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "forbidden",
    [
        "person.state = CandidateState.DECLINED",
        "person.state: CandidateState = new",
        "setattr(person, 'state', new)",
        "session.execute(update(Candidate).where(Candidate.id == 1).values(state=new))",
        "session.execute(update(Candidate).values({'state': new}))",
        "Candidate(given_name='Anne', state=new)",
        "session.execute(text('UPDATE candidates SET state = 1'))",
    ],
)
def test_a_second_writer_would_be_found(forbidden: str) -> None:
    assert list(writes_of_state(forbidden)) == [1]


@pytest.mark.parametrize(
    "innocent",
    [
        "person.opted_out_at = now",
        "session.execute(select(Candidate).where(Candidate.state == old))",
        "session.execute(update(Message).values(state=new))",
        "session.execute(update(Candidate).values(city='Berlin'))",
    ],
)
def test_who_only_looks_is_left_alone(innocent: str) -> None:
    assert list(writes_of_state(innocent)) == []
