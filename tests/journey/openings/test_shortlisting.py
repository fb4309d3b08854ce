from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from rekindle.journey.openings.shortlisting import Shortlist
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.outreaches import Outreach, OutreachOutcome
from rekindle.store.roles import Role
from rekindle.store.suppressions import Suppression
from states.candidate import CandidateState
from states.facts import Basis
from states.message import MessageState, Occasion
from states.programme import Programme
from tests.cast import NOW, anne, bert, cara, dana, stored, turned_down
from tests.journey.letters.stage import hashed
from tests.journey.openings.stage import TODAY, application_of, director, listed, note, tell, touch

# Who stands on it, and why.


def test_a_person_is_ranked_with_every_reason_and_the_records_behind_it(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        application = application_of(session, person.id)
        application.reason, application.promise = (
            "someone with more B2B experience",
            "reach out if a product role opens",
        )
        tell(session, person.id, "skill", "Pricing")
        tell(session, person.id, "interest", "0-to-1 products")
        known = note(session, person.id, "a sharp sense for products")
        call = touch(session, person.id, date(2026, 9, 1), channel="reply", direction="in")
        (found,) = listed(session, director(session)).ranked
    a = f"a-{application.id}"
    assert [(each.kind, each.points, each.evidence) for each in found.reasons] == [
        ("family", 5, (a,)),
        ("skill", 10, (f"c-{person.id}:skill:pricing",)),
        ("interest", 6, (f"c-{person.id}:interest:0-to-1 products",)),
        ("background", 4, (f"n-{known.id}",)),
        ("level", 8, (a,)),
        ("team", 3, (a,)),
        ("tipped", 4, (a,)),
        ("stage", 6, (a,)),
        ("told", 2, (a,)),
        ("promise", 8, (a,)),
        ("contact", 2, (f"t-{call.id}",)),
        ("heard", 5, (f"t-{call.id}",)),
    ]
    assert (found.candidate_id, found.score, found.last_contact) == (person.id, 63, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("family", "title", "kind", "label"),
    [
        ("Products", "Analyst", "skill", "opera"),
        (None, "Product Analyst", "skill", "opera"),
        ("sales", "Analyst", "skill", "usage-based pricing"),
        ("sales", "Analyst", "interest", "Growth"),
        ("sales", "Analyst", "interest", "first customers"),
    ],
)
def test_one_thing_in_common_is_enough_to_be_looked_at(
    family: str | None, title: str, kind: str, label: str, store: Store
) -> None:
    with store.writing() as session:
        person = anne(session)
        application = application_of(session, person.id)
        application.family, application.role = family, title
        tell(session, person.id, kind, label)
        found = listed(session, director(session))
    assert [each.candidate_id for each in found.ranked] == [person.id]
    assert found.considered == 1


def test_who_has_nothing_in_common_is_only_counted(store: Store) -> None:
    with store.writing() as session:
        for name in ("Anne", "Emil"):
            application_of(session, stored(session, name).id).family = "sales"
        found = listed(session, director(session))
    assert (found.ranked, found.left_out, found.considered) == ((), (), 0)
    assert found.left_out_counts == {"nothing_in_common": 2}


def test_an_empty_database_has_an_empty_list(store: Store) -> None:
    with store.writing() as session:
        assert listed(session, director(session)) == Shortlist((), (), (), 0, 0)


def test_more_in_common_stands_higher_and_the_others_are_counted(store: Store) -> None:
    with store.writing() as session:
        ids = [stored(session, name).id for name in ("Anne", "Emil", "Fay", "Gus")]
        tell(session, ids[2], "skill", "pricing")
        tell(session, ids[2], "interest", "pricing")
        tell(session, ids[3], "skill", "pricing")
        touch(session, ids[1], date(2024, 1, 1))
        role = director(session)
        assert [each.candidate_id for each in listed(session, role).ranked] == [ids[2], ids[3], ids[1], ids[0]]
        short = listed(session, role, most=2)
    assert [each.candidate_id for each in short.ranked] == [ids[2], ids[3]]
    assert (short.considered, short.ranked_lower) == (4, 2)


def test_the_newest_application_is_the_one_that_is_compared(store: Store) -> None:
    with store.writing() as session:
        person = anne(session)
        session.add(
            turned_down(person.id, level="vp", finalist=False, decided_on=date(2024, 1, 1), role="VP of Product")
        )
        session.flush()
        (found,) = listed(session, director(session)).ranked
    assert {each.kind: each.points for each in found.reasons}["level"] == 8


def test_the_same_records_give_the_same_list_to_the_last_byte(store: Store) -> None:
    with store.writing() as session:
        for number in range(12):
            person = stored(session, f"Person{number}", snoozed_until=date(2027, 1, 1) if number % 4 == 3 else None)
            tell(session, person.id, "skill", ("pricing", "opera")[number % 2])
        role = director(session)
        first = listed(session, role, most=5)
        session.expunge_all()
        assert repr(asdict(listed(session, role, most=5))) == repr(asdict(first))


# Who is left out.


def opted_out(session: Session) -> Candidate:
    return bert(session)


def unreachable(session: Session) -> Candidate:
    return cara(session)


def with_columns(**changes: Any) -> Callable[[Session], Candidate]:
    return lambda session: anne(session, **changes)


def with_application(**changes: Any) -> Callable[[Session], Candidate]:
    def make(session: Session) -> Candidate:
        person = anne(session)
        application = application_of(session, person.id)
        for name, value in changes.items():
            setattr(application, name, value)
        session.flush()
        return person

    return make


def mailed(days_ago: int, times: int = 1) -> Callable[[Session], Candidate]:
    def make(session: Session) -> Candidate:
        person = anne(session)
        for number in range(times):
            session.add(letter(person.id, NOW - timedelta(days=days_ago + number), f"{person.id}-{number}"))
        session.flush()
        return person

    return make


def letter(candidate_id: int, at: Any, key: str, outreach_id: int | None = None) -> Message:
    return Message(
        candidate_id=candidate_id,
        programme=Programme.RE_ENGAGEMENT if outreach_id else Programme.QUARTERLY_UPDATE,
        outreach_id=outreach_id,
        occasion=Occasion.RE_ENGAGEMENT if outreach_id else None,
        state=MessageState.SENT,
        key=key,
        due_at=at,
        created_at=at,
        sending_at=at,
        sent_at=at,
    )


LEFT_OUT = [
    ("opted_out", opted_out, "c", "the candidate asked us to stop"),
    ("declined", with_columns(state=CandidateState.DECLINED), "c", "only they can change that"),
    ("opted_out", with_columns(state=CandidateState.DECLINED, opted_out_at=NOW), "c", "asked us to stop"),
    ("hired", with_columns(state=CandidateState.HIRED), "c", "they got a job here"),
    ("interviewing", with_columns(state=CandidateState.INTERVIEWING), "c", "in interviews"),
    ("re_engaged", with_columns(state=CandidateState.RE_ENGAGED), "c", "the answer is awaited"),
    ("unreachable", unreachable, "c", "came back"),
    ("no_address", with_columns(address=None), "c", "no email address"),
    ("no_basis", with_columns(basis=Basis.UNKNOWN), "c", "no lawful basis"),
    ("no_basis", with_columns(consent_until=date(2026, 10, 12)), "c", "consent ended on 2026-10-12"),
    ("snoozed", with_columns(snoozed_until=date(2026, 10, 14)), "c", "left in peace until 2026-10-14"),
    ("withdrew", with_application(outcome="withdrew"), "a", "the candidate withdrew"),
    ("withdrew", with_application(rejected_by="candidate"), "a", "the candidate withdrew"),
    ("with_us", with_application(outcome="hired"), "a", "works here"),
    ("with_us", with_application(outcome="open"), "a", "in a process with us"),
    ("cooling", with_application(decided_on=date(2026, 9, 14)), "a", "under 30 days old"),
    ("budget", mailed(20), "m", "heard from us often enough"),
    ("budget", mailed(30, times=12), "m", "heard from us often enough"),
    ("recycled_role", with_application(role="director of  product", level="director", team="Growth"), "a", "same role"),
    ("recycled_role", with_application(role="Head of it", level="Director", team="growth"), "a", "same role"),
    ("recycled_role", with_application(role="Director of Product", level=None, team=None), "a", "same role"),
]


@pytest.mark.parametrize(
    ("code", "make", "record", "sentence"), LEFT_OUT, ids=[f"{n}-{x[0]}" for n, x in enumerate(LEFT_OUT)]
)
def test_who_may_not_be_asked_is_left_out_with_the_reason_and_its_record(
    code: str, make: Callable[[Session], Candidate], record: str, sentence: str, store: Store
) -> None:
    with store.writing() as session:
        person = make(session)
        found = listed(session, director(session))
    assert (found.ranked, found.considered, found.left_out_counts) == ((), 1, {code: 1})
    (left_out,) = found.left_out
    assert (left_out.candidate_id, left_out.code) == (person.id, code)
    assert sentence in left_out.sentence
    assert left_out.evidence[0].startswith(f"{record}-")


FITTING = [
    with_columns(state=CandidateState.REJECTED_WARM),
    with_columns(consent_until=date(2026, 10, 13)),
    with_columns(basis=Basis.LEGITIMATE_INTEREST, consent_until=date(2020, 1, 1)),
    with_columns(snoozed_until=date(2026, 10, 13)),
    with_application(decided_on=date(2026, 9, 13)),
    with_application(decided_on=None, applied_on=None),
    mailed(21),
    mailed(30, times=11),
    with_application(role="Director of Product", level="director", team="Platform"),
    with_application(role="Director of Product", level="lead", team="Growth"),
    with_application(role="Director of Product", level="director", team="Growth", decided_on=date(2025, 10, 12)),
]


@pytest.mark.parametrize("make", FITTING, ids=range(len(FITTING)))
def test_who_is_just_within_the_rules_is_ranked(make: Callable[[Session], Candidate], store: Store) -> None:
    with store.writing() as session:
        person = make(session)
        found = listed(session, director(session))
    assert [each.candidate_id for each in found.ranked] == [person.id]
    assert found.left_out_counts == {}


def test_who_withdrew_long_ago_and_was_turned_down_since_is_ranked(store: Store) -> None:
    with store.writing() as session:
        person, leaver = anne(session), dana(session)
        session.add(turned_down(person.id, outcome="withdrew", decided_on=date(2025, 1, 1), role="Product Manager"))
        session.add(turned_down(leaver.id, outcome="withdrew", decided_on=date(2026, 6, 1), role="Product Manager"))
        session.flush()
        found = listed(session, director(session))
    assert [each.candidate_id for each in found.ranked] == [person.id]
    assert [(each.candidate_id, each.code) for each in found.left_out] == [(leaver.id, "withdrew")]


def test_a_suppressed_address_is_left_out_and_the_next_takes_the_place(store: Store) -> None:
    with store.writing() as session:
        ids = [stored(session, name).id for name in ("Anne", "Emil", "Fay")]
        tell(session, ids[0], "skill", "pricing")
        session.add(Suppression(address_hash=hashed("anne@example.org"), reason="complaint", at=NOW))
        session.flush()
        found = listed(session, director(session), most=2)
    assert [each.candidate_id for each in found.ranked] == ids[1:]
    assert [(each.candidate_id, each.code, each.evidence) for each in found.left_out] == [
        (ids[0], "suppressed", (f"c-{ids[0]}",))
    ]
    assert (found.considered, found.ranked_lower) == (3, 0)


# Who was written to before.


def approach(session: Session, person: Candidate, role: Role, **changes: Any) -> Outreach:
    row = Outreach(**{"candidate_id": person.id, "role_id": role.id, "proofs": {}, "created_at": NOW, **changes})
    session.add(row)
    session.flush()
    return row


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (None, "a letter about this role is already out or on its way"),
        (OutreachOutcome.NOT_NOW, "they were written to about this role: not-now"),
        (OutreachOutcome.NOT_SENT, "we did not send the letter about this role that was drafted"),
    ],
)
def test_one_letter_about_a_role_is_enough(outcome: OutreachOutcome | None, sentence: str, store: Store) -> None:
    with store.writing() as session:
        role = director(session)
        row = approach(session, anne(session), role, outcome=outcome, closed_at=NOW if outcome else None)
        found = listed(session, role)
    assert [(each.code, each.sentence, each.evidence) for each in found.left_out] == [
        ("has_outreach", sentence, (f"o-{row.id}",))
    ]


