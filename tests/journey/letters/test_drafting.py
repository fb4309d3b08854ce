"""A draft says what the records say, in words a person would choose, and never the same to two people."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.courtesy.dossier import Candidacy, Dossier, KnownNote, Signer, WrittenLetter
from rekindle.errors import MissingFacts
from rekindle.journey.letters import fragments
from rekindle.journey.letters.drafting import Draft, draft
from rekindle.journey.letters.proving import LIMITS
from rekindle.resources import shipped
from states.message import Occasion
from tests.courtesy.people import CALL, DIRECTOR, SENIOR_PM, STRENGTH, TODAY, sarah

OURS = (shipped("templates") / "letters",)
FIRST = WrittenLetter(id="m-4", text="Hi Sarah, …", sent_on=TODAY - timedelta(14))
BEN = Signer(address="ben@acme.example", name="Ben Okafor", title="Recruiter", handed_over_by="Ann Lee")
GERMAN = "de"


def follow_up(**changes: Any) -> Dossier:
    return sarah(**{"occasion": Occasion.FOLLOW_UP, "first_letter": FIRST, **changes})


def rejection(**changes: Any) -> Dossier:
    return sarah(**{"occasion": Occasion.REJECTION, "role": None, **changes})


def turned_down(**changes: Any) -> tuple[Candidacy, ...]:
    return (replace(SENIOR_PM, **changes),)


def drafts(dossier: Dossier, count: int = 12) -> list[Draft]:
    return [draft(dossier, OURS, variation) for variation in range(count)]


def all_say(words: str, dossier: Dossier) -> bool:
    """Whether every variation has these words, in upper or lower case."""
    return all(words.casefold() in each.body.casefold() for each in drafts(dossier))


def none_says(words: str, dossier: Dossier) -> bool:
    return not any(words.casefold() in f"{each.subject}\n{each.body}".casefold() for each in drafts(dossier))


# What a letter about a role says.


def test_sarahs_letter_tells_all_that_the_records_prove() -> None:
    for told in (
        "last spring",
        "Senior Product Manager",
        "finalist",
        "someone with more B2B experience",
        "background in consumer tech and product strategy",
        "reach out if a product role opens",
        "Director of Product",
        "Growth team",
        "0-to-1 products",
        "owning a product line from the first customer on",
        "you have already met several people here",
        "conversation with the hiring manager (45 minutes) and product deep-dive (60 minutes)",
        "about two hours",
        "Ann Lee\nSenior Recruiter, Acme Labs",
    ):
        assert all_say(told, sarah())


def test_it_is_a_letter_from_the_greeting_to_the_signature() -> None:
    for each in drafts(sarah()):
        paragraphs = each.body.split("\n\n")
        assert paragraphs[0].endswith(" Sarah,")
        assert paragraphs[-1] == "Ann Lee\nSenior Recruiter, Acme Labs"
        assert paragraphs[-2].endswith(",")
        assert 80 < len(each.body.split()) < 220
        assert each.signer == sarah().signer
        assert "\n" not in each.subject


def test_without_a_given_name_nobody_is_made_up() -> None:
    assert all(each.body.startswith("Hello,\n") for each in drafts(sarah(given_name="", family_name="")))


def test_the_outcome_comes_before_the_new_role() -> None:
    for each in drafts(sarah()):
        assert each.body.index("someone with more B2B") < each.body.index("Director of Product")


def test_finalist_is_said_only_of_a_finalist() -> None:
    assert none_says("finalist", sarah(applications=turned_down(finalist=False)))


def test_a_reason_that_may_not_be_said_is_replaced_by_the_outcome_alone() -> None:
    hidden = sarah(applications=turned_down(reason_sayable=False))
    assert none_says("B2B", hidden)
    assert all("another candidate" in each.body or "somebody else" in each.body for each in drafts(hidden))


def test_that_somebody_else_was_taken_is_not_made_up() -> None:
    for words in ("another candidate", "somebody else", "someone else"):
        assert none_says(words, sarah(applications=turned_down(reason="the post was cut", reason_sayable=False)))


def test_a_step_up_is_said_only_of_a_higher_level() -> None:
    same = replace(DIRECTOR, level="senior")
    for words in ("step up", "higher", "a level above", "more senior"):
        assert none_says(words, sarah(role=same))


def test_a_step_down_is_said() -> None:
    lower = replace(DIRECTOR, level="mid")
    for each in drafts(sarah(role=lower)):
        assert any(words in each.body for words in ("step down", "lower level", "a level below", "less senior"))
        assert each.proofs.as_record()["level-down"] == ["a-7", "r-1"]
    assert none_says("step down", sarah())


def test_the_team_is_said_to_differ_only_when_it_does() -> None:
    same = replace(DIRECTOR, team="Consumer")
    assert none_says("different team", sarah(role=same))
    assert none_says("Consumer team", sarah(role=same))


def test_a_silence_is_owned_up_to_and_a_recent_call_is_not_called_one() -> None:
    lately = replace(CALL, on=TODAY - timedelta(20))
    for words in ("a while", "some time since", "quiet between us"):
        assert none_says(words, sarah(contacts=(lately,)))
    for each in drafts(sarah()):
        assert "while" in each.body or "some time since" in each.body or "quiet between us" in each.body


def test_whoever_was_never_told_is_asked_to_forgive() -> None:
    untold = sarah(applications=turned_down(rejection="none"))
    assert all("sorry" in each.body or "apologise" in each.body for each in drafts(untold))
    assert none_says("standard", untold)


def test_nobody_claims_to_have_kept_in_touch() -> None:
    for words in ("kept in touch", "stayed in touch", "in mind", "following you"):
        assert none_says(words, sarah())


def test_a_full_process_is_called_full_and_never_short() -> None:
    full = replace(DIRECTOR, process_kind="full", process_because="")
    assert all("full" in each.body for each in drafts(sarah(role=full)))
    assert none_says("shorter", sarah(role=full))
    assert none_says("shorten", sarah(role=full))


def test_an_application_without_a_conversation_is_no_conversation() -> None:
    full = replace(DIRECTOR, process_kind="full", process_because="")
    applied = sarah(role=full, applications=turned_down(last_interview_on=None))
    for each in drafts(replace(applied, contacts=())):
        assert not any(words in each.body.split("\n\n")[1] for words in ("spoke", "interview", "talked", "talks"))
    assert all("last winter" not in each.body.casefold() for each in drafts(applied))


def test_a_role_of_the_same_title_is_not_compared_with_itself_by_name() -> None:
    same = replace(DIRECTOR, title="Senior Product Manager", skills=())
    for each in drafts(sarah(role=same, interests=(), skills=())):
        assert "Senior Product Manager then" not in each.subject
        assert "than the Senior Product Manager role" not in each.body


# Who signs.


def test_a_successor_is_introduced_once_and_claims_no_memory_of_their_own() -> None:
    for each in drafts(sarah(signer=BEN)):
        assert each.body.count("Ann Lee") == 1
        assert each.body.endswith("Ben Okafor\nRecruiter, Acme Labs")
        assert each.body.index("Ann Lee") < each.body.index("Senior Product Manager")
        assert "We spoke" not in each.body


@pytest.mark.parametrize(
    ("signer", "signature"),
    [
        (Signer(address="x@acme.example", name="Kim Roe"), "Kim Roe\nAcme Labs"),
        (Signer(address="x@acme.example", name="Acme Labs"), "\n\nAcme Labs"),
    ],
)
def test_a_signature_says_what_is_known(signer: Signer, signature: str) -> None:
    assert all(each.body.endswith(signature) for each in drafts(sarah(signer=signer)))


# The follow-up.


def test_a_follow_up_is_short_refers_to_the_letter_and_needs_no_answer() -> None:
    for each in drafts(follow_up()):
        sentences = [part for part in each.body.replace("?", ".").split("\n\n")[1].split(". ") if part]
        assert 3 <= len(sentences) <= 4
        assert "two weeks ago" in each.body.casefold()
        assert "Director of Product" in each.body
        assert "?" not in each.body


def test_a_successor_did_not_write_the_first_letter() -> None:
    for each in drafts(follow_up(signer=BEN)):
        for words in ("I wrote", "letter from me", "I sent", "my letter", "I told"):
            assert words not in f"{each.subject} {each.body}"


# The letter that turns somebody down.


def test_a_rejection_says_thanks_no_why_what_stood_out_what_we_promise_and_how_to_stop_it() -> None:
    for each in drafts(rejection(applications=turned_down(rejection=None, promise=None))):
        assert "hank" in each.body.split("\n\n")[1]
        assert "someone with more B2B experience" in each.body.split("\n\n")[2]
        assert "background in consumer tech" in each.body
        assert "write when a role in product opens" in each.body
        assert "once a quarter" in each.body
        assert len(each.body.split()) < 170


def test_a_recorded_promise_is_repeated_and_none_is_added() -> None:
    assert all_say("reach out if a product role opens", rejection())
    assert none_says("write when a role", rejection())


def test_a_decision_nobody_told_them_of_is_apologised_for() -> None:
    late = rejection(applications=turned_down(rejection="none"))
    assert all("sorry" in each.body or "apologise" in each.body for each in drafts(late))
    assert all("last spring" in each.body for each in drafts(late))
    assert none_says("last spring", rejection(applications=turned_down(rejection=None)))


def test_a_second_no_is_not_written_as_if_it_were_the_first() -> None:
    earlier = Candidacy(id="a-2", role="Product Manager", outcome="rejected", rejection="personal")
    for each in drafts(rejection(applications=(*turned_down(), earlier))):
        assert any(words in each.body for words in ("first", "second time", "before; I am aware"))


# German.


def test_a_german_reader_is_written_to_in_german_and_formally() -> None:
    for dossier in (sarah(language=GERMAN), follow_up(language=GERMAN), rejection(language=GERMAN)):
        for each in drafts(dossier):
            assert each.body.split("\n\n")[0] in {"Guten Tag Sarah Kim,", "Hallo Sarah Kim,"}
            assert any(words in each.body for words in ("Sie", "Ihre", "Ihnen"))
            assert " the " not in each.body.replace("with the hiring manager", "").replace("the first customer", "")


def test_after_the_comma_of_a_german_greeting_nothing_begins_with_a_needless_capital() -> None:
    for each in drafts(sarah(language=GERMAN)):
        first = each.body.split("\n\n")[1]
        assert first[0].islower() or first.startswith("Sie ")


def test_what_was_noted_in_another_language_is_quoted() -> None:
    assert all_say("„background in consumer tech and product strategy“", sarah(language=GERMAN))
    assert all_say("„owning a product line from the first customer on“", sarah(language=GERMAN))
    german = (replace(STRENGTH, text="brachte drei Interviews schon zum ersten Gespräch mit"),)
    assert all_say("“brachte drei Interviews schon zum ersten Gespräch mit”", sarah(notes=german))


def test_another_language_is_written_to_in_english() -> None:
    assert draft(sarah(language="fr"), OURS) == draft(sarah(), OURS)


# Never the same twice.


def test_the_same_records_always_give_the_same_letter() -> None:
    assert draft(sarah(), OURS) == draft(sarah(), OURS)


def test_a_redraft_has_other_words() -> None:
    first, second = draft(sarah(), OURS, 0), draft(sarah(), OURS, 1)
    shared = set(first.body.split("\n\n")) & set(second.body.split("\n\n"))
    assert shared <= {"Ann Lee\nSenior Recruiter, Acme Labs"}


def letters_to_fifty(dossier: Dossier) -> Sequence[WrittenLetter]:
    """Draft for fifty people of whom the same is known, each after the other."""
    written: list[WrittenLetter] = []
    for number in range(50):
        known = replace(
            dossier,
            given_name=f"Sam{number}",
            applications=tuple(replace(each, id=f"a-{number}") for each in dossier.applications),
            other_letters=tuple(written),
        )
        written.append(WrittenLetter(id=f"m-{number}", text=draft(known, OURS).body))
    return written


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("dossier", [sarah(), follow_up(), rejection(role=DIRECTOR)], ids=lambda each: each.occasion)
def test_fifty_people_of_whom_the_same_is_known_get_fifty_letters(dossier: Dossier, language: str) -> None:
    texts = {each.text.partition("\n")[2] for each in letters_to_fifty(replace(dossier, language=language))}
    assert len(texts) == 50


def test_a_letter_like_another_is_stepped_past() -> None:
    taken = draft(sarah(), OURS)
    other = WrittenLetter(id="m-8", text=taken.body.replace("Sarah", "Tom"))
    stepped = draft(sarah(other_letters=(other,)), OURS)
    assert stepped.variation == taken.variation + 1
    assert stepped.body != taken.body


def test_when_every_letter_is_like_another_the_check_has_the_last_word() -> None:
    all_taken = tuple(WrittenLetter(id=f"m-{n}", text=each.body) for n, each in enumerate(drafts(sarah(), 60)))
    assert draft(sarah(other_letters=all_taken), OURS).variation == 0


def test_the_limits_are_those_of_the_courtesy_check() -> None:
    said = tomllib.loads((shipped("config") / "courtesy.toml").read_text(encoding="utf-8"))["limits"]
    assert {name: said[name] for name in LIMITS} == dict(LIMITS)


def test_a_teams_own_limit_is_used() -> None:
    assert none_says("a while", sarah()) is False
    patient = [draft(sarah(), OURS, number, limits={**LIMITS, "gap_days": 400}) for number in range(12)]
    assert not any("a while" in each.body for each in patient)


# What must never happen.


def test_missing_facts_are_one_error_that_names_them_all_and_nobody() -> None:
    with pytest.raises(MissingFacts) as error:
        draft(sarah(notes=(), role=replace(DIRECTOR, steps=())), OURS, candidate="c-17")
    assert len(error.value.facts) == 2
    assert "note c-17 --kind strength" in str(error.value)
    assert "Sarah" not in str(error.value)


def test_a_team_changes_the_words(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "re_engagement.toml").write_text('farewell = ["Cheers,"]', encoding="utf-8")
    assert "\n\nCheers,\n\n" in draft(sarah(), (tmp_path, *OURS)).body


SECRETS = st.text(alphabet="qxzjv", min_size=6, max_size=12).map(lambda word: f"zq{word}")
KINDS = st.sampled_from(["strength", "background", "interest", "preference", "internal"])


@given(
    secrets=st.lists(SECRETS, min_size=3, max_size=3, unique=True),
    kind=KINDS,
    occasion=st.sampled_from(Occasion),
    language=st.sampled_from(["en", "de"]),
    variation=st.integers(0, 200),
)
@settings(deadline=None)
def test_what_may_not_be_said_never_enters_a_letter(
    secrets: list[str], kind: str, occasion: Occasion, language: str, variation: int
) -> None:
    note, reason, earlier = secrets
    hidden = KnownNote(id="n-1", kind=kind, text=f"0-to-1 products and pricing, {note}", sayable=False)
    dossier = sarah(
        occasion=occasion,
        language=language,
        notes=(hidden, STRENGTH),
        applications=(
            *turned_down(reason=f"someone with {reason}", reason_sayable=False),
            Candidacy(id="a-1", role="Product Manager", reason=earlier, reason_sayable=False, rejection="generic"),
        ),
        contacts=(replace(CALL, summary=note), replace(CALL, id="t-2", on=date(2026, 5, 1), summary=reason)),
        first_letter=FIRST,
    )
    drafted = draft(dossier, OURS, variation)
    assert not [secret for secret in secrets if secret in f"{drafted.subject}\n{drafted.body}"]
    assert "n-1" not in str(drafted.proofs.as_record())


@given(noted=st.text(min_size=1, max_size=120).filter(fragments.tidy), language=st.sampled_from(["en", "de"]))
@settings(deadline=None)
def test_whatever_recruiters_note_becomes_a_letter_of_clean_paragraphs(noted: str, language: str) -> None:
    note = replace(STRENGTH, text=noted)
    drafted = draft(sarah(language=language, notes=(note,), applications=turned_down(reason=noted)), OURS)
    for paragraph in drafted.body.split("\n\n")[:-1]:
        assert paragraph == " ".join(paragraph.split())
