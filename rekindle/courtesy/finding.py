"""What the courtesy check says: the rule, how grave it is, the words, the records, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    #: The letter must not go like this.
    REFUSE = "refuse"
    #: A person should look; it may go.
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the check found."""

    #: The rule's name, such as `easy-out`; docs/courtesy.md has a row for each.
    rule: str
    severity: Severity
    #: What is wrong, and what to do about it. It may quote records: shown to the person who writes, never logged.
    message: str
    #: The words of the letter it speaks of; empty where something is missing.
    quote: str = ""
    #: The ids of the records that support or contradict it, such as `a-7`.
    evidence: tuple[str, ...] = ()


def refuse(rule: str, message: str, quote: str = "", *evidence: str) -> Finding:
    return Finding(rule, Severity.REFUSE, message, quote, evidence)


def warn(rule: str, message: str, quote: str = "", *evidence: str) -> Finding:
    return Finding(rule, Severity.WARN, message, quote, evidence)
