"""Whether the choice stays theirs: an out in words, or a question that can be declined, and nothing big asked."""

import pytest

from rekindle.courtesy.dossier import Dossier
from states.message import Occasion
from tests.courtesy.people import GERMAN, good_letter, refused_by, rules, sarah

OUTS = [
    "If you're happy where you are, no worries at all.",
    "I completely understand if your situation has changed or you're not looking right now.",
    "Just say no if it is not for you.",
    "A one-word reply is enough.",
    "If now is not the time, just let me know.",
    "Feel free to ignore this.",
    "No pressure whatsoever.",
    "If this isn't for you, simply ignore my mail.",
    "Whatever you decide, I wish you well.",
    "It's entirely up to you.",
    "You needn't reply.",
    "And if the answer is no, that's completely fine.",
    "If you'd rather not, that is perfectly okay.",
    "Should you have found something you enjoy, I am happy for you.",
    "If you are settled, I'd be glad for you, and this mail can go in the bin.",
    "If it's a no, that's fine by me.",
    "I won't be offended if you'd prefer to leave the past in the past.",
    "Silence will be answer enough.",
    "If I don't hear from you, I'll take it that you are well where you are and leave it there.",
    "Not interested? Then don't give it another thought.",
    "You are under no obligation to answer.",
    "Please do not feel obliged to respond.",
    "If the timing is wrong, we can leave it.",
    "Nothing lost if you are not tempted.",
    "Tell me to go away if you like.",
    "If you'd prefer that we did not write again, one line will do.",
    "It is your decision entirely.",
    "I'd respect a no just as much.",
    "If you have moved on, then I wish you all the best.",
    "Maybe it is not what you want any more, and that would be okay.",
    "If that's of no interest, simply delete this.",
    "No answer needed if it's a no.",
    "There's no obligation on your part.",
    "If you don't fancy it, no hard feelings.",
    "You can of course say no.",
    "Do say so if you would rather not hear about such things.",
    "A no costs you nothing.",
    "If your plans are different now, I understand.",
    "Don't hesitate to turn me down.",
    "If you would rather stay where you are, nobody here will mind.",
    "Of course you may well be happy in your current job, in which case please forget I asked.",
    "Even a 'no thanks' would be fine.",
    "If it's not a good moment, perhaps another time, perhaps never.",
    "In case you are not open to a change, you don't need to do anything.",
    "If life has taken you elsewhere, all the better.",
]
QUESTIONS = [
    "Would you be open to a quick chat about it?",
    "Would you be up for a coffee?",
    "Could you imagine talking about it?",
    "Is that something you'd like to hear more about?",
    "May I tell you more?",
    "Do you fancy a call?",
    "How does that sound to you?",
    "What do you think?",
    "Might a short call be of interest?",
    "Would it make sense to talk?",
    "Shall we talk?",
    "Are you curious?",
    "Could I interest you in a chat?",
    "Would you like me to send you the description?",
    "If you like, I can tell you more.",
    "I'd love to hear what you think.",
    "Let me know if you'd like to hear more.",
    "If it sounds interesting, I am happy to tell you more.",
    "I wonder whether this might appeal to you.",
    "Does any of this appeal to you?",
    "If you are curious, just reply.",
    "Would next week suit you for a short call?",
    "Is it worth a conversation?",
    "Can I call you about it some time?",
    "Would you want to explore this?",
    "Do you have fifteen minutes for a call some time?",
    "I'd be happy to answer any questions you have.",
    "Anything in it for you?",
    "Care to talk about it?",
    "Any interest in a short call?",
    "Happy to tell you more whenever you like.",
    "Would you consider it?",
    "Perhaps we could talk?",
    "Fancy hearing more?",
    "Are you open to talking about it?",
    "Could this be something for you?",
    "Would there be a chance to speak to you about it?",
]
DEMANDS = [
    "Please send me your availability.",
    "Please book a slot in my calendar.",
    "Apply here: https://acme.example/apply",
    "Send me your updated CV.",
    "Let me know when you are free.",
    "Call me tomorrow.",
    "When can you talk?",
    "Please fill in the attached form.",
    "Click here to schedule your interview.",
    "Reply with three times that suit you.",
    "If you are interested, apply through our careers page.",
    "Kindly confirm your interest.",
    "I look forward to receiving your application.",
    "I look forward to hearing from you.",
    "I'll call you on Monday.",
    "We'll set up the interviews.",
    "Choose a time here.",
    "Get back to me with your phone number.",
    "Just send your CV over.",
    "Please register on our portal.",
    "Talk soon.",
    "Let's talk on Tuesday.",
    "Please complete the online assessment.",
    "What is your availability?",
    "Submit your application by mail.",
]
GERMAN_OUTS = [
    "Wenn du zufrieden bist, wo du gerade bist, ist das völlig in Ordnung.",
    "Falls sich deine Situation geändert hat, habe ich dafür volles Verständnis.",
    "Sag einfach nein, wenn es nichts für dich ist.",
    "Ein kurzes Nein genügt.",
    "Kein Druck, wirklich nicht.",
    "Falls es gerade nicht passt, ist das kein Problem.",
    "Du kannst diese Mail auch einfach ignorieren.",
    "Es liegt ganz bei dir.",
    "Wie auch immer du dich entscheidest, ich wünsche dir alles Gute.",
    "Du musst nicht antworten.",
    "Wenn du lieber nichts mehr von uns hören möchtest, reicht ein Wort.",
    "Sollten Sie glücklich sein, wo Sie sind, freue ich mich für Sie.",
    "Falls Sie kein Interesse haben, müssen Sie nichts weiter tun.",
    "Ein Nein nehme ich dir nicht übel.",
    "Wenn nicht, ist das auch okay.",
    "Vielleicht suchst du gerade gar nicht, dann vergiss diese Mail bitte.",
    "Schweigen ist auch eine Antwort, und ich frage dann nicht weiter.",
    "Es verpflichtet dich zu nichts.",
    "Wenn jetzt nicht der richtige Zeitpunkt ist, verstehe ich das gut.",
    "Fühlen Sie sich bitte zu nichts verpflichtet.",
    "Wenn das nichts für Sie ist, genügt eine kurze Zeile.",
    "Falls du inzwischen woanders angekommen bist: umso schöner!",
    "Eine Antwort ist nicht nötig, wenn du nicht magst.",
    "Lass dir Zeit, und wenn es ein Nein wird, ist es ein Nein.",
    "Ich bin dir nicht böse, wenn du absagst.",
    "Wenn du gar keine Lust mehr auf uns hast, verstehe ich das.",
    "Sie können jederzeit Nein sagen.",
    "Gar kein Thema, falls du nicht wechseln möchtest.",
    "Du darfst natürlich auch ablehnen.",
]
GERMAN_QUESTIONS = [
    "Hättest du Lust auf ein kurzes Gespräch darüber?",
    "Magst du mehr darüber hören?",
    "Könntest du dir das vorstellen?",
    "Darf ich dir mehr erzählen?",
    "Wäre das etwas für dich?",
    "Was hältst du davon?",
    "Klingt das interessant für dich?",
    "Hätten Sie Interesse an einem Gespräch?",
    "Wollen wir mal telefonieren?",
    "Möchten Sie mehr erfahren?",
    "Wenn du magst, erzähle ich dir gern mehr.",
    "Falls Sie neugierig sind, melden Sie sich gern.",
    "Ich würde mich freuen, von dir zu hören.",
    "Reizt dich das?",
    "Hast du Zeit für einen Kaffee?",
    "Wie klingt das für dich?",
    "Kann ich dich dafür interessieren?",
    "Wäre ein kurzes Telefonat denkbar?",
    "Hast du Lust, zu reden?",
    "Dürfte ich Sie dazu einmal anrufen?",
    "Kommt das für dich in Frage?",
    "Spricht dich das an?",
    "Hättet ihr Zeit?",
    "Würdest du mit uns darüber sprechen wollen?",
    "Gerne erzähle ich dir mehr, wenn du möchtest.",
    "Ob das etwas für dich wäre?",
]
GERMAN_DEMANDS = [
    "Bitte schick mir deine Verfügbarkeiten.",
    "Buch dir bitte einen Termin in meinem Kalender.",
    "Bewirb dich hier: https://acme.example/jobs",
    "Schick mir deinen aktuellen Lebenslauf.",
    "Ruf mich morgen an.",
    "Wann kannst du sprechen?",
    "Bitte füllen Sie das beigefügte Formular aus.",
    "Nennen Sie mir drei Termine.",
    "Bewerben Sie sich über unser Portal.",
    "Ich freue mich auf deine Bewerbung.",
    "Ich rufe dich am Montag an.",
    "Bis bald!",
    "Falls Interesse besteht, schicken Sie uns Ihre Unterlagen.",
    "Melde dich unter der Nummer unten.",
    "Wir sprechen dann nächste Woche.",
    "Bitte bestätige mir kurz den Termin.",
    "Registrieren Sie sich auf unserem Bewerberportal.",
    "Ich erwarte deine Antwort.",
]


