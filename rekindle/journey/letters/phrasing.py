"""The words of the letters, from templates/letters: several phrasings for each part, and which one this letter gets.

Chooses words only; what may be said has been proved before. A phrasing is Jinja in a sandbox, given what it may say.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, meta
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from rekindle.errors import TemplateError
from rekindle.journey.letters.parts import EVERYWHERE, parts_of
from states.message import Occasion

_SPACE_BEFORE = re.compile(r"\s+([.,;:!?])")
_DOUBLE_STOP = re.compile(r"([.!?…][”“\"]?)\.(?=\s|$)")


def start(text: str) -> str:
    """Begin with a capital, as at the start of a sentence."""
    return text[:1].upper() + text[1:]


_JINJA = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_JINJA.filters["start"] = start


@dataclass(frozen=True, slots=True)
class Phrasings:
    """All phrasings of one letter in one language, by part."""

    file: str
    parts: Mapping[str, tuple[Template, ...]]

    def say(self, part: str, chosen: int, values: Mapping[str, str]) -> str:
        """Return the part in the phrasing number `chosen`, counted round and round.

        Raises TemplateError, without a word of the values, when a team's phrasing cannot be used.
        """
        phrasings = self.parts[part]
        try:
            said = phrasings[chosen % len(phrasings)].render(values)
        except Exception as error:  # noqa: BLE001 - a team's phrasing may raise anything, with a person's data in it
            number = chosen % len(phrasings) + 1
            raise TemplateError(f"{self.file}: {part}, number {number} fails with {type(error).__name__}") from None
        return _DOUBLE_STOP.sub(r"\1", _SPACE_BEFORE.sub(r"\1", " ".join(said.split())))


@dataclass(frozen=True, slots=True)
class Voice:
    """How one letter speaks: its phrasings, and for each part which of them. The same seed always speaks alike."""

    phrasings: Phrasings
    #: Whom the letter is for and what it is about, as ids.
    seed: str
    #: Counts the redrafts: the next number has other words in every part.
    variation: int
    values: Mapping[str, str]

    def say(self, part: str, **more: str) -> str:
        return self.phrasings.say(part, self._chosen(part), {**self.values, **more})

    def _chosen(self, part: str) -> int:
        # Each round through the phrasings begins elsewhere, so that the parts do not go round together.
        count = len(self.phrasings.parts[part])
        first, shift = divmod(_hash(f"{self.seed} {part}"), max(count - 1, 1))
        return first + self.variation + self.variation // count * shift


@lru_cache(maxsize=64)
def phrasings(folders: tuple[Path, ...], language: str, occasion: Occasion) -> Phrasings:
    """Read the phrasings of a letter; each list comes from the first of `folders` that has the file and the list.

    Read once: a run speaks with one voice even if a file changes meanwhile. Raises TemplateError naming file and list.
    """
    file = f"{language}/{occasion.replace('-', '_')}.toml"
    known = parts_of(occasion, language)
    found: dict[str, tuple[Template, ...]] = {}
    for path in (folder / file for folder in folders if (folder / file).is_file()):
        for part, texts in _lists(_read(path, file), file):
            if part not in known:
                raise TemplateError(f"{file}: there is no part {part}; there are {', '.join(sorted(known))}")
            found.setdefault(part, tuple(_compiled(file, part, texts, known[part] | EVERYWHERE)))
    if missing := sorted(known.keys() - found.keys()):
        raise TemplateError(f"{file} has no {', '.join(missing)}; looked in {', '.join(map(str, folders))}")
    return Phrasings(file, found)


def _read(path: Path, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateError(f"{file} cannot be read: {error}") from None


def _lists(told: Mapping[str, Any], file: str, above: str = "") -> Iterator[tuple[str, Sequence[str]]]:
    for name, texts in told.items():
        if isinstance(texts, dict) and not above:
            yield from _lists(texts, file, f"{name}.")
        elif isinstance(texts, list) and texts and all(isinstance(text, str) and text.strip() for text in texts):
            yield f"{above}{name}", texts
        else:
            raise TemplateError(f"{file}: {above}{name} must be a list of phrasings in quotes, with one at least")


def _compiled(file: str, part: str, texts: Sequence[str], may: frozenset[str]) -> Iterator[Template]:
    for number, text in enumerate(texts, 1):
        place = f"{file}: {part}, number {number}"
        try:
            said = meta.find_undeclared_variables(_JINJA.parse(text))
            template = _JINJA.from_string(text)
        except JinjaError as error:
            raise TemplateError(f"{place}: {error.message}") from None
        if unknown := sorted(said - may):
            raise TemplateError(f"{place} mentions {', '.join(unknown)}; it may mention {', '.join(sorted(may))}")
        yield template


def _hash(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")
