"""The parts put together from settings: a rehearsal reaches nobody, and only the team decides."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from rekindle import clock, runs
from rekindle.errors import NotYours, SettingsError
from rekindle.journey.approvals import delegating
from rekindle.journey.letters import asking
from rekindle.store.approvals import Approval, ApprovalState
from rekindle.store.engine import Store
from rekindle.store.roles import Role
from rekindle.wiring import Rekindle, open_rekindle
from states.candidate import Trigger
from states.message import Occasion
from tests.cast import NOW
from tests.journey.letters.stage import STANDARDS, drafted, role, sarah

#: A team in which somebody has left, and in which nobody is a lead.
TEAM = """
[people."ida@acme.example"]
name = "Ida Berg"
title = "Recruiter"
roles = ["lead"]
successor = "ben@acme.example"
[people."ben@acme.example"]
name = "Ben Okafor"
roles = ["recruiter"]
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def rehearsing() -> Iterator[None]:
    clock.rehearse(NOW)
    yield
    clock.rehearse(None)


@pytest.fixture
def migrated(own_folder: Path, migrated_sqlite: Path) -> Path:
    """A migrated database where the shipped settings look for one."""
    (own_folder / "var").mkdir()
    return Path(shutil.copyfile(migrated_sqlite, own_folder / "var" / "rekindle.db"))


def policy(own_folder: Path, text: str) -> None:
    (own_folder / "config").mkdir()
    (own_folder / "config" / "policy.toml").write_text(text, encoding="utf-8")


def test_opening_one_touches_nothing(own_folder: Path) -> None:
    open_rekindle()
    assert list(own_folder.iterdir()) == []


@pytest.mark.usefixtures("rehearsing")
@pytest.mark.parametrize(
    ("name", "value"), [("HOST", "mail.acme.example"), ("PORT", "25"), ("HOST", "127.0.0.1.example.org")]
)
def test_a_rehearsal_sends_nowhere_but_to_the_local_mailbox(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"REKINDLE_SMTP_{name}", value)
    with pytest.raises(SettingsError, match="a rehearsal sends to the local mailbox only, not to "):
        open_rekindle().route()


@pytest.mark.usefixtures("rehearsing")
def test_a_rehearsal_sends_to_the_local_mailbox() -> None:
    assert (open_rekindle().route().host, open_rekindle().route().port) == ("127.0.0.1", 2525)


@pytest.mark.usefixtures("rehearsing")
def test_a_rehearsal_sends_elsewhere_when_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_HOST", "mail.acme.example")
    monkeypatch.setenv("REKINDLE_SMTP_REHEARSE", "true")
    assert open_rekindle().route().host == "mail.acme.example"


def test_a_rehearsal_by_variable_is_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_HOST", "mail.acme.example")
    assert open_rekindle().route().host == "mail.acme.example"
    monkeypatch.setenv("REKINDLE_NOW", NOW.isoformat())
    with pytest.raises(SettingsError, match=r"mail\.acme\.example:2525"):
        open_rekindle().route()


def test_the_route_says_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"HOST": "mail.acme.example", "PORT": "587", "SECURITY": "starttls", "USERNAME": "us", "PASSWORD": "secret"}
    for name, value in (told | {"CONNECTIONS": "8", "TIMEOUT": "5"}).items():
        monkeypatch.setenv(f"REKINDLE_SMTP_{name}", value)
    route = open_rekindle().route()
    assert (route.host, route.port, route.security) == ("mail.acme.example", 587, "starttls")
    assert (route.username, route.password, route.connections, route.timeout) == ("us", "secret", 8, 5.0)
    assert "secret" not in repr(route)


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize("spelling", ["ann@acme.example", "Ann@ACME.example"])
def test_one_of_the_team_decides_in_whatever_spelling(spelling: str) -> None:
    decider = open_rekindle().decider(spelling)
    assert (decider.address, decider.roles) == ("ann@acme.example", frozenset({"recruiter", "lead"}))
    assert open_rekindle().is_known(spelling)


@pytest.mark.usefixtures("migrated")
def test_nobody_else_decides() -> None:
    with pytest.raises(NotYours, match=r"is not one of the people in config/policy\.toml"):
        open_rekindle().decider("eve@example.org")
    assert not open_rekindle().is_known("eve@example.org")


@pytest.mark.usefixtures("migrated")
def test_who_has_left_does_not_decide_any_more(own_folder: Path) -> None:
    policy(own_folder, TEAM)
    with pytest.raises(NotYours, match=r"ida@acme\.example is not one of the people in .*, or has left"):
        open_rekindle().decider("ida@acme.example")
    assert open_rekindle().decider("ben@acme.example").roles == frozenset({"recruiter"})
    assert list(open_rekindle().present_people) == ["ben@acme.example"]


