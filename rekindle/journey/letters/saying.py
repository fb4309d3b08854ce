"""Numbers, durations and lists as a person says them, in the languages letters are written in. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rekindle.courtesy.dossier import Step

#: Longer lists of steps are named without their minutes: the total says it.
_STEPS_WITH_MINUTES = 4
_HOUR, _HALF = 60, 30
#: So many minutes over a half hour are still "about" it; more are said as the next one, never as less.
_SLACK = 10
_HALF_PAST_ONE = 3


@dataclass(frozen=True, slots=True)
class _Words:
    #: From zero on.
    numbers: str
    one_step: str
    steps: str
    minutes: str
    hour: str
    hour_and_half: str
    hours: str
    hours_and_half: str
    about: str
    conjunction: str
    team: str
    #: What a team may be called that says "team" already.
    team_word: str
    quoted: str
    standing: str
    standing_family: str


_ENGLISH = _Words(
    numbers="no one two three four five six seven eight nine ten eleven twelve",
    one_step="one step",
    steps="{n} steps",
    minutes="{n} minutes",
    hour="an hour",
    hour_and_half="an hour and a half",
    hours="{n} hours",
    hours_and_half="{n} and a half hours",
    about="about {duration}",
    conjunction="and",
    team="{name} team",
    team_word="team",
    quoted="“{text}”",
    standing="write when a role opens that may suit you",
    standing_family="write when a role in {family} opens that may suit you",
)
_GERMAN = _Words(
    numbers="null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    one_step="ein Schritt",
    steps="{n} Schritte",
    minutes="{n} Minuten",
    hour="eine Stunde",
    hour_and_half="anderthalb Stunden",
    hours="{n} Stunden",
    hours_and_half="{n}einhalb Stunden",
    about="etwa {duration}",
    conjunction="und",
    team="Team {name}",
    team_word="team",
    quoted="„{text}“",
    standing="uns melden, wenn eine Stelle frei wird, die zu Ihnen passen könnte",
    standing_family="uns melden, wenn eine Stelle frei wird, die zu Ihnen passen könnte",
)
_LANGUAGES: Mapping[str, _Words] = MappingProxyType({"en": _ENGLISH, "de": _GERMAN})


def written_in(language: str) -> str:
    """Return the language a letter to somebody who reads `language` is written in: their own, or English."""
    return language if language in _LANGUAGES else "en"


def duration(minutes: int, language: str) -> str:
    """Say how long something takes, to the half hour: "45 minutes", "an hour and a half", "about two hours".

    It is never said to be shorter than it is by more than ten minutes.
    """
    words = _LANGUAGES[language]
    if minutes < _HOUR:
        return words.minutes.format(n=minutes)
    halves = max(2, -(-(minutes - _SLACK) // _HALF))
    said = _hours(words, halves)
    return said if minutes == halves * _HALF else words.about.format(duration=said)


def number_of_steps(count: int, language: str) -> str:
    """Say how many steps there are: "one step", "two steps"."""
    words = _LANGUAGES[language]
    return words.one_step if count == 1 else words.steps.format(n=_number(words, count))


def steps(plan: Sequence[Step], language: str) -> str:
    """Name the steps one after the other, with their minutes unless there are many."""
    words = _LANGUAGES[language]
    if len(plan) > _STEPS_WITH_MINUTES:
        return listed([_inside(step.name, language) for step in plan], language)
    named = [f"{_inside(step.name, language)} ({words.minutes.format(n=step.minutes)})" for step in plan]
    return listed(named, language)


def listed(parts: Sequence[str], language: str) -> str:
    """Join parts of a sentence: "a, b and c"."""
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_LANGUAGES[language].conjunction} {parts[-1]}"


def team(name: str, language: str) -> str:
    """Call a team a team, once: "Growth team", "Team Growth"."""
    words = _LANGUAGES[language]
    return name if words.team_word in name.casefold().split() else words.team.format(name=name)


def quoted(text: str, language: str) -> str:
    """Put a text into the quotation marks of the language."""
    return _LANGUAGES[language].quoted.format(text=text)


def standing_promise(family: str | None, language: str) -> str:
    """Say what may be promised to everybody who came close, so that it follows "we will"."""
    words = _LANGUAGES[language]
    return words.standing_family.format(family=family) if family else words.standing


def _hours(words: _Words, halves: int) -> str:
    if halves == _HALF_PAST_ONE:
        return words.hour_and_half
    whole, half = divmod(halves, 2)
    if whole == 1:
        return words.hour
    return (words.hours_and_half if half else words.hours).format(n=_number(words, whole))


def _number(words: _Words, number: int) -> str:
    numbers = words.numbers.split()
    return numbers[number] if number < len(numbers) else str(number)


#: With these a step begins in lower case inside an English sentence; a name or an abbreviation keeps its capital.
_PLAIN_STARTS = """a an the call case chat code coding coffee conversation culture deep-dive design
    discussion exercise final first follow-up hiring interview introduction introductory
    leadership live lunch meeting offer on-site onsite pair pairing panel portfolio practical
    presentation problem product project reference references research review role second
    short stakeholder system systems take-home talk task team technical trial video visit
    walkthrough whiteboard work working writing"""


def _inside(name: str, language: str) -> str:
    first = name.partition(" ")[0].casefold()
    return name[:1].lower() + name[1:] if language == "en" and first in _PLAIN_STARTS.split() else name
