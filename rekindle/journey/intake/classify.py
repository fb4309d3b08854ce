"""Is this person a runner-up? Says so from one imported record, with the evidence, and of all others why not.

Pure: no clock, no store. The questions stand in order below; the first that has an answer decides, so that whoever
left of their own accord is never taken for a runner-up, whatever a tag says.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from re import findall
from textwrap import shorten

from rekindle.exchange.record import ApplicationRecord, CandidateRecord
from rekindle.exchange.wording import blind

_LONGEST_QUOTE = 80


class Kind(StrEnum):
    RUNNER_UP = "runner-up"
    #: Turned down, and nothing says that it was close.
    NOT_RUNNER_UP = "not-runner-up"
    #: Left the process of their own accord.
    WITHDREW = "withdrew"
    #: Works here, or did.
    HIRED = "hired"
    #: The source says that they must not be written to.
    OFF_LIMITS = "off-limits"
    #: In a process right now; the next import asks again.
    STILL_OPEN = "still-open"


@dataclass(frozen=True, slots=True)
class ClassifyPolicy:
    """What counts as evidence: tags are compared whole, stages and reasons searched for these words.

    Case, spaces and hyphens do not matter.
    """

    tags: tuple[str, ...] = (
        *("silver medal", "silver medalist", "strong candidate", "future consideration"),
        *("runner-up", "keep warm"),
    )
    late_stages: tuple[str, ...] = ("final", "onsite", "offer", "reference check", "hiring manager")
    #: A stage with one of these is not late: "hiring manager phone screen", "semi-final".
    early_words: tuple[str, ...] = (
        *("applied", "application", "applicant", "sourced", "cv", "resume"),
        *("screen", "screening", "phone", "intro", "semi", "pre"),
    )
    chose_another: tuple[str, ...] = (
        *("another candidate", "other candidate", "other candidates", "stronger candidate"),
        *("hired someone", "chose someone", "went with someone", "someone else was hired", "someone with more"),
        *("close second", "second choice"),
    )
    #: These end the matter even after a final round, unless somebody put a tag on the person.
    spoilt: tuple[str, ...] = (
        *("no show", "did not show up", "background check", "failed reference", "failed references"),
        *("misrepresented", "dishonest", "duplicate", "spam"),
    )
    withdrawn_tags: tuple[str, ...] = (
        *("withdrew", "withdrawn", "candidate withdrew", "declined offer", "offer declined", "not interested"),
    )
    withdrawn_words: tuple[str, ...] = (
        *("withdrew", "withdrawn", "they rejected us", "declined our offer", "offer declined", "offer rejected"),
        *("accepted another offer", "accepted another job", "took another job", "no longer interested"),
    )
    off_limits_tags: tuple[str, ...] = (
        *("do not contact", "do not email", "do not hire", "unsubscribed", "opted out", "blacklist"),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are the evidence in plain words; `application` is the index of the candidacy they speak of."""

    kind: Kind
    reasons: tuple[str, ...]
    application: int | None = None

    def __str__(self) -> str:
        return "; ".join(self.reasons)


def classify(record: CandidateRecord, policy: ClassifyPolicy) -> Verdict:
    """Judge by the newest application that was decided, by tags, and by what is still open."""
    case = _Case(record, policy, _newest_decided(record.applications))
    for question in (_was_hired, _is_off_limits, _is_open, _withdrew, _was_tagged, _has_no_application, _was_spoilt):
        verdict = question(case)
        if verdict:
            return verdict
    return _came_close(case)


@dataclass(frozen=True, slots=True)
class _Case:
    record: CandidateRecord
    policy: ClassifyPolicy
    index: int | None

    @property
    def newest(self) -> ApplicationRecord | None:
        return None if self.index is None else self.record.applications[self.index]

    def verdict(self, kind: Kind, *reasons: str) -> Verdict:
        return Verdict(kind, reasons, self.index)

    def tag_of(self, tags: tuple[str, ...]) -> str | None:
        """Return the first of the person's tags that is among `tags`."""
        known = _all_blind(tags)
        return next((tag for tag in self.record.tags if blind(tag) in known), None)


def _was_hired(case: _Case) -> Verdict | None:
    for index, application in enumerate(case.record.applications):
        if application.outcome == "hired":
            return Verdict(Kind.HIRED, (f"was hired as {application.role}{_on(application.decided_on)}",), index)
    return None


