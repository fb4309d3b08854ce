from pathlib import Path

import pytest

from rekindle import settings
from rekindle.errors import SettingsError
from rekindle.settings.explaining import knobs

WRONG = [
    ("smtp.port", "abc", "a whole number"),
    ("smtp.port", "", "a whole number"),
    ("smtp.port", "0", "greater than or equal to 1"),
    ("smtp.port", "65536", "less than or equal to 65535"),
    ("smtp.host", "https://mail.acme.example", "a host name or an IP address"),
    ("smtp.host", "", "a host name or an IP address"),
    ("smtp.host", "mail acme", "a host name or an IP address"),
    ("smtp.security", "ssl", "'none', 'starttls' or 'tls'"),
    ("smtp.timeout", "0", "greater than 0"),
    ("smtp.timeout", "nan", "less than or equal to 600"),
    ("smtp.timeout", "soon", "a number"),
    ("smtp.rehearse", "perhaps", "true or false"),
    ("smtp.connections", "1000000", "less than or equal to 64"),
    ("company.name", "", "a text that is not empty"),
    ("company.name", "Acme\r\nBcc: eve@example.org", "one line without control characters"),
    ("company.website", "acme.example", "a web address"),
    ("company.website", "javascript:alert(1)", "a web address"),
    ("sender.address", "hello", "an e-mail address"),
    ("sender.address", "hello@acme", "an e-mail address"),
    ("sender.address", "a@acme.example\r\nBcc: eve@example.org", "an e-mail address"),
    ("sender.address", "Acme <hello@acme.example>", "an e-mail address"),
    ("sender.reply_to", "a@b@acme.example", "an e-mail address"),
    ("sender.list_domain", "https://acme.example", "a domain"),
    ("sender.return_path", "bounces", "an e-mail address"),
    ("sender.stop_address", "stop@acme", "an e-mail address"),
    ("dkim.domain", "acme", "a domain"),
    ("dkim.rsa_selector", "a_b", "a name in DNS"),
    ("dkim.ed25519_selector", "", "a name in DNS"),
    ("web.base_url", "http://people.acme.example", "begins with https://"),
    ("web.base_url", "people.acme.example", "begins with https://"),
    ("web.base_url", "https://", "begins with https://"),
    ("web.base_url", "https://people.acme.example:port", "begins with https://"),
    ("web.base_url", "https://people.acme.example/?a=1", "without ? and #"),
    ("web.base_url", "https://user@people.acme.example", "begins with https://"),
    ("web.base_url", "https://people.acme.example/a b", "begins with https://"),
    ("prefect.api_url", "http://127.0.0.1:4200", "ending in /api"),
    ("prefect.api_url", "127.0.0.1:4200/api", "ending in /api"),
    ("database.url", "rekindle.db", "sqlite:///FILE"),
    ("database.url", "sqlite://", "sqlite:///FILE"),
    ("database.url", "sqlite:///", "sqlite:///FILE"),
    ("database.url", "sqlite:///:memory:", "sqlite:///FILE"),
    ("database.url", "postgresql://rekindle@db.example/rekindle", "postgresql+psycopg://"),
    ("database.url", "postgresql+psycopg://db.example", "postgresql+psycopg://"),
    ("schedule.timezone", "Mars/Olympus", "an IANA time zone"),
    ("schedule.timezone", "../../etc/passwd", "an IANA time zone"),
    ("schedule.timezone", "Europe", "an IANA time zone"),
    ("schedule.plan", "8 o'clock", "a time of day"),
    ("schedule.plan", "25:00", "a time of day"),
    ("quarterly.at", "10:00+02:00", "a time of day"),
    ("quarterly.at", "10:00:30", "a time of day"),
    ("schedule.sweep_minutes", "45", "less than or equal to 30"),
    ("quarterly.weekday", "tue", "'monday', 'tuesday'"),
    ("quarterly.months", "13", "less than or equal to 12"),
    ("levels.ladder", "", "a list that is not empty"),
    ("shortlist.most", "0", "greater than or equal to 1"),
    ("shortlist.recycle_months", "-1", "greater than or equal to 0"),
    ("approvals.decided_by", "", "a list that is not empty"),
    ("approvals.decided_by", "boss", "'recruiter', 'lead' or 'ops'"),
    ("approvals.nurture", "if need be", "true or false"),
    ("cooling.days", "-1", "greater than or equal to 0"),
    ("budget.max_per_year", "365", "less than or equal to 52"),
]

RIGHT = [
    ("web.base_url", "https://people.acme.example/keep-warm/"),
    ("web.base_url", "http://localhost:8080"),
    ("web.base_url", "http://[::1]:8080"),
    ("smtp.host", "::1"),
    ("smtp.host", "mailhub"),
    ("sender.address", "people@bücher.example"),
    ("sender.list_domain", "xn--bcher-kva.example"),
    ("company.website", "http://acme.example"),
    ("prefect.api_url", ""),
    ("prefect.api_url", "https://prefect.acme.example/api/"),
    ("database.url", "sqlite:////srv/rekindle/rekindle.db"),
    ("database.url", "postgresql+psycopg:///rekindle?host=/run/postgresql"),
    ("schedule.timezone", "UTC"),
    ("mailbox.port", "0"),
]


