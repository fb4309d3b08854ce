"""What a letter must say, in words on no list: a trace of it makes a person look, and nothing at all is refused.

Each table has lines that say it, which may at most be doubted, and lines that do not, which are refused.
"""

from typing import NamedTuple

import pytest

from rekindle.courtesy.alike import parted, resembles
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, Severity
from tests.courtesy.people import found, good_text, manner
from tests.courtesy.trades import GRACE, NEVER_TOLD, TO_GRACE, TO_MIRIAM, TOLD


class Table(NamedTuple):
    rule: str
    language: str
    #: The part of the letter that a line stands for, and what else is written differently.
    part: str
    others: dict[str, str]
    said: tuple[str, ...]
    unsaid: tuple[str, ...]


_UNDATED = {"past": "you were a finalist for the Staff Nurse post with us."}
_UNDATED_DE = {"past": "du warst Finalistin für die Stelle als Elektronikerin für Betriebstechnik."}
TABLES = (
    Table(
        "names-the-outcome",
        "en",
        "outcome",
        {},
        (
            "The offer, after a lot of talking, was made to another nurse.",
            "That post was not yours in the end.",
            "Someone else got the badge.",
            "It did not lead to a contract, as you will remember.",
            "We let you go home empty-handed.",
            "The result wasn't the one either of us wanted.",
            "Regrettably the panel saw it differently.",
            "There was a nurse ahead of you, and that was that.",
        ),
        (
            "You met Moira and two of the sisters that day.",
            "I have not been in touch since.",
            "Nobody here has forgotten that day.",
            "You were a finalist.",
        ),
    ),
    Table(
        "names-the-outcome",
        "de",
        "outcome",
        {},
        (
            "Daraus wurde nichts.",
            "Den Vertrag unterschrieb dann jemand anders.",
            "Unsere Antwort fiel, nach langem Hin und Her, negativ aus.",
            "Du gingst am Ende leer aus.",
            "Bekommen hast du sie nicht.",
            "Nach der letzten Runde war dann Schluss.",
        ),
        (
            "Wir haben lange über Schaltschränke geredet.",
            "Ich habe mich seither nicht gemeldet.",
            "Du warst in der letzten Runde.",
        ),
    ),
    Table(
        "remembers-when",
        "en",
        "past",
        {"gap": "It has been a while, I know."},
        (
            "do you remember the Staff Nurse interviews? Eight months ago, on that rainy Tuesday.",
            "I still have your Staff Nurse file on my desk. The last page is dated 10 March.",
            "your Staff Nurse interview is some eight months behind us.",
        ),
        (
            "you may remember your Staff Nurse interview.",
            "you interviewed for the Staff Nurse post; the ward opens next spring.",
            "you interviewed for the Staff Nurse post. We had snow in August of last year.",
        ),
    ),
    Table(
        "remembers-when",
        "de",
        "past",
        {"gap": "Ich weiß, das ist eine Weile her."},
        (
            "Elektroniker für Betriebstechnik. März 2026. Du erinnerst dich sicher.",
            "acht Monate ist es her, dein Gespräch als Elektronikerin für Betriebstechnik.",
        ),
        ("wir kennen uns aus dem Verfahren als Elektronikerin für Betriebstechnik.",),
    ),
    Table(
        "remembers-role",
        "en",
        "past",
        {},
        (
            "in March we spoke about nursing with us, in Orthopaedics.",
            "in March you came in for a post on the orthopaedic ward.",
            "we met in March, when we were hiring nurses.",
        ),
        (
            "in March we spoke about a job.",
            "in March you interviewed for a role on one of our floors.",
            "in March you interviewed for our Orthopaedics Dispatcher post.",
        ),
    ),
    Table(
        "remembers-role",
        "de",
        "past",
        {},
        (
            "im März haben wir über eine Stelle in der Betriebstechnik gesprochen.",
            "im März warst du bei uns im Gespräch, es ging um die Instandhaltung.",
        ),
        ("im März haben wir über eine Stelle gesprochen.", "im März warst du als Disponentin bei uns im Gespräch."),
    ),
    Table(
        "gives-reason",
        "en",
        "outcome",
        {},
        (
            "We turned you down for want of pediatric practice.",
            "Paediatrics was what tipped it, and somebody else had more of it.",
            "The no had one reason, and that was the children.",
        ),
        ("In the end we chose another nurse.", "It was close, and we chose another person."),
    ),
    Table(
        "gives-reason",
        "de",
        "outcome",
        {},
        (
            "Am Ende bekam die Stelle jemand mit mehr Steuerungserfahrung.",
            "Wir haben abgesagt, weil ein anderer mehr Steuerungswissen mitbrachte.",
        ),
        ("Am Ende mussten wir dir absagen.", "Es war knapp, und wir haben jemand anders genommen."),
    ),
    Table(
        "says-what-is-different",
        "en",
        "fit",
        {},
        (
            "There are students in this clinic, and somebody has to look after them.",
            "It's skin instead of bones: wounds all day.",
            "Dermatology is not Orthopaedics, and that is the point.",
        ),
        ("I think it suits you better.", "It is a different story, I hope.", "The canteen is good, too."),
    ),
    Table(
        "says-what-is-different",
        "de",
        "fit",
        {},
        ("Statt Förderbändern gäbe es Solardächer.", "Diesmal ist es das Gebäude und nicht die Instandhaltung."),
        ("Ich glaube, das passt besser zu dir.", "Das könnte dir gefallen."),
    ),
    Table(
        "says-why-them",
        "de",
        "strength",
        {"fit": "Es ist eine Stufe höher."},
        ("Das mit dem Förderband erzählt Uwe heute noch.", "So schnell hat noch niemand einen Fehler gefunden."),
        ("Wir mochten dich alle sehr.", "Deine Erfahrung ist beeindruckend."),
    ),
    Table(
        "names-the-role",
        "en",
        "role",
        {"fit": "You would be teaching the students who rotate through the clinic."},
        (
            "Dermatology is hiring at deputy level.",
            "The ward in Dermatology is looking for a deputy.",
            "There is a manager's post open in Dermatology.",
        ),
        ("We have an opening in Dermatology.", "There is something new in our clinic.", "We need a manager."),
    ),
    Table(
        "names-the-role",
        "de",
        "role",
        {"fit": "Du würdest die Solaranlagen aller vier Werke planen."},
        ("Frei ist die Meisterstelle in der Gebäudetechnik.", "Im Team Gebäude wird ein Meisterposten frei."),
        ("Ich schreibe dir, weil bei uns eine Stelle frei ist.", "Es gibt eine neue Stelle in Kassel."),
    ),
    Table(
        "easy-out",
        "en",
        "out",
        {"ask": "I'd tell you more on the phone."},
        (
            "Should the answer be no, so be it.",
            "Nothing hangs on your answer.",
            "Don't bother with a reply unless it interests you.",
            "Turn me down as plainly as you like.",
            "Call, mail, or neither?",
        ),
        (
            "I look forward to your answer.",
            "Send me three times that suit you for a call.",
            "I will ring you on Monday to arrange it.",
        ),
    ),
    Table(
        "easy-out",
        "de",
        "out",
        {"ask": "Am Telefon erzähle ich mehr."},
        (
            "Auf eine Antwort bestehe ich nicht.",
            "Kommt nichts, weiß ich Bescheid.",
            "Magst du nicht, hake ich nicht nach.",
            "Ja, nein, später: alles ist mir recht.",
        ),
        ("Ich freue mich auf deine Antwort.", "Schick mir bitte deine Verfügbarkeit."),
    ),
    Table(
        "says-the-gap",
        "en",
        "gap",
        _UNDATED,
        (
            "This letter is overdue.",
            "I ought to have written sooner.",
            "I owe you a sign of life.",
            "More than half a year, and not a word.",
            "We sent you a refusal and not a line after it.",
        ),
        ("I hope the autumn is treating you kindly.", "You will remember me.", "I have good news from the clinic."),
    ),
    Table(
        "says-the-gap",
        "de",
        "gap",
        _UNDATED_DE,
        (
            "Das kommt spät, ich weiß.",
            "Eine lange Pause, und sie lag an mir.",
            "Ein Lebenszeichen von mir war fällig.",
            "Nach der Absage haben wir geschwiegen.",
        ),
        ("Ich hoffe, es geht dir gut.", "Der Winter steht vor der Tür."),
    ),
    Table(
        "unanswered-rejection",
        "en",
        "gap",
        {},
        (
            "You learned of it from nobody, which was wrong of us.",
            "We didn't even drop you a line about it.",
            "You should have learned that from us at the time.",
            "We left you to guess, and that was shabby.",
            "We chose another nurse, and you were left to conclude it by yourself.",
            "For that I apologise.",
        ),
        (
            "I have not been in touch since our call in May.",
            "I was sad about it.",
            "Let me know whether you are well.",
            "If you are sorry to leave where you are, forgive this letter.",
        ),
    ),
    Table(
        "unanswered-rejection",
        "de",
        "gap",
        {},
        (
            "Erfahren hast du das von niemandem, und das war falsch von uns.",
            "Wir haben vergessen, es dir zu sagen.",
            "Du hörst das heute zum ersten Mal, viel zu spät.",
            "Das ist mir peinlich.",
        ),
        ("Das ist eine Weile her.", "Ich hoffe, du hast es gut aufgenommen."),
    ),
)


