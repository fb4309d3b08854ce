import pytest

from rekindle.mail.records.dmarc import are_aligned, policy_of
from rekindle.mail.records.tags import Broken
from tests.mail.records.zones import Table


def zone(**records: str) -> Table:
    """A zone of DMARC records: `acme__example` is acme.example."""
    return Table({f"_dmarc.{name.replace('__', '.')}": {"TXT": (text,)} for name, text in records.items()})


def test_a_domain_s_own_policy_comes_before_the_one_above_it() -> None:
    both = zone(acme__example="v=DMARC1; p=reject", news__acme__example="v=DMARC1;p=None ; rua=mailto:x@acme.example")
    own, above = policy_of(both, "news.acme.example"), policy_of(both, "jobs.acme.example")
    assert own is not None
    assert above is not None
    assert (own.domain, own.wish, own.reports) == ("news.acme.example", "none", True)
    assert (above.domain, above.wish, above.reports) == ("acme.example", "reject", False)


def test_what_is_wished_for_names_below_counts_below_only() -> None:
    found = zone(acme__example="v=DMARC1; p=reject; sp=none")
    wishes = [policy.wish for name in ("acme.example", "a.b.acme.example") if (policy := policy_of(found, name))]
    assert wishes == ["reject", "none"]


def test_no_policy_is_looked_for_among_suffixes() -> None:
    found = zone(example="v=DMARC1; p=reject")
    assert policy_of(found, "news.acme.example") is None
    assert found.asked == ["TXT _dmarc.news.acme.example", "TXT _dmarc.acme.example"]


@pytest.mark.parametrize("text", ["v=DMARC1", "v=DMARC1; p=", "v=DMARC1; p=maybe"])
def test_a_record_without_a_wish_is_broken(text: str) -> None:
    with pytest.raises(Broken, match="needs p=none"):
        policy_of(zone(acme__example=text), "acme.example")


def test_two_records_in_one_place_are_none() -> None:
    twice = Table({"_dmarc.acme.example": {"TXT": ("v=DMARC1; p=none", "v=DMARC1; p=reject", "a note")}})
    with pytest.raises(Broken, match=r"2 records at _dmarc\.acme\.example"):
        policy_of(twice, "acme.example")


@pytest.mark.parametrize(
    ("sender", "other", "relaxed"),
    [
        ("acme.example", "acme.example", True),
        ("acme.example", "mail.acme.example", True),
        ("mail.acme.example", "acme.example", True),
        ("news.acme.example", "mail.acme.example", True),
        ("acme.example", "notacme.example", False),
        ("acme.example", "mailer.example", False),
        ("news.acme.example", "news.mailer.example", False),
    ],
)
def test_names_of_one_organisation_speak_for_each_other_unless_it_is_strict(
    sender: str,
    other: str,
    relaxed: bool,  # noqa: FBT001
) -> None:
    found = zone(acme__example="v=DMARC1; p=none", mailer__example="v=DMARC1; p=none")
    assert are_aligned(found, sender, other, strict=False) is relaxed
    assert are_aligned(found, sender, other, strict=True) is (sender == other)
