from datetime import date

from rekindle.journey import listing
from rekindle.store.candidates import Label
from rekindle.store.engine import Store
from states.candidate import CandidateState
from states.message import MessageState
from tests.cast import anne, bert, dana, stored
from tests.journey.stage import change_candidate, planned


def test_candidates_come_with_their_newest_role_in_order_of_id(store: Store) -> None:
    with store.writing() as session:
        anne(session), dana(session)
        page = listing.candidates(session, limit=50)
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
        by_state = listing.candidates(session, state=CandidateState.REJECTED_WARM, limit=9)
        by_tag = listing.candidates(session, tag=" SILVER medal", limit=9)
        by_recruiter = listing.candidates(session, recruiter="Ben@Acme.example", limit=9)
        by_both = listing.candidates(session, tag="silver medal", recruiter="ben@acme.example", limit=9)
    names = [[line.name.split()[0] for line in page.lines] for page in (by_state, by_tag, by_recruiter, by_both)]
    assert names == [["Emil"], ["Emil"], ["Dana"], []]


def test_a_page_says_how_many_there_are_in_all(store: Store) -> None:
    with store.writing() as session:
        anne(session), bert(session), dana(session)
        page = listing.candidates(session, limit=2)
    assert (len(page.lines), page.total) == (2, 3)


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