def _graveness(table: Table, line: str) -> Severity | None:
    known, letter = (NEVER_TOLD if table.rule == "unanswered-rejection" else TOLD)[table.language]
    findings = found(good_text(letter, **table.others | {table.part: line}), known)
    return _gravest(table.rule, findings)


def _gravest(rule: str, findings: tuple[Finding, ...]) -> Severity | None:
    told = [finding.severity for finding in findings if finding.rule == rule]
    return min(told, key=[Severity.REFUSE, Severity.WARN].index, default=None)


def _name(table: Table) -> str:
    return f"{table.rule}-{table.language}"


@pytest.mark.parametrize(("known", "letter"), TOLD.values(), ids=TOLD)
def test_the_letters_the_tables_change_are_honest(known: Dossier, letter: dict[str, str]) -> None:
    assert found(good_text(letter), known) == ()


@pytest.mark.parametrize("table", TABLES, ids=_name)
def test_what_is_said_in_words_on_no_list_is_at_most_doubted(table: Table) -> None:
    assert [line for line in table.said if _graveness(table, line) is Severity.REFUSE] == []


@pytest.mark.parametrize("table", TABLES, ids=_name)
def test_what_is_not_said_at_all_is_refused(table: Table) -> None:
    assert [line for line in table.unsaid if _graveness(table, line) is not Severity.REFUSE] == []


