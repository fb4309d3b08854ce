"""The reasons for which a candidate ever gets mail; each has one flow and one email folder."""

from enum import StrEnum


class Programme(StrEnum):
    """Why we write."""

    #: News from the company that fits the candidate, once a quarter.
    QUARTERLY_UPDATE = "quarterly-update"
    #: An invitation to an event within the candidate's reach.
    EVENT_INVITE = "event-invite"
    #: A few words every 4 to 6 months that ask for nothing.
    CHECK_IN = "check-in"
    #: The personal letter about one role.
    RE_ENGAGEMENT = "re-engagement"
    #: The letter that turns somebody down, where everything begins.
    REJECTION_LETTER = "rejection-letter"
