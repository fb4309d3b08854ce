"""Whose turn comes when: who has cooled off on a day, whom nobody has been in touch with for long by then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush

from rekindle.journey.forecast.standing import Standing
from rekindle.journey.warming.due import Quiet
from states.candidate import CandidateState
from states.facts import Facts
from states.guards import Refusal

_DAY = timedelta(days=1)
#: What time alone does not mend.
_LASTING = frozenset({"is_contactable", "did_not_withdraw", "is_not_with_us", "basis_is_known", "wants_words_between"})


@dataclass(slots=True)
class Turns:
    """Days by candidate id. Whoever something has happened to is to be expected anew."""

    _cooling: list[tuple[date, int]] = field(default_factory=list)
    _quiet: list[tuple[date, int]] = field(default_factory=list)
    #: Whose interval is over, with the first day on which it is worth asking.
    _waiting: dict[int, tuple[Quiet, date]] = field(default_factory=dict)

    def expect(self, each: Standing) -> None:
        """Take note of the next day on which something may happen to somebody."""
        if each.stands is CandidateState.REJECTED_WARM and each.known.decided_on:
            cooled_on = each.known.decided_on + timedelta(days=each.known.cool_off_days)
            heappush(self._cooling, (cooled_on, each.candidate_id))
        self._waiting.pop(each.candidate_id, None)
        if each.stands is CandidateState.NURTURING and (quiet := each.quiet()):
            heappush(self._quiet, (quiet.due_on, each.candidate_id))

    def cooled(self, people: Mapping[int, Standing], today: date) -> Iterator[Standing]:
        """Give whoever has cooled off by today, each once."""
        while self._cooling and self._cooling[0][0] <= today:
            each = people[heappop(self._cooling)[1]]
            if each.stands is CandidateState.REJECTED_WARM:
                yield each

    def due(self, people: Mapping[int, Standing], today: date) -> Iterator[Standing]:
        """Give whom nobody has been in touch with for long enough, in the order in which they get their turn."""
        self._let_wait(people, today)
        ready = [quiet.turn(today) for quiet, on in self._waiting.values() if on <= today]
        # Few get their turn in a day: sorting all who wait would cost more than all the rest.
        heapify(ready)
        while ready:
            yield people[heappop(ready)[2]]

    def put_off(self, each: Standing, refusals: Sequence[Refusal], facts: Facts) -> None:
        """Ask again about somebody on the first day on which the answer may be another."""
        quiet, _ = self._waiting.pop(each.candidate_id)
        if _LASTING.isdisjoint(refusal.code for refusal in refusals):
            again = max(_again(refusal, facts) for refusal in refusals)
            self._waiting[each.candidate_id] = quiet, again

    def forget(self, each: Standing) -> None:
        """Ask no more about somebody until they have been in touch."""
        del self._waiting[each.candidate_id]

    def is_waiting(self, each: Standing) -> bool:
        """Say whether somebody is due, and has not had their turn."""
        return each.candidate_id in self._waiting

    def _let_wait(self, people: Mapping[int, Standing], today: date) -> None:
        while self._quiet and self._quiet[0][0] <= today:
            due_on, candidate_id = heappop(self._quiet)
            quiet = people[candidate_id].quiet()
            # Noted twice, and in touch meanwhile: only the newest note counts.
            if quiet and quiet.due_on == due_on:
                self._waiting.setdefault(candidate_id, (quiet, due_on))


def _again(refusal: Refusal, facts: Facts) -> date:
    lifted = {"is_not_snoozed": facts.snoozed_until, "budget_allows": facts.budget_free_on}.get(refusal.code)
    tomorrow = facts.now.date() + _DAY
    return max(lifted, tomorrow) if lifted else tomorrow