@pytest.mark.parametrize(("knob", "value", "allowed"), WRONG)
def test_a_wrong_value_in_the_environment_is_explained(
    knob: str, value: str, allowed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = "REKINDLE_" + knob.replace(".", "_").upper()
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        settings.load()
    said = str(caught.value)
    assert said.startswith(f"{variable}: {knob}")
    assert allowed in said
    assert "\n" not in said


@pytest.mark.parametrize(("knob", "value"), RIGHT)
def test_an_unusual_value_is_allowed(knob: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_" + knob.replace(".", "_").upper(), value)
    section, name = knob.split(".")
    kept = getattr(getattr(settings.load(), section), name)
    assert str(kept) == value.rstrip("/")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[smtp]\nport = "abc"\n', "smtp.port = 'abc' is not allowed; allowed: a whole number"),
        ("[smtp]\nport = [25]\n", "smtp.port = [25] is not allowed; allowed: a whole number"),
        ("smtp = 25\n", "smtp = 25 is not allowed; allowed: a section of knobs"),
        ("[company]\nname = 7\n", "company.name = 7 is not allowed; allowed: a text in quotes"),
        ("[levels]\nladder = [1]\n", "levels.ladder.0 = 1 is not allowed; allowed: a text in quotes"),
        ("[levels]\nladder = 1\n", "levels.ladder = 1 is not allowed; allowed: a list"),
        ('[levels]\nladder = ["senior", "Senior"]\n', "[levels] ladder must name each level once"),
        ("[classify]\ntags = []\nlate_stages = []\n", "[classify] tags and late_stages must not both be empty"),
        ("[quarterly]\nitems_min = 6\n", "[quarterly] items_min must not be larger than items_max"),
        ("[quarterly]\nmonths = [1, 2]\n", "[quarterly] months must name at least one month, and at most one"),
        ("[quarterly]\nmonths = []\n", "[quarterly] months must name at least one month, and at most one"),
        ("[approvals]\nre_engage = false\n", "[approvals] re_engage always waits for a person, that cannot be"),
        ("[approvals]\ndecline = true\n", "[approvals] decline never waits for a person, that cannot be"),
        ("[approvals]\nnuture = true\n", "approvals.nuture is not a setting; did you mean nurture?"),
        ('[people."ann"]\nname = "Ann"\nroles = ["lead"]\n', "allowed: an e-mail address such as"),
        ('[people."a@b.example"]\nname = "Ann"\nroles = []\n', "people.a@b.example.roles = [] is not allowed"),
        ('[people."a@b.example"]\nname = "Ann"\n', "people.a@b.example.roles is not set: write it there"),
        ("people = 3\n", "people = 3 is not allowed; allowed: a section of knobs"),
        ('people."a@b.example" = 3\n', "people.a@b.example = 3 is not allowed; allowed: a section of knobs"),
    ],
)
def test_a_wrong_value_in_a_file_is_explained(text: str, said: str, folder: Path) -> None:
    (folder / "default.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        settings.load()
    assert str(caught.value).startswith(f"{folder / 'default.toml'}: ")
    assert said in str(caught.value)


def test_every_wrong_knob_is_named_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "default.toml").write_text("[smtp]\nport = 0\n[mailbox]\nport = -1\n")
    monkeypatch.setenv("REKINDLE_WEB_PORT", "-1")
    with pytest.raises(SettingsError) as caught:
        settings.load()
    lines = str(caught.value).splitlines()
    assert [line.rpartition(": ")[0].rpartition(" =")[0].split(": ")[1] for line in lines] == [
        "smtp.port",
        "mailbox.port",
        "web.port",
    ]


def test_a_variable_that_breaks_a_section_is_named_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_QUARTERLY_ITEMS_MIN", "9")
    with pytest.raises(SettingsError, match=r"policy\.toml and REKINDLE_QUARTERLY_ITEMS_MIN: \[quarterly\]"):
        settings.load()


def test_a_huge_value_is_cut_in_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKINDLE_SMTP_PORT", "9" * 100_000)
    with pytest.raises(SettingsError) as caught:
        settings.load()
    assert len(str(caught.value)) < 300


def test_every_knob_has_a_shipped_default_or_is_a_secret() -> None:
    loaded = settings.load()
    assert all(getattr(getattr(loaded, section), knob) is not None for section, own in knobs().items() for knob in own)


def test_settings_cannot_be_changed_afterwards() -> None:
    loaded = settings.load()
    with pytest.raises(ValueError, match="frozen"):
        loaded.smtp.port = 26  # type: ignore[misc]
