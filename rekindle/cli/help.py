"""The help page: commands under the headings of those who use them, a line each.

Written with typer's plain formatter: its rich one takes three times as long to load as everything else together.
"""

from typing import Any

import typer
from typer.core import TyperGroup

FIRST_STEPS = "First steps"
RECRUITERS = "For recruiters"
OPERATIONS = "For operations"
DEVELOPERS = "For developers"
_ORDER = (FIRST_STEPS, RECRUITERS, OPERATIONS, DEVELOPERS)


class Grouped(TyperGroup):
    """A group whose commands stand under their `rich_help_panel`; called without a command it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        names = [name for name in self.list_commands(ctx) if not self.commands[name].hidden]
        width = max(map(len, names), default=0)
        for panel in _panels([self._panel(name) for name in names]):
            with formatter.section(panel):
                formatter.write_dl([self._line(name, width) for name in names if self._panel(name) == panel])

    def _panel(self, name: str) -> str:
        panel = getattr(self.commands[name], "rich_help_panel", None)
        return panel if isinstance(panel, str) else "Commands"

    def _line(self, name: str, width: int) -> tuple[str, str]:
        # What comes after a semicolon is for the command's own page.
        return name.ljust(width), self.commands[name].get_short_help_str(limit=200).partition(";")[0].rstrip(".")


def _panels(used: list[str]) -> list[str]:
    return sorted(dict.fromkeys(used), key=lambda panel: _ORDER.index(panel) if panel in _ORDER else len(_ORDER))


def group(help_text: str) -> typer.Typer:
    """Return an empty group of commands, to be filled and added to the app under its panel."""
    return typer.Typer(cls=Grouped, rich_markup_mode=None, help=help_text)
