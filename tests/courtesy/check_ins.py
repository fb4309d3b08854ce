"""Check-ins for tests: honest ones in many voices, and lines that ask for something or pitch something."""

from rekindle.courtesy.letter import Letter
from states.message import Occasion
from tests.courtesy.people import sarah

CHECKED_ON = sarah(occasion=Occasion.CHECK_IN, role=None)
IN_GERMAN = sarah(occasion=Occasion.CHECK_IN, role=None, language="de")

#: True of Sarah, and wanting nothing.
HONEST = (
    (
        "It was June when we last talked on the phone, and I wanted to say hello. You told me you enjoy "
        "building 0-to-1 products, and I hope you still get to. There is nothing I need from you. How are "
        "you?"
    ),
    (
        "We spoke in June, and today I thought I would write a line. No agenda, no role, nothing to apply "
        "for. I hope the autumn is treating you well."
    ),
    (
        "Five months have gone by since our call. I have nothing to sell and nothing to ask; I just hope that"
        " you are well and that life has been kind."
    ),
    (
        "I was going through my notes and came across your background in consumer tech and product strategy, "
        "which I still remember. No opening behind this, and no reply needed. All the best for the winter."
    ),
    (
        "This is just a hello. We talked on the phone in June, and it has been quiet on my side since. I hope"
        " work is going well for you. If you would rather not get such notes, tell me and I will stop."
    ),
    (
        "How have you been since June? I am not writing about a job; I simply like to stay in touch with "
        "people whose work I admire. No need to answer."
    ),
    (
        "A short note from Acme Labs, without any agenda. In April we spoke about the Senior Product Manager "
        "role, and in June on the phone. I hope things turned out well for you since then."
    ),
    (
        "I hope you are doing well. It has been a while since we talked in June. Nothing has changed here "
        "that you would need to know, and this letter wants nothing from you."
    ),
    (
        "No news from me and no question either; only a greeting. Your product strategy in the final round "
        "stayed with me. Take care, and enjoy the end of the year."
    ),
    (
        "Hello from Berlin. It is raining here, and I thought back to our call in June. I hope the new job is"
        " going well, if you have started one. If you ever feel like a chat, my door is open."
    ),
    (
        "Just checking in, as they say, though without a check list: no role, no form, no deadline. I hope "
        "you are well and that you find time for the things you like."
    ),
    (
        "You came close in spring, and I have not forgotten it. I do not have a role for you today, and I am "
        "not looking for anything. I only wanted to wish you a good start into December."
    ),
    (
        "I wanted to write to you without a reason for once. There is no opening, no application, no "
        "interview behind these lines. I hope all is well with you and yours."
    ),
    (
        "When we talked in June you sounded busy. I hope that you have had a bit of a rest since. Nothing to "
        "do here; I just wanted you to know that I remember our talk."
    ),
    (
        "You told us that 0-to-1 products interest you. I hope you are building one, or at least dreaming of "
        "it. This is not a pitch: if a role opens one day that fits, I will write about that separately."
    ),
    (
        "It is almost the end of the year, and I am writing to a handful of people I liked talking to. I hope"
        " yours was a good one. How are you? No answer is needed, of course."
    ),
    (
        "A quick hello, nothing more. We have not spoken since June, and I hope everything has been well. If "
        "these notes are not for you, one word is enough and I will stop writing them."
    ),
    (
        "I enjoyed our call in June. I hope you are well, and that your plans are coming along. There is "
        "nothing I am asking for."
    ),
    (
        "It has been five months since our phone call. I remember that you like 0-to-1 products. I hope you "
        "have found time for them. No reply needed, and nothing to apply for."
    ),
    (
        "This is one of those letters without a purpose. I was glad that we met this spring, and I wish you "
        "well. Silence is a fine answer."
    ),
    (
        "Are you well? I hope so. We last spoke in June; since then I have had you in mind now and again. I "
        "have no favour to ask."
    ),
)

