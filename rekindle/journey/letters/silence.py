"""How long it has been since we were last in touch, and what a letter has to own up to about it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rekindle.courtesy.dossier import Candidacy, Contact, Dossier
from states.programme import Programme

#: Mail to many. It keeps nobody company, and a letter does not call it being in touch.
_TO_MANY = frozenset({Programme.QUARTERLY_UPDATE, Programme.EVENT_INVITE})


class Gap(StrEnum):
    """What has to be said, the first before the others."""

    #: They were never told how it ended.
    NEVER_TOLD = "never-told"
    #: They were told by a standard message.
    GENERIC = "generic"
    #: Longer than the limit without a personal word, but with mail to many.
    ONLY_UPDATES = "only-updates"
    #: Longer than the limit without a word.
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Silence:
    """`days` since the last personal contact, None when none is dated; `evidence` are the records it is read from."""

    days: int | None = None
    gaps: tuple[Gap, ...] = ()
    evidence: tuple[str, ...] = ()


def silence(dossier: Dossier, before: Candidacy, gap_days: float) -> Silence:
    """Read from the ledger how long it has been, and from the grade of the rejection what to own up to."""
    personal = [contact for contact in dossier.contacts if is_personal(contact)]
    last = max(_heard(before, personal), default=None, key=lambda heard: heard[0])
    days = (dossier.today - last[0]).days if last else None
    gaps = [gap for gap, told in ((Gap.NEVER_TOLD, "none"), (Gap.GENERIC, "generic")) if before.rejection == told]
    updates = [contact for contact in dossier.contacts if not is_personal(contact)]
    if days is None or days > gap_days:
        gaps.append(Gap.ONLY_UPDATES if any(last is None or each.on > last[0] for each in updates) else Gap.LONG)
    evidence = dict.fromkeys([before.id, *([last[1]] if last else []), *(each.id for each in updates[:1])])
    return Silence(days, tuple(gaps), tuple(evidence))


def is_personal(contact: Contact) -> bool:
    """Say whether somebody spoke to this person, rather than to many."""
    return contact.programme not in _TO_MANY


def _heard(before: Candidacy, personal: Iterable[Contact]) -> Iterable[tuple[date, str]]:
    """Give every day they heard from us, as far as that is on record."""
    if before.spoke_on:
        yield before.spoke_on, before.id
    if before.decided_on and before.rejection in {"personal", "generic"}:
        yield before.decided_on, before.id
    for contact in personal:
        yield contact.on, contact.id