def test_a_doubt_says_what_it_saw_and_quotes_it() -> None:
    line = "Someone else got the badge."
    doubt = next(each for each in found(good_text(TO_GRACE, outcome=line), GRACE) if each.rule == "names-the-outcome")
    assert doubt.severity is Severity.WARN
    assert doubt.message.startswith("It may say that you turned them down last time, but not plainly")
    assert doubt.quote == line
    assert doubt.evidence == ("a-51",)


def test_a_trace_of_the_outcome_at_the_end_is_too_late() -> None:
    late = good_text(TO_MIRIAM, outcome="", extra="Den Vertrag unterschrieb damals jemand anders.")
    findings = found(late, TOLD["de"][0])
    assert _gravest("names-the-outcome", findings) is Severity.REFUSE


def test_an_answer_they_never_got_makes_no_way_out() -> None:
    letter = good_text(TO_GRACE, outcome="You never got an answer from us.", ask="", out="I will ring you on Monday.")
    assert _gravest("easy-out", found(letter, GRACE)) is Severity.REFUSE


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("paediatr", "pediatr", "en"),
        ("teach", "teacher", "en"),
        ("verkauf", "verkäuf", "de"),
        ("solaranlag", "solardach", "de"),
        ("werk", "kraftwerk", "de"),
    ],
)
def test_forms_that_stems_keep_apart_resemble_each_other(one: str, other: str, language: str) -> None:
    assert resembles(frozenset({one}), frozenset({other}), language) == {one}


def test_words_that_only_begin_alike_do_not() -> None:
    assert resembles(frozenset({"contract"}), frozenset({"contest"}), "en") == frozenset()
    assert resembles(frozenset({"ort"}), frozenset({"sportlich"}), "de") == frozenset()


def test_a_german_word_of_two_is_cut_and_an_english_one_is_not() -> None:
    german, english = manner().of("de"), manner().of("en")
    assert parted("mehr Steuerungserfahrung", german) == "mehr Steuerungs erfahrung"
    assert parted("Erfahrung am Markt", german) == "Erfahrung am Markt"
    assert parted("more experience", english) == "more experience"
