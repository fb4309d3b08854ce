from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.errors import BadInput
from rekindle.exchange.roles import ProcessRecord, RoleRecord, StepRecord, read_role
from rekindle.resources import shipped

LADDER = ("intern", "junior", "mid", "senior", "lead", "staff", "principal", "manager", "director", "vp")
WHOLE = """
slug = "director-product"
title = "Director of Product"
family = "product"
level = "director"
team = "Growth"
location = "Berlin"
skills = ["0-to-1 products", "pricing"]
hiring_manager = "ben@acme.example"
whats_in_it = "owning a product line from the first customer on"
[process]
kind = "streamlined"
because = "you have already met several people here"
steps = [ {name = "Conversation with the hiring manager", minutes = 45}, {name = "Product deep-dive", minutes = 60} ]
"""
STEP = '{name = "Product deep-dive", minutes = 60}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "role.toml"


def read(file: Path, text: str | bytes) -> RoleRecord:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_role(file, LADDER)


def refused(file: Path, text: str | bytes) -> str:
    with pytest.raises(BadInput) as error:
        read(file, text)
    return str(error.value)


def test_the_file_of_the_design_is_read_to_the_last_field(file: Path) -> None:
    steps = (StepRecord("Conversation with the hiring manager", 45), StepRecord("Product deep-dive", 60))
    record = read(file, WHOLE)
    assert record == RoleRecord(
        slug="director-product",
        title="Director of Product",
        family="product",
        level="director",
        team="Growth",
        location="Berlin",
        skills=("0-to-1 products", "pricing"),
        hiring_manager="ben@acme.example",
        whats_in_it="owning a product line from the first customer on",
        process=ProcessRecord("streamlined", "you have already met several people here", steps),
    )
    assert record.process.minutes == 105


def test_team_location_and_skills_may_be_missing(file: Path) -> None:
    lines = [line for line in WHOLE.splitlines() if not line.startswith(("team", "location", "skills"))]
    record = read(file, "\n".join(lines))
    assert (record.team, record.location, record.skills) == (None, None, ())


def test_a_mark_at_the_beginning_and_windows_line_ends_do_no_harm(file: Path) -> None:
    assert read(file, b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()) == read(file, WHOLE)


def test_a_level_is_found_on_the_ladder_whatever_its_case(file: Path) -> None:
    file.write_text(WHOLE.replace('"director"', '"DIRECTOR"'), encoding="utf-8")
    assert read_role(file, ("Manager", "Director")).level == "director"


