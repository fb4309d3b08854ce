"""Every table in one place: a foreign key finds its target only once the target's module has been imported."""

from rekindle.store import (
    applications,
    approvals,
    candidates,
    content,
    delegations,
    editions,
    letters,
    messages,
    moves,
    notes,
    outreaches,
    roles,
    suppressions,
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
    editions,
    letters,
    messages,
    moves,
    notes,
    outreaches,
    roles,
    suppressions,
    touches,
)
METADATA = Row.metadata