@pytest.mark.parametrize("line", OUTS)
def test_an_out_in_words_is_enough(line: str) -> None:
    assert "easy-out" not in rules(good_letter(ask="", out=line))


@pytest.mark.parametrize("line", GERMAN_OUTS)
def test_an_out_in_german_words_is_enough(line: str) -> None:
    assert "easy-out" not in rules(good_letter(GERMAN, ask="", out=line))


@pytest.mark.parametrize("line", QUESTIONS)
def test_a_question_that_can_be_declined_is_enough(line: str) -> None:
    assert "easy-out" not in rules(good_letter(ask=line, out=""))


@pytest.mark.parametrize("line", GERMAN_QUESTIONS)
def test_a_german_question_that_can_be_declined_is_enough(line: str) -> None:
    assert "easy-out" not in rules(good_letter(GERMAN, ask=line, out=""))


@pytest.mark.parametrize("line", DEMANDS)
def test_an_ask_that_leaves_no_choice_is_refused(line: str) -> None:
    assert "easy-out" in refused_by(good_letter(ask=line, out=""))


@pytest.mark.parametrize("line", GERMAN_DEMANDS)
def test_a_german_ask_that_leaves_no_choice_is_refused(line: str) -> None:
    assert "easy-out" in refused_by(good_letter(GERMAN, ask=line, out=""))


