"""Draws the lifecycle for README: a Mermaid diagram and a table of what MOVES says, nothing more."""

from collections.abc import Iterable

from states.candidate import NEW, CandidateState, named
from states.moves import MOVES, Approval, Move

BEGIN = "<!-- lifecycle:begin -->"
END = "<!-- lifecycle:end -->"

_COLUMNS = ("Trigger", "From", "To", "Who", "Approval", "Only if")


def refresh(readme_text: str) -> str:
    """Return the text with what lies between the lifecycle markers drawn anew.

    Raises ValueError unless it holds both markers, once each and in order.
    """
    before, _, rest = readme_text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if readme_text.count(BEGIN) != 1 or readme_text.count(END) != 1 or END in before:
        raise ValueError(f"the text must hold {BEGIN} and then {END}, once each")
    return f"{before}{BEGIN}\n{section()}\n{END}{after}"


def section() -> str:
    """Return the diagram and the table as Markdown, without the markers."""
    return f"```mermaid\n{mermaid()}\n```\n\n{table()}"


def mermaid() -> str:
    """Return a stateDiagram-v2. An arrow says when its move waits for a person, by default or always."""
    lines = [f'state "{state}" as {_id(state)}' for state in CandidateState]
    lines += [arrow for move in MOVES for arrow in _arrows(move)]
    lines += [f"{_id(state)} --> [*]" for state in CandidateState if _is_last(state)]
    return "\n    ".join(["stateDiagram-v2", *lines])


def table() -> str:
    """Return the moves as a Markdown table, a row for each and in the same order."""
    rows = [_COLUMNS, tuple("---" for _ in _COLUMNS), *(_cells(move) for move in MOVES)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _arrows(move: Move) -> Iterable[str]:
    asks = move.approval in {Approval.ALWAYS, Approval.BY_DEFAULT}
    label = f"{move.trigger} (approval)" if asks else move.trigger
    for source in move.sources:
        yield f"{_id(source)} --> {_id(move.target)} : {label}"


def _id(state: CandidateState | None) -> str:
    # A hyphen cannot stand in a Mermaid identifier; the state's own spelling is its label.
    return "[*]" if state is NEW else state.replace("-", "_")


def _is_last(state: CandidateState) -> bool:
    return not any(state in move.sources for move in MOVES)


def _cells(move: Move) -> tuple[str, ...]:
    return (
        f"`{move.trigger}`",
        ", ".join(named(source) for source in move.sources),
        named(move.target),
        ", ".join(move.actors),
        move.approval,
        ", ".join(guard.__name__.replace("_", " ") for guard in move.guards),
    )
