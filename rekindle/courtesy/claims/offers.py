"""What is offered: money, remote work, shares, a job for sure. What no record of the role bears is not offered."""

import re
from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-offer",)
_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"[€$£]|\dk")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_SUM = re.compile(r"[€$£]\s?\d[\d.,]*k?|\d[\d.,]*\s?(?:k\s?)?[€$£]|(?<![\w.])\d{2,3}k(?!\w)")


def claimed_offers(case: Case) -> Iterator[Finding]:
    """Refuse certainty and sums, and ask a person to look at terms, unless role or notes speak of them."""
    for hit in (*case.hits("offer_sum"), *_sums(case)):
        yield from _asked(case, hit, is_firm=True)
    for hit in case.hits("offer_extra"):
        if not case.is_denied(hit) and not _is_asked(hit):
            yield from _asked(case, hit, is_firm=True)
    for hit in case.hits("offer_terms", "offer_money"):
        if any(hit.overlaps(other) for other in case.hits("offer_extra")):
            continue
        if not case.is_denied(hit) and not _is_asked(hit):
            yield from _asked(case, hit, is_firm=False)
    for hit in case.hits("offer_certain"):
        if any(hit.overlaps(other) for other in case.hits("not_offered")) or _is_of_the_work(case, hit):
            continue
        if not case.is_denied(hit):
            message = "Nobody can be sure of that before the interviews: leave it out."
            yield refuse("claimed-offer", message, hit.quote)


def _sums(case: Case) -> Iterator[Hit]:
    for sentence in case.letter.said if _SIGN.search(case.letter.both) else ():
        for match in _SUM.finditer(sentence.plain):
            yield Hit("offer_sum", sentence, match)


def _is_asked(hit: Hit) -> bool:
    """Say whether it is only asked: "Are you still looking for something remote?"."""
    return hit.sentence.plain.endswith("?")


def _is_of_the_work(case: Case, hit: Hit) -> bool:
    """Say whether "yours" is said of the work that the role offers, and not of the post itself."""
    role = case.dossier.role
    if role is None or case.phrases.words("own_words").isdisjoint(_WORD.findall(hit.plain)):
        return False
    before = hit.sentence.plain[: hit.start]
    posts = case.phrases.words("level_nouns") | case.phrases.words("contract_words")
    offered = case.stems(" ".join((role.whats_in_it, *role.skills))) - case.title_stems
    return posts.isdisjoint(_WORD.findall(before)) and bool(case.shared(offered, case.stems(before)))


def _joined(text: str) -> str:
    """Write 140,000 as one number: no two sums are alike for their noughts."""
    return _THOUSANDS.sub("", text)


def _asked(case: Case, hit: Hit, *, is_firm: bool) -> Iterator[Finding]:
    role = case.dossier.role
    texts = [role.title, role.location or "", role.whats_in_it, *role.skills] if role else []
    texts += [note.text for note in case.dossier.notes if note.sayable]
    if case.shared(case.stems(_joined(hit.plain)), case.stems(_joined(" ".join(texts)))):
        return
    message = "Nothing on record of the role says so: leave it out, or put it into `whats_in_it` of the role."
    yield (refuse if is_firm else warn)("claimed-offer", message, hit.quote, *([role.id] if role else []))
