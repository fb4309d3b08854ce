"""A one-time code speaks for one person about one approval, once, for a while; nobody can read it in the database."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from rekindle.errors import BadInput, NotFound
from rekindle.journey.approvals import approval, codes
from rekindle.journey.approvals.approval import Ask, Decider, Decision
from rekindle.store.approvals import ApprovalCode, ApprovalKind
from rekindle.store.engine import Store
from tests.cast import NOW
from tests.journey.stage import ANN, BEN, CLEO
from tests.racing import at_once

SECRET = "a key of at least sixteen signs"
HOUR = timedelta(hours=1)


def ask(store: Store, digest: str = "d" * 64) -> int:
    with store.writing() as session:
        what = Ask(ApprovalKind.EDITION, "Send it?", digest, {})
        return approval.ask(session, what, by="rekindle", deciders=("lead",), now=NOW, due=24 * HOUR).id


@pytest.fixture
def asked(store: Store) -> int:
    return ask(store)


def issue(store: Store, approval_id: int, person: Decider = ANN) -> str:
    with store.writing() as session:
        return codes.issue(session, approval_id, person, secret=SECRET, now=NOW, lasts=HOUR)


def redeem(store: Store, approval_id: int, code: str, secret: str = SECRET, after: timedelta = HOUR / 2) -> str | None:
    with store.writing() as session:
        return codes.redeem(session, approval_id, code, secret=secret, now=NOW + after)


def test_a_code_says_who_it_was_given_to(store: Store, asked: int) -> None:
    anns, bens = issue(store, asked), issue(store, asked, BEN)
    assert redeem(store, asked, bens) == "ben@acme.example"
    assert redeem(store, asked, anns) == "ann@acme.example"


def test_a_code_works_once(store: Store, asked: int) -> None:
    code = issue(store, asked)
    assert redeem(store, asked, code)
    assert redeem(store, asked, code) is None


def test_of_two_who_use_a_code_at_once_one_is_believed(store: Store, asked: int) -> None:
    code = issue(store, asked)
    outcomes = at_once(store, *[lambda s: codes.redeem(s, asked, code, secret=SECRET, now=NOW)] * 2)
    assert sorted(map(str, outcomes)) == ["None", "ann@acme.example"]


def test_a_code_wears_out(store: Store, asked: int) -> None:
    code = issue(store, asked)
    assert redeem(store, asked, code, after=HOUR) is None
    assert redeem(store, asked, code, after=HOUR - timedelta(seconds=1)) == "ann@acme.example"


def test_a_code_is_good_for_its_own_approval_only(store: Store, asked: int) -> None:
    code = issue(store, asked)
    assert redeem(store, ask(store), code) is None
    assert redeem(store, asked, code)


def test_a_code_is_good_for_what_was_asked_then(store: Store, asked: int) -> None:
    code = issue(store, asked)
    with store.writing() as session:
        approval.find(session, asked).digest = "e" * 64
    assert redeem(store, asked, code) is None


@pytest.mark.parametrize("wrong", ["", "00000-00000", "-", "\ud800", "x" * 100_000, "';--", "０００００-00000"])
def test_whatever_else_is_typed_is_no_code(store: Store, asked: int, wrong: str) -> None:
    issue(store, asked)
    assert redeem(store, asked, wrong) is None


def test_a_code_may_be_typed_sloppily(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    signs = iter("01ABC" * 2 * 5)
    monkeypatch.setattr("secrets.choice", lambda _alphabet: next(signs))
    asked = ask(sqlite_store)
    for typed in ("01ABC-01ABC", "o1abc-OiAbC", " olabc oLABC\t", "01ABC01ABC", "01ABC – 01ABC\n"):
        assert issue(sqlite_store, asked) == "01ABC-01ABC"
        assert redeem(sqlite_store, asked, typed) == "ann@acme.example"


def test_a_code_has_nothing_that_is_mistaken_for_something_else(sqlite_store: Store) -> None:
    code = issue(sqlite_store, ask(sqlite_store))
    assert len(code) == 11
    assert not set(code) & set("ILOU")


def test_only_a_keyed_hash_is_stored(store: Store, asked: int) -> None:
    code = issue(store, asked)
    with store.reading() as session:
        kept = session.scalars(select(ApprovalCode)).one()
    assert code.replace("-", "") not in str(vars(kept)).upper()
    assert redeem(store, asked, code, secret="another key of sixteen signs") is None


def test_withdrawn_codes_are_worthless_and_used_ones_stay_as_they_were(store: Store, asked: int) -> None:
    used, fresh = issue(store, asked), issue(store, asked, BEN)
    other = ask(store)
    kept = issue(store, other)
    redeem(store, asked, used, after=timedelta(0))
    with store.writing() as session:
        codes.withdraw(session, [asked], NOW + HOUR / 4)
    assert redeem(store, asked, fresh) is None
    assert redeem(store, other, kept)
    with store.reading() as session:
        assert session.scalars(select(ApprovalCode.used_at).order_by(ApprovalCode.id)).first() == NOW


def test_who_may_not_decide_gets_no_code(store: Store, asked: int) -> None:
    with pytest.raises(BadInput, match=f"approval {asked} is waiting; lead may decide it while it waits"):
        issue(store, asked, CLEO)


def test_there_is_no_code_for_what_is_decided_or_unknown(store: Store, asked: int) -> None:
    with store.writing() as session:
        approval.decide(session, asked, Decision.DECLINE, ANN, digest="d" * 64, now=NOW, via="cli")
    with pytest.raises(BadInput, match="is declined"):
        issue(store, asked, BEN)
    with pytest.raises(NotFound):
        issue(store, asked + 1)
    with pytest.raises(NotFound):
        redeem(store, asked + 1, "00000-00000")
