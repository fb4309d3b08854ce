import pytest

from rekindle.journey.openings.stems import stems, telling, words_about
from rekindle.journey.openings.topic import Keeping, Topic

DIRECTOR = Topic(
    "Director of Product",
    "product",
    "director",
    "Growth",
    ("0-to-1 products", "usage-based pricing", "C++"),
    "owning a product line from the first customer on",
)


def test_words_meet_by_their_stems_and_little_words_do_not_count() -> None:
    assert stems("Prices of the Products") == stems("pricing a product")
    assert stems("C++") != stems("C")
    assert stems("of the") == {"of", "the"}
    assert stems("") == frozenset()


def test_everyday_words_and_bare_numbers_tell_nothing() -> None:
    assert telling("someone with 5 years more experience of the role") == frozenset()
    assert telling("someone with more B2B sales experience") == stems("B2B sales")


def test_shared_words_are_given_as_they_were_written() -> None:
    assert words_about("He priced our PRODUCTS well", stems("product pricing")) == ("priced", "products")


@pytest.mark.parametrize(
    ("family", "title", "is_of_kind"),
    [
        ("Product", "anything", True),
        ("PRODUCTS", "anything", True),
        ("product design", "Product Designer", False),
        ("sales", "Senior Product Manager", False),
        (None, "Senior Product Manager", True),
        ("", "Senior Product Manager", False),
        (None, "Account Executive", False),
    ],
)
def test_the_kind_of_work_is_the_family_or_where_there_is_none_the_title(
    *, family: str | None, title: str, is_of_kind: bool
) -> None:
    assert DIRECTOR.is_of_kind(family, title) is is_of_kind


@pytest.mark.parametrize(
    ("label", "skills"),
    [
        ("pricing", ("usage-based pricing",)),
        ("Prices", ("usage-based pricing",)),
        ("usage-based pricing of infrastructure", ("usage-based pricing",)),
        ("product", ("0-to-1 products",)),
        ("c++", ("C++",)),
        ("c", ()),
        ("pricing of products", ()),
        ("roadmaps", ()),
        ("-", ()),
    ],
)
def test_a_label_speaks_of_a_skill_when_all_words_of_one_stand_in_the_other(
    label: str, skills: tuple[str, ...]
) -> None:
    assert DIRECTOR.skills_in(label) == skills


@pytest.mark.parametrize(
    ("interest", "ground"),
    [
        ("0-to-1 products", "0-to-1 products"),
        ("growth-stage strategy", "the team Growth"),
        ("directors", "Director of Product"),
        ("first customers", "what is in it for them"),
        ("laboratory software", None),
        ("", None),
    ],
)
def test_an_interest_meets_a_skill_the_team_the_title_or_what_is_in_it(interest: str, ground: str | None) -> None:
    assert DIRECTOR.ground_of(interest) == ground


@pytest.mark.parametrize(
    ("promise", "family", "title", "keeps"),
    [
        ("reach out if a product role opens", None, "Analyst", Keeping.NAMED),
        ("write when Growth is hiring", "data", "Analyst", Keeping.NAMED),
        ("write about the next director post", "product", "Analyst", Keeping.NAMED),
        ("write about the next director post", "design", "Analyst", None),
        ("stay in touch", "product", "Analyst", Keeping.PERHAPS),
        ("stay in touch", "design", "Analyst", None),
    ],
)
def test_a_promise_is_kept_by_a_role_it_names(
    promise: str, family: str | None, title: str, keeps: Keeping | None
) -> None:
    assert DIRECTOR.keeps(promise, family, title) is keeps


@pytest.mark.parametrize(
    ("past", "is_same"),
    [
        (("director of product", "product", "director", "Growth"), True),
        (("Director of Product", None, None, None), True),
        (("Director of Product", "product", "director", None), True),
        (("Head of Product", "Product", "Director", "growth"), True),
        (("Director of Product", "product", "director", "Platform"), False),
        (("Director of Product", "product", "lead", "Growth"), False),
        (("Head of Product", "product", "director", None), False),
        (("Head of Product", "product", None, "Growth"), False),
        (("Head of Design", "design", "director", "Growth"), False),
    ],
)
def test_the_same_role_again_is_known_by_title_or_by_kind_level_and_team(
    *, past: tuple[str, str | None, str | None, str | None], is_same: bool
) -> None:
    assert DIRECTOR.is_same_again(*past) is is_same


def test_teams_differ_only_when_both_are_known() -> None:
    teamless = Topic("Director of Product", "product", "director")
    assert DIRECTOR.is_other_team("Platform")
    assert not any(DIRECTOR.is_other_team(team) for team in (None, "", "GROWTH", "gro-wth"))
    assert not teamless.is_other_team("Platform")
