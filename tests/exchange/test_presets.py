"""Presets: another system's export read by its own headers, and a preset that is wrong says where."""

from pathlib import Path

import pytest

from rekindle.errors import BadInput, SettingsError
from rekindle.exchange.presets import load_preset, preset_names
from rekindle.exchange.reading import open_rows
from rekindle.exchange.record import CandidateRecord
from rekindle.resources import shipped
from tests.exchange.samples import Write, bad, good, said

SHIPPED = shipped("config") / "presets"


def read(write: Write, name: str, *rows: str) -> list[CandidateRecord]:
    found = open_rows(write("\n".join(rows)), preset=load_preset(name, [SHIPPED]))
    assert not bad(found), [said(row) for row in bad(found)]
    assert {record.source for record in good(found)} == {name}
    return good(found)


def endings(records: list[CandidateRecord]) -> list[tuple[str, str | None]]:
    return [(record.applications[0].outcome, record.applications[0].rejected_by) for record in records]


def test_every_shipped_preset_loads() -> None:
    assert preset_names([SHIPPED]) == ["ashby", "greenhouse", "lever", "workable"]
    assert all(load_preset(name, [SHIPPED]).columns for name in preset_names([SHIPPED]))


def test_lever_says_how_it_ended_in_the_archive_reason(write: Write) -> None:
    records = read(
        write,
        "lever",
        "Contact ID,Candidate ID,Name,Email,Posting,Stage,Status,Archive Reason,Applied At,Source",
        "p1,o1,Ada Ray,a@example.org,Editor,On-site,archived,Position filled,2026-01-02T04:16:00+00:00,Referral",
        "p2,o2,Bo,b@example.org,Editor,Offer,Archived,Candidate withdrew,2026-01-02,Job board",
        "p3,o3,Cy Le,c@example.org,Editor,Offer,archived,Hired,2026-01-02,Job board",
        "p4,o4,Di Fu,d@example.org,Editor,New,active,,2026-01-02,Job board",
    )
    assert [record.source_id for record in records] == ["p1", "p2", "p3", "p4"]
    assert (records[0].given_name, records[0].family_name) == ("Ada", "Ray")
    expected = [("rejected", "company"), ("withdrew", "candidate"), ("hired", None), ("open", None)]
    assert endings(records) == expected
    assert records[0].applications[0].reason is not None


def test_workable_counts_those_who_withdrew_among_the_disqualified(write: Write) -> None:
    records = read(
        write,
        "workable",
        "ID,First Name,Last Name,Email,Job,Stage,Disqualified,Withdrew,Status",
        "1,Ada,Ray,a@example.org,Editor,Interview,true,false,disqualified",
        "2,Bo,Fee,b@example.org,Editor,Interview,true,true,disqualified",
        "3,Cy,Le,c@example.org,Editor,Hired,false,false,hired",
        "4,Di,Fu,d@example.org,Editor,Sourced,,,active",
    )
    assert endings(records) == [("rejected", None), ("withdrew", "candidate"), ("hired", None), ("open", None)]


def test_greenhouse_and_ashby_say_who_rejected_whom(write: Write) -> None:
    records = read(
        write,
        "greenhouse",
        "Candidate ID,Preferred Name,First Name,Last Name,Email,Job Name,Current Stage,Status,Rejection Type,Notes",
        "1,,Ada,Ray,a@example.org,Editor,Onsite,Rejected,We rejected them,shy",
        "2,Bobby,Robert,Fee,b@example.org,Editor,Onsite,Rejected,They rejected us,",
        "3,,Cy,Le,c@example.org,Editor,Onsite,Rejected,None Specified,",
    )
    assert endings(records) == [("rejected", "company"), ("rejected", "candidate"), ("rejected", None)]
    assert [record.given_name for record in records] == ["Ada", "Bobby", "Cy"]
    assert records[0].notes[0].kind == "internal"
    records = read(
        write,
        "ashby",
        "Candidate,Email,Job,Interview Stage,Status,Archive Reason,Archive Reason Type",
        "Ada Ray,a@example.org,Editor,Final,Archived,Hired another,RejectedByOrg",
        "Bo Fee,b@example.org,Editor,Final,Archived,Moved away,RejectedByCandidate",
    )
    assert endings(records) == [("rejected", "company"), ("rejected", "candidate")]


def test_a_value_that_no_map_names_is_said(write: Write) -> None:
    file = write("Candidate ID,Name,Email,Job,Status\n1,Ada Ray,a@example.org,Editor,Parked\n")
    (row,) = bad(open_rows(file, preset=load_preset("greenhouse", [SHIPPED])))
    assert said(row) == "Status: Parked; expected rejected, withdrew, hired or open"


def test_a_full_name_that_is_missing_is_said_under_its_own_header(write: Write) -> None:
    file = write("Candidate ID,Name,Email,Job,Status\n1,,a@example.org,Editor,Hired\n")
    (row,) = bad(open_rows(file, preset=load_preset("greenhouse", [SHIPPED])))
    assert row.problems[0].column == "Name"


def test_the_folder_of_the_team_comes_first(tmp_path: Path, write: Write) -> None:
    (tmp_path / "lever.toml").write_text('source = "ours"\ndate_order = "dmy"\n[columns]\n"Kandidat" = "given_name"\n')
    preset = load_preset("lever", [tmp_path, SHIPPED])
    assert (preset.source, preset.date_order) == ("ours", "dmy")
    (found,) = good(open_rows(write("Kandidat,Email,Consent given on\nAda,a@example.org,02.05.2026\n"), preset=preset))
    assert found.consent.given_on is not None
    assert load_preset("ashby", [tmp_path / "nothing", tmp_path, SHIPPED]).source == "ashby"


@pytest.mark.parametrize("name", ["nothing", "../lever", "/etc/passwd", "Lever", "", "lever.toml"])
def test_a_preset_that_does_not_exist_is_refused_with_those_that_do(name: str) -> None:
    with pytest.raises(BadInput, match="ashby, greenhouse, lever, workable"):
        load_preset(name, [SHIPPED])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[columns", "is not a TOML file"),
        ("\xff", "is not a TOML file"),
        ('colums = "x"', "did you mean columns"),
        ('[columns]\n"Mail" = "emial"', "columns.Mail names 'emial'.*did you mean email"),
        ('[columns]\n"Mail" = 3', "columns.Mail must be"),
        ('[columns]\n"Mail" = ["email", 3]', "columns.Mail must be a list of texts"),
        ('[columns]\n"Mail" = { email = 3 }', "columns.Mail.email must be a table"),
        ('[values.result]\nx = "y"', "names 'result'"),
        (
            '[values.outcome]\nparked = "waiting"',
            "values.outcome.parked = 'waiting'.*rejected, withdrew, hired or open",
        ),
        ("[values.outcome]\nparked = 3", "must be text"),
        ('date_order = "ymd"', "date_order = 'ymd'.*dmy, mdy"),
        ('full_name = "guess"', "full_name"),
        ("source = 3", "source must be text"),
        ("ignore = 3", "ignore must be a list"),
        ("columns = 3", "columns must be a table"),
    ],
)
def test_a_wrong_preset_says_file_and_knob(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "own.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingsError, match=f"own.toml.*{said}"):
        load_preset("own", [tmp_path])
