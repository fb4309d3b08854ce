"""What is offered: money, remote work, shares, a job for sure. What no record of the role bears is not offered."""

import re
from collections.abc import Iterator

from rekindle.courtesy.case import Case
from rekindle.courtesy.finding import Finding, refuse, warn
from rekindle.courtesy.scanning import Hit

RULES = ("claimed-offer",)
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
        if not case.is_denied(hit) and not any(hit.overlaps(other) for other in case.hits("not_offered")):
            message = "Nobody can be sure of that before the interviews: leave it out."
            yield refuse("claimed-offer", message, hit.quote)


def _sums(case: Case) -> Iterator[Hit]:
    for sentence in case.letter.said if _SIGN.search(case.letter.both) else ():
        for match in _SUM.finditer(sentence.plain):
            yield Hit("offer_sum", sentence, match)


def _is_asked(hit: Hit) -> bool:
    """Say whether it is only asked: "Are you still looking for something remote?"."""
    return hit.sentence.plain.endswith("?")


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
