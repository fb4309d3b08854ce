"""Drafts a personal letter from a dossier: proves, chooses phrasings, and steps on until it is like no other letter.

Pure but for the phrasings it reads. Sends and stores nothing; whether the draft may go is for the check and a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rekindle.courtesy.dossier import Dossier, Signer
from rekindle.courtesy.letter import Letter
from rekindle.courtesy.likeness import likeness
from rekindle.courtesy.phrases import Phrases
from rekindle.errors import MissingFacts
from rekindle.journey.letters import saying, telling
from rekindle.journey.letters.phrasing import Phrasings, Voice, phrasings
from rekindle.journey.letters.proofs import Proofs
from rekindle.journey.letters.proving import LIMITS, Missing, prove

#: Likeness is a matter of the letters' own words.
_NO_PHRASES = Phrases("en", {}, {}, {})
#: So many variations are tried before the check is left to say that the letter is like another.
_MOST_TRIES = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter nobody has read yet. `body` is plain text, paragraphs with empty lines between them."""

    subject: str
    body: str
    proofs: Proofs
    signer: Signer
    #: Which variation it is: one more gives other words.
    variation: int


def draft(
    dossier: Dossier,
    folders: Sequence[Path],
    variation: int = 0,
    *,
    limits: Mapping[str, float] = LIMITS,
    candidate: str = "CANDIDATE",
) -> Draft:
    """Draft the letter the dossier is for; the same arguments always give the same letter.

    `folders` hold the phrasings, a team's own before ours; `limits` are those of the courtesy check; `candidate` is how
    commands name the person, such as c-17.
    Raises MissingFacts naming everything that is missing, TemplateError for phrasings that cannot be used.
    """
    proofs = prove(dossier, candidate, limits)
    if isinstance(proofs, Missing):
        raise MissingFacts(proofs.facts)
    language = saying.written_in(dossier.language)
    words = phrasings(tuple(folders), language, dossier.occasion)
    for step in range(variation, variation + _MOST_TRIES):
        drafted = _written(dossier, proofs, words, language, step)
        if not _is_like_another(drafted, dossier, limits):
            return drafted
    return _written(dossier, proofs, words, language, variation)


def _written(dossier: Dossier, proofs: Proofs, words: Phrasings, language: str, variation: int) -> Draft:
    voice = Voice(words, _seed(dossier, proofs), variation, _everywhere(dossier))
    body = telling.body(voice, dossier, proofs, language)
    return Draft(telling.subject(voice, proofs), body, proofs, dossier.signer, variation)


def _seed(dossier: Dossier, proofs: Proofs) -> str:
    """Name the person and the matter by ids: an application belongs to one person only."""
    whose = proofs.before.id if proofs.before else dossier.given_name
    return f"{dossier.occasion} {whose} {proofs.role.id if proofs.role else ''}"


def _everywhere(dossier: Dossier) -> dict[str, str]:
    return {
        "given_name": dossier.given_name,
        "full_name": f"{dossier.given_name} {dossier.family_name}".strip(),
        "company": dossier.company,
        "signer": dossier.signer.name,
    }


def _is_like_another(drafted: Draft, dossier: Dossier, limits: Mapping[str, float]) -> bool:
    letter = Letter(drafted.body, drafted.subject)
    return next(likeness(letter, dossier, _NO_PHRASES, limits), None) is not None
