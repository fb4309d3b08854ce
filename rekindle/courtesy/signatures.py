"""Who signs, for which company, and whether it says so when somebody else knew this person before."""

import re
from collections.abc import Iterator, Mapping

from rekindle.courtesy.dossier import Dossier
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Letter, Sentence, plainly
from rekindle.courtesy.names import Likeness, likeness, names_in
from rekindle.courtesy.phrases import Phrases
from rekindle.courtesy.sayable import sayable_texts

RULES = ("signature", "wrong-company", "handover")

#: A signature stands in these last lines, and a name has at most so many words.
_LAST_LINES, _MOST_WORDS = 6, 3
#: So many words a line of it has, and so many signs all of them.
_SHORT, _LAST_SIGNS = 12, 600
#: "I am Ben", "my name is Ben": so few words before the name; and as few as in "With very kind regards".
_ME, _GOODBYE = 3, 4
_PART = re.compile(r"[,|·•/]|\s-{1,3}\s|\s[–—]\s")
_AT = re.compile(r"(?:^|\s)(?:at|bei|@)\s(?=[A-ZÄÖÜ])")
_PLACE = r"(?P<place>[A-ZÄÖÜ][\w&-]*(?:\s[A-ZÄÖÜ][\w&-]*){0,3})"
_WE_AT = re.compile(rf"\b(?:[Hh]ere at|[Ww]e at|[Hh]ier bei|[Ww]ir bei|[Uu]ns bei(?: der)?)\s{_PLACE}")


def signature(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Compare the name at the end with the one who signs; the hiring manager may, who has handed over may not."""
    del limits
    lines = _last_lines(letter)
    names = [(number, name) for number, line in enumerate(lines) if (name := _name(line))]
    may_sign = (dossier.signer.name, dossier.role.hiring_manager_name or "" if dossier.role else "")
    if not names or any(_is(name, each) for _, name in names for each in may_sign):
        yield from _of_another(letter, dossier, phrases, [name for _, name in names])
        return
    others = (dossier.signer.handed_over_by or "", *dossier.team_names)
    message = f"{dossier.signer.name} signs this letter: write that name under it."
    for number, name in names:
        is_last = number > 0 and phrases.find("farewells", plainly(lines[number - 1])) is not None
        if any(_is(name, each) for each in others) and number > 0:
            yield refuse("signature", message, name)
        elif is_last and not _is_ours(name, dossier):
            yield warn("signature", message, name)


def _of_another(letter: Letter, dossier: Dossier, phrases: Phrases, signed: list[str]) -> Iterator[Finding]:
    """Refuse the hiring manager's name under a letter that speaks of the hiring manager as of somebody else."""
    manager = dossier.role.hiring_manager_name if dossier.role else None
    if not manager or _is(manager, dossier.signer.name) or any(_is(name, dossier.signer.name) for name in signed):
        return
    mine = next((name for name in signed if _is(name, manager)), None)
    if mine is None:
        return
    own = names_in(manager)[:1]
    for sentence in (each for each in letter.sentences if not _is_goodbye(each, mine)):
        words = names_in(sentence.plain)
        place = next((at for at, word in enumerate(words) if word in own), None)
        is_me = place is not None and not phrases.words("speaking_of_us").isdisjoint(words[max(0, place - _ME) : place])
        if place is not None and not is_me:
            message = f"The letter speaks of {manager} as of somebody else: let {dossier.signer.name} sign it."
            yield refuse("signature", message, mine)
            return


def _is_goodbye(sentence: Sentence, name: str) -> bool:
    """Say whether a sentence is the name under the letter, and at most a few words of goodbye before it."""
    return sentence.text.endswith(name) and len(sentence.text.split()) <= len(name.split()) + _GOODBYE


def company(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find another company's name where ours should stand: under the letter, and in "here at"."""
    del limits
    message = f"The letter is from {dossier.company}: name no other company as ours."
    for line in _last_lines(letter):
        for part in _PART.split(line) if len(line.split()) <= _SHORT else ():
            if (name := _company_in(part.strip(), dossier, phrases)) and not _is_ours(name, dossier):
                yield refuse("wrong-company", message, name)
    for sentence in letter.said if " at " in letter.both or " bei " in letter.both else ():
        for match in _WE_AT.finditer(sentence.text):
            # In German every noun is in capitals: "wir bei Fragen".
            is_name = phrases.language == "en" or _has_company_word(match["place"], phrases)
            if is_name and not _is_ours(match["place"], dossier):
                yield refuse("wrong-company", message, match["place"])


def handover(letter: Letter, dossier: Dossier, phrases: Phrases, limits: Mapping[str, float]) -> Iterator[Finding]:
    """Ask who was handed over whether they are told so, and that no words pretend to have known them."""
    del limits
    predecessor = dossier.signer.handed_over_by
    if not predecessor:
        return
    names = names_in(predecessor)
    is_told = any(name in names_in(letter.both) for name in names) or next(phrases.among("took_over", letter), None)
    for sentence, match in phrases.among("knew_them", letter):
        if not any(name in names_in(sentence.plain) for name in names):
            message = f"{predecessor} knew them, {dossier.signer.name} did not: say who it was."
            yield (warn if is_told else refuse)("handover", message, sentence.quote(match))
    if not is_told:
        yield warn("handover", f"They know {predecessor}: say that you have taken over.")


def _last_lines(letter: Letter) -> list[str]:
    return [line.strip(" \t*_-–—~") for line in letter.body[-_LAST_SIGNS:].split("\n") if line.strip()][-_LAST_LINES:]


def _company_in(part: str, dossier: Dossier, phrases: Phrases) -> str:
    """Return the company that a part of a signature names: "Globex Ltd", or "Recruiter at Globex"."""
    *title, name = _AT.split(part, maxsplit=1)
    is_title = bool(title) and not set(names_in(title[0])).isdisjoint(names_in(dossier.signer.title))
    words = name.split()
    is_name = 0 < len(words) <= _MOST_WORDS + 1 and all(word[:1].isupper() for word in words)
    return name if is_name and (is_title or _has_company_word(name, phrases)) else ""


def _has_company_word(name: str, phrases: Phrases) -> bool:
    return not phrases.words("company_words").isdisjoint(plainly(name).split())


def _name(line: str) -> str:
    """Return the name a line begins with, if it is one: a few words in capitals, and no sentence."""
    first = _PART.split(line, maxsplit=1)[0].strip(" .")
    words = first.split()
    is_name = 0 < len(words) <= _MOST_WORDS and all(word[:1].isupper() for word in words)
    return first if is_name and names_in(first) and not line.rstrip().endswith(("?", "!", ":")) else ""


def _is(name: str, somebody: str) -> bool:
    """Say whether it is the name of somebody, in whole or the given one."""
    own, written = names_in(somebody), names_in(name)
    if not own or not written or len(written) > len(own):
        return False
    return likeness(written[0], own[:1] if len(written) == 1 else own) is not Likeness.OTHER and all(
        likeness(word, own) is not Likeness.OTHER for word in written
    )


def _is_ours(name: str, dossier: Dossier) -> bool:
    """Say whether a name is on record, or shares a word with our company."""
    known = {word for text in (dossier.company, dossier.signer.title) for word in plainly(text).split()}
    return not known.isdisjoint(plainly(name).split()) or any(
        plainly(name) in plainly(t) for t in sayable_texts(dossier)
    )
