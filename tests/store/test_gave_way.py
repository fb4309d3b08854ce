"""Two transactions that wait for each other: PostgreSQL undoes one of them, and its owner may try again."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text, update

from rekindle.errors import LostRace
from rekindle.store.candidates import Candidate
from rekindle.store.engine import Store
from tests.cast import anne, bert


def test_of_two_who_wait_for_each_other_one_is_told_to_try_again(postgres_store: Store) -> None:
    with postgres_store.writing() as session:
        ids = [anne(session).id, bert(session).id]
    both_have_one = threading.Barrier(2)

    def rename(order: list[int]) -> str:
        try:
            with postgres_store.writing() as session:
                session.execute(text("SET LOCAL deadlock_timeout = '20ms'"))
                session.execute(update(Candidate).where(Candidate.id == order[0]).values(city="Narva"))
                both_have_one.wait(10)
                session.execute(update(Candidate).where(Candidate.id == order[1]).values(city="Narva"))
        except LostRace as lost:
            return str(lost)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(rename, [ids, ids[::-1]]))
    assert outcomes == ["done", "somebody else changed the same rows in this moment: nothing was done, try again"]
