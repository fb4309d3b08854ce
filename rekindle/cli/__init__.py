"""The command line: one module a noun, wired in `app`. Says what the journey did; decides and stores nothing itself."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command of this process and leave with its exit code."""
    from rekindle.cli.app import app
    from rekindle.cli.running import run

    sys.exit(run(app, sys.argv[1:]))
