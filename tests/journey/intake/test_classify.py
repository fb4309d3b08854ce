"""Who is a runner-up, who is not, and that both are told why."""

from datetime import date
from typing import Any

import pytest

from rekindle.exchange.record import ApplicationRecord, CandidateRecord, ReasonRecord
from rekindle.journey.intake.classify import ClassifyPolicy, Kind, Verdict, classify

POLICY = ClassifyPolicy()


def application(reason: str | None = None, **changes: Any) -> ApplicationRecord:
    whole: dict[str, Any] = {"role": "Editor", "outcome": "rejected", "decided_on": date(2026, 5, 2)} | changes
    return ApplicationRecord(reason=ReasonRecord(reason) if reason else None, **whole)


def judged(*applications: ApplicationRecord, tags: tuple[str, ...] = (), policy: ClassifyPolicy = POLICY) -> Verdict:
    return classify(CandidateRecord("s", "1", "Íris", "i@example.org", tags=tags, applications=applications), policy)


@pytest.mark.parametrize(
    "tag",
    [
        "silver medal",
        "Silver-Medal",
        "SILVER_MEDALIST",
        "strong candidate",
        "Future Consideration",
        "runner up",
        "🥈 silver medal",
    ],
)
def test_a_tag_is_enough_however_it_is_written(tag: str) -> None:
    verdict = judged(application(last_stage="phone screen"), tags=("remote", tag))
    assert verdict == Verdict(Kind.RUNNER_UP, (f"tagged '{tag}'",), 0)


def test_a_tag_is_compared_whole() -> None:
    assert judged(application(), tags=("not a silver medal", "silver")).kind is Kind.NOT_RUNNER_UP


def test_a_tag_is_enough_without_any_application() -> None:
    assert judged(tags=("silver medal",)) == Verdict(Kind.RUNNER_UP, ("tagged 'silver medal'",), None)


def test_all_evidence_is_told() -> None:
    newest = application(
        "We hired another candidate", last_stage="Final", finalist=True, last_interview_on=date(2026, 4, 20)
    )
    assert str(judged(newest, tags=("silver medal",))) == (
        "tagged 'silver medal'; a finalist for Editor; reached the stage 'Final' on 2026-04-20;"
        " turned down because 'We hired another candidate'"
    )


@pytest.mark.parametrize(
    "stage",
    [
        "final",
        "Final round (virtual)",
        "On-site",
        "on site interview",
        "ONSITE",
        "Offer",
        "Reference Check",
        "Hiring Manager",
    ],
)
def test_a_late_stage_is_evidence(stage: str) -> None:
    assert judged(application(last_stage=stage)).kind is Kind.RUNNER_UP


@pytest.mark.parametrize(
    "stage",
    [
        None,
        "phone screen",
        "hiring manager phone screen",
        "semi-final",
        "Application Review",
        "finalised",
        "technical",
        "…",
    ],
)
def test_any_other_stage_is_none(stage: str | None) -> None:
    verdict = judged(application(last_stage=stage))
    assert verdict.kind is Kind.NOT_RUNNER_UP
    assert "late" in verdict.reasons[0]
    assert "not marked as a finalist" in verdict.reasons


def test_the_flag_is_evidence_at_any_stage() -> None:
    assert judged(application(finalist=True, last_stage="phone screen")).reasons == ("a finalist for Editor",)


@pytest.mark.parametrize(
    "reason",
    [
        "Hired another candidate",
        "Other candidates are more suitable",
        "went with someone who knew the tool",
        "a close second",
    ],
)
def test_that_another_was_chosen_is_evidence_unless_it_was_early(reason: str) -> None:
    assert judged(application(reason, last_stage="technical interview")).kind is Kind.RUNNER_UP
    assert judged(application(reason)).kind is Kind.RUNNER_UP
    assert judged(application(reason, last_stage="CV screening")).kind is Kind.NOT_RUNNER_UP


def test_no_show_after_a_final_round_is_no_close_second() -> None:
    spoilt = application("No-show", last_stage="final", finalist=True)
    assert judged(spoilt) == Verdict(Kind.NOT_RUNNER_UP, ("turned down because of 'No-show'",), 0)
    assert judged(spoilt, tags=("silver medal",)).kind is Kind.RUNNER_UP


@pytest.mark.parametrize(
    "left",
    [
        application(outcome="withdrew"),
        application(rejected_by="candidate"),
        application("Candidate withdrew from the process"),
        application("They rejected us"),
        application(last_stage="Offer declined"),
    ],
)
def test_who_withdrew_is_no_runner_up_whatever_a_tag_says(left: ApplicationRecord) -> None:
    verdict = judged(left, tags=("silver medal",))
    assert verdict.kind is Kind.WITHDREW
    assert "Editor" in str(verdict)


def test_a_tag_that_says_withdrew_wins_over_one_that_praises() -> None:
    assert judged(application(finalist=True), tags=("silver medal", "Withdrew")).kind is Kind.WITHDREW


def test_the_newest_decided_application_counts() -> None:
    close = application(finalist=True, decided_on=date(2025, 3, 1))
    left = application(outcome="withdrew", decided_on=date(2026, 3, 1))
    early = application(last_stage="phone screen", decided_on=date(2026, 6, 1))
    assert judged(close, left).kind is Kind.WITHDREW
    assert judged(left, close).application == 0
    assert judged(application(outcome="withdrew", decided_on=date(2024, 3, 1)), close).kind is Kind.RUNNER_UP
    assert judged(close, early).kind is Kind.NOT_RUNNER_UP


def test_without_a_decision_day_the_last_known_day_counts() -> None:
    older = application(finalist=True, decided_on=None, applied_on=date(2025, 1, 1))
    newer = application(decided_on=None, last_interview_on=date(2026, 1, 1))
    assert judged(older, newer).application == 1
    assert judged(application(decided_on=None), older).application == 1


def test_who_was_ever_hired_is_no_runner_up() -> None:
    hired = application(outcome="hired", decided_on=date(2020, 1, 1))
    verdict = judged(hired, application(finalist=True), tags=("silver medal",))
    assert verdict == Verdict(Kind.HIRED, ("was hired as Editor on 2020-01-01",), 0)


def test_while_an_application_is_open_nothing_else_is_asked() -> None:
    verdict = judged(application(finalist=True), application(outcome="open"), tags=("silver medal",))
    assert verdict == Verdict(Kind.STILL_OPEN, ("the application for Editor is still open",), 1)


def test_who_must_not_be_contacted_is_left_alone() -> None:
    assert judged(application(finalist=True), tags=("silver medal", "Do not contact")).kind is Kind.OFF_LIMITS


def test_of_whom_nothing_is_known_nothing_is_claimed() -> None:
    assert judged() == Verdict(Kind.NOT_RUNNER_UP, ("no application and no tag speaks for it",), None)


def test_a_team_names_its_own_tags_and_stages() -> None:
    policy = ClassifyPolicy(tags=("Zweitbeste",), late_stages=("Schlussgespräch",))
    assert judged(tags=("zweitbeste",), policy=policy).kind is Kind.RUNNER_UP
    assert judged(application(last_stage="2. Schlussgespräch"), policy=policy).kind is Kind.RUNNER_UP
    assert judged(application(last_stage="final"), tags=("silver medal",), policy=policy).kind is Kind.NOT_RUNNER_UP


def test_a_long_reason_is_told_short() -> None:
    verdict = judged(application("another candidate\nknew more. " + "And so on. " * 100))
    assert len(verdict.reasons[0]) < 120
    assert "\n" not in verdict.reasons[0]
