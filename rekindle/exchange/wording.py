"""Words as people write them, made comparable: headers, tags and stages differ by case, spaces and hyphens only."""

from functools import lru_cache


@lru_cache(maxsize=8192)
def blind(text: str) -> str:
    """Reduce to letters and digits, case-folded: `Silver-Medal`, `silver_medal` and `SILVER MEDAL` are one word."""
    return "".join(filter(str.isalnum, text.casefold()))
