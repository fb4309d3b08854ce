"""Every table in one place: a foreign key finds its target only once the target's module has been imported."""

from rekindle.store import (
    applications,
    approvals,
    candidates,
    content,
    delegations,
    departures,
    editions,
    events,
    letters,
    messages,
    moves,
    notes,
    outreaches,
    roles,
    sources,
    suppressions,
    tasks,
    touches,
)
from rekindle.store.base import Row

#: One module a noun.
NOUNS = (
    applications,
    approvals,
    candidates,
    content,
    delegations,
    departures,
    editions,
    events,
    letters,
    messages,
    moves,
    notes,
    outreaches,
    roles,
    sources,
    suppressions,
    tasks,
    touches,
)
METADATA = Row.metadata
