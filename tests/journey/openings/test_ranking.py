from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.courtesy.dossier import Candidacy, Contact, KnownNote
from rekindle.journey.openings.profile import Profile, Reason
from rekindle.journey.openings.ranking import Ranked, ranked
from rekindle.journey.openings.topic import Topic
from tests.journey.openings.stage import LADDER, TODAY

DIRECTOR = Topic(
    "Director of Product", "product", "director", "Growth", ("0-to-1 products", "pricing"), "first customers"
)
PAST = Candidacy(id="a-7", role="Senior Product Manager", family="product", level="senior", team="Consumer")
NOTE = KnownNote(id="n-3", kind="strength", text="turned a vague brief into three products", sayable=True)


def reasons(profile: Profile, topic: Topic = DIRECTOR) -> dict[str, Reason]:
    found = ranked(profile, topic, LADDER, TODAY)
    return {each.kind: each for each in found.reasons} if found else {}


def past(**changes: Any) -> Profile:
    return Profile(17, applications=(replace(PAST, **changes),))


def said(reason: Reason) -> tuple[int, str, tuple[str, ...]]:
    return reason.points, reason.sentence, reason.evidence


# One criterion at a time.


def test_who_has_nothing_in_common_is_not_weighed() -> None:
    assert ranked(Profile(17), DIRECTOR, LADDER, TODAY) is None
    stranger = past(family="sales", promise="reach out if a product role opens", finalist=True)
    assert ranked(replace(stranger, notes=(NOTE,)), DIRECTOR, LADDER, TODAY) is None


def test_each_skill_the_role_asks_for_counts_once_with_all_labels_that_speak_of_it() -> None:
    found = ranked(Profile(17, skills=("Pricing", "usage-based pricing", "python")), DIRECTOR, LADDER, TODAY)
    assert found is not None
    assert said(found.reasons[0]) == (
        10,
        "works with Pricing and usage-based pricing; the role asks for pricing",
        ("c-17:skill:pricing", "c-17:skill:usage-based pricing"),
    )
    assert [each.kind for each in found.reasons].count("skill") == 1


def test_an_interest_counts_with_what_of_the_role_it_meets() -> None:
    found = reasons(Profile(17, interests=("0-to-1 products", "growth", "opera")))["interest"]
    sentence = "is interested in 0-to-1 products and growth; the role: 0-to-1 products and the team Growth"
    assert said(found) == (6, sentence, ("c-17:interest:0-to-1 products", "c-17:interest:growth"))


def test_the_same_kind_of_work_counts_with_the_applications_that_were_for_it() -> None:
    other = replace(PAST, id="a-4", family="sales")
    found = reasons(Profile(17, applications=(PAST, other)))["family"]
    assert said(found) == (5, "applied for product work before: Senior Product Manager", ("a-7",))


def test_a_note_that_speaks_of_the_role_counts_once_and_the_sayable_one_is_quoted() -> None:
    unsaid = replace(NOTE, id="n-2", text="knows pricing", sayable=False)
    found = reasons(replace(past(), notes=(unsaid, NOTE)))["background"]
    assert said(found) == (
        4,
        "strength on record: “turned a vague brief into three products” (products)",
        ("n-2", "n-3"),
    )
    assert "which no letter may say" in reasons(replace(past(), notes=(unsaid,)))["background"].sentence


@pytest.mark.parametrize("kind", ["internal", "preference"])
def test_what_is_for_us_alone_is_no_reason(kind: str) -> None:
    assert "background" not in reasons(replace(past(), notes=(replace(NOTE, kind=kind),)))


@pytest.mark.parametrize(
    ("level", "team", "points", "sentence"),
    [
        ("senior", "Growth", 8, "a step up, from senior to director"),
        ("vp", "Growth", -10, "a step down, from vp to director"),
        ("Director", "Consumer", 0, "the same level, director, in another team"),
        ("director", "growth", -3, "the same level again, director, and no other team"),
        ("director", None, -3, "the same level again, director, and no other team"),
    ],
)
def test_the_level_is_compared_on_the_ladder(level: str, team: str | None, points: int, sentence: str) -> None:
    assert said(reasons(past(level=level, team=team))["level"]) == (points, sentence, ("a-7",))