@pytest.mark.usefixtures("migrated")
def test_who_stands_in_decides_with_the_roles_of_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_NOW", NOW.isoformat())
    rekindle, today = open_rekindle(), NOW.date()
    away(rekindle, "ann@acme.example", "ben@acme.example", today, today)
    ben = rekindle.decider("Ben@acme.example")
    assert (ben.roles, ben.stands_in_for) == (frozenset({"recruiter", "lead"}), frozenset({"ann@acme.example"}))
    cleo = rekindle.decider("cleo@acme.example")
    assert (cleo.roles, cleo.stands_in_for) == (frozenset({"recruiter"}), frozenset())


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize(
    ("instant", "in_place"),
    [
        (datetime(2026, 10, 13, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 13, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 14, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 14, 22, 0, tzinfo=UTC), False),
    ],
)
def test_days_are_those_of_the_teams_calendar(
    instant: datetime, *, in_place: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rekindle, day = open_rekindle(), date(2026, 10, 14)
    away(rekindle, "ann@acme.example", "ben@acme.example", day, day)
    monkeypatch.setenv("REKINDLE_NOW", instant.isoformat())
    assert bool(rekindle.decider("ben@acme.example").stands_in_for) is in_place


def away(rekindle: Rekindle, person: str, to: str, since: date, until: date) -> None:
    with rekindle.store.writing() as session:
        delegating.delegate(session, person, to, since=since, until=until, team={to}, now=NOW)


@pytest.mark.usefixtures("migrated")
def test_the_first_lead_signs_for_whom_nobody_knows() -> None:
    standards = open_rekindle().standards
    assert standards.spare_signer == "ann@acme.example"
    assert standards.signer_for("nobody@acme.example").name == "Ann Lee"


@pytest.mark.usefixtures("migrated")
def test_who_has_left_is_no_spare_signer(own_folder: Path) -> None:
    policy(own_folder, TEAM)
    standards = open_rekindle().standards
    assert standards.spare_signer == "ben@acme.example"
    signer = standards.signer_for("ida@acme.example")
    assert (signer.name, signer.handed_over_by) == ("Ben Okafor", "Ida Berg")


@pytest.mark.usefixtures("migrated")
def test_a_team_may_name_its_spare_signer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_OUTREACH_SPARE_SIGNER", "cleo@acme.example")
    assert open_rekindle().standards.signer_for(None).name == "Cleo Martin"


@pytest.mark.usefixtures("migrated")
def test_letters_are_measured_by_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"OUTREACH_REPLY_DAYS": "30", "OUTREACH_FOLLOW_UP_DAYS": "0", "OUTREACH_STALE_DAYS": "3"}
    told |= {"APPROVALS_DUE_DAYS": "5", "APPROVALS_DECIDED_BY": "lead"}
    told |= {"APPROVALS_FOUR_EYES_MOVES": "re_engage", "APPROVALS_FOUR_EYES_LEVELS": "Director"}
    for name, value in told.items():
        monkeypatch.setenv(f"REKINDLE_{name}", value)
    standards = open_rekindle().standards
    assert (standards.reply_window, standards.follow_up_after) == (timedelta(days=30), None)
    assert (standards.stale_after, standards.due) == (timedelta(days=3), timedelta(days=5))
    assert (standards.deciders, standards.four_eyes) == (("lead",), frozenset({"re_engage", "director"}))


@pytest.mark.usefixtures("migrated")
def test_a_teams_own_letter_template_is_another_digest_for_its_letters_only(own_folder: Path) -> None:
    before = open_rekindle().standards.templates
    own = own_folder / "templates" / "emails" / "rejection_letter"
    own.mkdir(parents=True)
    (own / "subject.txt").write_text("About {{ subject }}", encoding="utf-8")
    after = open_rekindle().standards.templates
    assert after[Occasion.REJECTION] != before[Occasion.REJECTION]
    assert after[Occasion.RE_ENGAGEMENT] == before[Occasion.RE_ENGAGEMENT]


@pytest.mark.usefixtures("migrated")
def test_a_teams_own_phrasings_come_before_ours(own_folder: Path) -> None:
    ours = open_rekindle().phrasing_folders
    assert [folder.name for folder in ours] == ["letters"]
    own = own_folder / "templates" / "letters"
    own.mkdir(parents=True)
    assert open_rekindle().drafting.phrasings == [own.resolve(), *ours]


@pytest.mark.usefixtures("migrated")
def test_a_teams_own_list_of_phrases_replaces_ours(own_folder: Path) -> None:
    ours = open_rekindle().manner.of("en")
    group, names = next(iter(ours.groups.items()))
    policy(own_folder, TEAM)
    (own_folder / "config" / "courtesy.toml").write_text(f'[en.{group}]\n{names[0]} = ["our own phrase"]\n')
    manner = open_rekindle().standards.manner
    assert manner.of("en").lists[names[0]] == ("our own phrase",)
    assert manner.of("en").lists[names[1]] == ours.lists[names[1]]