@pytest.mark.parametrize(
    "line", ["Please send me your availability.", "Please book a slot.", "Let me know when you are free."]
)
def test_a_demand_beside_an_open_question_is_refused_and_beside_an_out_is_not(line: str) -> None:
    asked = f"Would you be open to a chat? {line}"
    assert "easy-out" in refused_by(good_letter(ask=asked, out=""))
    assert "easy-out" not in rules(good_letter(ask=asked, out="If not, no worries at all."))


@pytest.mark.parametrize(
    "line",
    [
        "I won't take no for an answer, no problem.",
        "You can't say no to this.",
        "I could not understand if you declined.",
        "It would be a mistake to ignore this mail.",
        "Do not simply ignore this email.",
    ],
)
def test_an_out_that_is_taken_back_is_none(line: str) -> None:
    assert "easy-out" in refused_by(good_letter(ask="", out=line))


@pytest.mark.parametrize(
    "line",
    [
        "Send me your CV, a PDF is fine.",
        "Please pass this on to your friends and book a slot.",
        "Please send your availability before your call with Ben.",
        "Are you really happy in your current job? Call me tomorrow.",
        "Apply here, and do not skip the second page.",
        "There is no reason to say no. Call me tomorrow.",
    ],
)
def test_words_of_an_out_that_are_none_do_not_excuse_a_demand(line: str) -> None:
    assert "easy-out" in refused_by(good_letter(ask=line, out=""))