@pytest.mark.parametrize("level", [None, "", "wizard"])
def test_a_level_nobody_knows_is_not_compared(level: str | None) -> None:
    assert "level" not in reasons(past(level=level))
    assert "level" not in reasons(past(), replace(DIRECTOR, level="wizard"))


def test_another_team_counts() -> None:
    assert said(reasons(past())["team"]) == (3, "another team: Growth instead of Consumer", ("a-7",))
    assert "team" not in reasons(past(team="Growth"))


def test_what_tipped_it_last_time_counts_for_or_against() -> None:
    matters_not = reasons(past(reason="someone with more B2B experience"))["tipped"]
    assert said(matters_not) == (
        4,
        "what tipped it last time does not matter here: “someone with more B2B experience”",
        ("a-7",),
    )
    matters = reasons(past(reason="someone who had priced\nsoftware before"))["tipped"]
    assert said(matters) == (
        -8,
        "what tipped it last time still matters here (priced): “someone who had priced software before”",
        ("a-7",),
    )
    assert "tipped" not in reasons(past(reason=None))


def test_a_finalist_counts_more_than_a_stage() -> None:
    assert said(reasons(past(finalist=True, last_stage="final"))["stage"])[:2] == (
        6,
        "was a finalist for Senior Product Manager",
    )
    assert said(reasons(past(last_stage="onsite"))["stage"])[:2] == (
        2,
        "got as far as “onsite” for Senior Product Manager",
    )
    assert "stage" not in reasons(past())


@pytest.mark.parametrize(("grade", "points"), [("personal", 2), ("generic", 0), ("none", -2)])
def test_how_they_were_told_counts(grade: str, points: int) -> None:
    assert reasons(past(rejection=grade))["told"].points == points
    assert "told" not in reasons(past(rejection=None))


def test_a_promise_that_names_the_role_counts_more_than_one_that_may_be_meant() -> None:
    named = past(promise="reach out if a product role opens")
    assert said(reasons(named)["promise"]) == (
        8,
        "a promise falls due: “reach out if a product role opens”",
        ("a-7",),
    )
    perhaps = replace(PAST, id="a-9", promise="stay in touch")
    assert reasons(Profile(17, (perhaps,)))["promise"].points == 3
    both = Profile(17, (perhaps, *named.applications))
    assert (reasons(both)["promise"].points, reasons(both)["promise"].evidence) == (8, ("a-9", "a-7"))
    assert "promise" not in reasons(past(promise="reach out if a product role opens", outcome="withdrew"))


@pytest.mark.parametrize(
    ("days", "points", "ago"),
    [
        *[
            (0, 2, "today"),
            (1, 2, "1 day ago"),
            (13, 2, "13 days ago"),
            (20, 2, "2 weeks ago"),
            (90, 2, "3 months ago"),
        ],
        *[(91, 1, "3 months ago"), (365, 1, "12 months ago"), (366, 0, "12 months ago")],
    ],
)
def test_the_last_contact_counts_by_how_long_ago_it_was(days: int, points: int, ago: str) -> None:
    call = Contact(id="t-9", on=TODAY - timedelta(days=days), channel="call", direction="out")
    found = reasons(replace(past(), contacts=(call,)))
    assert said(found["contact"]) == (points, f"last contact {ago}: call from us on {call.on}", ("t-9",))
    assert "heard" not in found


def test_who_got_in_touch_themselves_counts_more_even_if_we_were_the_last() -> None:
    ours = Contact(id="t-9", on=date(2026, 9, 1), channel="email", direction="out")
    theirs = Contact(id="t-4", on=date(2026, 6, 1), channel="reply", direction="in")
    found = reasons(replace(past(), contacts=(ours, theirs)))
    assert said(found["heard"]) == (5, "got in touch themselves: reply on 2026-06-01", ("t-4",))
    assert found["contact"].evidence == ("t-9",)
    assert "heard" not in reasons(replace(past(), contacts=(replace(theirs, on=date(2025, 10, 12)),)))


