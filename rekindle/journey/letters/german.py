"""The German words by which a recruiter's note is recognised, and how to tell that it is German."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from rekindle.journey.letters.grammar import word_set, words_of

THIRD_PERSON = word_set("""er sie ihm ihn ihr ihre ihren ihrem ihrer ihres sein seine seinen seinem seiner""")
POSSESSIVES: Mapping[str, str] = MappingProxyType(
    {"ihre": "Ihre", "seine": "Ihre", "ihr": "Ihr", "sein": "Ihr", "deren": "Ihre", "dessen": "Ihre"}
)
QUALITIES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            word_set(
                """Arbeit Erfahrung Fähigkeit Genauigkeit Klarheit Neugier Offenheit Ruhe Sorgfalt Stärke
                Fachkenntnis"""
            ),
            "Ihre",
        ),
        **dict.fromkeys(
            word_set("""Blick Gespür Hintergrund Talent Umgang Verständnis Wissen Können Portfolio"""),
            "Ihr",
        ),
    }
)
SUBJECTS = word_set("wir die der das es ein eine unser unsere niemand zwei beide")
_GERMAN = word_set(
    """und der die das den dem des ein eine einen einem einer eines mit von für im am zum zur auf aus bei nach wir
    sie ihr ihre ist war hat hatte haben nicht mehr schon wenn sich jemand jemanden damals über unser unsere zu
    wird"""
)
_ENGLISH = word_set(
    """the a an of to with who had has was were our we for from and that someone somebody more on at by in is"""
)
_UMLAUT = re.compile("[äöüß]", re.IGNORECASE)


def is_german(text: str) -> bool:
    """Say whether a few words are German rather than English; what speaks for neither is taken for English."""
    words = words_of(text)
    german, english = len(words & _GERMAN), len(words & _ENGLISH)
    starts = text.split(maxsplit=1)[:1]
    signs = bool(_UMLAUT.search(text)) + bool(starts and starts[0] in QUALITIES)
    return german + signs > english
