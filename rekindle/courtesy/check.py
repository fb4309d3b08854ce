"""May this be said, to this person, now? Asks every rule that concerns the occasion, in the order below.

Pure: a letter and a dossier in, findings out. The same letter and the same records always give the same findings.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from rekindle.courtesy.dossier import Dossier, Occasion
from rekindle.courtesy.finding import Finding, Severity
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.phrases import Manner, Phrases

#: One rule family: it reads, and says what it found.
Rule = Callable[[Letter, Dossier, Phrases, Mapping[str, float]], Iterable[Finding]]

_ALWAYS: tuple[Rule, ...] = ()

RULES: Mapping[Occasion, tuple[Rule, ...]] = MappingProxyType(
    {
        Occasion.RE_ENGAGEMENT: _ALWAYS,
        Occasion.FOLLOW_UP: _ALWAYS,
        Occasion.REJECTION: _ALWAYS,
    }
)


def check(letter: Letter, dossier: Dossier, manner: Manner) -> tuple[Finding, ...]:
    """Return everything that speaks against the letter; nothing when it may go as it is."""
    phrases = manner.of(dossier.language)
    found = [finding for rule in RULES[dossier.occasion] for finding in rule(letter, dossier, phrases, manner.limits)]
    return tuple(dict.fromkeys(found))


def is_clean(findings: Iterable[Finding]) -> bool:
    """Say whether nothing refuses."""
    return all(finding.severity is not Severity.REFUSE for finding in findings)
