"""What every personal letter is measured by: the team, its policy, the manner of config/courtesy.toml. Values only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from rekindle.courtesy.dossier import Signer
from rekindle.courtesy.phrases import Manner
from rekindle.journey.moving import Policy
from rekindle.journey.people.succession import line
from rekindle.journey.warming.readiness import Interval
from states.candidate import Trigger
from states.message import Occasion


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the team's people. With a `successor` they have left, and that colleague writes in their place."""

    name: str
    title: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """All that a letter needs to know and that no record holds."""

    company: str
    #: Address -> colleague, the address in lower case.
    team: Mapping[str, Colleague]
    #: Who signs when nobody who knew the person is left.
    spare_signer: str
    ladder: tuple[str, ...]
    manner: Manner
    policy: Policy
    #: Digest of the template that dresses the letters of each occasion.
    templates: Mapping[Occasion, str]
    #: The person roles that may decide, and how long they have.
    deciders: Sequence[str]
    due: timedelta
    #: Levels and triggers for which who wrote may not approve.
    four_eyes: frozenset[str]
    #: A letter that was let go longer ago than this is not sent any more.
    stale_after: timedelta
    #: The time we give for an answer; and after how much of it one follow-up is drafted, None for never.
    reply_window: timedelta
    follow_up_after: timedelta | None
    #: Days between two personal contacts where nobody is re-engaged: the ideal, and at most.
    check_ins: Interval
    address_hash: Callable[[str], str]

    def signer_for(self, recruiter: str | None) -> Signer:
        """Return who signs: the recruiter who knew them, else whoever took over, who says so."""
        known = (recruiter or "").casefold()
        colleague = self.team.get(known)
        if colleague is None:
            return self._signer(self.spare_signer)
        if not colleague.successor:
            return self._signer(known)
        return self._signer(self._present(colleague.successor), handed_over_by=colleague.name)

    def is_here(self, address: str) -> bool:
        """Say whether this is one of the team's people, and has not left."""
        colleague = self.team.get(address)
        return colleague is not None and not colleague.successor

    def still_here(self, signer: str, recruiter: str | None) -> str:
        """Return who signs from now on: `signer` while they are here, else whoever writes in their place."""
        return signer if self.is_here(signer) else self.signer_for(recruiter).address

    def line(self, recruiter: str | None) -> tuple[str, ...]:
        """Return who knew a candidate, and whoever took over from them, to who writes now."""
        left = {address: who.successor for address, who in self.team.items() if who.successor}
        return line((recruiter or "").casefold(), left)

    def wants_four_eyes(self, trigger: Trigger, level: str | None) -> bool:
        return not self.four_eyes.isdisjoint({str(trigger), (level or "").casefold()})

    def _present(self, address: str) -> str:
        """Follow successors to somebody who is still here; a circle ends at the spare signer."""
        seen: set[str] = set()
        while address not in seen and address in self.team:
            if not self.team[address].successor:
                return address
            seen.add(address)
            address = self.team[address].successor
        return self.spare_signer

    def _signer(self, address: str, handed_over_by: str | None = None) -> Signer:
        colleague = self.team.get(address, Colleague(self.company))
        return Signer(address=address, name=colleague.name, title=colleague.title, handed_over_by=handed_over_by)
