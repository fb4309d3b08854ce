"""Every error Rekindle raises on purpose: one sentence with the ids a person needs, never a name or an address."""


class RekindleError(Exception):
    """What went wrong and what to do, in one sentence. The command line prints it and exits with `exit_code`."""

    exit_code = 1


class BadInput(RekindleError):
    """A file, an argument or a setting is not what it should be; nothing was changed."""

    exit_code = 2


class SettingsError(BadInput):
    """A setting is wrong: names the file, the knob, the value and what is allowed."""


class NotFound(BadInput):
    """Nothing is stored under the id, address or slug that was asked for."""


class TemplateError(BadInput):
    """An email or page template cannot be used: names the folder and the place."""


class MoveRefused(RekindleError):
    """The state machine said no; the reasons are sentences a recruiter understands."""


class CourtesyRefused(RekindleError):
    """The courtesy check or a guard refuses a letter as it is; `findings` say what to change."""

    def __init__(self, sentence: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(sentence)
        self.findings = findings


class MissingFacts(RekindleError):
    """A letter cannot be drafted from the records: each of `facts` names what is missing and what to do."""

    def __init__(self, facts: tuple[str, ...]) -> None:
        super().__init__(f"the records do not carry this letter yet: {'; '.join(facts)}")
        self.facts = facts


class LostRace(RekindleError):
    """Somebody else changed the row first; the sentence says what it is now."""


class NotYours(RekindleError):
    """The named person may not do this; the sentence says who may."""