#: The same in German.
HONEST_GERMAN = (
    (
        "im Juni haben wir zuletzt telefoniert, und ich wollte einfach einmal Hallo sagen. Sie haben erzählt,"
        " dass 0-to-1 Products Sie interessieren; ich hoffe, dass Sie Zeit dafür finden. Ich habe kein "
        "Anliegen. Wie geht es Ihnen?"
    ),
    (
        "fünf Monate ist unser Telefonat her. Ich habe heute nichts anzubieten und nichts zu fragen, ich "
        "wollte nur einen Gruß schicken. Ich hoffe, es geht Ihnen gut."
    ),
    (
        "dieser Brief hat keinen Anlass: keine Stelle, keine Bewerbung, keine Bitte. Ich hoffe, dass der "
        "Herbst gut zu Ihnen war. Sie müssen nicht antworten."
    ),
    (
        "wie geht es dir? Im Juni haben wir telefoniert, und seitdem war es still von meiner Seite. Es geht "
        "mir nicht um eine Stelle, ich wollte mich nur melden."
    ),
    (
        "ich denke gern an unser Gespräch im April zurück. In Erinnerung geblieben ist mir Ihr Hintergrund in"
        " Consumer Tech und Produktstrategie. Eine Antwort ist nicht nötig; ich wünsche Ihnen einen guten "
        "Winter."
    ),
    (
        "nur ein kurzer Gruß aus Berlin. Seit Juni haben wir nicht mehr gesprochen. Wenn du irgendwann Lust "
        "auf einen Kaffee hast, sag einfach Bescheid; sonst lass es dir gut gehen."
    ),
    (
        "ich schreibe ohne Hintergedanken. Weder gibt es eine offene Stelle noch brauche ich etwas von Ihnen."
        " Ich hoffe, dass das neue Jahr für Sie gut beginnt."
    ),
    (
        "im Juni haben wir telefoniert, und heute fiel mir das wieder ein. Ich hoffe, die Arbeit macht Ihnen "
        "Freude. Wenn Sie solche Briefe lieber nicht bekommen möchten, genügt ein Wort."
    ),
    (
        "es ist eine Weile her, dass wir gesprochen haben. Ich hoffe, du bist gut in den Herbst gekommen. Ich"
        " will nichts von dir, wirklich nur Hallo sagen."
    ),
    (
        "dies ist kein Stellenangebot, sondern nur ein Gruß. Im Juni haben wir zuletzt gesprochen, und ich "
        "hoffe, dass sich alles gut entwickelt hat."
    ),
    "wie ist es Ihnen seit Juni ergangen? Ich habe keine Neuigkeiten und keine Bitte. Alles Gute für Sie.",
    (
        "ich wollte mich ohne besonderen Anlass melden. Ihre Produktstrategie ist mir in Erinnerung "
        "geblieben. Falls einmal eine Stelle frei wird, die zu Ihnen passt, schreibe ich Ihnen dazu einen "
        "eigenen Brief."
    ),
    (
        "seit unserem Telefonat im Juni sind fünf Monate vergangen. Ich hoffe, Sie haben seitdem Zeit für "
        "Dinge gefunden, die Ihnen Freude machen. Es gibt nichts zu tun."
    ),
    (
        "wie läuft die neue Stelle? Im Juni waren Sie mitten in Veränderungen. Ich frage aus keinem anderen "
        "Grund als aus Neugier, und eine Antwort muss es nicht geben."
    ),
    (
        "ich habe nichts Neues zu berichten und auch keine Frage. Ich wollte nur sagen, dass ich unser "
        "Gespräch im April in guter Erinnerung habe. Passen Sie gut auf sich auf."
    ),
    (
        "ein kurzes Lebenszeichen von mir. Wir haben im Juni telefoniert, und ich wollte nicht, dass es ganz "
        "still wird. Keine Stelle, kein Termin, keine Erwartung."
    ),
    (
        "hoffentlich geht es Ihnen gut. Ich melde mich, weil fünf Monate vergangen sind, nicht, weil ich "
        "etwas brauche. Wenn Ihnen einmal nach einem Gespräch ist, wissen Sie, wo ich bin."
    ),
)

#: Lines that speak of roles, interviews or answers, and neither ask nor pitch.
HARMLESS = (
    "When you applied in March, I did not know how well we would get on.",
    "We spoke about the Senior Product Manager role in April.",
    "I remember your interviews in April.",
    "Thank you again for the time you gave us.",
    "I do not want to pitch anything.",
    "I promised to write if a product role opens; none has, so this is only a hello.",
    "No position has come up since, so I have nothing to offer.",
    "I still think of the feedback you gave us in April.",
    "Congratulations on the new role!",
    "I hope your team is treating you well.",
    "I am in the office most days, should you ever pass by.",
    "My number has not changed, in case you ever want to talk.",
    "There is no job behind this.",
    "I have no job to tell you about.",
    "This has nothing to do with a vacancy.",
    "I am not asking you to apply for anything.",
    "There is no need to send me anything.",
    "You do not have to tell me anything.",
    "I would love to hear how you are, if you feel like it.",
    "Drop me a line if you ever feel like it.",
    "Tell me to stop and I will.",
    "If there is ever anything I can help with, I am glad to.",
    "Have you been to the mountains again?",
    "I hope the interview season is behind you.",
    "We celebrated ten years of Acme Labs in May.",
    "No pitch, no opening, no catch.",
    "Should a role open that fits, I will write about it in a letter of its own.",
    "I know the outcome in May was not what you had hoped for.",
    "I read that your field is changing fast.",
    "Your question about pricing still comes up when I talk with others.",
    "I am not going to ask for your CV or your time.",
    "I will not send you job ads.",
    "Once a role comes up that fits, you will hear from me.",
    "It is not about hiring.",
    "The team you met in April sends greetings.",
    "I don't need anything, least of all a reply.",
    "We have spoken about the Senior Product Manager role in April.",
    "I have good memories of our talks about the Senior Product Manager role.",
    "Thank you for sending me your portfolio in March.",
)

