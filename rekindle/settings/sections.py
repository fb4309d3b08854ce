"""Every knob with its type and limits, one class a section.

The defaults stand in config/*.toml, where a team reads them, not here.
"""

from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from rekindle.settings.shapes import (
    Address,
    ApiAddress,
    Country,
    Credentials,
    DatabaseUrl,
    Domain,
    Host,
    Line,
    Lines,
    LinkBase,
    Listed,
    MaybeAddress,
    MaybeDomain,
    OwnPort,
    PersonKey,
    Port,
    Selector,
    TimeOfDay,
    WebAddress,
    Zone,
)
from states.candidate import Trigger
from states.moves import approvals_from

PersonRole = Literal["recruiter", "lead", "ops"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
#: Monday is the first.
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
#: Written into cron as every so many minutes of an hour: with more than 30 there is no such rhythm.
Minutes = Annotated[int, Field(ge=1, le=30)]
#: A share of an edition's letters.
Percent = Annotated[float, Field(ge=0, le=100)]
Month = Annotated[int, Field(ge=1, le=12)]

_CONFIGURABLE_MOVES = ("nurture", "admit", "interview", "hire", "reopen")
_FIXED_MOVES = set(Trigger) - set(_CONFIGURABLE_MOVES)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Company(Section):
    name: Line
    postal_address: Line
    website: WebAddress


class Database(Section):
    url: DatabaseUrl


class Sender(Section):
    name: Line
    address: Address
    reply_to: Address
    list_domain: Domain
    return_path: MaybeAddress
    personal_return_path: MaybeAddress
    stop_address: MaybeAddress


class Dkim(Section):
    domain: MaybeDomain
    rsa_selector: Selector
    rsa_key: str
    rsa_pem: SecretStr = SecretStr("")
    ed25519_selector: Selector
    ed25519_key: str
    ed25519_pem: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _each_has_its_own_record(self) -> "Dkim":
        if self.rsa_selector.casefold() == self.ed25519_selector.casefold():
            raise ValueError("rsa_selector and ed25519_selector must differ: a record holds one key")
        return self


class Smtp(Section):
    host: Host
    port: Port
    security: Literal["none", "starttls", "tls"]
    username: str
    password: SecretStr = SecretStr("")
    timeout: Annotated[float, Field(gt=0, le=600)]
    connections: Annotated[int, Field(ge=1, le=64)]
    rehearse: bool


class Mailbox(Section):
    folder: Path
    port: OwnPort


class Web(Section):
    host: Host
    port: OwnPort
    base_url: LinkBase


class Prefect(Section):
    port: OwnPort
    home: Path
    api_url: ApiAddress
    auth: Credentials = SecretStr("")


class Schedule(Section):
    timezone: Zone
    plan: TimeOfDay
    housekeeping: TimeOfDay
    pull: TimeOfDay
    check_ins: TimeOfDay
    digest: TimeOfDay
    digest_on: Weekday
    deliver_minutes: Minutes
    sweep_minutes: Minutes


class Levels(Section):
    ladder: Annotated[Lines, Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> "Levels":
        if len({level.casefold() for level in self.ladder}) < len(self.ladder):
            raise ValueError("ladder must name each level once")
        return self


class Classify(Section):
    tags: Lines
    late_stages: Lines

    @model_validator(mode="after")
    def _something_marks(self) -> "Classify":
        if not (self.tags or self.late_stages):
            raise ValueError("tags and late_stages must not both be empty: nobody would be a runner-up")
        return self


class Cooling(Section):
    days: Annotated[int, Field(ge=0, le=365)]


class Budget(Section):
    min_days: Annotated[int, Field(ge=0, le=365)]
    max_per_year: Annotated[int, Field(ge=0, le=52)]
    per_domain_a_day: Annotated[int, Field(ge=0, le=100_000)]
    open_domains: Annotated[tuple[Domain, ...], Listed]


class Sending(Section):
    since: TimeOfDay
    until: TimeOfDay
    days: Annotated[tuple[Weekday, ...], Listed, Field(min_length=1)]
    holidays: bool
    country: Country

    @model_validator(mode="after")
    def _a_day_has_hours(self) -> "Sending":
        # Midnight as an end is the end of the day.
        if self.until != time() and self.since >= self.until:
            raise ValueError("since must be earlier than until: mail goes between the two")
        return self


class Editions(Section):
    spread_days: Annotated[int, Field(ge=1, le=14)]
    pause_from: Annotated[int, Field(ge=1, le=10_000)]
    most_bounces: Percent
    most_complaints: Percent
    most_stops: Percent


class CheckIns(Section):
    days: Annotated[int, Field(ge=30, le=730)]
    most_days: Annotated[int, Field(ge=30, le=1095)]
    a_day: Annotated[int, Field(ge=1, le=100)]

    @model_validator(mode="after")
    def _in_order(self) -> "CheckIns":
        if self.days > self.most_days:
            raise ValueError("days must not be larger than most_days")
        return self


class Events(Section):
    notice_days: Annotated[int, Field(ge=1, le=120)]
    remind_days: Annotated[int, Field(ge=0, le=14)]


class Tasks(Section):
    connect_after_days: Annotated[int, Field(ge=0, le=365)]
    engage_every_days: Annotated[int, Field(ge=0, le=365)]
    call_within_days: Annotated[int, Field(ge=1, le=60)]
    promise_within_days: Annotated[int, Field(ge=1, le=60)]
    reply_within_days: Annotated[int, Field(ge=0, le=14)]


class Quarterly(Section):
    months: Annotated[tuple[Month, ...], Listed]
    week: Annotated[int, Field(ge=1, le=4)]
    weekday: Weekday
    at: TimeOfDay
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


class Shortlist(Section):
    most: Annotated[int, Field(ge=1, le=500)]
    recently_days: Annotated[int, Field(ge=0, le=730)]
    recycle_months: Annotated[int, Field(ge=0, le=120)]


class Outreach(Section):
    letters_per_role: Annotated[int, Field(ge=1, le=50)]
    reply_days: Annotated[int, Field(ge=3, le=120)]
    follow_up_days: Annotated[int, Field(ge=0, le=90)]
    stale_days: Annotated[int, Field(ge=1, le=60)]
    spare_signer: PersonKey | Literal[""]

    @model_validator(mode="after")
    def _a_follow_up_comes_in_time(self) -> "Outreach":
        if self.follow_up_days >= self.reply_days:
            raise ValueError("follow_up_days must be less than reply_days, or 0 for no follow-up")
        return self


class Approvals(Section):
    due_days: Annotated[int, Field(ge=1, le=90)]
    remind_days: Annotated[int, Field(ge=0, le=30)]
    code_minutes: Annotated[int, Field(ge=5, le=1440)]
    decided_by: Annotated[tuple[PersonRole, ...], Listed, Field(min_length=1)]
    four_eyes_moves: Annotated[tuple[Trigger, ...], Listed]
    four_eyes_levels: Lines
    nurture: bool
    admit: bool
    interview: bool
    hire: bool
    reopen: bool

    def moves(self) -> dict[str, bool]:
        """Say for each configurable trigger whether it waits for a person."""
        return {name: getattr(self, name) for name in _CONFIGURABLE_MOVES}

    @model_validator(mode="before")
    @classmethod
    def _says_why_not(cls, given: Any) -> Any:
        """Let the table say why a move cannot be configured, before it is called an unknown knob."""
        moves = given if isinstance(given, dict) else {}
        approvals_from({name: bool(moves[name]) for name in moves if name in _FIXED_MOVES})
        return given

    @model_validator(mode="after")
    def _agrees_with_the_table(self) -> "Approvals":
        approvals_from(self.moves())
        return self


class Person(Section):
    name: Line
    title: str = ""
    #: Who writes to their candidates since they have left; empty while they are here.
    successor: PersonKey | Literal[""] = ""
    roles: Annotated[tuple[PersonRole, ...], Field(min_length=1)]


class Secret(Section):
    #: Signs the candidates' links and keys the hashes of suppressed addresses: losing it breaks both.
    key: SecretStr = SecretStr("")
