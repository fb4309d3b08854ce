"""Whether a letter pushes, begs, presumes, flatters or spies: what it must not sound like, whatever the facts are.

Looks for wording only; whether a claim is true is for other rules to say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rekindle.courtesy.clauses import is_hedged
from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.excuses import is_harmless
from rekindle.courtesy.finding import Finding, Severity
from rekindle.courtesy.letter import Letter, plainly
from rekindle.courtesy.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone to avoid. The list of phrases has the rule's name; the mild ones are in a list of their own."""

    rule: str
    #: What is wrong and what to do.
    advice: str
    severity: Severity = Severity.REFUSE
    has_mild: bool = True
    #: "I think you will love it" is a thought, "you will love it" is not.
    may_hedge: bool = False
    #: A phrase of this list excuses the whole sentence.
    unless: str | None = None

    @property
    def list(self) -> str:
        return self.rule.replace("-", "_")


TONES = (
    Tone(
        "pressure", "This puts pressure on them: leave out deadlines and urgency, and let them answer when they like."
    ),
    Tone("chasing", "This chases them for an answer: silence is theirs to keep, so ask once, gently, or not at all."),
    Tone("desperation", "This speaks of our need, not of them: leave out what filling the role means to us."),
    Tone(
        "presumption",
        "This presumes how they feel or what they will do: say what you know, and leave the feelings to them.",
        may_hedge=True,
    ),
    Tone("guilt", "This makes them feel guilty: they owe us nothing, so leave it out."),
    Tone(
        "flattery",
        "This is flattery, which could be said to anybody: say which of their strengths stayed with you instead.",
        Severity.WARN,
        has_mild=False,
    ),
    Tone(
        "private-life",
        "This shows that they are being watched: write only what they told us themselves.",
        unless="they_told_us",
    ),
    Tone("tracking", "This shows that we track what they open or visit: leave it out.", has_mild=False),
    Tone("backup-plan", "This makes them the second choice: say why this role fits them, not what went wrong here."),
    Tone(
        "mass-mail",
        "This is how one writes to a crowd: write to this one person, by name.",
        unless="told_to_many",
    ),
)
RULES = (*(tone.rule for tone in TONES), "lazy-question")

#: A question with more signs than this asks more than whether they are interested.
_SHORT_QUESTION = 60
_LAZY = "This question is all that is asked, and it presumes an answer: ask whether they would like to talk."


def sound(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find every tone to avoid, each once in a sentence."""
    knows_linkedin = any(contact.channel == "linkedin" for contact in dossier.contacts)
    for tone in TONES:
        yield from _heard(tone, tone.list, tone.severity, letter, dossier, phrases)
        # Who writes to us on LinkedIn does not feel watched there.
        if tone.has_mild and not (tone.rule == "private-life" and knows_linkedin):
            yield from _heard(tone, f"{tone.list}_mild", Severity.WARN, letter, dossier, phrases)
    yield from _superlatives(letter, phrases, limits)
    yield from _lazy_questions(letter, dossier, phrases)


def _heard(
    tone: Tone, name: str, severity: Severity, letter: Letter, dossier: Dossier, phrases: Phrases
) -> Iterator[Finding]:
    for sentence, matches in phrases.throughout(name, letter):
        meant = [match for match in matches if not is_harmless(sentence, match, dossier, phrases)]
        if not meant or (tone.unless and phrases.find(tone.unless, sentence.plain)):
            continue
        match = min(meant, key=lambda match: (match.start(), -match.end()))
        hedged = tone.may_hedge and is_hedged(sentence, match, phrases)
        if not hedged or severity is Severity.REFUSE:
            yield Finding(tone.rule, Severity.WARN if hedged else severity, tone.advice, sentence.quote(match))


def _superlatives(letter: Letter, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    heard = [
        sentence.quote(match)
        for sentence, matches in phrases.throughout("superlatives", letter)
        for match in sorted(matches, key=lambda match: match.start())
    ]
    if len(heard) >= limits["superlatives"]:
        advice = f"Too many big words ({', '.join(heard)}): one thing you really saw says more."
        yield Finding("flattery", Severity.WARN, advice, heard[0])


def _lazy_questions(letter: Letter, dossier: Dossier, phrases: Phrases) -> Iterator[Finding]:
    """Find questions that are nothing but "Still interested?", with or without the name."""
    questions = [each for each in letter.sentences if "?" in each.text and len(each.text) <= _SHORT_QUESTION]
    for name, severity in (("lazy_questions", Severity.REFUSE), ("lazy_questions_mild", Severity.WARN)):
        for sentence in questions:
            match = phrases.find(name, sentence.plain)
            if match and not _beside(sentence.plain, match[0], dossier).strip(" ?!.,-"):
                yield Finding("lazy-question", severity, _LAZY, sentence.text)


def _beside(plain: str, words: str, dossier: Dossier) -> str:
    """Return what stands in a sentence beside these words and their name."""
    return plain.replace(words, "", 1).replace(plainly(dossier.given_name), "")
