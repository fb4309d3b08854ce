"""What a letter says held against what is on record: reads the letter once, and asks each question of its occasion."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from rekindle.courtesy import difference, gap, merits, outcome, proofs, recycle, refusing, reminding, thinking_back
from rekindle.courtesy.case import Case
from rekindle.courtesy.claims import (
    breakdowns,
    contact,
    doings,
    durations,
    employers,
    figures,
    keeping_touch,
    left_out,
    levels,
    offers,
    promised,
    reasons,
    shortcuts,
    standing,
    steps,
    substance,
    teams,
    times,
)
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.phrases import Phrases
from states.message import Occasion

Question = Callable[[Case], Iterable[Finding]]

_MODULES = (
    *(proofs, outcome, gap, difference, merits, recycle, times, contact, keeping_touch, promised, standing),
    *(substance, employers, figures, reasons, levels, teams, durations, steps, shortcuts, offers, reminding, refusing),
)

_BETWEEN_US: tuple[Question, ...] = (
    times.claimed_times,
    contact.claimed_contacts,
    contact.claimed_presence,
    contact.claimed_updates,
    keeping_touch.kept_in_touch,
    keeping_touch.kept_in_mind,
    promised.claimed_promises,
    promised.promised_jobs,
    standing.claimed_standing,
    standing.called_finalist,
    standing.claimed_numbers,
    standing.claimed_everyone,
    gap.presumes_no_goodbye,
)
_ABOUT_THEM: tuple[Question, ...] = (
    substance.claimed_strengths,
    doings.shown_to_us,
    doings.done_elsewhere,
    doings.qualified_as,
    doings.years_spent,
    substance.claimed_interests,
    employers.claimed_employers,
    figures.claimed_figures,
    figures.claimed_years,
    reasons.claimed_reasons,
)
_ABOUT_THE_ROLE: tuple[Question, ...] = (
    levels.claimed_steps,
    levels.counted_levels,
    levels.named_levels,
    levels.stated_levels,
    teams.claimed_teams,
    teams.named_teams,
    teams.placed_roles,
    teams.reopened_teams,
    durations.claimed_hours,
    breakdowns.claimed_breakdowns,
    steps.claimed_counts,
    steps.claimed_kinds,
    shortcuts.claimed_shortcuts,
    left_out.left_out,
    left_out.is_all_there_is,
    shortcuts.claimed_speed,
    offers.claimed_offers,
)
_PROOFS: tuple[Question, ...] = (
    proofs.remembers_when,
    proofs.remembers_role,
    outcome.names_the_outcome,
    outcome.is_brief,
    proofs.gives_reason,
    gap.says_the_gap,
    gap.owns_up,
    merits.says_why_them,
    difference.says_what_is_different,
    recycle.recycled_role,
)
#: The same, where "today I thought of our talk" dates the thought.
_THOUGHT_OF: tuple[Question, ...] = tuple(
    thinking_back.spared(each) if each in {times.claimed_times, contact.claimed_contacts} else each
    for each in _BETWEEN_US
)
_REFUSING: tuple[Question, ...] = (
    refusing.thanks,
    refusing.says_the_decision,
    refusing.no_false_hope,
    refusing.keepable_promise,
)

#: The names of all rules asked here.
RULES: tuple[str, ...] = tuple(name for module in _MODULES for name in module.RULES)

QUESTIONS: Mapping[Occasion, tuple[Question, ...]] = MappingProxyType(
    {
        Occasion.RE_ENGAGEMENT: (*_PROOFS, *_BETWEEN_US, *_ABOUT_THEM, *_ABOUT_THE_ROLE),
        Occasion.FOLLOW_UP: (reminding.follow_up_refers, *_BETWEEN_US, *_ABOUT_THEM, *_ABOUT_THE_ROLE),
        Occasion.CHECK_IN: (*_THOUGHT_OF, *_ABOUT_THEM),
        Occasion.REJECTION: (*_REFUSING, *_BETWEEN_US, *_ABOUT_THEM),
    }
)


def against_record(
    letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Ask everything that concerns the occasion, in order."""
    case = Case(letter, dossier, phrases, limits)
    for question in QUESTIONS[dossier.occasion]:
        yield from question(case)
