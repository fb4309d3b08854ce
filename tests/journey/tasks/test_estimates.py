"""What a week takes: every kind has its minutes, and the docs tell the same ones."""

import re
from pathlib import Path

from rekindle.journey.tasks import estimates
from rekindle.store.approvals import ApprovalKind
from rekindle.store.tasks import TaskKind
from states.message import Occasion

PAGE = Path(__file__).parents[3] / "docs" / "tasks.md"


def test_every_kind_has_its_minutes() -> None:
    assert set(estimates.TASKS) == set(TaskKind)
    assert set(estimates.APPROVALS) == set(ApprovalKind)


def test_they_add_up_and_a_check_in_is_read_faster_than_a_letter() -> None:
    asked = [(ApprovalKind.LETTER, Occasion.CHECK_IN), (ApprovalKind.LETTER, Occasion.RE_ENGAGEMENT)]
    assert estimates.minutes([TaskKind.CALL, TaskKind.LINKEDIN_CONNECT], asked) == 15 + 3 + 1 + 4
    assert estimates.minutes([], []) == 0


def test_the_docs_tell_them() -> None:
    told = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    known = [*estimates.TASKS.items(), *estimates.APPROVALS.items(), ("check-in", estimates.CHECK_IN)]
    assert told == {str(kind): str(minutes) for kind, minutes in known}
