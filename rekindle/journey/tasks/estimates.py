"""How many minutes what waits will take, by kind: rough on purpose, and written down in docs/tasks.md. Pure."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from rekindle.store.approvals import ApprovalKind
from rekindle.store.tasks import TaskKind
from states.message import Occasion

#: Minutes for each task.
TASKS: Final = MappingProxyType(
    {
        TaskKind.CALL: 15,
        TaskKind.PROMISE: 10,
        TaskKind.REPLY: 5,
        TaskKind.LINKEDIN_CONNECT: 3,
        TaskKind.LINKEDIN_ENGAGE: 3,
    }
)
#: Minutes for each approval: a check-in is three sentences, a letter is read with its records.
APPROVALS: Final = MappingProxyType(
    {ApprovalKind.EDITION: 5, ApprovalKind.LETTER: 4, ApprovalKind.NURTURE: 3, ApprovalKind.MOVE: 2}
)
CHECK_IN: Final = 1


def minutes(tasks: Iterable[TaskKind], approvals: Iterable[tuple[ApprovalKind, Occasion | None]]) -> int:
    """Add up what tasks and approvals take; an approval of a letter comes with its occasion."""
    reading = (CHECK_IN if why is Occasion.CHECK_IN else APPROVALS[kind] for kind, why in approvals)
    return sum(TASKS[kind] for kind in tasks) + sum(reading)
