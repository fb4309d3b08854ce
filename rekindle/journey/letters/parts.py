"""The parts of each letter: the lists of phrasings its file has, and what each phrasing may mention. Data only.

A part that mentions a strength is only used where there is one; so what may stand in it is settled here, once.
"""

from collections.abc import Mapping
from types import MappingProxyType

from states.message import Occasion

#: What every phrasing may mention.
EVERYWHERE = frozenset({"given_name", "full_name", "company", "signer"})

_FRAME: Mapping[str, frozenset[str]] = {
    "subject": frozenset(),
    "greeting": frozenset(),
    "greeting_without_name": frozenset(),
    "farewell": frozenset(),
    "handover": frozenset({"predecessor"}),
}


def _each(names: str, *mentions: str) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), frozenset(mentions))


_RE_ENGAGEMENT: Mapping[str, frozenset[str]] = {
    **_FRAME,
    **_each("subject", "title", "former"),
    **_each("opening.spoke opening.spoke_with_others opening.applied opening.decided", "when", "former"),
    **_each("outcome.finalist outcome.plain outcome.other", "former"),
    **_each("outcome.person outcome.clause outcome.bare outcome.quoted", "reason", "former"),
    **_each("gap.never_told gap.generic gap.long gap.only_updates"),
    **_each("strength.noun strength.did strength.clause strength.quoted", "strength"),
    **_each("promise.did promise.quoted", "promise"),
    **_each("role.name", "title"),
    **_each("role.frame role.also", "difference", "title"),
    **_each("role.level_up role.level_down", "former", "title"),
    **_each("role.other_team", "team", "former_team"),
    **_each("role.other_team_interest role.other_team_wish", "team", "former_team", "own"),
    **_each("role.interest role.skill role.wish", "own"),
    **_each("role.background", "asked"),
    **_each("role.in_it", "in_it"),
    **_each("process.streamlined", "because", "steps", "number_of_steps", "total"),
    **_each("process.full", "steps", "number_of_steps", "total"),
    **_each("close.ask close.out", "title"),
}
_FOLLOW_UP: Mapping[str, frozenset[str]] = {
    **_FRAME,
    **_each("subject", "title"),
    **_each("first.mine first.ours", "wrote", "title"),
    **_each("still.open close.out", "title"),
}
_CHECK_IN: Mapping[str, frozenset[str]] = {
    **_FRAME,
    **_each("last.call last.met last.event last.linkedin last.heard last.wrote last.with_us", "when"),
    **_each("last.wrote_about", "when", "title"),
    **_each("last.spoke last.interviewed last.applied last.decided", "when", "former"),
    **_each("about.role", "former"),
    **_each("told.interest told.wish told.quoted", "own"),
    **_each("strength.noun strength.did strength.clause strength.quoted", "strength"),
    **_each("warm.how nothing.asked stop.way"),
}
_REJECTION: Mapping[str, frozenset[str]] = {
    **_FRAME,
    **_each("subject thanks.spoke thanks.applied", "former"),
    **_each("decision.person decision.clause decision.bare decision.quoted", "reason", "former"),
    **_each("decision.plain decision.again decision.finalist", "former"),
    **_each("decision.late", "decided"),
    **_each("strength.noun strength.did strength.clause strength.quoted", "strength"),
    **_each("promise.standing promise.did promise.quoted", "promise"),
    **_each("contact.quarterly contact.wish"),
}

#: Occasion -> part -> what its phrasings may mention besides EVERYWHERE.
PARTS: Mapping[Occasion, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        Occasion.RE_ENGAGEMENT: _RE_ENGAGEMENT,
        Occasion.FOLLOW_UP: _FOLLOW_UP,
        Occasion.CHECK_IN: _CHECK_IN,
        Occasion.REJECTION: _REJECTION,
    }
)
#: Fragments a language never turns into these: it quotes them.
WITHOUT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": frozenset(),
        "de": frozenset(
            [
                "outcome.bare",
                "decision.bare",
                "strength.did",
                "promise.did",
                "role.wish",
                "role.other_team_wish",
                "told.wish",
            ]
        ),
    }
)


def parts_of(occasion: Occasion, language: str) -> Mapping[str, frozenset[str]]:
    """Return the parts a letter of a language can have."""
    return {name: said for name, said in PARTS[occasion].items() if name not in WITHOUT[language]}
