"""Contact that a letter claims: each call, meeting, mail and "we kept in touch" needs its record. None, no claim."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rekindle.courtesy.case import Case
from rekindle.courtesy.claims.processes import is_about_process
from rekindle.courtesy.days.moments import Moment
from rekindle.courtesy.dossier import Contact
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-contact",)
_RULE = RULES[0]
#: "Our lunch, in October": so far behind the words a time is theirs.
_NEAR = 5


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a phrase claims: by which channels, from whom; `beside` are lists that show that it means something else."""

    called: str
    channels: frozenset[str]
    direction: str | None = None
    beside: tuple[str, ...] = ()
    #: A list of which something has to stand in the sentence: "at our meetup" alone is no meeting.
    needs: str | None = None
    #: Interviews are held by phone and in person, and nobody records them one by one.
    may_be_interview: bool = False

    def fits(self, contact: Contact) -> bool:
        return contact.channel in self.channels and self.direction in {None, contact.direction}


_MEALS = "meals"
_WRITTEN = frozenset({"email", "reply", "linkedin"})
_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "claimed_call": _Kind("call", frozenset({"call"}), beside=("not_a_call",), may_be_interview=True),
        "claimed_meeting": _Kind("meeting in person", frozenset({"meeting", "event"}), may_be_interview=True),
        "meals": _Kind(
            "meeting in person", frozenset({"meeting", "event"}), beside=("claimed_meeting",), needs="together_words"
        ),
        "claimed_event": _Kind("event", frozenset({"event", "meeting"}), beside=("no_event",), needs="met_verbs"),
        "claimed_linkedin": _Kind("exchange on LinkedIn", frozenset({"linkedin"})),
        "claimed_their_mail": _Kind("mail from them", _WRITTEN, "in", beside=("not_their_mail",)),
        "claimed_our_mail": _Kind("mail from us", _WRITTEN - {"reply"}, "out"),
    }
)


def claimed_contacts(case: Case) -> Iterator[Finding]:
    """Ask the ledger for each single contact that is claimed."""
    for hit in case.claims(*_KINDS):
        kind = _KINDS[hit.name]
        if any(hit.overlaps(other) for other in case.hits(*kind.beside)) or _is_asked(case, hit):
            continue
        # "Four steps: a phone call, …" lies ahead; "we sent you a template" is the rejection, which is on record.
        if _lies_ahead(case, hit) or case.inside(hit.sentence, "form_letter") or _is_the_rejection(case, hit):
            continue
        # "We could have coffee" is none yet: only with a time of the past is it one that was.
        if hit.name == _MEALS and not any(moment.days for moment in case.moments(hit.sentence)):
            continue
        if kind.needs is None or case.inside(hit.sentence, kind.needs):
            yield from _asked(case, hit, kind)


def claimed_presence(case: Case) -> Iterator[Finding]:
    """Refuse "when you and I spoke" by somebody who only took over: it was a colleague."""
    predecessor = case.dossier.signer.handed_over_by
    for hit in case.claims("i_was_there") if predecessor else ():
        # What somebody who took over has done since may be in the ledger; what was before it cannot be theirs.
        message = f"It was {predecessor} who was in touch with them, not who signs: say so, or say 'we'."
        yield refuse(_RULE, message, hit.quote)


def claimed_updates(case: Case) -> Iterator[Finding]:
    """Ask for the mail to many that "you have had our updates" speaks of."""
    for hit in case.claims("claimed_updates"):
        if case.known.to_many or any(hit.overlaps(other) for other in case.hits("not_our_updates")):
            continue
        yield refuse(_RULE, "No update of ours is on record as sent to them: leave the claim out.", hit.quote)


def _asked(case: Case, hit: Hit, kind: _Kind) -> Iterator[Finding]:
    on_record = [contact for contact in case.known.personal if kind.fits(contact)]
    times = _its_own(hit, [moment for moment in case.times_of(hit) if moment.days and not moment.vague])
    if not on_record:
        yield _none(case, hit, kind, times)
    elif times and not (_fits(times, on_record) or (kind.may_be_interview and _in_their_process(case, times))):
        days = ", ".join(f"{contact.on} ({contact.id})" for contact in on_record)
        message = f"The {kind.called} on record is of {days}: name that time, or record the one that is missing."
        yield refuse(_RULE, message, hit.through(times[0].end), *(each.id for each in on_record))


def _its_own(hit: Hit, times: list[Moment]) -> tuple[Moment, ...]:
    """Return the times right at the words: in "weeks after our lunch in October" it is October that must be true."""
    near = [each for each in times if -(each.end - each.start) <= each.start - hit.end <= _NEAR]
    return tuple(near or times)


def _lies_ahead(case: Case, hit: Hit) -> bool:
    """Say whether the words stand in a sentence about what is left to do, with no time of the past in it."""
    is_past = any(moment.days for moment in case.moments(hit.sentence))
    return not is_past and (is_about_process(case, hit) or bool(case.inside(hit.sentence, "duration")))


def _is_the_rejection(case: Case, hit: Hit) -> bool:
    """Say whether the mail of ours is the one that turned them down: that one is on record with the application."""
    is_no = hit.name == "claimed_our_mail" and case.inside(hit.sentence, "outcome")
    return bool(is_no) and any(each.rejection in {"personal", "generic"} for each in case.concerned)


def _fits(times: tuple[Moment, ...], on_record: list[Contact]) -> bool:
    return any(moment.fits(contact.on) for moment in times for contact in on_record)


def _is_asked(case: Case, hit: Hit) -> bool:
    """Say whether it is only asked for: "on the phone, or over a coffee?"; not so "remember our call in June?"."""
    is_past = any(moment.days for moment in case.moments(hit.sentence)) or case.inside(hit.sentence, "remembering")
    return hit.sentence.plain.endswith("?") and not is_past


def _none(case: Case, hit: Hit, kind: _Kind, times: tuple[Moment, ...]) -> Finding:
    since = f" since {case.known.decided_on}" if case.known.decided_on else ""
    message = (
        f"No {kind.called} is on record{since}: leave the claim out, or record it with `rekindle candidates touch`."
    )
    was_interview = _in_their_process(case, times) if times else _about_process(case, hit)
    return (warn if kind.may_be_interview and was_interview else refuse)(
        _RULE, message, hit.quote, *(each.id for each in case.concerned)
    )


def _in_their_process(case: Case, times: tuple[Moment, ...]) -> bool:
    for past in case.dossier.applications:
        days = [day for day in (past.applied_on, past.last_interview_on, past.decided_on) if day]
        if days and any(moment.fits(min(days), max(days)) for moment in times):
            return True
    return False


def _about_process(case: Case, hit: Hit) -> bool:
    ids = {past.id for past in case.dossier.applications}
    return bool(case.inside(hit.sentence, "interviewed") or ids & case.named_in(hit.sentence))
