from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from rekindle.journey import listing
from rekindle.journey.listing import CandidateLine, Page
from rekindle.journey.warming.readiness import Interval, Readiness
from rekindle.store.candidates import Label
from rekindle.store.engine import Store
from states.candidate import CandidateState
from states.message import MessageState
from tests.cast import NOW, anne, bert, dana, stored
from tests.journey.stage import change_candidate, planned


def candidates(session: Session, **asked: Any) -> Page[CandidateLine]:
    return listing.candidates(session, team=Interval(120, 180), today=NOW.date(), **asked)


def test_candidates_come_with_their_newest_role_in_order_of_id(store: Store) -> None:
    with store.writing() as session:
        anne(session), dana(session)
        page = candidates(session, limit=50)
    assert [(line.name, line.role) for line in page.lines] == [
        ("Anne Example", "Senior Product Manager"),
        ("Dana Example", "Senior Product Manager"),
    ]
    assert page.lines[0].id == "c-1"
    assert page.total == 2


def test_candidates_are_found_by_state_tag_and_recruiter(store: Store) -> None:
    with store.writing() as session:
        warm = stored(session, "Emil", state=CandidateState.REJECTED_WARM)
        session.add(Label(candidate_id=warm.id, kind="tag", key="silver medal", label="Silver Medal"))
        anne(session), dana(session)
    with store.reading() as session:
        by_state = candidates(session, state=CandidateState.REJECTED_WARM, limit=9)
        by_tag = candidates(session, tag=" SILVER medal", limit=9)
        by_recruiter = candidates(session, recruiter="Ben@Acme.example", limit=9)
        by_both = candidates(session, tag="silver medal", recruiter="ben@acme.example", limit=9)
    names = [[line.name.split()[0] for line in page.lines] for page in (by_state, by_tag, by_recruiter, by_both)]
    assert names == [["Emil"], ["Emil"], ["Dana"], []]


def test_a_page_says_how_many_there_are_in_all(store: Store) -> None:
    with store.writing() as session:
        anne(session), bert(session), dana(session)
        page = candidates(session, limit=2)
    assert (len(page.lines), page.total) == (2, 3)


def test_candidates_come_with_how_warm_they_are_and_are_found_by_it(store: Store) -> None:
    with store.writing() as session:
        anne(session, last_contact_on=date(2026, 10, 1))
        dana(session)
        stored(session, "Emil", state=CandidateState.DECLINED)
        everybody = candidates(session, limit=9)
        lapsing = candidates(session, readiness=Readiness.LAPSING, limit=9)
    assert [line.readiness for line in everybody.lines] == ["maintained", "lapsing", None]
    assert [line.id for line in lapsing.lines] == ["c-2"]
    assert (lapsing.lines[0].last_contact, lapsing.lines[0].cold_on) == (
        "rejection on 2026-05-02 (a-2)",
        date(2026, 10, 30),
    )


def test_letters_come_with_what_they_carry_and_why(store: Store) -> None:
    edition_id = planned(store, "Anne", "Emil")
    with store.reading() as session:
        page = listing.letters(session, edition_id=edition_id, limit=1)
        none = listing.letters(session, state=MessageState.SENT, limit=9)
        carried = listing.items_of(session, edition_id)
    assert page.total == 2
    assert page.lines[0].items == [("How we plan, part 1", "it is about roadmaps, which you work with")]
    assert (none.lines, none.total) == ([], 0)
    assert carried == [("How we plan, part 1", 2)]


def test_why_people_were_left_out_is_counted_without_their_days(store: Store) -> None:
    with store.writing() as session:
        ids = [stored(session, name).id for name in ("Fay", "Gil")]
    for candidate_id, month in zip(ids, (1, 2), strict=True):
        change_candidate(store, candidate_id, consent_until=date(2026, month, 2))
    edition_id = planned(store, "Anne")
    with store.reading() as session:
        assert listing.left_out(session, edition_id) == [("the candidate's consent ended on …", 2)]


def test_the_newest_editions_and_approvals_come_first(store: Store) -> None:
    planned(store, "Anne", period="2026-Q4")
    with store.reading() as session:
        assert [row.period for row in listing.editions(session, 5).lines] == ["2026-Q4"]
        assert [row.id for row in listing.approvals(session, 5).lines] == [1]
        assert [row.title for row in listing.content(session, 5).lines] == ["How we plan, part 1"]