def _is_off_limits(case: _Case) -> Verdict | None:
    tag = case.tag_of(case.policy.off_limits_tags)
    return case.verdict(Kind.OFF_LIMITS, f"tagged '{tag}'") if tag else None


def _is_open(case: _Case) -> Verdict | None:
    for index, application in enumerate(case.record.applications):
        if application.outcome == "open":
            return Verdict(Kind.STILL_OPEN, (f"the application for {application.role} is still open",), index)
    return None


def _withdrew(case: _Case) -> Verdict | None:
    newest, tag = case.newest, case.tag_of(case.policy.withdrawn_tags)
    if tag:
        return case.verdict(Kind.WITHDREW, f"tagged '{tag}'")
    if newest is None:
        return None
    if newest.outcome == "withdrew" or newest.rejected_by == "candidate":
        return case.verdict(Kind.WITHDREW, f"withdrew from {newest.role}{_on(newest.decided_on)}")
    for said in (newest.reason.text if newest.reason else None, newest.last_stage):
        if said and _mentions(said, case.policy.withdrawn_words):
            return case.verdict(Kind.WITHDREW, f"{_quoted(said)} says that they withdrew from {newest.role}")
    return None


def _was_tagged(case: _Case) -> Verdict | None:
    tag = case.tag_of(case.policy.tags)
    return case.verdict(Kind.RUNNER_UP, f"tagged '{tag}'", *_signs(case)) if tag else None


def _has_no_application(case: _Case) -> Verdict | None:
    return None if case.newest else case.verdict(Kind.NOT_RUNNER_UP, "no application and no tag speaks for it")


def _was_spoilt(case: _Case) -> Verdict | None:
    reason = case.newest and case.newest.reason
    if reason and _mentions(reason.text, case.policy.spoilt):
        return case.verdict(Kind.NOT_RUNNER_UP, f"turned down because of {_quoted(reason.text)}")
    return None


def _came_close(case: _Case) -> Verdict:
    signs = _signs(case)
    if signs:
        return case.verdict(Kind.RUNNER_UP, *signs)
    stage = case.newest and case.newest.last_stage
    return case.verdict(
        Kind.NOT_RUNNER_UP,
        f"the last stage '{stage}' is not a late one" if stage else "no late stage is named",
        "not marked as a finalist",
        "no tag speaks for it",
    )


def _signs(case: _Case) -> list[str]:
    """List what the newest application itself says for a close decision."""
    newest, policy, signs = case.newest, case.policy, list[str]()
    if newest is None:
        return signs
    stage, early = newest.last_stage, bool(newest.last_stage and _mentions(newest.last_stage, policy.early_words))
    if newest.finalist:
        signs.append(f"a finalist for {newest.role}")
    if stage and not early and _mentions(stage, policy.late_stages):
        signs.append(f"reached the stage '{stage}'{_on(newest.last_interview_on or newest.decided_on)}")
    # Everybody who applied is turned down when another candidate is hired: early on, that says nothing.
    if newest.reason and not early and _mentions(newest.reason.text, policy.chose_another):
        signs.append(f"turned down because {_quoted(newest.reason.text)}")
    return signs


def _newest_decided(applications: tuple[ApplicationRecord, ...]) -> int | None:
    decided = [index for index, application in enumerate(applications) if application.outcome != "open"]
    return max(decided, key=lambda index: _when(applications[index]) or date.min, default=None)


def _when(application: ApplicationRecord) -> date | None:
    return application.decided_on or application.last_interview_on or application.applied_on


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return f"'{plain if len(plain) <= _LONGEST_QUOTE else shorten(plain, _LONGEST_QUOTE, placeholder=' …')}'"


def _on(day: date | None) -> str:
    return f" on {day}" if day else ""


@lru_cache(maxsize=1024)
def _mentions(text: str, phrases: tuple[str, ...]) -> bool:
    """Say whether consecutive words of `text` make one of the phrases: `On site (final)` mentions `onsite`."""
    words, sought = findall(r"[^\W_]+", text.casefold()), _all_blind(phrases)
    longest = max(map(len, sought), default=0)
    for start in range(len(words)):
        joined = ""
        for word in words[start:]:
            joined += word
            if joined in sought:
                return True
            if len(joined) > longest:
                break
    return False


@lru_cache
def _all_blind(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(blind, phrases))
