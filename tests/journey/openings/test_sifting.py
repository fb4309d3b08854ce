"""What the database counts at once against the slow way, everybody weighed one by one. Random people, by a seed."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rekindle.journey.openings.barring import barred, known
from rekindle.journey.openings.leaving_out import Tally, sort_out
from rekindle.journey.openings.overlapping import overlap
from rekindle.journey.openings.profiles import profiles
from rekindle.journey.openings.ranking import Ranked, ranked
from rekindle.journey.openings.sifting import sift
from rekindle.journey.openings.topic import Topic, topic_of
from rekindle.journey.openings.wording import at_best
from rekindle.store.applications import Application
from rekindle.store.candidates import Candidate, Label
from rekindle.store.engine import Store
from rekindle.store.messages import Message
from rekindle.store.notes import Note
from rekindle.store.touches import Touch
from states.candidate import CandidateState
from states.facts import Basis
from states.message import MessageState
from states.programme import Programme
from tests.cast import NOW, stored, turned_down
from tests.journey.openings.stage import LADDER, RULES, TODAY, director, listed

PEOPLE = 40
SEEDS = range(4)
FAMILIES = ["product", "Product", "PRODUCTS", "sales", None, ""]
TITLES = [
    "Senior Product Manager",
    "Director of Product",
    "DIRECTOR OF PRODUCT",
    "Account Executive",
    "Head of Product",
]
LABELS = ["pricing", "0-to-1 products", "mentoring", "growth", "opera", "prices", "first customers", "ÜBUNG"]
TEXTS = ["knows pricing", "a sharp sense for products", "sings", "someone with more B2B experience", "prices well"]


def someone(session: Session, chance: Random, number: int) -> None:
    """Store a person with whatever chance gives them."""
    person = stored(
        session,
        f"Person{number}",
        state=chance.choice([*CandidateState, *[CandidateState.NURTURING] * 12]),
        basis=chance.choice([*[Basis.CONSENT] * 6, Basis.UNKNOWN]),
        consent_until=chance.choice([None, TODAY, TODAY - timedelta(days=1)]),
        opted_out_at=chance.choice([*[None] * 12, NOW]),
        unreachable_since=chance.choice([*[None] * 12, NOW]),
        snoozed_until=chance.choice([*[None] * 8, TODAY, TODAY + timedelta(days=1)]),
    )
    session.delete(session.scalars(select(Application).where(Application.candidate_id == person.id)).one())
    for _ in range(chance.randrange(4)):
        session.add(past(chance, person.id))
    for kind in ("skill", "interest"):
        for label in chance.sample(LABELS, chance.randrange(3)):
            session.add(Label(candidate_id=person.id, kind=kind, key=label.casefold(), label=label))
    for _ in range(chance.randrange(3)):
        kind = chance.choice(["strength", "background", "interest", "preference", "internal"])
        session.add(Note(candidate_id=person.id, kind=kind, text=chance.choice(TEXTS), created_at=NOW))
    for _ in range(chance.randrange(3)):
        on = TODAY - timedelta(days=chance.choice([0, 89, 90, 91, 365, 366]))
        session.add(Touch(candidate_id=person.id, on=on, channel="call", direction=chance.choice(["in", "out"])))
    for mail in range(chance.choice([0, 0, 0, 1, 12])):
        session.add(mailed(chance, person.id, f"{number}-{mail}"))


def past(chance: Random, candidate_id: int) -> Application:
    decided = chance.choice([None, TODAY, *[TODAY - timedelta(days=days) for days in (29, 30, 200, 364, 365, 366)]])
    return turned_down(
        candidate_id,
        role=chance.choice(TITLES),
        family=chance.choice(FAMILIES),
        level=chance.choice([None, "senior", "Director", "director", "vp", "wizard"]),
        team=chance.choice([None, "", "Growth", "GROWTH", "Consumer", "gro-wth"]),
        last_stage=chance.choice([None, "onsite"]),
        finalist=chance.random() < 0.4,
        applied_on=chance.choice([None, TODAY - timedelta(days=400)]),
        decided_on=decided,
        outcome=chance.choice([*["rejected"] * 8, "withdrew", "hired", "open"]),
        rejected_by=chance.choice([None, "company", "company", "company", "candidate"]),
        reason=chance.choice([None, "", *TEXTS]),
        rejection=chance.choice([None, "personal", "generic", "none"]),
        promise=chance.choice([None, "", "stay in touch", "reach out if a product role opens", "write about growth"]),
    )


def mailed(chance: Random, candidate_id: int, key: str) -> Message:
    at = NOW - timedelta(days=chance.choice([20, 21, 30, 364, 366]))
    state = chance.choice([MessageState.SENT, MessageState.BOUNCED, MessageState.FAILED, MessageState.CANCELLED])
    programme = Programme.QUARTERLY_UPDATE
    return Message(
        candidate_id=candidate_id, programme=programme, state=state, key=key, due_at=at, created_at=at, sending_at=at
    )


def crowd(session: Session, seed: int) -> Topic:
    chance = Random(seed)
    for number in range(PEOPLE):
        someone(session, chance, number)
    session.flush()
    return topic_of(director(session))


def weighed_one_by_one(session: Session, topic: Topic) -> dict[int, Ranked]:
    everybody = list(session.scalars(select(Candidate.id).order_by(Candidate.id)))
    found = (ranked(each, topic, LADDER, TODAY) for each in profiles(session, everybody))
    return {each.candidate_id: each for each in found if each}


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_with_something_in_common_is_found_and_nobody_else(seed: int, store: Store) -> None:
    with store.writing() as session:
        topic = crowd(session, seed)
        assert set(overlap(session, topic).points) == set(weighed_one_by_one(session, topic))


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_gets_more_points_than_the_database_supposed(seed: int, store: Store) -> None:
    with store.writing() as session:
        topic = crowd(session, seed)
        exact = weighed_one_by_one(session, topic)
        sifted = sift(session, overlap(session, topic), topic, RULES, NOW)
        read = {order[-1]: order for order in at_best(session, sifted, topic)}
    assert sorted(sifted) == sifted
    assert all(one.order <= read[one.candidate_id] <= exact[one.candidate_id].order for one in sifted)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_words_are_read_the_points_are_exact_for_whoever_applied_once(seed: int, store: Store) -> None:
    with store.writing() as session:
        topic = crowd(session, seed)
        exact = weighed_one_by_one(session, topic)
        once = {each.candidate_id for each in profiles(session, list(exact)) if plain(each.applications)}
        sifted = sift(session, overlap(session, topic), topic, RULES, NOW)
        read = {order[-1]: order for order in at_best(session, sifted, topic)}
    assert {one: read[one] for one in once} == {one: exact[one].order for one in once}
    assert once


def plain(applications: tuple[object, ...]) -> bool:
    """Say whether there is one application at most, written as an import writes it."""
    return (
        all(
            getattr(each, "team") in {None, "Growth", "Consumer"}  # noqa: B009 - any of the records
            and "" not in {getattr(each, "reason"), getattr(each, "promise")}  # noqa: B009
            for each in applications
        )
        and len(applications) <= 1
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_class_hears_from_the_guards_what_each_of_its_people_would(seed: int, store: Store) -> None:
    with store.writing() as session:
        topic = crowd(session, seed)
        sifted = sift(session, overlap(session, topic), topic, RULES, NOW)
        of_person = {
            one.person.id: one.refusals for one in known(session, [one.candidate_id for one in sifted], RULES, NOW)
        }
        first: dict[object, object] = {}
        for one in sifted:
            codes = [refusal.code for refusal in of_person[one.candidate_id]]
            assert first.setdefault(one.class_, codes) == codes


@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_is_the_one_that_weighing_everybody_gives(seed: int, store: Store) -> None:
    with store.writing() as session:
        topic = crowd(session, seed)
        exact = weighed_one_by_one(session, topic)
        left_out = barred(session, list(exact), topic, RULES, NOW)
        wanted = sorted((one for one in exact.values() if one.candidate_id not in left_out), key=lambda one: one.order)
        lists = {most: listed(session, director(session), most=most, examples=PEOPLE) for most in (1, 3, 50)}
    for most, found in lists.items():
        assert list(found.ranked) == wanted[:most]
        assert {each.candidate_id: each for each in found.left_out} == left_out
        assert found.ranked_lower == max(0, len(wanted) - most)


def test_whoever_the_database_can_tell_is_sorted_out_before_anybody_is_weighed(store: Store) -> None:
    with store.writing() as session:
        topic = crowd(session, 1)
        sifted, tally = sift(session, overlap(session, topic), topic, RULES, NOW), Tally(examples=0)
        eligible = {one.candidate_id for one in sort_out(session, sifted, {}, tally, RULES, NOW)}
        left_out = barred(session, [one.candidate_id for one in sifted], topic, RULES, NOW)
    assert eligible == {one.candidate_id for one in sifted} - set(left_out)
    assert tally.counts.total() == len(left_out)


def test_the_day_is_that_of_the_call(store: Store) -> None:
    with store.writing() as session:
        topic = crowd(session, 2)
        later = NOW + timedelta(days=400)
        today = sift(session, overlap(session, topic), topic, RULES, NOW)
        next_year = sift(session, overlap(session, topic), topic, RULES, later)
    assert {one.candidate_id for one in today} == {one.candidate_id for one in next_year}
    assert sum(one.points for one in next_year) > sum(one.points for one in today)
    assert date.fromordinal(-min(one.contact for one in today)) <= TODAY
