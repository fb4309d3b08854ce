"""Every knob with its type and limits. The defaults stand in config/*.toml, where a team reads them, not here."""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from states.moves import approvals_from

PersonRole = Literal["recruiter", "lead", "ops"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Port = Annotated[int, Field(ge=0, le=65535)]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("an IANA time zone such as Europe/Berlin")
    return name


def _single_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("one line without control characters")
    return text


Zone = Annotated[str, AfterValidator(_known_zone)]
Line = Annotated[str, Field(min_length=1), AfterValidator(_single_line)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Company(Section):
    name: Line
    postal_address: Line
    website: Line


class Database(Section):
    url: Annotated[str, Field(pattern=r"^(sqlite:///|postgresql\+psycopg://)")]


class Sender(Section):
    name: Line
    address: Line
    reply_to: Line
    list_domain: Line


class Smtp(Section):
    host: Line
    port: Port
    security: Literal["none", "starttls", "tls"]
    username: str
    password: SecretStr = SecretStr("")
    timeout: Annotated[float, Field(gt=0, le=600)]
    connections: Annotated[int, Field(ge=1, le=64)]
    rehearse: bool


class Mailbox(Section):
    folder: Path
    port: Port


class Web(Section):
    host: Line
    port: Port
    base_url: Line


class Prefect(Section):
    port: Port
    home: Path
    api_url: str
    auth: SecretStr = SecretStr("")


class Schedule(Section):
    timezone: Zone
    plan: time
    housekeeping: time
    deliver_minutes: Annotated[int, Field(ge=1, le=1440)]
    sweep_minutes: Annotated[int, Field(ge=1, le=1440)]


class Levels(Section):
    ladder: tuple[Line, ...]


class Classify(Section):
    tags: tuple[Line, ...]
    late_stages: tuple[Line, ...]


class Cooling(Section):
    days: Annotated[int, Field(ge=0, le=365)]


class Budget(Section):
    min_days: Annotated[int, Field(ge=0, le=365)]
    max_per_year: Annotated[int, Field(ge=0, le=52)]


class Quarterly(Section):
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...]
    week: Annotated[int, Field(ge=1, le=4)]
    weekday: Weekday
    at: time
    timezone: Zone
    items_min: Annotated[int, Field(ge=1, le=10)]
    items_max: Annotated[int, Field(ge=1, le=10)]
    catch_up_days: Annotated[int, Field(ge=1, le=80)]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @model_validator(mode="after")
    def _limits_agree(self) -> "Quarterly":
        if self.items_min > self.items_max:
            raise ValueError("items_min must not be larger than items_max")
        quarters = {(month - 1) // 3 for month in self.months}
        if not self.months or len(quarters) != len(self.months):
            raise ValueError("months must name at least one month, and at most one of each quarter")
        return self


class Approvals(Section):
    due_days: Annotated[int, Field(ge=1, le=90)]
    code_minutes: Annotated[int, Field(ge=5, le=1440)]
    decided_by: tuple[PersonRole, ...]
    nurture: bool
    admit: bool
    interview: bool
    hire: bool
    reopen: bool

    def moves(self) -> dict[str, bool]:
        """Say for each configurable trigger whether it waits for a person."""
        return {name: getattr(self, name) for name in ("nurture", "admit", "interview", "hire", "reopen")}

    @model_validator(mode="after")
    def _agrees_with_the_table(self) -> "Approvals":
        approvals_from(self.moves())
        return self


class Person(Section):
    name: Line
    title: str = ""
    roles: tuple[PersonRole, ...]


class Secret(Section):
    #: Signs the candidates' links and keys the hashes of suppressed addresses: losing it breaks both.
    key: SecretStr = SecretStr("")


class Settings(BaseSettings):
    """All knobs. Built by `rekindle.settings.load`, which also explains what is wrong."""

    model_config = SettingsConfigDict(
        env_prefix="REKINDLE_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="forbid",
        frozen=True,
    )

    company: Company
    database: Database
    sender: Sender
    smtp: Smtp
    mailbox: Mailbox
    web: Web
    prefect: Prefect
    schedule: Schedule
    levels: Levels
    classify: Classify
    cooling: Cooling
    budget: Budget
    quarterly: Quarterly
    approvals: Approvals
    people: dict[str, Person]
    secret: Secret = Secret()
    #: The team's own folder of configuration; its sibling `templates/` overrides ours file by file.
    folder: Path = Path("config")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is the library's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the files; nothing else is read."""
        return env_settings, init_settings

    @property
    def smtp_is_local_mailbox(self) -> bool:
        return self.smtp.host in {"127.0.0.1", "localhost", "::1"} and self.smtp.port == self.mailbox.port

    @property
    def prefect_api(self) -> str:
        return self.prefect.api_url or f"http://127.0.0.1:{self.prefect.port}/api"
