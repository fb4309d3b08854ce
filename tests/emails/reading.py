"""Reads a mail the way a person or a mail program does: its links, its words, its elements."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "meta", "link", "input", "wbr"}


class Page(HTMLParser):
    """An HTML part: elements with attributes, the words a reader sees, and whether every element is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.styles: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        self.unclosed = [tag for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self._open.append((tag, attributes.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "style" in tags:
            self.styles.append(data)
        elif "body" in tags and not any("preheader" in name for _, name in self._open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def every(self, name: str) -> Iterator[str]:
        """Yield each value of an attribute, in order."""
        return (attributes[name] for _, attributes in self.elements if name in attributes)


def links_in_text(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)


def links_in_html(html: str) -> list[str]:
    return list(Page(html).every("href"))
