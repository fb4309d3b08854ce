"""Slips of the pen and of the template: what was never filled in, and a greeting for somebody else."""

from dataclasses import replace

import pytest

from rekindle.courtesy.letter import Letter
from tests.courtesy.people import GERMAN, good_letter, refused_by, rules, sarah

UNFILLED = [
    "I remember your {{strength}}.",
    "I remember your {{ candidate.strength | title }}.",
    "We met for the {role} role.",
    "Hello %FIRSTNAME%, good to write to you.",
    "I hope *|FNAME|* is right.",
    "We spoke about the [Role].",
    "We spoke about the [ROLE TITLE].",
    "You were great at [insert skill].",
    "You worked at <COMPANY>.",
    "You worked at <company name>.",
    "We met in XXX.",
    "We met in xxx last year.",
    "TODO: mention the project.",
    "Lorem ipsum dolor sit amet.",
    "INSERT NAME HERE",
    "Please insert the role here.",
    "We spoke on ${date}.",
    "<<FirstName>>, it is good to write to you.",
    "{% if finalist %}You were a finalist.{% endif %}",
    "We last met in ____ for an interview.",
    "We met at [company].",
]
FILLED = [
    "The team writes to <team@acme.example> every week.",
    "See <https://acme.example/team> for more.",
    "We grew by 20% and then by 30% again.",
    "I <3 your roadmap.",
    "If a < b and b > c, the test passes.",
    "The size is XL.",
    "We are a small team (really small).",
    "It was chapter XX of the handbook.",
    "Your to-do list must be long.",
    "The budget is $50,000.",
    "Read [our handbook](https://acme.example/handbook) if you like.",
    "It is described in the note [1].",
    "We use {} and [] a lot in code.",
    "That is C++, C# and F#.",
    "You can write to me at ann_lee@acme.example.",
]


@pytest.mark.parametrize("line", UNFILLED)
def test_what_a_template_left_open_is_refused(line: str) -> None:
    assert "placeholder" in refused_by(good_letter(extra=line))


@pytest.mark.parametrize(
    "line", ["Wir sprachen über die Rolle [Titel].", "Hier einfügen, was gefiel.", "Ich erinnere mich an {{stärke}}."]
)
def test_what_a_german_template_left_open_is_refused(line: str) -> None:
    assert "placeholder" in refused_by(good_letter(GERMAN, extra=line))


@pytest.mark.parametrize("line", FILLED)
def test_signs_that_are_meant_are_no_placeholders(line: str) -> None:
    assert "placeholder" not in rules(good_letter(extra=line))


@pytest.mark.parametrize(
    "line", ["I was impressed by [their] roadmap.", "We spoke about the  role.", "You applied for the role of ."]
)
def test_what_may_be_a_hole_makes_a_person_look(line: str) -> None:
    letter = good_letter(extra=line)
    assert "placeholder" in rules(letter)
    assert "placeholder" not in refused_by(letter)


@pytest.mark.parametrize("greeting", ["Hi ,", "Dear ,", "Hello !", "Hi null,", "Dear None,", "Hi undefined,"])
def test_a_greeting_whose_name_was_never_filled_in_is_refused(greeting: str) -> None:
    assert "placeholder" in refused_by(good_letter(greeting=greeting))


def test_a_placeholder_in_the_subject_is_found() -> None:
    assert "placeholder" in refused_by(good_letter(subject="A role for {{name}}"))


@pytest.mark.parametrize(
    "greeting",
    [
        "Hi Anna,",
        "Dear Thomas,",
        "Hello Sandra!",
        "Hey Ann,",
        "Dear Ms Miller,",
        "Dear Mr. Okafor,",
        "Hi Sarah Miller,",
        "Good morning Peter,",
        "Hi Ben -",
        "hi thomas,",
        "Liebe Anna,",
    ],
)
def test_a_greeting_for_somebody_else_is_refused(greeting: str) -> None:
    assert "wrong-name" in refused_by(good_letter(greeting=greeting))


@pytest.mark.parametrize(
    "greeting", ["Lieber Thomas,", "Sehr geehrte Frau Schmidt,", "Hallo Anna!", "Guten Tag Herr Maier,"]
)
def test_a_german_greeting_for_somebody_else_is_refused(greeting: str) -> None:
    assert "wrong-name" in refused_by(good_letter(GERMAN, greeting=greeting))


