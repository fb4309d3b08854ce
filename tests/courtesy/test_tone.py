"""The tone of a letter: what pushes, begs, presumes, accuses, flatters or spies is found, and an honest line is not."""

import pytest

from rekindle.courtesy.dossier import Contact, KnownNote
from tests.courtesy.people import GERMAN, STRENGTH, TODAY, found, good_letter, refused_by, rules, sarah
from tests.courtesy.tones import GERMAN_HONEST, GERMAN_REFUSED, HONEST, REFUSED


def pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(rule, line) for rule, lines in table.items() for line in lines]


@pytest.mark.parametrize(("rule", "line"), pairs(REFUSED))
def test_a_tone_to_avoid_is_refused_by_its_name(rule: str, line: str) -> None:
    assert rule in refused_by(good_letter(extra=line))


@pytest.mark.parametrize(("rule", "line"), pairs(GERMAN_REFUSED))
def test_a_tone_to_avoid_is_refused_in_german_too(rule: str, line: str) -> None:
    assert rule in refused_by(good_letter(GERMAN, extra=line))


@pytest.mark.parametrize("line", HONEST)
def test_an_honest_line_has_no_tone_to_avoid(line: str) -> None:
    assert rules(good_letter(extra=line)) & {*REFUSED, "flattery", "lazy-question"} == set()


@pytest.mark.parametrize("line", GERMAN_HONEST)
def test_an_honest_german_line_has_none_either(line: str) -> None:
    assert rules(good_letter(GERMAN, extra=line)) & {*REFUSED, "flattery", "lazy-question"} == set()


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("pressure", "I would be glad about a quick reply."),
        ("chasing", "Just a reminder of my note."),
        ("presumption", "I think you will love the team."),
        ("presumption", "Maybe it is your dream job."),
        ("guilt", "It would be a shame if we lost touch."),
        ("private-life", "I saw on LinkedIn that you changed jobs."),
        ("backup-plan", "You were our runner-up."),
        ("mass-mail", "You are in our talent pool."),
        ("mass-mail", "We are always on the lookout for people like you."),
        ("flattery", "You are a rockstar."),
        ("flattery", "You were amazing, your case study was brilliant and the team found you outstanding."),
        ("desperation", "This is a top priority for us."),
        ("mass-mail", "If you know anyone who might fit, tell them."),
        ("mass-mail", "I found your file among those that Ben left me."),
        ("mass-mail", "Our records say two good things about you."),
        ("backup-plan", "The letter that was due to you never came."),
        ("private-life", "Your diagnosis of the slow checkout was right."),
    ],
)
def test_a_doubtful_tone_makes_a_person_look_and_refuses_nothing(rule: str, line: str) -> None:
    letter = good_letter(extra=line)
    assert rule in rules(letter)
    assert rule not in refused_by(letter)


@pytest.mark.parametrize(
    "question", ["Still interested?", "Are you still interested?", "Still looking, Sarah?", "You still available?"]
)
def test_a_question_that_is_nothing_but_lazy_is_refused(question: str) -> None:
    assert "lazy-question" in refused_by(good_letter(ask=question))


@pytest.mark.parametrize("question", ["Bist du noch interessiert?", "Noch Interesse?", "Suchst du noch?"])
def test_a_lazy_question_is_refused_in_german_too(question: str) -> None:
    assert "lazy-question" in refused_by(good_letter(GERMAN, ask=question))


@pytest.mark.parametrize(
    "question",
    [
        "Would you still be interested in product leadership?",
        "Are you still interested in working on something new, or has that changed?",
        "Is this still a topic for you?",
    ],
)
def test_a_whole_question_about_their_interest_is_not_lazy(question: str) -> None:
    assert "lazy-question" not in rules(good_letter(ask=question))


def test_a_tone_to_avoid_in_the_subject_is_found_as_well() -> None:
    assert "presumption" in refused_by(good_letter(subject="An exciting opportunity"))


def test_the_quote_is_what_was_written() -> None:
    letter = good_letter(extra="Honestly: THIS is your “Last–Chance”.")
    assert [finding.quote for finding in found(letter) if finding.rule == "pressure"] == ["Last–Chance"]


def test_what_is_on_record_may_be_said_in_its_own_words() -> None:
    built = KnownNote(id="n-5", kind="strength", text="led the hiring targets dashboard", sayable=True)
    letter = good_letter(extra="You led the hiring targets dashboard.")
    assert "desperation" in refused_by(letter)
    assert "desperation" not in rules(letter, sarah(notes=(STRENGTH, built)))


@pytest.mark.parametrize(
    "line", ["It is no deadline, but please answer by Friday.", "Nothing is urgent; just answer by Friday."]
)
def test_a_denial_ends_with_its_thought(line: str) -> None:
    assert "pressure" in refused_by(good_letter(extra=line))


def test_what_they_told_us_themselves_is_no_watching() -> None:
    assert "private-life" in refused_by(good_letter(extra="I heard that you moved to Hamburg."))
    assert "private-life" not in rules(
        good_letter(extra="You told me on the phone, and I heard that you moved happily.")
    )


def test_who_writes_to_us_on_linkedin_is_not_watched_there() -> None:
    contact = Contact(id="t-1", on=TODAY, channel="linkedin", direction="in")
    line = "I saw your note on LinkedIn."
    assert "private-life" not in rules(good_letter(extra=line), sarah(contacts=(contact,)))
