"""What exactly the approval of a letter freezes, part by part, so that a change is not only found but named."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from rekindle.courtesy.dossier import Candidacy, Dossier, KnownNote
from rekindle.store.candidates import Candidate
from rekindle.store.letters import Letter

#: What is said of a part that is not any more what was seen, in the order in which it matters.
_CHANGED = {
    "text": "the text was changed",
    "recipient": "the candidate's name or address was changed",
    "role": "the role was changed or closed",
    "contacts": "there has been contact since",
    "records": "a skill, an interest, an application or a note was changed, added or taken away",
    "template": "the template around the letter was changed",
}


@dataclass(frozen=True, slots=True)
class Seal:
    """The digest of all parts, and the digest of each. No part shows what it was made of."""

    digest: str
    parts: Mapping[str, str]


def seal(letter: Letter, person: Candidate, known: Dossier, template: str) -> Seal:
    """Seal a letter with whom it is for and the records it rests on, as they are now."""
    labels = [sorted(known.skills), sorted(known.interests)]
    parts = {
        "text": _digest([letter.subject, letter.body, letter.signer]),
        "recipient": _digest([person.email, person.given_name, person.family_name]),
        "role": _digest(asdict(known.role) if known.role else None),
        "contacts": _digest([each.id for each in known.contacts]),
        "records": _digest([labels, _rows(known.applications), _rows(known.notes)]),
        "template": template,
    }
    return Seal(_digest(parts), parts)


def what_changed(seen: Mapping[str, Any], now: Seal) -> str:
    """Say what is not any more what was seen; empty when all is."""
    told = [sentence for part, sentence in _CHANGED.items() if seen.get(part) != now.parts[part]]
    return "; ".join(told)


def _rows(group: Sequence[Candidacy | KnownNote]) -> list[dict[str, Any]]:
    return [asdict(each) for each in group]


def _digest(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
