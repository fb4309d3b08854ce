"""What a mail that came in can be, and what a person can have answered in it. Pure words; who reads it is elsewhere."""

from enum import StrEnum


class MailKind(StrEnum):
    #: A person wrote to us.
    REPLY = "reply"
    #: A machine answered for a person: out of office, a ticket, a question to prove that we are human.
    AUTO_REPLY = "auto-reply"
    #: A mail server says that a mail of ours did not arrive, or not yet.
    BOUNCE = "bounce"
    #: Somebody called a mail of ours spam, and their provider passed it on.
    COMPLAINT = "complaint"
    #: None of these, or nothing that can be read.
    OTHER = "other"


class Severity(StrEnum):
    """How a bounce is meant, by its reason."""

    #: The address is dead.
    HARD = "hard"
    #: This mail failed; the next may arrive.
    SOFT = "soft"
    #: It is still being tried.
    DELAY = "delay"


class AnswerKind(StrEnum):
    INTERESTED = "interested"
    NOT_NOW = "not-now"
    KEEP_POSTED = "keep-posted"
    OTHER_JOB = "other-job"
    STOP = "stop"
    #: A person wrote, and only a person can tell what it means.
    UNCLEAR = "unclear"


class MatchedBy(StrEnum):
    """How a mail was matched with ours, the surest first."""

    RETURN_PATH = "return-path"
    REFERENCE = "reference"
    RETURNED = "returned-headers"
    ADDRESS = "address"
