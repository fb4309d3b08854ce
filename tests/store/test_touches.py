from datetime import date

from rekindle.store.engine import Store
from rekindle.store.touches import remember
from tests import cast

MAY, JUNE, JULY = date(2026, 5, 2), date(2026, 6, 10), date(2026, 7, 1)


def test_the_last_contact_only_ever_moves_forward(store: Store) -> None:
    with store.writing() as session:
        anne, dana = cast.anne(session), cast.dana(session)
        remember(session, [(anne.id, JULY), (dana.id, date(2026, 1, 1)), (anne.id, JUNE)])
        session.expire_all()
        assert (anne.last_contact_on, dana.last_contact_on) == (JULY, MAY)


def test_who_was_never_in_touch_is_from_now_on(store: Store) -> None:
    with store.writing() as session:
        anne = cast.anne(session, last_contact_on=None)
        remember(session, [(anne.id, JUNE)])
        session.refresh(anne)
        assert anne.last_contact_on == JUNE