@pytest.mark.parametrize(
    "line",
    [
        "Schick mir deinen Lebenslauf, das Team ist auch gut.",
        "Es gibt keinen Grund, nein zu sagen. Ruf mich morgen an.",
        "Bist du wirklich glücklich in deinem Job? Ruf mich an.",
        "Lass uns in Ruhe sprechen, buch dir bitte einen Termin.",
    ],
)
def test_german_words_of_an_out_that_are_none_do_not_either(line: str) -> None:
    assert "easy-out" in refused_by(good_letter(GERMAN, ask=line, out=""))


def test_a_letter_with_neither_question_nor_out_is_refused() -> None:
    assert "easy-out" in refused_by(good_letter(ask="", out=""))
    assert "easy-out" in refused_by(good_letter(GERMAN, ask="", out=""))


def test_a_question_without_its_sign_is_a_statement() -> None:
    assert "easy-out" in refused_by(good_letter(ask="What a good question it would be.", out=""))


@pytest.mark.parametrize(
    "line",
    [
        "Please send me your updated CV.",
        "The next step is easy: apply here, https://acme.example/jobs.",
        "Please fill in the attached form.",
        "Could you send me your current resume?",
        "Please complete the online assessment.",
        "We need your latest CV.",
        "Please register on our portal.",
    ],
)
def test_a_big_ask_makes_a_person_look(line: str) -> None:
    letter = good_letter(extra=line)
    assert "small-ask" in rules(letter)
    assert "small-ask" not in refused_by(letter)


@pytest.mark.parametrize(
    "line",
    [
        "There is no need to send a CV.",
        "You would not have to apply again.",
        "I do not need your CV, I still have it.",
        "You'd take a short test as the second step.",
        "The skills you would apply in this team are the ones you have.",
        "You sent us your portfolio in spring.",
        "When you applied for the first role, we were a small team.",
        "No form, no CV, no test.",
        "The second step is a task you would complete at home.",
    ],
)
def test_what_is_not_asked_for_is_no_big_ask(line: str) -> None:
    assert "small-ask" not in rules(good_letter(extra=line))


@pytest.mark.parametrize(
    "line",
    [
        "Bitte schick mir deinen aktuellen Lebenslauf.",
        "Bewirb dich hier noch einmal.",
        "Füllen Sie bitte das Formular aus.",
    ],
)
def test_a_big_german_ask_makes_a_person_look(line: str) -> None:
    assert "small-ask" in rules(good_letter(GERMAN, extra=line))


def test_a_demanding_follow_up_is_refused_as_well() -> None:
    assert "easy-out" in refused_by(good_letter(ask="Please book a slot.", out=""), sarah(occasion=Occasion.FOLLOW_UP))


# A rejection asks for nothing.


def turned_down() -> Dossier:
    return sarah(occasion=Occasion.REJECTION, role=None)


REJECTION = (
    "Dear Sarah,\n\nthank you for your interviews for the Senior Product Manager role. You were a finalist, and it was "
    "a hard decision; we went with someone with more B2B experience. Your background in consumer tech impressed us."
    "\n\n{}\n\nAll the best,\nAnn Lee"
)


@pytest.mark.parametrize(
    "line",
    [
        "We would like to stay in touch.",
        "I will let you know as soon as a product role opens.",
        "We will send you our quarterly update.",
        "I'd love to keep you in mind and to keep in touch.",
    ],
)
def test_staying_in_touch_without_a_way_to_end_it_makes_a_person_look(line: str) -> None:
    assert rules(REJECTION.format(line), turned_down()) >= {"easy-out"}
    assert "easy-out" not in refused_by(REJECTION.format(line), turned_down())


@pytest.mark.parametrize(
    "line",
    [
        "We would like to stay in touch. If you'd rather not, tell me.",
        "I will let you know as soon as a product role opens, and you can stop that at any time.",
        "We will send you our quarterly update only if you want it.",
        "I wish you all the best.",
        "We won't stay in touch unless you want us to.",
        "Let us stay in touch, and just say so if you would prefer not to hear from us.",
    ],
)
def test_staying_in_touch_is_fine_where_it_can_be_ended_and_nothing_is_asked_where_it_is_not_offered(line: str) -> None:
    assert "easy-out" not in rules(REJECTION.format(line), turned_down())
