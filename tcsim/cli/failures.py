"""How a command ends other than well: words on stderr, an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tcsim.errors import LimitError, ParseError, TcsimError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECK_FAILED = 1
BAD_INPUT = 3
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports of a program whose reader went away: 128 + SIGPIPE."""

SCHEMA = "tcsim.error/1"
_JSON = "tcsim.cli.json"


@contextmanager
def guarded(ctx: click.Context) -> Iterator[None]:
    """Turn errors of the project, of files and of the terminal into exit codes."""
    try:
        yield
    except click.UsageError as error:
        if ctx.meta.get(_JSON):
            _emit_error({"type": "UsageError", "message": error.format_message()})
        raise
    except TcsimError as error:
        _explain(ctx, error)
        ctx.exit(BAD_INPUT)
    except BrokenPipeError:
        _discard()
        ctx.exit(PIPE_CLOSED)
    except OSError as error:
        _explain(ctx, error)
        ctx.exit(BAD_INPUT)
    except MemoryError as error:
        what = str(error) or "ask for less"
        _explain(ctx, LimitError(f"this takes more memory than there is: {what}"))
        ctx.exit(BAD_INPUT)
    except KeyboardInterrupt:
        click.echo("tcsim: interrupted", err=True)
        ctx.exit(INTERRUPTED)


def answer_in_json(ctx: click.Context) -> None:
    """From now on an error is also one JSON object on standard output."""
    ctx.meta[_JSON] = True


def _explain(ctx: click.Context, error: TcsimError | OSError) -> None:
    message = str(error)
    if isinstance(error, OSError) and not isinstance(error, TcsimError):
        where = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
        message = f"{where}{error.strerror or error}"
    click.echo(f"tcsim: error: {message}", err=True)
    if ctx.meta.get(_JSON):
        where_in_file = (
            {"path": error.path, "line": error.line, "byte": error.byte}
            if isinstance(error, ParseError)
            else {}
        )
        _emit_error({"type": type(error).__name__, "message": message, **where_in_file})


def _emit_error(said: dict[str, object]) -> None:
    """In JSON, if standard output takes it: the error is on standard error anyway."""
    from tcsim.cli.output import emit_json

    try:
        emit_json({"schema": SCHEMA, **said})
    except BrokenPipeError:
        _discard()
    except (OSError, TcsimError):
        pass


def _discard() -> None:
    """What is still buffered would fail once more at exit, with a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
