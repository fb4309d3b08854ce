"""The standards of letters for benchmarks: our own words, nobody's settings."""

from datetime import timedelta

from benchmarks import people
from rekindle.courtesy.phrases import manner_from
from rekindle.journey.letters.standards import Colleague, Standards
from rekindle.journey.moving import Policy
from rekindle.journey.warming.readiness import Interval
from rekindle.mail.address import suppression_hash
from rekindle.resources import shipped
from rekindle.settings.courtesy import courtesy_words
from rekindle.store.facts import Limits
from states.message import Occasion


def standards(limits: Limits) -> Standards:
    """Return standards under which letters of the benchmark's people could go."""
    return Standards(
        company="Acme Labs",
        team={address: Colleague(address.split("@")[0].title(), "Senior Recruiter") for address in people.TEAM},
        spare_signer=people.TEAM[0],
        ladder=("junior", "mid", "senior", "lead", "director"),
        manner=manner_from(courtesy_words([shipped("config")])),
        policy=Policy(limits, frozenset()),
        templates=dict.fromkeys(Occasion, "a template"),
        deciders=("lead",),
        due=timedelta(days=7),
        four_eyes=frozenset(),
        stale_after=timedelta(days=7),
        reply_window=timedelta(days=21),
        follow_up_after=None,
        check_ins=Interval(120, 180),
        address_hash=lambda address: suppression_hash(people.SECRET, address),
    )
