from rekindle.journey.openings.paging import pages


def test_pages_hold_everything_once_and_in_order() -> None:
    assert [list(page) for page in pages(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(pages([], 2)) == []
