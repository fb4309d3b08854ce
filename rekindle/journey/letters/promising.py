"""When a promise falls due: "we'll write when a product role opens" is kept by a letter about a product role. Pure."""

import re
from collections.abc import Iterator

from rekindle.courtesy.dossier import OpenRole
from rekindle.journey.letters.differing import stems

#: Promises without an end: a letter keeps them no more than a silence breaks them.
_LASTING = re.compile(r"\b(?:keep|stay|remain|halten|bleiben)\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")
#: A kind of work under the name it has in a promise.
_CALLED = {
    "product": ("product", "produkt"),
    "engineering": ("engineering", "engineer", "developer", "entwicklung", "technik"),
    "data": ("data", "analytics", "daten"),
    "design": ("design", "designer", "research", "writer"),
    "sales": ("sales", "customer", "vertrieb"),
}


def falls_due(promise: str, role: OpenRole) -> bool:
    """Say whether a role is what a promise waits for: its kind of work, team or title is named in it."""
    if is_lasting(promise):
        return False
    promised = stems(promise)
    if promised & frozenset().union(*map(stems, _names(role))):
        return True
    # German writes "Produktstelle" in one word.
    return any(word.startswith(name) for word in _WORDS.findall(promise.casefold()) for name in _kinds(role))


def is_lasting(promise: str) -> bool:
    """Say whether it is one without an end, such as to stay in touch."""
    return bool(_LASTING.search(promise))


def _names(role: OpenRole) -> Iterator[str]:
    yield from _kinds(role)
    if role.team:
        yield role.team


def _kinds(role: OpenRole) -> tuple[str, ...]:
    family = role.family.casefold()
    return _CALLED.get(family, (family,))
