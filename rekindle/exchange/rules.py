"""What makes a candidate: checks a decoded line of the interchange format and finds every problem in it.

The same rules hold for a JSON line and for a CSV row, which table.py brings into the same shape. Strict on what would
be lost or would reach a message, kind on what is merely absent. Levels are free here; the policy checks them later.
"""

from dataclasses import fields
from datetime import date, timedelta
from typing import get_args

from rekindle.exchange import forms
from rekindle.exchange.fields import Fields
from rekindle.exchange.problems import Problem, Problems, TooManyProblems, choice
from rekindle.exchange.record import (
    ApplicationRecord,
    Basis,
    CandidateRecord,
    Channel,
    ConsentRecord,
    Direction,
    NoteKind,
    NoteRecord,
    Outcome,
    ReasonRecord,
    Rejection,
    Side,
    TouchRecord,
)

OUTCOMES: dict[str, Outcome] = {word: word for word in get_args(Outcome)}
SIDES: dict[str, Side] = {word: word for word in get_args(Side)}
REJECTIONS: dict[str, Rejection] = {word: word for word in get_args(Rejection)}
BASES: dict[str, Basis] = {word: word for word in get_args(Basis)}
NOTE_KINDS: dict[str, NoteKind] = {word: word for word in get_args(NoteKind)}
CHANNELS: dict[str, Channel] = {word: word for word in get_args(Channel)}
DIRECTIONS: dict[str, Direction] = {word: word for word in get_args(Direction)}


def _names(noun: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(noun))


_CANDIDATE, _CONSENT, _APPLICATION = _names(CandidateRecord), _names(ConsentRecord), _names(ApplicationRecord)
_REASON, _NOTE, _TOUCH = _names(ReasonRecord), _names(NoteRecord), _names(TouchRecord)
_AN_OUTCOME, _A_KIND, _A_CHANNEL = choice(OUTCOMES), choice(NOTE_KINDS), choice(CHANNELS)
_NO_CONSENT = ConsentRecord()
_MOST_LABELS, _MOST_APPLICATIONS, _MOST_NOTES, _MOST_TOUCHES = 200, 200, 500, 1000


def checked(decoded: object, today: date | None = None) -> CandidateRecord | tuple[Problem, ...]:
    """Turn a decoded line into a record, or say everything that is wrong with it.

    What has happened may not be dated after `today`; one day more is granted, for it is tomorrow somewhere.
    """
    problems = Problems()
    if not isinstance(decoded, dict):
        return (Problem("line", type(decoded).__name__, "one JSON object with the fields of a candidate"),)
    latest = date.max if today is None else today + timedelta(days=1)
    try:
        record = _candidate(Fields(decoded, _CANDIDATE, "", problems, latest))
    except TooManyProblems:
        return tuple(problems.found)
    return tuple(problems.found) or record


def _candidate(of: Fields) -> CandidateRecord:
    return CandidateRecord(
        source=of.needed("source", of.line("source", 100), "the name of the system it comes from") or "",
        source_id=of.needed("source_id", of.identifier("source_id", 200), "the id of the candidate there") or "",
        given_name=of.needed("given_name", of.line("given_name", 200), "the name they are called by") or "",
        family_name=of.line("family_name", 200) or "",
        email=of.needed("email", of.shaped("email", forms.ADDRESS), "the address of the candidate") or "",
        timezone=of.shaped("timezone", forms.ZONE),
        locale=of.shaped("locale", forms.LOCALE),
        city=of.line("city", 200),
        linkedin=of.shaped("linkedin", forms.LINK),
        recruiter=of.shaped("recruiter", forms.ADDRESS),
        consent=_consent(of.inner("consent", _CONSENT)),
        tags=of.lines("tags", 200, _MOST_LABELS),
        skills=of.lines("skills", 200, _MOST_LABELS),
        interests=of.lines("interests", 200, _MOST_LABELS),
        applications=tuple([_application(each) for each in of.each("applications", _APPLICATION, _MOST_APPLICATIONS)]),
        notes=tuple([_note(each) for each in of.each("notes", _NOTE, _MOST_NOTES)]),
        touches=tuple([_touch(each) for each in of.each("touches", _TOUCH, _MOST_TOUCHES)]),
    )


def _consent(of: Fields | None) -> ConsentRecord:
    if of is None:
        return _NO_CONSENT
    given_on, until = of.past("given_on"), of.day("until")
    of.not_before("until", until, "given_on", given_on)
    return ConsentRecord(of.word("basis", BASES) or "unknown", given_on, until)


def _application(of: Fields) -> ApplicationRecord:
    level = of.line("level", 50)
    applied_on, interviewed_on, decided_on = of.past("applied_on"), of.past("last_interview_on"), of.past("decided_on")
    of.not_before("last_interview_on", interviewed_on, "applied_on", applied_on)
    of.not_before("decided_on", decided_on, "applied_on", applied_on)
    return ApplicationRecord(
        role=of.needed("role", of.line("role", 300), "the title of the role they applied for") or "",
        family=of.line("family", 100),
        # The one letter that grows in lower case would outgrow its column.
        level=level and level.replace("İ", "i").lower(),
        team=of.line("team", 200),
        last_stage=of.line("last_stage", 200),
        finalist=of.flag("finalist"),
        applied_on=applied_on,
        last_interview_on=interviewed_on,
        decided_on=decided_on,
        outcome=of.needed("outcome", of.word("outcome", OUTCOMES), _AN_OUTCOME) or "open",
        rejected_by=of.word("rejected_by", SIDES),
        reason=_reason(of.inner("reason", _REASON)),
        rejection=of.word("rejection", REJECTIONS),
        promise=of.text("promise", 2000),
    )


def _reason(of: Fields | None) -> ReasonRecord | None:
    if of is None:
        return None
    text = of.needed("text", of.text("text", 2000), "why they were not chosen")
    return ReasonRecord(text or "", of.flag("sayable"))


def _note(of: Fields) -> NoteRecord:
    kind: NoteKind | None = of.needed("kind", of.word("kind", NOTE_KINDS), _A_KIND)
    sayable = of.flag("sayable")
    if kind == "internal" and sayable:
        of.refuse("sayable", sayable, "false: an internal note is never said")
    text = of.needed("text", of.text("text", 4000), "what is known")
    return NoteRecord(kind or "internal", text or "", of.line("source", 300), of.past("on"), sayable)


def _touch(of: Fields) -> TouchRecord:
    return TouchRecord(
        on=of.needed("on", of.past("on"), "the day of the contact") or date.min,
        channel=of.needed("channel", of.word("channel", CHANNELS), _A_CHANNEL) or "email",
        direction=of.needed("direction", of.word("direction", DIRECTIONS), "in or out") or "out",
        summary=of.text("summary", 2000),
    )
