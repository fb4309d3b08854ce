"""The columns of a CSV file: the same names as in the interchange format, and where each goes in its object.

Lists are separated by `;`, the newest application stands flat, a note is a column of its kind. docs/import.md has a
heading for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rekindle.exchange.wording import blind

Holds = Literal["text", "day", "flag", "list", "link"]
FullName = Literal["whole", "given-first", "family-first"]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    #: The object of the interchange format that `key` belongs to: "" is the candidate itself.
    within: str
    key: str
    holds: Holds = "text"


_APPLICATION, _REASON, _CONSENT, _NOTE = "applications[0]", "applications[0].reason", "consent", "notes"

_ALL = (
    Column("source", "", "source"),
    Column("source_id", "", "source_id"),
    Column("given_name", "", "given_name"),
    Column("family_name", "", "family_name"),
    Column("full_name", "", "full_name"),
    Column("email", "", "email"),
    Column("timezone", "", "timezone"),
    Column("locale", "", "locale"),
    Column("city", "", "city"),
    Column("linkedin", "", "linkedin", "link"),
    Column("recruiter", "", "recruiter"),
    Column("consent_basis", _CONSENT, "basis"),
    Column("consent_given_on", _CONSENT, "given_on", "day"),
    Column("consent_until", _CONSENT, "until", "day"),
    Column("tags", "", "tags", "list"),
    Column("skills", "", "skills", "list"),
    Column("interests", "", "interests", "list"),
    # The newest application.
    Column("role", _APPLICATION, "role"),
    Column("family", _APPLICATION, "family"),
    Column("level", _APPLICATION, "level"),
    Column("team", _APPLICATION, "team"),
    Column("last_stage", _APPLICATION, "last_stage"),
    Column("finalist", _APPLICATION, "finalist", "flag"),
    Column("applied_on", _APPLICATION, "applied_on", "day"),
    Column("last_interview_on", _APPLICATION, "last_interview_on", "day"),
    Column("decided_on", _APPLICATION, "decided_on", "day"),
    Column("outcome", _APPLICATION, "outcome"),
    Column("rejected_by", _APPLICATION, "rejected_by"),
    Column("reason", _REASON, "text"),
    Column("reason_sayable", _REASON, "sayable", "flag"),
    Column("rejection", _APPLICATION, "rejection"),
    Column("promise", _APPLICATION, "promise"),
    # Notes, never sayable from here: a person decides that later.
    Column("note_strength", _NOTE, "strength"),
    Column("note_background", _NOTE, "background"),
    Column("note_interest", _NOTE, "interest"),
    Column("note_preference", _NOTE, "preference"),
    Column("note_internal", _NOTE, "internal"),
)

COLUMNS: Mapping[str, Column] = {column.name: column for column in _ALL}
BY_HEADER: Mapping[str, Column] = {blind(column.name): column for column in _ALL}


class Sections:
    """The values of one row, gathered under the objects they belong to."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of: dict[str, dict[str, Any]] = {"": {}, _APPLICATION: {}, _REASON: {}, _CONSENT: {}, _NOTE: {}}

    def put(self, column: Column, value: object) -> None:
        """Put a value in its place, unless an earlier column of the file has filled it."""
        self._of[column.within].setdefault(column.key, value)

    def assemble(self, full_name: FullName) -> dict[str, Any]:
        """Return the row as an object of the interchange format."""
        candidate, application, reason = self._of[""], self._of[_APPLICATION], self._of[_REASON]
        _split_name(candidate, full_name)
        if reason:
            application["reason"] = reason
        if application:
            candidate["applications"] = [application]
        if self._of[_CONSENT]:
            candidate["consent"] = self._of[_CONSENT]
        if self._of[_NOTE]:
            candidate["notes"] = [{"kind": kind, "text": text} for kind, text in self._of[_NOTE].items()]
        return candidate

    def column_at(self, path: str) -> str:
        """Return the column that filled a path of the object (`notes[0].text`), or should have."""
        if path.startswith("notes["):
            kinds = [*self._of[_NOTE]]
            return f"note_{kinds[int(path.removeprefix('notes[').partition(']')[0])]}"
        whole = path.partition("[")[0] if not path.startswith(_APPLICATION) else path
        return _BY_PATH.get(whole, whole)


_BY_PATH = {f"{column.within}.{column.key}".removeprefix("."): column.name for column in _ALL}


def _split_name(candidate: dict[str, Any], order: FullName) -> None:
    """Make the two names of a full one, where they are missing. Where to cut is declared, never guessed."""
    full = candidate.pop("full_name", None)
    if full is None or "given_name" in candidate:
        return
    if order == "given-first":
        family, given = reversed(full.rsplit(maxsplit=1)) if " " in full else ("", full)
    elif order == "family-first":
        family, given = full.split(maxsplit=1) if " " in full else ("", full)
    else:
        family, given = "", full
    candidate["given_name"] = given
    candidate.setdefault("family_name", family)
