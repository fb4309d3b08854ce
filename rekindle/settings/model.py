"""All sections together, and the order in which files and environment are heard."""

from pathlib import Path

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from rekindle.settings.sections import (
    Approvals,
    Budget,
    CheckIns,
    Classify,
    Company,
    Cooling,
    Database,
    Dkim,
    Editions,
    Events,
    Levels,
    Mailbox,
    Outreach,
    Person,
    Prefect,
    Quarterly,
    Schedule,
    Secret,
    Sender,
    Sending,
    Shortlist,
    Smtp,
    Tasks,
    Web,
)
from rekindle.settings.shapes import PersonKey, is_this_machine


class Settings(BaseSettings):
    """All knobs. Built by `rekindle.settings.load`, which also explains what is wrong."""

    model_config = SettingsConfigDict(
        env_prefix="REKINDLE_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        # A list is written with commas, not as JSON: see shapes.Listed.
        enable_decoding=False,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    company: Company
    database: Database
    sender: Sender
    dkim: Dkim
    smtp: Smtp
    mailbox: Mailbox
    web: Web
    prefect: Prefect
    schedule: Schedule
    levels: Levels
    classify: Classify
    cooling: Cooling
    budget: Budget
    sending: Sending
    quarterly: Quarterly
    editions: Editions
    checkins: CheckIns
    events: Events
    tasks: Tasks
    shortlist: Shortlist
    outreach: Outreach
    approvals: Approvals
    people: dict[PersonKey, Person]
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
        return is_this_machine(self.smtp.host) and self.smtp.port == self.mailbox.port

    @property
    def prefect_api(self) -> str:
        return self.prefect.api_url or f"http://127.0.0.1:{self.prefect.port}/api"
