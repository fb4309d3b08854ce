"""How the house's mail leaves: what signs it, and the addresses by which whatever comes back is known.

Writes and reads addresses; sends nothing, and decides nothing about what has come back.
"""

from dataclasses import dataclass

from rekindle.mail.correspondent import ascii_address
from rekindle.mail.return_path import ReturnPath, StopAddress
from rekindle.mail.signing import Seal
from rekindle.mail.signing_keys import SigningKey


@dataclass(frozen=True, slots=True)
class Post:
    """Without any of it, mail leaves unsigned and its bounces come back to the address of bulk mail."""

    keys: tuple[SigningKey, ...] = ()
    #: What the keys sign for; empty: the domain of each From address.
    domain: str = ""
    returns: ReturnPath | None = None
    #: For letters to one person, where they are to be told apart from mail to many.
    personal_returns: ReturnPath | None = None
    stops: StopAddress | None = None

    def signs_for(self, sender: str) -> str:
        """Return the domain (d=) that mail from an address is signed for."""
        return self.domain or ascii_address("From", sender).rpartition("@")[2].lower()

    def seal(self, sender: str) -> Seal | None:
        """Return what signs mail from an address."""
        return Seal(self.signs_for(sender), self.keys) if self.keys else None

    def return_path(self, message_key: str, *, personal: bool) -> str | None:
        """Return the envelope sender of one message."""
        path = (self.personal_returns if personal else None) or self.returns
        return path.of(message_key) if path else None

    def stop_mailto(self, candidate_key: str) -> str | None:
        """Return the address that stands for a candidate's stop."""
        return self.stops.of(candidate_key) if self.stops else None

    def message_of(self, address: str) -> str | None:
        """Return the key of the message whose return path an address is; None for whatever we never wrote."""
        found = (path.read(address) for path in (self.returns, self.personal_returns) if path)
        return next(filter(None, found), None)

    def stop_of(self, address: str) -> str | None:
        """Return the key of the candidate who wants us to stop by mail to `address`; None for any other address."""
        return self.stops.read(address) if self.stops else None