#: The same in German.
HARMLESS_GERMAN = (
    "Damals ging es um die Stelle als Senior Product Manager.",
    "Eine passende Stelle ist seitdem nicht frei geworden.",
    "Sie haben mir damals von Ihrer neuen Stelle erzählt.",
    "Ich hoffe, die neue Stelle macht Ihnen Freude.",
    "Ich möchte Ihnen nichts anbieten.",
    "Bewerben sollen Sie sich auf nichts.",
    "Eine Antwort erwarte ich nicht.",
    "Ich brauche keine Antwort.",
    "Sie müssen nichts tun.",
    "Falls ich einmal etwas für Sie tun kann, sagen Sie es.",
    "Wenn eine Stelle frei wird, die passt, melde ich mich gesondert.",
    "Dahinter steht keine offene Stelle.",
    "Ich suche niemanden und werbe für nichts.",
    "Ich will Sie nicht zu einer Bewerbung überreden.",
    "Das ist keine Stellenanzeige.",
    "Wie geht es Ihnen in Lissabon?",
    "Danke noch einmal für Ihre Zeit im April.",
    "Ihre Bewerbung im März habe ich in guter Erinnerung.",
    "Das Team, das Sie im April kennengelernt haben, lässt grüßen.",
    "Wenn Ihnen danach ist, schreiben Sie mir gern ein paar Zeilen.",
    "Sie brauchen mir nicht zu antworten.",
    "Es geht nicht um eine Stelle.",
    "Ich habe weder eine Stelle noch eine Bitte.",
    "wir haben im April über die Stelle als Senior Product Manager gesprochen.",
)

#: Lines that want something.
ASKING = (
    "Could you send me your updated CV?",
    "Do you know anyone who might be looking for a job in product?",
    "Would you have fifteen minutes for a call next week?",
    "Shall we grab a coffee soon?",
    "Please fill in this short survey.",
    "I would love to have your feedback on our process.",
    "Are you open to new opportunities?",
    "Are you still looking?",
    "Let's catch up over a call.",
    "If you know somebody good, please refer a friend.",
    "When are you free for a chat?",
    "Would you mind leaving us a review on Glassdoor? Please leave a review.",
    "Please confirm your contact details.",
    "I'd love to buy you a coffee.",
    "Can I ask you for a small favour?",
    "What are your salary expectations these days?",
    "Would you consider coming back to us?",
    "Please connect with us on LinkedIn.",
    "It would help if you could share your latest portfolio.",
    "Are you happy where you are?",
    "Happy to jump on a quick call.",
)

#: The same in German.
ASKING_GERMAN = (
    "Könnten Sie mir Ihren aktuellen Lebenslauf schicken?",
    "Kennen Sie jemanden, der sucht?",
    "Hätten Sie nächste Woche Zeit für ein kurzes Gespräch?",
    "Wollen wir einmal telefonieren?",
    "Bitte füllen Sie den Fragebogen aus.",
    "Über Ihr Feedback würde ich mich freuen. Geben Sie uns bitte eine Rückmeldung geben.",
    "Sind Sie noch auf der Suche?",
    "Wann passt es Ihnen?",
    "Suchen Sie gerade etwas Neues?",
    "Dürfte ich Sie um einen kleinen Gefallen bitten?",
    "Sind Sie zufrieden mit Ihrem Job?",
    "Vernetzen Sie sich gern mit uns auf LinkedIn.",
    "Rufen Sie mich doch an.",
    "Könnten Sie uns weiterempfehlen?",
)

#: Lines that pitch something.
PITCHING = (
    "By the way, we have an opening in our Growth team.",
    "We are hiring again.",
    "There is a new role that may suit you.",
    "You can apply on our careers page.",
    "The salary has improved, too.",
    "We are looking for a Director of Product.",
    "A position just opened that is made for you.",
    "I have an exciting opportunity for you.",
    "You'd be a great fit for our new team.",
    "Come work with us one day!",
    "The interview process would be shorter this time.",
    "Our new role in Growth has your name on it.",
    "We have several open positions.",
    "If you like, apply here.",
    "I think you would love to join us.",
    "Have a look at our job board.",
    "A vacancy came up this week.",
    "We'd love to have you back.",
    "Are you interested in working with us?",
)

#: The same in German.
PITCHING_GERMAN = (
    "Übrigens haben wir eine Stelle frei.",
    "Wir suchen gerade Verstärkung.",
    "Es gibt eine neue Stelle bei uns.",
    "Bewerben Sie sich gern.",
    "Das Gehalt ist besser geworden.",
    "Auf unserer Karriereseite finden Sie mehr.",
    "Es ist eine Position frei geworden, die zu Ihnen passt.",
    "Ich habe eine spannende Herausforderung für Sie.",
    "Sie würden perfekt zu uns passen.",
    "Kommen Sie doch zu uns!",
    "Wir stellen ein.",
)


def check_in(words: str) -> Letter:
    """Write the words as a check-in from Ann to Sarah."""
    return Letter(f"Hi Sarah,\n\n{words}\n\nBest wishes,\n\nAnn Lee\nSenior Recruiter, Acme Labs", "A hello")


def in_german(words: str) -> Letter:
    """The same in German."""
    return Letter(
        f"Guten Tag Sarah Kim,\n\n{words}\n\nHerzliche Grüße\n\nAnn Lee\nSenior Recruiter, Acme Labs", "Ein Gruß"
    )
