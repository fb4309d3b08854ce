"""Runs one command and turns whatever it raises into one line on stderr and an exit code. Shows no name, no address."""

import os
import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from rekindle.cli.invocation import Invocation
from rekindle.errors import RekindleError

_INTERRUPTED = 130


def run(app: typer.Typer, args: Sequence[str]) -> int:
    """Return the exit code: 0, 1 when refused, 2 for bad input, 130 after Ctrl-C."""
    told = Invocation()
    try:
        code = get_command(app).main(list(args), prog_name="rekindle", standalone_mode=False, obj=told)
        sys.stdout.flush()
    except RekindleError as error:
        return _fail(str(error), error.exit_code, told)
    except typer.TyperException as error:
        return _fail(_usage(error), error.exit_code, told)
    except typer.Abort:
        return _fail("stopped: nothing more was done", 1, told)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output (head, less) has gone: nothing to say, and nothing left to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the last door: nobody outside is to see a bare traceback
        return _unexpected(error, told)
    if code == _INTERRUPTED:
        typer.secho("interrupted", err=True)
    return code if isinstance(code, int) else 0


def _fail(sentence: str, code: int, told: Invocation) -> int:
    if told.debug:
        import traceback

        traceback.print_exc()
    typer.secho(f"error: {sentence}", fg=typer.colors.RED, err=True)
    return code


def _usage(error: typer.TyperException) -> str:
    said = error.format_message().replace("Value error, ", "").replace("Input should be ", "should be ").rstrip(".")
    ctx = getattr(error, "ctx", None)
    return f"{said}; see `{ctx.command_path} --help`" if ctx else said


def _unexpected(error: Exception, told: Invocation) -> int:
    """Name the kind of error only: its text may hold whatever was being worked on."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    more = "" if told.debug else "; `rekindle --debug …` shows where"
    return _fail(f"something unexpected went wrong ({kind}){more}", 1, told)
