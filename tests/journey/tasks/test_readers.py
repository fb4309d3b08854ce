"""Who reads whose digest while somebody is away."""

from datetime import timedelta

from rekindle.journey.approvals.delegating import delegate
from rekindle.journey.tasks.readers import readers
from rekindle.store.engine import Store
from tests.cast import NOW
from tests.journey.tasks.stage import ANN, BEN, DAY, TODAY

CLEO = "cleo@acme.example"
TEAM = (ANN, BEN, CLEO)


def away(store: Store, person: str, to: str, since: timedelta = 0 * DAY, until: timedelta = 9 * DAY) -> None:
    with store.writing() as session:
        delegate(session, person, to, since=TODAY + since, until=TODAY + until, team=TEAM, now=NOW)


def read(store: Store, team: tuple[str, ...] = TEAM) -> dict[str, list[str]]:
    with store.reading() as session:
        return {each.address: [who for who, _ in each.stands_in_for] for each in readers(session, team, TODAY)}


def test_everybody_reads_their_own(store: Store) -> None:
    assert read(store) == {ANN: [], BEN: [], CLEO: []}


def test_whoever_stands_in_reads_it_and_knows_until_when(store: Store) -> None:
    away(store, ANN, BEN)
    assert read(store) == {BEN: [ANN], CLEO: []}
    with store.reading() as session:
        assert readers(session, TEAM, TODAY)[0].stands_in_for == ((ANN, TODAY + 9 * DAY),)


def test_a_later_word_wins_and_a_time_to_come_does_not_count_yet(store: Store) -> None:
    away(store, ANN, BEN)
    away(store, ANN, CLEO)
    away(store, BEN, CLEO, since=DAY)
    assert read(store) == {BEN: [], CLEO: [ANN]}


def test_who_stands_in_and_is_away_as_well_passes_it_on(store: Store) -> None:
    away(store, ANN, BEN)
    away(store, BEN, CLEO)
    assert read(store) == {CLEO: [ANN, BEN]}


def test_where_they_stand_in_for_each_other_each_reads_their_own(store: Store) -> None:
    away(store, ANN, BEN)
    away(store, BEN, ANN)
    assert read(store) == {ANN: [], BEN: [], CLEO: []}


def test_whoever_named_somebody_that_has_left_reads_their_own(store: Store) -> None:
    away(store, ANN, CLEO)
    assert read(store, (ANN, BEN)) == {ANN: [], BEN: []}
