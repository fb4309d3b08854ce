"""What a letter claims of contact, time, promises and standing: false wordings are refused, true ones pass."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rekindle.courtesy.dossier import Approach, Contact, KnownNote
from rekindle.courtesy.finding import Severity
from tests.courtesy.people import CALL, SENIOR_PM, STRENGTH, good_letter, sarah
from tests.courtesy.truths import judged, met, noted, past, said_of, untrue

ALONE: dict[str, Any] = {"contacts": ()}
UPDATE = Contact(id="t-1", on=date(2026, 10, 13), channel="email", direction="out", programme="quarterly-update")
ONLY_UPDATES: dict[str, Any] = {"contacts": (UPDATE,)}
EARLY = past(finalist=False, last_stage="phone screen")
MEETUP = Contact(id="t-11", on=date(2026, 10, 8), channel="event", direction="out")
REPLY = Contact(id="t-12", on=date(2026, 10, 20), channel="reply", direction="in")
MAIL = Contact(id="t-13", on=date(2026, 9, 20), channel="email", direction="out")
LINKEDIN = Contact(id="t-14", on=date(2026, 9, 2), channel="linkedin", direction="out")

#: rule, line, what is known otherwise.
REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-touch", "We have kept in touch over the months.", ALONE),
    ("claimed-touch", "We've stayed in close contact since the spring.", ONLY_UPDATES),
    ("claimed-touch", "Thank you for staying in touch since then.", ALONE),
    ("claimed-touch", "It has been lovely to stay in touch these last months.", ALONE),
    ("claimed-touch", "I am glad that we never lost touch.", ALONE),
    ("claimed-touch", "Having kept in regular contact, you know us well.", ONLY_UPDATES),
    ("claimed-touch", "It's been great staying connected with you.", ALONE),
    ("claimed-touch", "I'm happy that we've remained in touch.", ONLY_UPDATES),
    ("claimed-touch", "We have spoken several times since then.", {}),
    ("claimed-touch", "We have kept in touch since then.", {}),
    ("claimed-mind", "I've kept you in mind ever since.", ALONE),
    ("claimed-mind", "You have been on my mind since May.", ALONE),
    ("claimed-mind", "I have been keeping you in mind for other opportunities.", ALONE),
    ("claimed-mind", "I've often thought of you since.", ONLY_UPDATES),
    ("claimed-mind", "We've had you on our radar since the spring.", ALONE),
    ("claimed-mind", "I have followed your career with interest.", ALONE),
    ("claimed-contact", "As we discussed on the phone, the team is growing.", ALONE),
    ("claimed-contact", "Our call in June stayed with me.", ALONE),
    ("claimed-contact", "Our phone call in August gave me the idea.", {}),
    ("claimed-contact", "As I said when I rang you in September, the team is growing.", {}),
    ("claimed-contact", "It was good to see you at our meetup in October.", {}),
    ("claimed-contact", "When we met at the Berlin product conference, you looked happy.", {}),
    ("claimed-contact", "I loved catching up with you in person in August.", {}),
    ("claimed-contact", "We met for lunch in July.", {}),
    ("claimed-contact", "Thanks for your email last month.", {}),
    ("claimed-contact", "You wrote to us in September that you might be open to a move.", {}),
    ("claimed-contact", "It was great to hear from you last week.", {}),
    ("claimed-contact", "Thank you for getting back to me so quickly.", {}),
    ("claimed-contact", "You asked me to contact you when something came up.", {}),
    ("claimed-contact", "As I mentioned in my last email, the team is growing.", {}),
    ("claimed-contact", "I emailed you about it two weeks ago.", {}),
    ("claimed-contact", "We exchanged a few messages on LinkedIn.", {}),
    ("claimed-contact", "You have had our quarterly updates in the meantime.", {}),
    ("claimed-contact", "It was good to see you at our meetup in May.", met(MEETUP)),
    ("claimed-contact", "Thanks for your reply in July.", met(REPLY)),
    ("claimed-time", "When we spoke in September you sounded ready.", {}),
    ("claimed-time", "You interviewed with us last autumn.", {}),
    ("claimed-time", "Two weeks ago, we talked about the team.", {}),
    ("claimed-time", "You applied in May, if I remember rightly.", {}),
    ("claimed-time", "We turned you down in August.", {}),
    ("claimed-time", "Our conversations last year stayed with me.", {}),
    ("claimed-time", "As per our conversation last week, here are the details.", {}),
    ("claimed-time", "Back in autumn 2025, you interviewed for the Senior Product Manager role.", {}),
    ("claimed-time", "It is over a year since we spoke, or rather, we spoke over a year ago.", {}),
    ("claimed-promise", "As promised, I am writing to you.", past(promise=None)),
    ("claimed-promise", "I said I would get in touch, and here I am.", past(promise=None)),
    ("claimed-promise", "I am keeping my promise.", past(promise=None)),
    ("claimed-promise", "As agreed, here is my letter.", past(promise=None)),
    ("claimed-promise", "I promised to introduce you to our CTO.", {}),
    ("claimed-promise", "I'd promised to write when a design role opened.", {}),
    ("claimed-standing", "You were one of our finalists.", EARLY),
    ("claimed-standing", "You were the runner-up.", EARLY),
    ("claimed-standing", "It was a really tough decision.", EARLY),
    ("claimed-standing", "The decision was not an easy one.", EARLY),
    ("claimed-standing", "We agonised over the decision.", EARLY),
    ("claimed-standing", "You made it to the final round.", EARLY),
    ("claimed-standing", "You got to the last round with us.", EARLY),
    ("claimed-standing", "You came very close.", EARLY),
    ("claimed-standing", "It was a very close race.", EARLY),
    ("claimed-standing", "You were our second choice.", EARLY),
    ("claimed-standing", "You were our number one.", EARLY),
    ("claimed-standing", "You were among our top candidates.", EARLY),
    ("claimed-standing", "You only just missed out on the offer.", EARLY),
    ("claimed-standing", "We almost hired you.", EARLY),
    ("claimed-standing", "We were about to make you an offer.", {}),
    ("claimed-standing", "We nearly made you an offer.", {}),
    ("claimed-everyone", "The verdict on you was unanimous.", {}),
]

WARNED: list[tuple[str, str, dict[str, Any]]] = [
    ("claimed-touch", "We have kept in touch since then.", met(replace(CALL, id="t-2", on=date(2026, 5, 20)))),
    ("claimed-contact", "When you interviewed for the Senior Product Manager role, we spoke on the phone.", ALONE),
    ("claimed-time", "When we last spoke in April, you sounded ready.", {}),
    ("claimed-promise", "As promised, I am getting in touch.", past(promise="write if a robotics role opens")),
    ("claimed-number", "You were one of two finalists.", {}),
    ("claimed-number", "You stood out among 300 applicants.", {}),
    ("claimed-everyone", "Everyone who met you loved you.", {}),
]

ALLOWED: list[tuple[str, dict[str, Any]]] = [
    ("We haven't kept in touch, and I am sorry about that.", ALONE),
    ("I won't pretend that we have stayed in touch.", ALONE),
    ("We should have kept in touch better.", ALONE),
    ("I would love to stay in touch whatever you decide.", ALONE),
    ("Let's keep in touch either way.", ALONE),
    ("We have kept in touch since then.", met(REPLY)),
    ("We have spoken a few times since then.", met(MEETUP, REPLY)),
    ("I've kept you in mind since we talked in June.", {}),
    ("I've kept you in mind.", ALONE | noted("background", "moved to Hamburg", on=date(2026, 9, 1))),
    ("If you like, I will keep you in mind for other openings.", ALONE),
    ("As we discussed on the phone in June, the team is growing.", {}),
    ("You may remember our call last summer.", {}),
    ("I could call you next week, or you call me.", ALONE),
    ("Would a quick call on Thursday work for you?", ALONE),
    ("Happy to jump on a call whenever it suits you.", ALONE),
    ("Shall we talk, on the phone or over a coffee?", ALONE),
    ("It was a tough call.", ALONE),
    ("It was good to see you at our meetup in October.", met(MEETUP)),
    ("If you come to our next meetup, say hello.", ALONE),
    ("Thanks for your email last month.", met(REPLY)),
    ("You can write to me at any time.", ALONE),
    ("Just reply to this mail if you would like to hear more.", ALONE),
    ("As I mentioned in my last email, the team is growing.", met(MAIL)),
    ("I wrote to you in September about another role.", met(MAIL)),
    ("We exchanged messages on LinkedIn in September.", met(LINKEDIN)),
    ("You have had our quarterly updates in the meantime.", met(UPDATE)),
    ("Would you like to receive our quarterly updates?", ALONE),
    ("We spoke twice, in April and again in June.", {}),
    ("You first applied in March.", {}),
    ("You interviewed on 20 April.", {}),
    ("We last spoke in June.", {}),
    ("Half a year ago we had to turn you down.", {}),
    ("Seven months have passed since your final interview.", {}),
    ("It has been five months since our call.", {}),
    ("You told me about your plans for the autumn.", {}),
    ("The Growth team was founded last year.", {}),
    ("We met our goals last month.", {}),
    ("As promised, I am getting in touch now that a product role has opened.", {}),
    ("I promised to reach out if a product role came up, and now one has.", {}),
    ("We said we'd reach out when a product role opens.", {}),
    ("I can't promise anything, but I would like to try.", past(promise=None)),
    ("You were our runner-up, and it was close.", {}),
    ("It was a hard decision.", past(finalist=False, last_stage="onsite interview")),
    ("We were about to make you an offer.", past(last_stage="offer")),
    ("You would be a strong candidate.", {}),
    ("You were one of two finalists.", noted("internal", "one of two in the last round", sayable=False)),
    ("Everyone on the panel liked you.", noted("strength", "everyone liked her examples")),
]


@pytest.mark.parametrize(("rule", "line", "changes"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_no_record_bears_out_is_refused(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.REFUSE


@pytest.mark.parametrize(("rule", "line", "changes"), WARNED, ids=lambda value: str(value)[:60])
def test_where_the_record_leaves_it_open_a_person_looks(rule: str, line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes).get(rule) is Severity.WARN


@pytest.mark.parametrize(("line", "changes"), ALLOWED, ids=lambda value: str(value)[:60])
def test_what_is_true_or_claims_nothing_passes(line: str, changes: dict[str, Any]) -> None:
    assert said_of(line, **changes) == {}


def test_a_finding_says_which_record_contradicts_and_what_to_do() -> None:
    wrong = next(each for each in untrue(good_letter(extra="We spoke in September.")) if each.rule == "claimed-time")
    assert wrong.quote == "in September"
    assert wrong.evidence == ("a-7", "t-9")
    assert "2026-03-02 to 2026-05-02 (a-7); 2026-06-10 (t-9)" in wrong.message
    missing = untrue(good_letter(extra="Our call in June was good.", gap="It has been a while."), sarah(contacts=()))
    assert missing[0].message == (
        "No call is on record since 2026-05-02: leave the claim out, or record it with `rekindle candidates touch`."
    )


def test_mail_to_many_is_named_for_what_it_is() -> None:
    letter = good_letter(extra="We have kept in touch.", gap="It has been a while.")
    refused = next(each for each in untrue(letter, sarah(**ONLY_UPDATES)) if each.rule == "claimed-touch")
    assert "Mail to many, as on 2026-10-13, is no touch" in refused.message
    assert refused.evidence == ("t-1",)


def test_a_letter_of_an_earlier_approach_is_a_letter_of_ours() -> None:
    asked = Approach(id="o-2", role="Growth Lead", family="growth", level="lead", sent_on=date(2026, 9, 1))
    assert said_of("I wrote to you in September about another role.", approaches=(asked,)) == {}


def test_the_application_that_is_named_is_the_one_that_counts() -> None:
    earlier = replace(
        SENIOR_PM,
        id="a-3",
        role="Product Analyst",
        finalist=False,
        last_stage="phone screen",
        applied_on=date(2024, 9, 2),
        last_interview_on=date(2024, 9, 20),
        decided_on=date(2024, 10, 1),
    )
    known = sarah(applications=(SENIOR_PM, earlier))
    told = "we spoke in autumn 2024 about the Product Analyst role."
    assert "claimed-time" not in judged(untrue(good_letter(past=told), known))
    assert judged(untrue(good_letter(past=told), known))["claimed-standing"] is Severity.REFUSE
    mixed = "we spoke in April about the Product Analyst role."
    assert judged(untrue(good_letter(past=mixed), known))["claimed-time"] is Severity.REFUSE


def test_nothing_is_claimed_of_somebody_of_whom_nothing_is_known() -> None:
    nobody = sarah(applications=(), contacts=(), notes=(), skills=(), interests=())
    refused = judged(untrue(good_letter(), nobody))
    assert refused["claimed-standing"] is Severity.REFUSE
    assert refused["claimed-contact"] is Severity.REFUSE
    assert refused["claimed-strength"] is Severity.REFUSE


def test_an_internal_note_is_never_quoted() -> None:
    secret = KnownNote(id="n-9", kind="internal", text="argued with the panel about robotics")
    findings = untrue(good_letter(extra="I was impressed by your robotics work."), sarah(notes=(STRENGTH, secret)))
    assert findings
    assert not any("argued" in finding.message for finding in findings)


def test_the_ledger_is_read_whatever_its_order() -> None:
    shuffled = sarah(contacts=(CALL, REPLY, MEETUP))
    assert judged(untrue(good_letter(extra="Thanks for your email last month."), shuffled)) == {}
