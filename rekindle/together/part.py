"""What the processes of `rekindle up` run: `python -m rekindle.together.part mailbox` or `web`."""

import sys

from rekindle.errors import RekindleError
from rekindle.mail.mailbox import serve_mailbox
from rekindle.wiring import open_rekindle


def main(part: str) -> int:
    """Run one part until it is told to stop; return the exit code."""
    rekindle = open_rekindle()
    try:
        if part == "mailbox":
            serve_mailbox(rekindle.settings.mailbox.folder, rekindle.settings.mailbox.port)
        else:
            # Only the web process needs the web server.
            from rekindle.web.serve import serve  # noqa: PLC0415

            serve(rekindle)
    except RekindleError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201 - this is a process's own log
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
