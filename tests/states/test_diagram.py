"""The drawing shows the whole table, in a form Mermaid and Markdown can read, and lands between its markers only."""

import re

import pytest

from states import diagram
from states.candidate import CandidateState, Trigger
from states.moves import MOVES

README = f"# Rekindle\n\nBefore.\n\n{diagram.BEGIN}\nold drawing\n{diagram.END}\n\nAfter: ü.\n"
NAMED_STATE = r'state "[a-z-]+" as \w+'
ARROW = r"(\[\*\]|\w+) --> (\[\*\]|\w+)( : \w+( \(approval\))?)?"


def test_the_drawing_names_every_state_and_every_trigger() -> None:
    drawing = diagram.mermaid()
    for state in CandidateState:
        assert f'state "{state}" as ' in drawing
    for trigger in Trigger:
        assert f" : {trigger}" in drawing


def test_the_drawing_has_one_arrow_for_each_way_of_the_table() -> None:
    assert diagram.mermaid().count(" : ") == sum(len(move.sources) for move in MOVES)


def test_every_line_of_the_drawing_is_one_that_mermaid_reads() -> None:
    first, *lines = diagram.mermaid().splitlines()
    assert first == "stateDiagram-v2"
    assert all(re.fullmatch(f"    ({NAMED_STATE}|{ARROW})", line) for line in lines)


@pytest.mark.parametrize(
    "arrow",
    [
        "[*] --> rejected_warm : admit",
        "interviewing --> rejected_warm : admit (approval)",
        "rejected_warm --> nurturing : nurture",
        "nurturing --> re_engaged : re_engage (approval)",
        "hired --> [*]",
    ],
)
def test_an_arrow_says_whether_a_person_is_asked(arrow: str) -> None:
    assert f"    {arrow}" in diagram.mermaid().splitlines()


def test_the_table_has_a_row_for_each_move_in_order() -> None:
    _, _, *rows = diagram.table().splitlines()
    assert [row.split(" | ")[0] for row in rows] == [f"| `{move.trigger}`" for move in MOVES]
    assert rows[-1] == ("| `reopen` | declined | nurturing | recruiter | by default | candidate asked back |")


def test_every_row_of_the_table_has_the_same_columns() -> None:
    assert {line.count("|") for line in diagram.table().splitlines()} == {7}


def test_refreshing_changes_only_what_lies_between_the_markers() -> None:
    fresh = diagram.refresh(README)
    assert fresh == README.replace("old drawing", diagram.section())


def test_refreshing_twice_changes_nothing_more() -> None:
    fresh = diagram.refresh(README)
    assert diagram.refresh(fresh) == fresh


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{diagram.BEGIN} only",
        f"only {diagram.END}",
        f"{diagram.END}\n{diagram.BEGIN}",
        README + README,
        f"{diagram.BEGIN}{diagram.BEGIN}{diagram.END}",
    ],
    ids=["empty", "no end", "no begin", "wrong order", "twice", "begun twice"],
)
def test_a_text_without_its_markers_is_not_touched(text: str) -> None:
    with pytest.raises(ValueError, match="once each"):
        diagram.refresh(text)
