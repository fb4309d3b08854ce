"""What a letter says of levels: "a step up", "the Staff role". Compared with the ladder and with both roles."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rekindle.courtesy.case import Case
from rekindle.courtesy.dossier import Candidacy
from rekindle.courtesy.entries import entry_in, numbers_in, places_in, ways_to_write
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.letter import Sentence, plainly
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-level",)
_STEPS = {"level_up": 1, "level_same": 0, "level_down": -1}
_CALLED = {1: "higher than", 0: "the same as", -1: "lower than"}
#: So many signs may stand between "you interviewed" and "our Staff role", or be of both.
_NEAR, _OVERLAP = 6, 4
_PAST = ("spoke", "interviewed", "candidacy", "applied", "decided", "outcome", "standing_late")


def claimed_steps(case: Case) -> Iterator[Finding]:
    """Compare "a step up" and the like with the ladder."""
    for past in case.concerned[:1] if case.dossier.role else ():
        step = step_from(case, past)
        doubtful = [name for name, claimed in _STEPS.items() if claimed != step]
        for hit in case.stated(*doubtful):
            if not _is_their_wish(case, hit):
                yield _wrong_step(case, hit, past, step)


def counted_levels(case: Case) -> Iterator[Finding]:
    """Compare "two levels up" with how far apart both stand on the ladder."""
    role = case.dossier.role
    for past in case.concerned[:1] if role else ():
        now, then = case.dossier.rank(role.level if role else None), case.dossier.rank(past.level)
        for hit in case.stated("levels_counted") if now is not None and then is not None else ():
            told = max(numbers_in(case.phrases.lists, hit.plain), default=0)
            if now is not None and then is not None and told > now - then:
                yield _wrong_count(hit, past, now - then, case)


def _wrong_count(hit: Hit, past: Candidacy, steps: int, case: Case) -> Finding:
    assert case.dossier.role is not None, "asked only where there is one"
    role = case.dossier.role
    message = (
        f"{role.level.capitalize()} ({role.id}) is {steps} above {past.level} ({past.id}) on the ladder: say that."
    )
    return refuse("claimed-level", message, hit.quote, past.id, role.id)


def step_from(case: Case, past: Candidacy) -> int | None:
    """Return 1 when the role is above the past one on the ladder, 0 beside it, -1 below; None when nobody knows."""
    role = case.dossier.role
    now, then = case.dossier.rank(role.level if role else None), case.dossier.rank(past.level)
    return None if now is None or then is None else (now > then) - (now < then)


def _wrong_step(case: Case, hit: Hit, past: Candidacy, step: int | None) -> Finding:
    role = case.dossier.role
    assert role is not None, "asked only where there is one"
    if step is None:
        message = f"The level of the {past.role} ({past.id}) is not on record: check that this is true."
        return warn("claimed-level", message, hit.quote, past.id, role.id)
    level = role.level.capitalize()
    message = f"{level} ({role.id}) is {_CALLED[step]} {past.level} ({past.id}) on the ladder: say what is true."
    return refuse("claimed-level", message, hit.quote, past.id, role.id)


def _is_their_wish(case: Case, hit: Hit) -> bool:
    return any(other.sentence is hit.sentence and other.start < hit.start for other in case.hits("interest_lead"))


# Levels by name.


def named_levels(case: Case) -> Iterator[Finding]:
    """Compare the level in front of "role", "position" and their like with the levels and titles on record."""
    lists = case.phrases.lists
    pattern = _before_noun(lists["level_words"], lists["level_nouns"])
    for sentence in {hit.sentence.index: hit.sentence for hit in case.hits("level_nouns")}.values():
        for match in pattern.finditer(sentence.plain) if _has_level(case, sentence) else ():
            yield from _named(case, sentence, match)


def _has_level(case: Case, sentence: Sentence) -> bool:
    return case.scanner.either("level_words").search(sentence.plain) is not None


def _named(case: Case, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    words = case.phrases.lists["level_words"]
    if match["article"] not in case.phrases.words("level_articles"):
        return
    told = entry_in(words, match["level"])
    hit = Hit("level", sentence, match)
    allowed = _allowed(case, hit)
    if told is None or not allowed or told in {place for _, places in allowed for place in places}:
        return
    right = " or ".join(dict.fromkeys(title for title, _ in allowed))
    message = f"No {match['level']} role is on record here, but {right}: name the right one."
    yield refuse("claimed-level", message, hit.quote, *_ids(case))


def _allowed(case: Case, hit: Hit) -> list[tuple[str, set[int]]]:
    """Return the titles that may be meant, with the levels in them: past ones where it speaks of the past."""

    def leads(*names: str) -> bool:
        """Say whether a phrase stands right before: "you interviewed for our", "we now have a"."""
        return any(-_OVERLAP <= hit.start - other.end <= _NEAR for other in case.inside(hit.sentence, *names))

    past, new = leads(*_PAST), leads("new_role")
    words, role = case.phrases.lists["level_words"], case.dossier.role
    known = [(each.role, each.level) for each in case.dossier.applications if past or not new]
    if role and (new or not past):
        known.append((role.title, role.level))
    known += [(each.role, each.level) for each in case.dossier.approaches]
    return [
        (title, {place for place, _ in places_in(words, plainly(f"{title} {level or ''}"))}) for title, level in known
    ]


# "The level is staff", "staff rather than senior".


def stated_levels(case: Case) -> Iterator[Finding]:
    """Compare the level that the role is said to have with those of both roles; two of them are told apart by both."""
    lists, role = case.phrases.lists, case.dossier.role
    words = lists["level_words"]
    if role is None or not _has_level_in(case):
        return
    known = [f"{role.title} {role.level}", *(f"{past.role} {past.level or ''}" for past in case.dossier.applications)]
    told = {place for text in known for place, _ in places_in(words, plainly(text))}
    for sentence in case.letter.said if told else ():
        for match in _said_to_be(words, lists["level_told"], lists["level_or"]).finditer(sentence.plain):
            if any(place not in told for place, _ in places_in(words, match[0])):
                message = f"No such level is on record here, but {' and '.join(known)}: name the right one."
                yield refuse("claimed-level", message, sentence.quote(match), *_ids(case))


def _has_level_in(case: Case) -> bool:
    """Say whether it is worth looking: most letters tell no level in such words."""
    return any(case.scanner.either(name).search(case.letter.both) for name in ("level_told", "level_or"))


@lru_cache(maxsize=8)
def _said_to_be(levels: tuple[str, ...], told: tuple[str, ...], others: tuple[str, ...]) -> re.Pattern[str]:
    level, lead, either = (
        "|".join(re.escape(way) for entry in entries for way in ways_to_write(entry))
        for entries in (levels, told, others)
    )
    article = r"(?:(?:a|an|that of a|ein|eine|einer) )?"
    return re.compile(
        rf"(?<!\w)(?:(?:{lead}),? {article}(?:{level})"
        rf"|(?:{level})(?: level)?,? (?:{either}) {article}(?:{level}))(?!\w)"
    )


def _ids(case: Case) -> Iterator[str]:
    yield from (past.id for past in case.dossier.applications)
    if case.dossier.role:
        yield case.dossier.role.id


@lru_cache(maxsize=8)
def _before_noun(levels: tuple[str, ...], nouns: tuple[str, ...]) -> re.Pattern[str]:
    level = "|".join(re.escape(way) for entry in levels for way in ways_to_write(entry))
    noun = "|".join(re.escape(way) for entry in nouns for way in ways_to_write(entry))
    return re.compile(rf"(?<!\w)(?P<article>[^\W\d_]+) (?P<level>{level})(?:'s)?(?: [\w-]+){{0,3}}? (?:{noun})(?!\w)")