def test_whose_letter_never_left_because_the_role_was_closed_may_be_asked_when_it_opens_again(store: Store) -> None:
    with store.writing() as session:
        role, person = director(session), anne(session)
        approach(session, person, role, outcome=OutreachOutcome.ROLE_CLOSED, closed_at=NOW)
        assert [each.candidate_id for each in listed(session, role).ranked] == [person.id]


def test_a_live_letter_about_another_role_comes_first(store: Store) -> None:
    with store.writing() as session:
        row = approach(session, anne(session), director(session, slug="other", title="Head of Data"))
        found = listed(session, director(session))
    assert [(each.code, each.evidence) for each in found.left_out] == [("other_outreach", (f"o-{row.id}",))]


@pytest.mark.parametrize(("days", "code"), [(89, "recently_approached"), (91, None)])
def test_who_had_a_personal_letter_not_long_ago_is_left_in_peace(days: int, code: str | None, store: Store) -> None:
    with store.writing() as session:
        person, other = anne(session), director(session, slug="other", title="Head of Data", family="data")
        at = NOW - timedelta(days=days)
        row = approach(session, person, other, created_at=at, outcome=OutreachOutcome.NO_ANSWER, closed_at=NOW)
        sent = letter(person.id, at, "a letter", row.id)
        session.add(sent)
        session.flush()
        found = listed(session, director(session))
    assert [(each.code, each.evidence) for each in found.left_out] == ([(code, (f"m-{sent.id}",))] if code else [])
    assert len(found.ranked) == (0 if code else 1)


