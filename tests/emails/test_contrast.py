"""The letter can be read in both colour schemes: WCAG 2 asks for a contrast of 4.5 for text of this size."""

import re

import pytest

from rekindle.resources import shipped

BASE = shipped("templates") / "emails" / "_base"
LIGHT = {"letter": (BASE / "letter.css").read_text(), "plain": (BASE / "plain.css").read_text()}
DARK = {
    name: (BASE / file).read_text().split("prefers-color-scheme: dark", 1)[1]
    for name, file in (("letter", "screens.css"), ("plain", "plain_screens.css"))
}
#: The letter lies on a table, a typed mail on nothing.
BACKGROUNDS = {"letter": 2, "plain": 1}


def colours(css: str) -> set[str]:
    """The colours of text that is meant to be seen."""
    shown = "\n".join(line for line in css.splitlines() if ".preheader" not in line)
    return set(re.findall(r"[{; ]color: (#[0-9a-f]{6})", shown))


def backgrounds(css: str) -> set[str]:
    return set(re.findall(r"background-color: (#[0-9a-f]{6})", css))


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("look", ["letter", "plain"])
def test_every_colour_of_text_can_be_read_on_whatever_it_lies_on(look: str, scheme: dict[str, str]) -> None:
    css = scheme[look]
    assert len(colours(css)) >= 3
    assert len(backgrounds(css)) == BACKGROUNDS[look]
    for background in backgrounds(css):
        assert min(contrast(colour, background) for colour in colours(css)) >= 4.5


def test_white_on_white_would_be_noticed() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#fffefb", "#ffffff") < 1.1
