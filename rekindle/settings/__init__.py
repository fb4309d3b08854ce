"""What a team can set: read once at the edge and passed on as a frozen object; nothing below the wiring reads files."""

from rekindle.settings.loading import load
from rekindle.settings.model import Settings

__all__ = ["Settings", "load"]
