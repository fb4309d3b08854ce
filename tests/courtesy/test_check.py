"""The check as a whole: the two letters of the article, and what every finding has."""

import re

import pytest

from rekindle.courtesy.check import RULE_NAMES, check, is_clean
from rekindle.courtesy.finding import Finding, Severity, refuse, warn
from rekindle.courtesy.letter import read_letter
from tests.courtesy.honest import HONEST
from tests.courtesy.people import BAD_EXAMPLE, GOOD_EXAMPLE, found, good_letter, manner, refused_by, sarah

AWFUL = (
    "Subject: RE: URGENT\n\nHey [Name]!!\n\nWe have another opening, the Data Analyst role. It is your DREAM JOB and "
    "your last chance. Still interested? I saw on your Instagram that you moved. You scored 4.1, our first choice fell "
    "through and we are desperate. Apply here by Friday, you owe us that."
)


def test_the_good_example_of_the_article_is_clean() -> None:
    assert found(GOOD_EXAMPLE) == ()
    assert is_clean(found(GOOD_EXAMPLE))


def test_the_bad_example_of_the_article_is_refused_by_several_rules() -> None:
    assert refused_by(BAD_EXAMPLE) >= {"names-the-role", "easy-out", "lazy-question", "length"}
    assert not is_clean(found(BAD_EXAMPLE))


@pytest.mark.parametrize(
    "text",
    [
        "Hi! A new opening has come up. Are you still interested?",
        "Hello Sarah, we have another role open. Still looking?",
        "Hey Sarah, new job here, you in?",
        "Hi Sarah, we've got an opening. Interested? Let me know asap.",
        "Hallo! Wir haben wieder eine Stelle. Noch Interesse?",
    ],
)
def test_its_like_is_refused_too(text: str) -> None:
    assert len(refused_by(text)) >= 3


def test_an_awful_letter_is_told_everything_at_once() -> None:
    wanted = {
        *("placeholder", "wrong-role", "presumption", "pressure", "lazy-question", "private-life", "scores", "subject"),
        *("backup-plan", "desperation", "easy-out", "guilt", "names-the-role"),
    }
    assert wanted - refused_by(AWFUL) == set()


def test_every_finding_has_a_known_rule_a_sentence_to_act_on_and_words_that_stand_in_the_letter() -> None:
    letter = read_letter(AWFUL)
    told = " ".join(f"{letter.subject} {letter.body}".split())
    for finding in found(letter):
        assert finding.rule in RULE_NAMES
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", finding.rule)
        assert finding.message[0].isupper()
        assert finding.message.endswith((".", '"'))
        assert " ".join(finding.quote.split()) in told


def test_the_names_of_rules_are_each_there_once() -> None:
    assert len(RULE_NAMES) == len(set(RULE_NAMES))


def test_the_same_letter_gets_the_same_findings_in_the_same_order() -> None:
    assert check(read_letter(AWFUL), sarah(), manner()) == check(read_letter(AWFUL), sarah(), manner())


def test_nothing_is_said_twice() -> None:
    findings = found(good_letter(extra="This is your last chance. This is your last chance."))
    assert len(findings) == len(set(findings))


def test_only_what_refuses_keeps_a_letter_back() -> None:
    assert is_clean(())
    assert is_clean((warn("x", "y"),))
    assert not is_clean((warn("x", "y"), refuse("x", "y")))
    assert refuse("x", "y", "z", "a-1") == Finding("x", Severity.REFUSE, "y", "z", ("a-1",))


@pytest.mark.parametrize("name", ["formal", "german-sie", "rejection", "follow-up"])
def test_an_honest_letter_made_pushy_is_refused(name: str) -> None:
    text, dossier = HONEST[name]
    pushy = "Bitte antworten Sie bis Freitag." if dossier.language == "de" else "Please answer by Friday."
    assert "pressure" in refused_by(f"{text}\n\n{pushy}", dossier)
