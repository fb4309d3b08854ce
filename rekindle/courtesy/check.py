"""May this be said, to this person, now? Asks every rule that concerns the occasion, in the order below.

Pure: a letter and a dossier in, findings out. The same letter and the same records always give the same findings.
What is no letter, or cannot be read, gets that one finding: no other rule has to expect such things.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from types import MappingProxyType

from rekindle.courtesy import (
    check_in,
    easy_out,
    fitness,
    form,
    in_house,
    languages,
    leaks,
    likeness,
    signatures,
    slips,
    strange_titles,
    titles,
    tone,
    truth,
    vocatives,
)
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, Severity
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.phrases import Manner, Phrases
from states.message import Occasion

#: One rule family: it reads, and says what it found.
Rule = Callable[[Letter, Dossier, Phrases, Mapping[str, float]], Iterable[Finding]]

#: How it is said, whatever the occasion.
_MANNERS: tuple[Rule, ...] = (
    slips.unfilled,
    slips.greeted,
    vocatives.addressed,
    signatures.signature,
    signatures.company,
    signatures.handover,
    strange_titles.wrong_role,
    tone.sound,
    in_house.scores,
    in_house.pay,
    leaks.leaks,
    likeness.likeness,
    form.length,
    form.shouting,
    form.subject,
)
#: What is asked of them, where a role is offered.
_ASKING: tuple[Rule, ...] = (titles.names_the_role, easy_out.easy_out, easy_out.small_ask)

RULES: Mapping[Occasion, tuple[Rule, ...]] = MappingProxyType(
    {
        Occasion.RE_ENGAGEMENT: (*_ASKING, truth.against_record, *_MANNERS),
        Occasion.FOLLOW_UP: (*_ASKING, truth.against_record, *_MANNERS),
        Occasion.CHECK_IN: (
            check_in.asks_for_nothing,
            check_in.pitches_nothing,
            easy_out.way_to_stop,
            truth.against_record,
            *_MANNERS,
        ),
        Occasion.REJECTION: (easy_out.way_to_stop, truth.against_record, *_MANNERS),
    }
)
#: The name of every rule there is; docs/courtesy.md has a row for each.
RULE_NAMES: tuple[str, ...] = (
    *fitness.RULES,
    *languages.RULES,
    *titles.RULES,
    *easy_out.RULES,
    *check_in.RULES,
    *slips.RULES,
    *signatures.RULES,
    *strange_titles.RULES,
    *tone.RULES,
    *in_house.RULES,
    *leaks.RULES,
    *likeness.RULES,
    *form.RULES,
    *truth.RULES,
)


def check(letter: Letter, dossier: Dossier, manner: Manner) -> tuple[Finding, ...]:
    """Return everything that speaks against the letter; nothing when it may go as it is."""
    # One after the other: what is no letter is not to be read.
    if unread := next(chain(fitness.unfit(letter, manner.limits), languages.unread(letter, manner)), None):
        return (unread,)
    phrases = languages.phrases_for(letter, manner, dossier.language)
    found = [finding for rule in RULES[dossier.occasion] for finding in rule(letter, dossier, phrases, manner.limits)]
    return tuple(dict.fromkeys(found))


def is_clean(findings: Iterable[Finding]) -> bool:
    """Say whether nothing refuses."""
    return all(finding.severity is not Severity.REFUSE for finding in findings)
