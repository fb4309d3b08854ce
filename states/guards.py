"""The questions asked before a move, one function each: None lets it pass, a Refusal says why not.

Pure: the answer rests on `Facts` alone, never on the clock, the settings or the database.
"""

from collections.abc import Callable
from dataclasses import dataclass

from states.facts import Basis, Facts


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a move may not be made."""

    #: The guard that refused.
    code: str
    #: A sentence for a recruiter; never a name or an address.
    reason: str


Guard = Callable[[Facts], Refusal | None]


# Is this somebody to keep warm?


def is_runner_up(facts: Facts) -> Refusal | None:
    if facts.runner_up:
        return None
    return Refusal("is_runner_up", "nothing on record marks this candidate as a runner-up")


def did_not_withdraw(facts: Facts) -> Refusal | None:
    if not facts.withdrew:
        return None
    return Refusal("did_not_withdraw", "the candidate withdrew: who left of their own accord is not pursued")


def is_not_with_us(facts: Facts) -> Refusal | None:
    if not facts.with_us:
        return None
    return Refusal("is_not_with_us", "the candidate works here, or is in a process with us right now")


def cooled_off(facts: Facts) -> Refusal | None:
    if facts.decided_on is None:
        return Refusal("cooled_off", "it is not on record when the candidate was turned down")
    if (facts.now.date() - facts.decided_on).days >= facts.cool_off_days:
        return None
    return Refusal("cooled_off", f"the rejection of {facts.decided_on} is under {facts.cool_off_days} days old")


# May we write to them?


def is_contactable(facts: Facts) -> Refusal | None:
    if facts.opted_out:
        return Refusal("is_contactable", "the candidate asked us to stop")
    if not facts.has_address:
        return Refusal("is_contactable", "there is no email address to write to")
    if facts.unreachable:
        return Refusal("is_contactable", "mail to the candidate's address came back")
    return None


def basis_is_known(facts: Facts) -> Refusal | None:
    if facts.basis is Basis.UNKNOWN:
        return Refusal("basis_is_known", "no lawful basis for writing to the candidate is on record")
    ends_on = facts.consent_until if facts.basis is Basis.CONSENT else None
    if ends_on is None or facts.now.date() <= ends_on:
        return None
    return Refusal("basis_is_known", f"the candidate's consent ended on {ends_on}")


def is_not_snoozed(facts: Facts) -> Refusal | None:
    if facts.snoozed_until is None or facts.now.date() >= facts.snoozed_until:
        return None
    return Refusal("is_not_snoozed", f"the candidate asked to be left in peace until {facts.snoozed_until}")


# May this letter go?


def role_is_open(facts: Facts) -> Refusal | None:
    if facts.role_open:
        return None
    return Refusal("role_is_open", "the role is not open any more")


def letter_passes_courtesy(facts: Facts) -> Refusal | None:
    if facts.courtesy_clean:
        return None
    return Refusal("letter_passes_courtesy", "the courtesy check has not passed this letter")


def budget_allows(facts: Facts) -> Refusal | None:
    if facts.budget_free:
        return None
    until = f": one more mail may go from {facts.budget_free_on} on" if facts.budget_free_on else ""
    return Refusal("budget_allows", f"the candidate has heard from us often enough for now{until}")


def no_letter_comes_first(facts: Facts) -> Refusal | None:
    # What one person writes to one person comes before what we write to many.
    if not facts.letter_waits:
        return None
    return Refusal("no_letter_comes_first", "a personal letter to the candidate waits or is on its way")


def wants_updates(facts: Facts) -> Refusal | None:
    if facts.wants_updates:
        return None
    return Refusal("wants_updates", "the candidate does not want company updates")


def wants_events(facts: Facts) -> Refusal | None:
    if facts.wants_events:
        return None
    return Refusal("wants_events", "the candidate does not want invitations to events")


def wants_openings(facts: Facts) -> Refusal | None:
    if facts.wants_openings:
        return None
    return Refusal("wants_openings", "the candidate does not want to hear of openings")


def wants_words_between(facts: Facts) -> Refusal | None:
    # Who hears neither news nor invitations has said: not in between.
    if facts.wants_updates or facts.wants_events:
        return None
    return Refusal("wants_words_between", "the candidate does not want to hear from us but for openings, if at all")


def is_due_a_word(facts: Facts) -> Refusal | None:
    if facts.due_a_word:
        return None
    return Refusal("is_due_a_word", "somebody has been in touch with the candidate since, or not long enough ago")


def no_other_outreach(facts: Facts) -> Refusal | None:
    if not facts.other_outreach_live:
        return None
    return Refusal("no_other_outreach", "a letter about another role is already out or on its way")


def server_accepted(facts: Facts) -> Refusal | None:
    # The state says what happened, not what was planned: a letter still in our queue re-engages nobody.
    if facts.message_accepted:
        return None
    return Refusal("server_accepted", "the mail server has not accepted the letter")


def told_in_person_first(facts: Facts) -> Refusal | None:
    # Somebody who came close twice has earned more than a letter.
    if not facts.turned_down_before or facts.spoken_since:
        return None
    return Refusal("told_in_person_first", "a second rejection is told by a call first, and no call is on record")


# What did they answer?


def has_not_answered(facts: Facts) -> Refusal | None:
    if not facts.answered:
        return None
    return Refusal("has_not_answered", "the candidate has been in touch since the letter: a person reads that first")


def not_now_or_reply_window_over(facts: Facts) -> Refusal | None:
    if facts.said_rest or facts.reply_window_over:
        return None
    return Refusal("not_now_or_reply_window_over", "the candidate still has time to answer")


def candidate_said_yes(facts: Facts) -> Refusal | None:
    if facts.candidate_said_yes:
        return None
    return Refusal("candidate_said_yes", "the candidate has not said that they are interested")


def candidate_asked_back(facts: Facts) -> Refusal | None:
    if facts.candidate_asked_back:
        return None
    return Refusal("candidate_asked_back", "no request of the candidate to hear from us again is on record")


# What speaks against a kind of mail, whatever the state?


def may_be_mailed(facts: Facts) -> tuple[Refusal, ...]:
    """Return everything that speaks against any mail to this person now; nothing when it may go."""
    return _refusals(facts, *_MAILABLE, budget_allows)


def may_be_updated(facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against company news: any mail, a letter that comes first, and what they want."""
    return _refusals(facts, *_MAILABLE, wants_updates, no_letter_comes_first, budget_allows)


