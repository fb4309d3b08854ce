"""Words as people write them, made comparable: headers, tags and stages differ by case, spaces and hyphens only."""

from functools import lru_cache

_WORTH_KEEPING = 200


def blind(text: str) -> str:
    """Reduce to letters and digits, case-folded: `Silver-Medal`, `silver_medal` and `SILVER MEDAL` are one word."""
    return _kept(text) if len(text) <= _WORTH_KEEPING else _reduced(text)


def _reduced(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


_kept = lru_cache(maxsize=8192)(_reduced)
