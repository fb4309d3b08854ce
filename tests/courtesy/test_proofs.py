"""The proofs a first letter must bring: when, which role, how it ended and why, what is different, why them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rekindle.courtesy.dossier import Contact
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import BAD_EXAMPLE, CALL, DIRECTOR, good_letter, sarah
from tests.courtesy.truths import judged, noted, past, untrue

PROOFS = {
    *("remembers-when", "remembers-role", "names-the-outcome", "gives-reason", "says-the-gap"),
    *("says-why-them", "says-what-is-different"),
}


def test_the_honest_letter_brings_them_all() -> None:
    assert untrue(good_letter()) == ()


def test_the_lazy_letter_brings_none() -> None:
    assert judged(untrue(BAD_EXAMPLE)).keys() == PROOFS


@pytest.mark.parametrize(
    ("part", "words", "rule"),
    [
        ("past", "we spoke in April.", "remembers-role"),
        ("outcome", "", "names-the-outcome"),
        ("outcome", "", "gives-reason"),
        ("strength", "", "says-why-them"),
        ("fit", "I think it suits you better.", "says-what-is-different"),
    ],
)
def test_a_letter_that_leaves_one_out_is_refused(part: str, words: str, rule: str) -> None:
    parts = {"past": "we spoke in April about the Senior Product Manager role.", "process": "", part: words}
    assert judged(untrue(good_letter(**parts)))[rule] is Severity.REFUSE


@pytest.mark.parametrize(
    "words",
    [
        "we spoke last spring about the Senior Product Manager role.",
        "you interviewed with us in April for the Senior Product Manager role.",
        "last spring you were in our final round for the Senior PM role.",
        "back in April, when you interviewed for the Senior Product Manager role, we learned a lot.",
        "it is seven months since your final interview for the Senior Product Manager role.",
        "half a year ago we said no to you for the Senior Product Manager role.",
        "you may remember our call in June, after the Senior Product Manager interviews.",
        "on 20 April you had your last interview for the Senior Product Manager role.",
        "Senior Product Manager, April 2026: you came in for a whole day.",
        "earlier this year you went through our process for Senior Product Manager.",
    ],
)
def test_it_may_be_said_in_many_ways_when_and_about_what_you_spoke(words: str) -> None:
    assert {"remembers-when", "remembers-role", "claimed-time"}.isdisjoint(
        judged(untrue(good_letter(past=words, gap="")))
    )


@pytest.mark.parametrize("when", ["a while ago", "some time ago", "a while back"])
def test_a_time_that_tells_nothing_makes_a_person_look(when: str) -> None:
    letter = good_letter(past=f"{when}, you interviewed with us for the Senior Product Manager role.", gap="")
    assert judged(untrue(letter))["remembers-when"] is Severity.WARN


def test_no_time_at_all_is_refused_with_the_right_one() -> None:
    refused = next(
        each
        for each in untrue(good_letter(past="we spoke about the Senior Product Manager role.", gap=""))
        if each.rule == "remembers-when"
    )
    assert refused.severity is Severity.REFUSE
    assert "'last spring'" in refused.message
    assert refused.evidence == ("a-7",)


@pytest.mark.parametrize(
    "role", ["the senior PM role", "the Senior Product Manager job", "the product manager position"]
)
def test_the_former_role_may_be_called_as_people_call_it(role: str) -> None:
    assert "remembers-role" not in judged(untrue(good_letter(past=f"we spoke in April about {role}.")))


@pytest.mark.parametrize("role", ["the Data Analyst role", "a role here", "the design role", "our opening"])
def test_another_role_is_not_the_former_one(role: str) -> None:
    assert judged(untrue(good_letter(past=f"we spoke in April about {role}.")))["remembers-role"] is Severity.REFUSE


def test_naming_the_open_role_names_no_former_one() -> None:
    letter = good_letter(past="we spoke in April.", role="I am writing about our Director of Product role.")
    assert judged(untrue(letter))["remembers-role"] is Severity.REFUSE


@pytest.mark.parametrize(
    "words",
    [
        "In the end we went with someone with more B2B experience.",
        "We had to say no: the other finalist simply knew B2B better.",
        "You were turned down because we needed more experience with business-to-business products.",
        "It came down to B2B experience, and there somebody else had more.",
        "We chose a candidate who had sold to enterprises before.",
    ],
)
def test_the_outcome_and_the_reason_may_be_told_in_many_ways(words: str) -> None:
    assert {"names-the-outcome", "gives-reason", "claimed-reason"}.isdisjoint(
        judged(untrue(good_letter(outcome=words)))
    )


def test_a_reason_on_record_has_to_be_said_and_one_that_may_not_be_said_does_not() -> None:
    letter = good_letter(outcome="In the end we went with somebody else.")
    assert judged(untrue(letter))["gives-reason"] is Severity.REFUSE
    assert judged(untrue(letter, sarah(**past(reason_sayable=False)))) == {}
    assert judged(untrue(letter, sarah(**past(reason=None)))) == {}


def test_the_outcome_comes_early() -> None:
    late = good_letter(outcome="", extra="I should add that in the end we went with someone with more B2B experience.")
    assert judged(untrue(late)) == {"outcome-early": Severity.REFUSE}


def test_the_outcome_is_not_dwelt_on() -> None:
    dwelling = (
        "In the end we went with someone with more B2B experience. I know that we turned you down. It was a rejection "
        "that hurt. We were very sorry about it. Saying no was awful for us. I still feel bad about that decision."
    )
    assert judged(untrue(good_letter(outcome=dwelling)))["outcome-briefly"] is Severity.REFUSE
    begging = "In the end we went with someone with more B2B experience; please forgive us."
    assert judged(untrue(good_letter(outcome=begging)))["outcome-briefly"] is Severity.REFUSE


def test_one_word_of_shame_is_doubted_and_two_are_refused() -> None:
    once = "In the end we went with someone with more B2B experience, and I am ashamed of how we told you."
    assert judged(untrue(good_letter(outcome=once)))["outcome-briefly"] is Severity.WARN
    twice = f"{once} Do forgive me."
    assert judged(untrue(good_letter(outcome=twice)))["outcome-briefly"] is Severity.REFUSE


UNDATED = {"past": "you were a finalist for the Senior Product Manager role with us.", "gap": ""}


@pytest.mark.parametrize(
    "words",
    [
        "It has been a while since we connected.",
        "I know you haven't heard from us since June.",
        "We have not been in touch for some time.",
        "Five months have gone by without a word from us.",
        "It has been quiet on our side since then.",
        "Nobody here has written to you since the summer.",
        "This comes out of the blue, I know.",
        "We last spoke in June.",
        "When you interviewed in April, I was new here.",
    ],
)
def test_the_gap_may_be_owned_up_to_in_many_ways(words: str) -> None:
    assert "says-the-gap" not in judged(untrue(good_letter(**UNDATED | {"gap": words})))


def test_a_letter_that_pretends_there_was_no_gap_is_refused() -> None:
    refused = next(each for each in untrue(good_letter(**UNDATED)) if each.rule == "says-the-gap")
    assert refused.evidence == ("t-9",)
    assert "2026-06-10 (t-9)" in refused.message


def test_after_a_recent_word_there_is_no_gap() -> None:
    recent = sarah(contacts=(replace(CALL, on=date(2026, 10, 30)),))
    assert "says-the-gap" not in judged(untrue(good_letter(**UNDATED), recent))


def test_mail_to_many_closes_no_gap() -> None:
    update = Contact(id="t-1", on=date(2026, 10, 13), channel="email", direction="out", programme="quarterly-update")
    assert judged(untrue(good_letter(**UNDATED), sarah(contacts=(update, CALL))))["says-the-gap"] is Severity.REFUSE


def test_a_date_of_our_own_decision_is_no_word_about_the_gap() -> None:
    letter = good_letter(**UNDATED | {"gap": "In May we turned you down."})
    assert judged(untrue(letter))["says-the-gap"] is Severity.REFUSE


def test_who_was_never_told_has_to_hear_so() -> None:
    untold = sarah(**past(rejection="none"))
    assert judged(untrue(good_letter(), untold)) == {"unanswered-rejection": Severity.REFUSE}
    for words in (
        "You never heard back from us, and that was our mistake.",
        "We never told you how it ended, and I am sorry.",
        "We left you without an answer, which was wrong.",
        "You should have heard that from us.",
        "We owed you an answer.",
        "Nobody let you know, which is simply not on.",
    ):
        assert judged(untrue(good_letter(extra=words), untold)) == {}, words


def test_who_got_a_form_letter_deserves_a_word_about_it() -> None:
    generic = sarah(**past(rejection="generic"))
    assert judged(untrue(good_letter(), generic)) == {"unanswered-rejection": Severity.WARN}
    for words in ("All you got was a standard mail.", "You only heard it from a form letter.", "You deserved more."):
        assert judged(untrue(good_letter(extra=words), generic)) == {}, words


@pytest.mark.parametrize(
    "words",
    [
        "As I told you when we spoke about the decision, it was close.",
        "When I called you to tell you about the decision, you took it well.",
        "As we said back then, the door is open.",
        "In my letter after the decision I told you why.",
    ],
)
def test_no_words_may_rest_on_a_goodbye_that_never_was(words: str) -> None:
    alone = {"contacts": (), **past(rejection="generic")}
    letter = good_letter(extra=words, gap="It has been a while, and you only got a form letter.")
    assert judged(untrue(letter, sarah(**alone)))["presumed-goodbye"] is Severity.REFUSE
    assert "presumed-goodbye" not in judged(untrue(good_letter(extra=words)))


ONLY_FIT: dict[str, Any] = {"past": "we spoke in April about the Senior Product Manager role.", "process": ""}


@pytest.mark.parametrize(
    "fit",
    [
        "It is a step up from that one.",
        "It is on a different team this time.",
        "The role is on the Growth team rather than Consumer.",
        "It is about scaling 0-to-1 products, which is your thing.",
        "You would take products from zero to one, as you told us you wanted.",
        "Your consumer background is just what this role needs.",
        "This one is at director level.",
    ],
)
def test_one_difference_is_enough_in_whatever_words(fit: str) -> None:
    assert judged(untrue(good_letter(fit=fit, **ONLY_FIT))) == {}


@pytest.mark.parametrize(
    "fit",
    [
        "I think it aligns even better with your experience.",
        "I believe that you would be a great match.",
        "It might suit you better than the last one.",
        "It is perfect for somebody like you.",
        "We think that you will love it.",
    ],
)
def test_a_difference_that_names_nothing_is_none(fit: str) -> None:
    assert judged(untrue(good_letter(fit=fit, **ONLY_FIT)))["says-what-is-different"] is Severity.REFUSE


def test_a_difference_that_the_records_deny_is_none() -> None:
    same = sarah(role=replace(DIRECTOR, title="Product Lead", level="senior", team="Consumer"))
    letter = good_letter(
        role="We are looking for a Product Lead.", fit="It is a step up, and on a different team.", **ONLY_FIT
    )
    refused = judged(untrue(letter, same))
    assert refused["says-what-is-different"] is Severity.REFUSE
    assert refused["claimed-level"] is Severity.REFUSE
    assert refused["claimed-team"] is Severity.REFUSE


@pytest.mark.parametrize(
    "strength",
    [
        "What stayed with me is your background in consumer tech.",
        "I was really impressed by your product strategy.",
        "Your strategic thinking about products stood out.",
        "People here still talk about how you explained consumer tech.",
        "You know consumer technology like few others.",
    ],
)
def test_what_impressed_may_be_said_in_many_ways(strength: str) -> None:
    assert judged(untrue(good_letter(strength=strength))) == {}


@pytest.mark.parametrize("strength", ["You were great.", "Everybody liked the interviews.", "You impressed us a lot."])
def test_praise_that_names_nothing_is_no_proof(strength: str) -> None:
    assert judged(untrue(good_letter(strength=strength)))["says-why-them"] is Severity.REFUSE


def test_a_background_on_record_counts_as_well_as_a_strength() -> None:
    built = sarah(**noted("background", "built the loyalty app at Brightbox"))
    letter = good_letter(strength="I remember how you built the loyalty app at Brightbox.")
    assert judged(untrue(letter, built)) == {}