def may_be_approached(facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against a letter about any role, before one is written."""
    return _refusals(facts, *_MAILABLE, wants_openings, budget_allows)


def may_be_invited(facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against an invitation to an event."""
    return _refusals(facts, *_MAILABLE, wants_events, no_letter_comes_first, budget_allows)


def may_be_served(facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against news of an event to whoever was invited or answered: only a stop, they are owed it."""
    return _refusals(facts, is_contactable)


def may_be_reminded(facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against the one gentle follow-up. It belongs to its letter, so the budget is not asked."""
    return _refusals(facts, *_MAILABLE, wants_openings, role_is_open, has_not_answered, letter_passes_courtesy)


def may_be_checked_on(facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against a few personal words that ask for nothing. They come after everything else."""
    return _refusals(facts, *_MAILABLE, *_BETWEEN, letter_passes_courtesy)


def may_be_told(facts: Facts) -> tuple[Refusal, ...]:
    """Return what speaks against telling somebody by letter that it is a no. They are owed it, so little does."""
    return _refusals(facts, is_contactable, told_in_person_first, letter_passes_courtesy)


_MAILABLE: tuple[Guard, ...] = (is_contactable, did_not_withdraw, is_not_with_us, basis_is_known, is_not_snoozed)

_BETWEEN: tuple[Guard, ...] = (
    wants_words_between,
    is_due_a_word,
    no_letter_comes_first,
    no_other_outreach,
    budget_allows,
)


def _refusals(facts: Facts, *asked: Guard) -> tuple[Refusal, ...]:
    return tuple(refusal for guard in asked if (refusal := guard(facts)))
