"""What the documents point at is there: links of those at the top lead to files, and files that are named exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT_THE_TOP = sorted(ROOT.glob("*.md"))
DOCUMENTS = [*AT_THE_TOP, *sorted((ROOT / "docs").rglob("*.md"))]
#: A path of the tree in backticks. Capitals stand for a name to be chosen, var/ is made when it runs.
NAMED = re.compile(r"`((?:states|flows|rekindle|templates|config|tests|docs)/[a-z0-9_/.-]+\.(?:py|toml|md|txt|html))`")


def links(document: Path) -> Iterator[str]:
    """Yield what a document links to within the tree."""
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", link):
            yield link.partition("#")[0]


@pytest.mark.parametrize("document", AT_THE_TOP, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert [link for link in links(document) if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_file_it_names_exists(document: Path) -> None:
    named = set(NAMED.findall(document.read_text(encoding="utf-8")))
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_links_and_names_are_found() -> None:
    architecture = ROOT / "ARCHITECTURE.md"
    assert "docs/decisions/ledger.md" in links(architecture)
    assert "states/machine.py" in NAMED.findall(architecture.read_text(encoding="utf-8"))