def test_a_teams_own_template_wins_and_the_rest_is_ours(own_folder: Path) -> None:
    shipped = open_rekindle().renderer.sources("quarterly-update")
    own = own_folder / "templates" / "emails" / "quarterly_update"
    own.mkdir(parents=True)
    (own / "subject.txt").write_text("News of {{ quarter }}", encoding="utf-8")
    ours = open_rekindle().renderer.sources("quarterly-update")
    assert ours.subject == "News of {{ quarter }}"
    assert (ours.text, ours.html) == (shipped.text, shipped.html)


def test_what_a_person_approves_changes_with_the_template(own_folder: Path) -> None:
    before = open_rekindle().frozen
    assert open_rekindle().frozen == before
    own = own_folder / "templates" / "emails" / "quarterly_update"
    own.mkdir(parents=True)
    (own / "subject.txt").write_text("News of {{ quarter }}", encoding="utf-8")
    assert open_rekindle().frozen.template != before.template


def test_the_policy_asks_for_what_the_settings_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Trigger.NURTURE not in open_rekindle().policy.needs_approval
    monkeypatch.setenv("REKINDLE_APPROVALS_NURTURE", "true")
    asked = open_rekindle().policy.needs_approval
    assert {Trigger.NURTURE, Trigger.RE_ENGAGE} <= asked


def test_one_key_signs_the_links_and_hashes_the_addresses_of_every_process(own_folder: Path) -> None:
    first, second = open_rekindle(), open_rekindle()
    assert first.links.stop("abc") == second.links.stop("abc")
    assert first.address_hash("Anne@Example.org") == second.address_hash("anne@example.org")
    assert (own_folder / "var" / "secret.key").exists()


def test_the_key_of_the_environment_makes_no_file(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SECRET_KEY", "a key of the team, kept elsewhere")
    assert open_rekindle().secret == "a key of the team, kept elsewhere"
    assert list(own_folder.iterdir()) == []


def test_a_run_is_resumed_where_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def resume(*told: str) -> bool:
        asked.append(told)
        return True

    monkeypatch.setattr(runs, "resume", resume)
    monkeypatch.setenv("REKINDLE_PREFECT_AUTH", "admin:of the team")
    rekindle: Rekindle = open_rekindle()
    assert rekindle.resume("r-1")
    assert not rekindle.resume(None), "no run shows this edition"
    assert asked == [("http://127.0.0.1:4200/api", "r-1", "admin:of the team")]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What Prefect was asked for, and said yes to."""
    asked: list[tuple[object, ...]] = []

    def saying_yes(name: str) -> Callable[..., bool]:
        def call(*told: object) -> bool:
            asked.append((name, *told))
            return True

        return call

    for name in ("resume", "start_once"):
        monkeypatch.setattr(runs, name, saying_yes(name))
    return asked


API = "http://127.0.0.1:4200/api"


def decided(store: Store, state: ApprovalState, run_id: str | None = "r-1") -> Approval:
    """Store a letter about a role that a run shows, and what was decided about it."""
    with store.writing() as session:
        row = drafted(session, sarah(session), role(session, run_id=run_id))
        asked = asking.ask(session, row, STANDARDS, by="rekindle", now=NOW)
        asked.state = state
        return asked


@pytest.mark.usefixtures("migrated")
def test_after_a_yes_the_run_is_woken_and_the_letter_delivered_at_once(calls: list[tuple[object, ...]]) -> None:
    rekindle = open_rekindle()
    asked = decided(rekindle.store, ApprovalState.APPROVED)
    assert rekindle.tell_prefect(asked)
    assert calls == [("resume", API, "r-1", ""), ("start_once", API, "deliver", f"approval-{asked.id}", None, "")]


@pytest.mark.usefixtures("migrated")
def test_after_a_no_the_run_is_woken_and_nothing_delivered(calls: list[tuple[object, ...]]) -> None:
    rekindle = open_rekindle()
    assert rekindle.tell_prefect(decided(rekindle.store, ApprovalState.DECLINED))
    assert calls == [("resume", API, "r-1", "")]


@pytest.mark.usefixtures("migrated")
def test_a_letter_that_no_run_shows_is_delivered_all_the_same(calls: list[tuple[object, ...]]) -> None:
    rekindle = open_rekindle()
    assert rekindle.tell_prefect(decided(rekindle.store, ApprovalState.APPROVED, None))
    assert [name for name, *_ in calls] == ["start_once"]


@pytest.mark.usefixtures("migrated")
def test_without_prefect_nobody_is_told_and_sweep_goes_on_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("resume", "start_once"):
        monkeypatch.setattr(runs, name, lambda *_: False)
    rekindle = open_rekindle()
    assert not rekindle.tell_prefect(decided(rekindle.store, ApprovalState.APPROVED))


def test_the_letters_of_a_role_are_begun_once_a_day(calls: list[tuple[object, ...]]) -> None:
    assert open_rekindle().begin_letters(Role(slug="director-product"), NOW)
    key = "re-engagement-director-product-2026-10-13"
    assert calls == [("start_once", API, "re-engagement", key, {"role": "director-product"}, "")]