def test_who_was_written_to_about_the_same_role_under_another_name_is_left_out(store: Store) -> None:
    with store.writing() as session:
        before = director(session, slug="director-product-2025", title="Head of Product")
        long_ago = NOW - timedelta(days=200)
        row = approach(
            session, anne(session), before, created_at=long_ago, outcome=OutreachOutcome.NOT_NOW, closed_at=long_ago
        )
        found = listed(session, director(session))
    assert [(each.code, each.evidence) for each in found.left_out] == [("recycled_role", (f"o-{row.id}",))]


def test_a_stop_is_told_before_anything_else(store: Store) -> None:
    with store.writing() as session:
        role, person = director(session), bert(session)
        approach(session, person, role)
        assert [each.code for each in listed(session, role).left_out] == ["opted_out"]


# How it is counted.


def test_of_each_reason_the_first_few_are_named_those_who_would_have_stood_highest(store: Store) -> None:
    with store.writing() as session:
        ids = [stored(session, f"Person{n}", snoozed_until=TODAY + timedelta(days=5)).id for n in range(4)]
        tell(session, ids[2], "skill", "pricing")
        gone = stored(session, "Gone", opted_out_at=NOW).id
        found = listed(session, director(session), examples=2)
    assert found.counts == (("snoozed", 4), ("opted_out", 1))
    assert [(each.candidate_id, each.code) for each in found.left_out] == [
        (ids[2], "snoozed"),
        (ids[0], "snoozed"),
        (gone, "opted_out"),
    ]


def test_everybody_is_on_the_list_below_it_or_left_out(store: Store) -> None:
    with store.writing() as session:
        for number in range(30):
            changes = {"opted_out_at": NOW} if number % 5 == 0 else {}
            person = stored(session, f"Person{number}", **changes)
            if number % 3 == 0:
                application_of(session, person.id).family = "sales"
            if number % 7 == 0:
                session.add(Suppression(address_hash=hashed(f"person{number}@example.org"), reason="stop", at=NOW))
        session.flush()
        found = listed(session, director(session), most=6)
    assert (len(found.ranked), found.considered) == (6, 20)
    left_out = sum(count for code, count in found.counts if code != "nothing_in_common")
    assert len(found.ranked) + found.ranked_lower + left_out == found.considered
    assert found.left_out_counts["nothing_in_common"] == 10