def test_without_any_contact_the_letter_has_to_say_so() -> None:
    assert said(reasons(past())["contact"]) == (0, "no contact since is on record: the letter has to say so", ())


# All together.

WORDS = st.sampled_from(["pricing", "0-to-1 products", "roadmaps", "growth", "b2b", "opera", "first customers"])
CANDIDACIES = st.builds(
    Candidacy,
    id=st.sampled_from(["a-1", "a-2"]),
    role=st.sampled_from(["Senior Product Manager", "Director of Product", "Analyst"]),
    family=st.sampled_from([None, "product", "sales"]),
    level=st.sampled_from([None, "senior", "director", "vp", "wizard"]),
    team=st.sampled_from([None, "Growth", "Consumer"]),
    last_stage=st.sampled_from([None, "final"]),
    finalist=st.booleans(),
    outcome=st.sampled_from(["rejected", "withdrew"]),
    reason=st.none() | WORDS,
    rejection=st.sampled_from([None, "personal", "generic", "none"]),
    promise=st.sampled_from([None, "stay in touch", "reach out if a product role opens"]),
)
CONTACTS = st.builds(
    Contact,
    id=st.just("t-1"),
    on=st.dates(date(2025, 1, 1), TODAY),
    channel=st.just("call"),
    direction=st.sampled_from(["in", "out"]),
)
NOTES = st.builds(
    KnownNote,
    id=st.just("n-1"),
    kind=st.sampled_from(["strength", "internal", "interest"]),
    text=WORDS,
    sayable=st.booleans(),
)


def lists(of: Any, most: int) -> Any:
    return st.lists(of, max_size=most).map(tuple)


PROFILES = st.builds(
    Profile,
    st.integers(1, 99),
    lists(CANDIDACIES, 3),
    lists(WORDS, 3),
    lists(WORDS, 3),
    lists(NOTES, 3),
    lists(CONTACTS, 3).map(lambda found: tuple(sorted(found, key=lambda each: each.on, reverse=True))),
)


@given(PROFILES)
def test_the_score_is_the_sum_of_the_points_and_nothing_else(profile: Profile) -> None:
    found = ranked(profile, DIRECTOR, LADDER, TODAY)
    if found:
        assert found.score == sum(each.points for each in found.reasons)
        assert all(each.sentence and (each.evidence or each.kind == "contact") for each in found.reasons)


@given(profile=PROFILES, word=WORDS, is_skill=st.booleans())
def test_one_thing_more_in_common_never_lowers_a_place(profile: Profile, word: str, *, is_skill: bool) -> None:
    skills, interests = (*profile.skills, word), (*profile.interests, word)
    more = replace(profile, skills=skills) if is_skill else replace(profile, interests=interests)
    before, after = (ranked(each, DIRECTOR, LADDER, TODAY) for each in (profile, more))
    assert before is None or (after is not None and after.order <= before.order)


@given(
    st.lists(PROFILES, max_size=6, unique_by=lambda profile: profile.candidate_id), st.randoms(use_true_random=False)
)
def test_the_order_in_which_people_are_read_does_not_matter(profiles: list[Profile], chance: Random) -> None:
    def listed() -> list[Ranked]:
        found = [one for profile in profiles if (one := ranked(profile, DIRECTOR, LADDER, TODAY))]
        return sorted(found, key=lambda each: each.order)

    first = listed()
    chance.shuffle(profiles)
    assert listed() == first


def test_equal_scores_stand_by_the_last_contact_and_then_by_id() -> None:
    someone = ranked(past(), DIRECTOR, LADDER, TODAY)
    assert someone is not None
    fresh = replace(someone, candidate_id=20, last_contact=date(2026, 9, 1))
    stale = replace(someone, candidate_id=3, last_contact=date(2026, 1, 1))
    never, never_too = replace(someone, candidate_id=2), replace(someone, candidate_id=1)
    better = replace(stale, score=someone.score + 1, candidate_id=30)
    found = sorted([never, stale, better, fresh, never_too], key=lambda each: each.order)
    assert [each.candidate_id for each in found] == [30, 20, 3, 1, 2]
