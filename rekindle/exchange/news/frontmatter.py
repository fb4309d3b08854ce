"""Parts a Markdown file into its front matter, YAML between two lines of ---, and the text below.

Every value is text or a list, as it is written: YAML's own ideas (`no` is false, 2026-10-01 a day) are left aside.
"""

import re
from collections import Counter
from typing import Any

import yaml

from rekindle.exchange.news.found import Unreadable
from rekindle.exchange.problems import shown

#: Characters. Front matter that is filled in by hand takes a twentieth of it.
_LARGEST = 20_000
_MATTER = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


class _AsWritten(yaml.BaseLoader):  # type: ignore[misc] # yaml ships no types
    """Builds texts, lists and mappings and nothing else; refuses a name that stands there twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as yaml calls it
        names = Counter(str(key.value) for key, _ in node.value)
        twice = [shown(name) for name, count in names.items() if count > 1]
        if twice:
            raise Unreadable(f"its front matter says {twice[0]} twice")
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


def parted(text: str) -> tuple[dict[str, Any], str]:
    """Return what the front matter says, and the text below it. Raises Unreadable when there is none, or no YAML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    if text.startswith("+++"):
        raise Unreadable("its front matter is TOML (+++): write it in YAML, between two lines of ---")
    if not text.startswith("---"):
        raise Unreadable("it has no front matter: begin it with title and url, between two lines of ---")
    matter = _MATTER.match(text)
    if matter is None:
        raise Unreadable("its front matter does not end: write a line of --- below it")
    return _told(matter[1] or ""), text[matter.end() :]


def _told(matter: str) -> dict[str, Any]:
    if len(matter) > _LARGEST:
        raise Unreadable(f"its front matter has more than {_LARGEST} characters")
    try:
        told = yaml.load(matter, _AsWritten)  # noqa: S506 - its loader builds texts and lists only
    except RecursionError:
        raise Unreadable("its front matter nests too deep to be read") from None
    except yaml.YAMLError as error:
        raise Unreadable(f"its front matter is no YAML: {_where(error)}") from None
    if not told:
        raise Unreadable("its front matter is empty")
    if not isinstance(told, dict) or not all(isinstance(name, str) for name in told):
        raise Unreadable("its front matter is no list of names and values, such as `title: How we plan`")
    return told


def _where(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    # The front matter begins in the second line of the file, and YAML counts from nought.
    place = f"line {mark.line + 2}: " if mark else ""
    hint = "; put a value that holds a colon in quotes" if "mapping values" in str(problem) else ""
    return f"{place}{problem or 'it holds what no text may hold'}{hint}"