@pytest.mark.parametrize(
    "greeting",
    [
        "Hi Sarah,",
        "hi sarah,",
        "Dear Sarah Kim,",
        "Dear Ms. Kim,",
        "Dear Ms Kim:",
        "Hello Kim Sarah,",
        "Good evening, Sarah,",
        "Hey Sarah - it's Ann,",
        "Hi Sarah (it's Ann from Acme Labs),",
        "SARAH,",
        "Sarah,",
        "Hi again Sarah,",
        "Hi there Sarah,",
        "Dear Dr. Kim,",
        "Hi Sarah, Ben here,",
        "Hallo Sarah,",
        "To Sarah Kim",
        "Hello from Berlin, Sarah,",
        "Happy New Year, Sarah!",
        "",
    ],
)
def test_a_greeting_for_the_right_person_or_none_is_fine(greeting: str) -> None:
    assert rules(good_letter(greeting=greeting)) & {"wrong-name", "placeholder"} == set()


@pytest.mark.parametrize(
    "greeting",
    ["Liebe Sarah,", "Sehr geehrte Frau Kim,", "Guten Tag Frau Dr. Kim,", "Hallo Sarah!", "Hi Sarah,", "Moin Sarah,"],
)
def test_a_german_greeting_for_the_right_person_is_fine(greeting: str) -> None:
    assert rules(good_letter(GERMAN, greeting=greeting)) & {"wrong-name", "placeholder", "greeting"} == set()


@pytest.mark.parametrize(
    ("given_name", "family_name", "greeting"),
    [
        ("José", "Álvarez", "Hi Jose,"),
        ("Jürgen", "Groß", "Dear Juergen,"),
        ("Łukasz", "Nowak", "Hi Lukasz,"),
        ("Robert", "Smith", "Hi Bob,"),
        ("Alexander", "Petrov", "Hi Alex,"),
        ("Katherine", "Hill", "Dear Kate,"),
        ("Johanna", "Weiß", "Hi Hanna,"),
        ("Sarah", "Kim", "Hi Sara,"),
        ("Siobhán", "O'Hara", "Hi Siobhan,"),
        ("王芳", "", "Hi Wang Fang,"),
        ("Andrew", "Cole", "Hi Andy,"),
    ],
)
def test_a_short_or_plain_form_of_the_name_only_makes_a_person_look(
    given_name: str, family_name: str, greeting: str
) -> None:
    who = sarah(given_name=given_name, family_name=family_name)
    letter = good_letter(greeting=greeting)
    assert "wrong-name" in rules(letter, who)
    assert "wrong-name" not in refused_by(letter, who)


@pytest.mark.parametrize(
    ("given_name", "family_name", "greeting"),
    [
        ("Anna-Lena", "Voß", "Hi Anna-Lena,"),
        ("Anna-Lena", "Voß", "Hi Lena,"),
        ("Siobhán", "O'Hara", "Dear Ms O’Hara,"),
        ("Jürgen", "Groß", "Dear Mr Gross,"),
        ("芳", "王", "Hi 芳,"),
        ("芳", "王", "Dear 王芳,"),
        ("עדי", "לוי", "Hi עדי,"),
        ("Şebnem", "Öz", "Hi Şebnem,"),
        ("İpek", "Ada", "Hi İpek,"),
        ("Mary Jane", "Watson", "Dear Mary Jane,"),
        ("Mary Jane", "Watson", "Dear Mary,"),
        ("Jean-Luc", "de la Tour", "Dear Mr de la Tour,"),
        ("Bo", "Li", "Hi Bo,"),
        ("J. R.", "Ewing", "Dear J. R.,"),
        ("Jose\u0301", "A\u0301lvarez", "Hi José,"),
        ("José", "Álvarez", "Hi Jose\u0301,"),
    ],
)
def test_names_of_every_kind_are_recognised(given_name: str, family_name: str, greeting: str) -> None:
    who = sarah(given_name=given_name, family_name=family_name)
    assert "wrong-name" not in rules(good_letter(greeting=greeting), who)


@pytest.mark.parametrize("greeting", ["Hi,", "Hello!", "Hi there,", "Hey,", "Good morning,"])
def test_a_greeting_for_nobody_makes_a_person_look(greeting: str) -> None:
    letter = good_letter(greeting=greeting)
    assert "greeting" in rules(letter)
    assert "greeting" not in refused_by(letter)


def test_a_colleague_may_sign() -> None:
    assert rules(good_letter(signature="Ben Okafor")) & {"wrong-name", "greeting"} == set()


def test_the_article_greets_in_the_middle_of_a_line() -> None:
    letter = Letter(good_letter().body.replace("Hi Sarah,\n\nwe", "Hi Sarah - we"))
    assert rules(letter) & {"wrong-name", "greeting", "placeholder"} == set()
    assert "wrong-name" in refused_by(Letter(letter.body.replace("Hi Sarah", "Hi Peter")))


def test_a_person_without_a_family_name_is_greeted_by_the_given_one() -> None:
    assert "wrong-name" not in rules(good_letter(), replace(sarah(), family_name=""))