WRONG = [
    ('slug = "director-product"', 'slug = "Director Product"', "slug: Director Product; expected lower-case letters"),
    ('slug = "director-product"', 'slug = "-a"', "slug: -a; expected lower-case letters"),
    ('slug = "director-product"', f'slug = "{"a" * 101}"', "expected at most 100 characters"),
    ('slug = "director-product"', "slug = 2026-05-02", 'slug: ["2026-05-02"]; expected text in quotes'),
    ('title = "Director of Product"', "", "title: (nothing); expected what the role is called"),
    ('title = "Director of Product"', 'title = ""', "title: (empty); expected what the role is called"),
    ('title = "Director of Product"', 'title = "a\\nb"', "expected one line without control characters"),
    ('family = "product"', "family = 7", "family: 7; expected text in quotes"),
    ('level = "director"', 'level = "directer"', "a level of the ladder in policy.toml; did you mean director?"),
    ('level = "director"', "", "level: (nothing); expected a level of the ladder: intern, junior"),
    ('team = "Growth"', "team = true", "team: true; expected text in quotes"),
    ('team = "Growth"', 'teem = "Growth"', "teem: Growth; expected a known name: did you mean team?"),
    ('["0-to-1 products", "pricing"]', '"pricing"', "skills: pricing; expected a list of at most 50 texts"),
    ('["0-to-1 products", "pricing"]', '["pricing", 3]', "skills[1]: 3; expected text in quotes"),
    ('["0-to-1 products", "pricing"]', '["pricing", "Pricing "]', "skills: Pricing; expected each of them once"),
    ('"ben@acme.example"', '"Ben"', "hiring_manager: Ben; expected one email address"),
    (
        'hiring_manager = "ben@acme.example"',
        "",
        "hiring_manager: (nothing); expected the address of the hiring manager",
    ),
    ('whats_in_it = "owning a product line from the first customer on"', "", "whats_in_it: (nothing); expected what"),
    ('kind = "streamlined"', 'kind = "fast"', "process.kind: fast; expected full or streamlined"),
    ('kind = "streamlined"', "", "process.kind: (nothing); expected full or streamlined"),
    (
        'kind = "streamlined"',
        'kind = "full"',
        "process.because: you have already met several people here; expected nothing",
    ),
    (
        'because = "you have already met several people here"',
        "",
        "process.because: (nothing); expected why it is shorter",
    ),
    (STEP, "5", "process.steps[1]: 5; expected an object with minutes, name"),
    (STEP, "{name = 'Talk'}", "process.steps[1].minutes: (nothing); expected a whole number of minutes from 1 to 480"),
    (STEP, "{name = 'Talk', minutes = 0}", "process.steps[1].minutes: 0; expected a whole number"),
    (STEP, "{name = 'Talk', minutes = 481}", "process.steps[1].minutes: 481; expected a whole number"),
    (STEP, "{name = 'Talk', minutes = 45.0}", "process.steps[1].minutes: 45.0; expected a whole number"),
    (STEP, "{name = 'Talk', minutes = true}", "process.steps[1].minutes: true; expected a whole number"),
    (STEP, "{name = 'Talk', minutes = '45'}", "process.steps[1].minutes: 45; expected a whole number"),
    (STEP, "{minutes = 45}", "process.steps[1].name: (nothing); expected what happens in this step"),
    (STEP, "{name = 'Talk', minuts = 45}", "process.steps[1].minuts: 45; expected a known name: did you mean minutes?"),
    (STEP, "{name = 'conversation with THE hiring-manager', minutes = 5}", "expected each of them once"),
    (
        STEP,
        "{name = 'A day', minutes = 480}",
        "process.steps: 525; expected at most 480 minutes in all for a streamlined",
    ),
    ("[process]", "[process]\ntotal_minutes = 90", "process.total_minutes: 90; expected what the steps add up to: 105"),
    (
        "[process]",
        "[process]\nhours = 2",
        "process.hours: 2; expected what the steps add up to: 105 minutes, 1.75 hours",
    ),
    ("[process]", "[process]\nhours = nan", "process.hours: NaN; expected what the steps add up to"),
    ("[process]", "[process]\nhours = true", "process.hours: true; expected what the steps add up to"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_what_is_wrong_is_named_with_the_field_and_what_was_expected(
    right: str, wrong: str, said: str, file: Path
) -> None:
    assert WHOLE.count(right) >= 1
    assert said in refused(file, WHOLE.replace(right, wrong, 1))


@pytest.mark.parametrize("fine", ["total_minutes = 105", "hours = 1.75", "total_minutes = 105\nhours = 1.75"])
def test_a_sum_that_is_right_is_welcome(fine: str, file: Path) -> None:
    assert read(file, WHOLE.replace("[process]", f"[process]\n{fine}")) == read(file, WHOLE)


def test_everything_that_is_wrong_is_said_at_once(file: Path) -> None:
    text = (
        WHOLE.replace("Growth", "\\u0007")
        .replace('"ben@acme.example"', '"Ben"')
        .replace("minutes = 45", "minutes = -1")
    )
    lines = refused(file, text).splitlines()
    assert lines[0] == f"{file} is no role that can be opened; nothing was stored"
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["team", "hiring_manager", "process.steps[0].minutes"]


def test_a_step_that_cannot_be_read_is_not_blamed_a_second_time_for_the_sum(file: Path) -> None:
    text = WHOLE.replace("minutes = 45", "minutes = -1").replace("[process]", "[process]\ntotal_minutes = 105")
    assert "add up" not in refused(file, text)


@pytest.mark.parametrize("process", ["", "process = 3", "[process]", "[process]\nsteps = []", "[process]\nsteps = 3"])
def test_without_a_plan_a_role_is_not_opened(process: str, file: Path) -> None:
    head = WHOLE.partition("[process]")[0]
    assert "process" in refused(file, f"{head}{process}")


def test_a_full_process_has_a_working_week_and_no_reason_to_be_shorter(file: Path) -> None:
    steps = ", ".join(f"{{name = 'Day {number}', minutes = 480}}" for number in range(1, 6))
    head = WHOLE.partition("[process]")[0] + '[process]\nkind = "full"\n'
    assert read(file, f"{head}steps = [{steps}]").process.minutes == 2400
    assert "at most 2400 minutes" in refused(file, f"{head}steps = [{steps}, {{name = 'One more', minutes = 1}}]")


def test_somebody_elses_format_ends_after_twenty_problems(file: Path) -> None:
    text = "\n".join(f"knob_{number} = {number}" for number in range(500))
    assert len(refused(file, text).splitlines()) < 30


FILES = [
    (b"", "is empty"),
    (b" \n\n", "is empty but for spaces"),
    (WHOLE.encode("utf-16"), "is UTF-16: save it as UTF-8"),
    (WHOLE.replace("Berlin", "Köln").encode("latin-1"), "line 7: the byte 0xF6 is not UTF-8; save it as UTF-8"),
    (b"\x7fELF\x02\x01\x01\0\0\0\0", "is a binary file"),
    (b"PK\x03\x04 something", "an Excel workbook or a zip archive"),
    (b"x = '" + b"a" * 100_001 + b"'", "is larger than 100 kB"),
    (WHOLE[:-30].encode(), "is not TOML"),
    (b'slug = "a', "is not TOML"),
    (b'slug = """a', "is the file cut?"),
    (b"slug: director", "is not TOML"),
    (b"a = " + b"[" * 20_000, "nests lists or tables too deep"),
    (b"minutes = " + b"9" * 5000, "is not TOML"),
    (b'slug = "a"\nslug = "b"', "is not TOML"),
    (b"{}", "is not TOML"),
]


@pytest.mark.parametrize(("content", "said"), FILES, ids=range(len(FILES)))
def test_a_file_that_is_something_else_is_called_what_it_is(content: bytes, said: str, file: Path) -> None:
    assert said in refused(file, content)


def test_a_file_that_is_not_there_and_a_folder_are_refused(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no file"):
        read_role(file, LADDER)
    with pytest.raises(BadInput, match="is no file"):
        read_role(tmp_path, LADDER)


VALUES: Any = st.recursive(
    st.text(max_size=20) | st.integers() | st.booleans() | st.just(float("nan")),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


def toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(c):08X}" if not 0xD800 <= ord(c) <= 0xDFFF else "?" for c in value) + '"'
        case list():
            return f"[{', '.join(map(toml, value))}]"
    return str(value)


FIELDS = ("slug", "title", "family", "level", "team", "location", "skills", "hiring_manager", "whats_in_it", "process")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(told=st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_whatever_stands_in_the_fields_is_a_role_or_bad_input(told: dict[str, Any], file: Path) -> None:
    text = "\n".join(f"{name} = {toml(value)}" for name, value in told.items())
    assert "role" in refused(file, text or "# nothing")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=200))
def test_no_bytes_are_worse_than_bad_input(content: bytes, file: Path) -> None:
    assert str(file) in refused(file, content)


@pytest.mark.parametrize(
    "role", sorted((shipped("config") / "demo" / "roles").glob("*.toml")), ids=lambda role: role.stem
)
def test_the_roles_of_the_demo_can_be_opened(role: Path) -> None:
    record = read_role(role, LADDER)
    assert record.slug == role.stem
    assert record.hiring_manager.endswith("@acme.example")
