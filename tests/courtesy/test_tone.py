"""The tone of a letter: what pushes, begs, presumes, accuses, flatters or spies is found, and an honest line is not."""

import pytest

from rekindle.courtesy.dossier import Contact
from tests.courtesy.people import GERMAN, TODAY, found, good_letter, refused_by, rules, sarah

REFUSED = {
    "pressure": [
        "This is your last chance to join us.",
        "Please let me know by Friday.",
        "We would need your answer by the end of the week.",
        "Please respond within 48 hours.",
        "Do get back to us before it's too late: respond by 3 December.",
        "Apply before it is gone.",
        "Spots like this one fill up fast, so act now.",
        "It's urgent.",
        "Please hurry, the team is growing.",
        "Don't miss out on this.",
        "Other candidates are already in the process, so you should be quick.",
        "We need to move fast on this one.",
        "Could you give me your decision by tomorrow?",
        "The deadline is next Monday.",
        "We cannot hold the role much longer.",
        "Only two slots left!",
        "If I don't hear from you by Thursday, I will move on.",
        "You must decide now.",
        "There is no pressure, but please reply by Wednesday.",
        "The position won't stay open for long.",
        "Time is running out.",
        "This offer expires on Friday.",
    ],
    "chasing": [
        "This is my third email to you.",
        "I am just following up yet again on my note.",
        "You still haven't replied to me.",
        "Why haven't you answered?",
        "As per my last email, the role is open.",
        "Bumping this to the top of your inbox.",
        "I'll keep trying until I reach you.",
        "Did you even read my message?",
        "I'll call you again tomorrow.",
        "This is the second time I am writing to you about it.",
    ],
    "desperation": [
        "We're desperate to get somebody good.",
        "We urgently need to fill this seat.",
        "I have hiring targets to meet.",
        "We are running out of time and of candidates.",
        "Honestly, we can't find anyone for it.",
        "Help me out here, my boss is waiting.",
        "We have been struggling to find the right person.",
        "We really need someone quickly.",
        "It would help me hit my quota.",
        "The role has been open for seven months now.",
        "You're our last hope.",
        "Could you do me a favour and join?",
        "We have to close this position before the quarter ends.",
        "We are short-staffed.",
    ],
    "presumption": [
        "I have an exciting opportunity for you!",
        "Great news!",
        "I know you'll love it.",
        "It is your dream job.",
        "This role is perfect for you.",
        "You must be thrilled to hear from us again.",
        "I'm sure you're still interested.",
        "You'd be crazy not to take it.",
        "It's a no-brainer.",
        "You will absolutely love the team.",
        "It is the opportunity of a lifetime.",
        "I assume you are still looking.",
        "No doubt you've been waiting for this.",
        "As you are surely still on the market, this comes at the right time.",
        "I have already scheduled a call for you.",
        "You'll be delighted to hear that we have news.",
    ],
    "guilt": [
        "After everything we did for you, an answer would be nice.",
        "You owe us a reply.",
        "I was disappointed that you never wrote.",
        "You will regret it if you don't.",
        "Please don't let us down.",
        "We invested so much time in you.",
        "It's the least you could do.",
        "Don't be bitter about last time.",
        "I'd hate for you to miss this.",
        "I fought for you back then.",
    ],
    "private-life": [
        "I saw on your Instagram that you were in Lisbon.",
        "I noticed you moved to Hamburg.",
        "I heard that you are getting married soon.",
        "Congratulations on the baby!",
        "I came across your wedding pictures on Facebook.",
        "I saw that you're pregnant.",
        "How are the kids?",
        "I googled you yesterday.",
        "A mutual friend told me that you are unhappy.",
        "I read that you were laid off.",
        "I saw you just got engaged.",
    ],
    "tracking": [
        "I noticed you've been looking at our careers page.",
        "Our system shows that you opened it twice.",
        "I saw that you opened my last email.",
        "I can see you clicked the link in our newsletter.",
        "We noticed that you visited our website last week.",
        "Our tracking tells us you are interested.",
    ],
    "backup-plan": [
        "Our first choice fell through.",
        "So you are our plan B now.",
        "The person we hired didn't work out.",
        "The candidate we chose has left again.",
        "You were second on the list, so it is your turn.",
        "The other candidate declined our offer.",
        "We were looking through our old list of rejects.",
        "Our new hire quit after a month.",
        "You are our fallback.",
        "Somebody turned us down, so now it's you.",
    ],
    "mass-mail": [
        "We are reaching out to all past applicants.",
        "We are writing to everyone who interviewed with us last year.",
        "You are in our database.",
        "Your profile popped up when I searched our files.",
        "I came across your CV again.",
        "Please forward this to anyone who might fit.",
        "You have been selected from among our former candidates.",
        "Our records show that you once applied.",
        "This is an automated message.",
        "We are always on the lookout for people like you.",
    ],
}
GERMAN_REFUSED = {
    "pressure": [
        "Das ist deine letzte Chance.",
        "Bitte gib mir bis Freitag Bescheid.",
        "Wir brauchen deine Antwort bis Ende der Woche.",
        "Melde dich bitte bis zum 3. Dezember.",
        "Es ist dringend.",
        "Lass dir diese Chance nicht entgehen.",
        "Die Uhr tickt.",
        "Beeil dich!",
        "Andere Kandidaten sind bereits im Prozess.",
        "Die Frist endet am Montag.",
    ],
    "chasing": [
        "Leider habe ich noch immer keine Antwort bekommen.",
        "Ich hake nochmals nach.",
        "Das ist schon meine dritte Mail.",
        "Warum antwortest du nicht?",
    ],
    "desperation": [
        "Wir suchen händeringend.",
        "Wir müssen die Stelle endlich besetzen.",
        "Wir finden einfach niemanden.",
        "Mein Chef macht mir Druck, hilf mir bitte aus.",
        "Uns läuft die Zeit davon.",
    ],
    "presumption": [
        "Ich habe eine spannende Chance für dich!",
        "Tolle Neuigkeiten!",
        "Die Rolle ist perfekt für dich.",
        "Du wirst es lieben.",
        "Das ist dein Traumjob.",
        "Ich bin sicher, dass du noch interessiert bist.",
        "Ich gehe davon aus, dass du noch suchst.",
    ],
    "guilt": [
        "Nach allem, was wir für dich getan haben, wäre eine Antwort nett.",
        "Du bist uns eine Antwort schuldig.",
        "Das wirst du später bereuen.",
        "Ich bin enttäuscht, dass du nicht geschrieben hast.",
    ],
    "private-life": [
        "Ich habe auf Instagram gesehen, dass du in Lissabon warst.",
        "Ich habe gehört, dass du umgezogen bist.",
        "Herzlichen Glückwunsch zur Hochzeit!",
        "Wie geht es deinen Kindern?",
    ],
    "tracking": [
        "Ich habe gesehen, dass du unsere Mail mehrmals geöffnet hast.",
        "Unser System zeigt, dass du auf der Karriereseite warst.",
    ],
    "backup-plan": [
        "Unsere erste Wahl hat leider abgesagt.",
        "Du bist also unser Plan B.",
        "Die Person, die wir eingestellt haben, hat gekündigt.",
        "Jetzt bist du dran.",
    ],
    "mass-mail": [
        "Wir schreiben gerade alle früheren Bewerber an.",
        "Du bist in unserer Datenbank.",
        "Ich bin wieder über deinen Lebenslauf gestolpert.",
        "Dein Profil ist uns aufgefallen.",
    ],
}
HONEST = [
    "There is no deadline and no pressure at all.",
    "No rush whatsoever, take all the time you need.",
    "There is no need to respond by any date.",
    "There's absolutely no hurry on our side.",
    "I do not want to put any pressure on you.",
    "You don't have to decide now.",
    "We plan the first conversations for January, so nothing is urgent.",
    "I will reply within two days, whatever you write.",
    "I'm sure you have a lot on your plate.",
    "I know you are busy, so I will be brief.",
    "I don't know whether you are still interested, and I do not want to assume it.",
    "I won't assume that you are still looking.",
    "You worked calmly under pressure in the case study.",
    "This is not a plan B for us.",
    "You are nobody's second choice here.",
    "I won't write again unless you want me to.",
    "I hope you're well.",
    "If it helps: Tuesday or Thursday would suit me.",
    "We could definitely move quickly, since you already know our company.",
    "The team has grown to twelve people, and the deadlines are reasonable ones.",
    "I think it could suit you, but you know best.",
    "You told me in June that you were moving to Hamburg.",
    "It would be great to hear how you are.",
    "I am not writing to everybody, only to you.",
    "We talked about your wish to build something from scratch.",
    "Nothing here is set in stone.",
    "You can always tell me to stop.",
    "I was happy to hear about your plans on the phone.",
    "You met Ben and Cleo last time.",
    "The person in this role reports to Ben.",
    "The last time we spoke you were in the middle of a project.",
    "We hired somebody else for the first role, and they are doing fine.",
    "The work is demanding at times, and the team is kind.",
    "Our product update in October may have reached you.",
    "We never needed to fill seats for the sake of it.",
    "You followed the roadmap question with one of your own.",
]
GERMAN_HONEST = [
    "Es gibt keine Frist und keinen Druck.",
    "Das eilt überhaupt nicht.",
    "Lass dir alle Zeit der Welt.",
    "Du musst dich nicht sofort entscheiden.",
    "Ich möchte keinen Druck machen.",
    "Ich weiß nicht, ob du noch interessiert bist, und möchte es nicht voraussetzen.",
    "Du bist für uns kein Plan B.",
    "Sicher hast du gerade viel zu tun.",
    "Du hast mir im Juni erzählt, dass du umziehst.",
    "Eine Antwort ist schön, aber keine Pflicht.",
    "Wir führen die ersten Gespräche im Januar.",
    "Ich antworte dir innerhalb von zwei Tagen.",
    "Ben und Cleo kennst du ja schon.",
    "Wir schreiben nicht an alle, nur an dich.",
]


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
        ("flattery", "You are a rockstar."),
        ("flattery", "You were amazing, your case study was brilliant and the team found you outstanding."),
        ("desperation", "This is a top priority for us."),
        ("mass-mail", "If you know anyone who might fit, tell them."),
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


def test_who_writes_to_us_on_linkedin_is_not_watched_there() -> None:
    contact = Contact(id="t-1", on=TODAY, channel="linkedin", direction="in")
    line = "I saw your note on LinkedIn."
    assert "private-life" not in rules(good_letter(extra=line), sarah(contacts=(contact,)))
