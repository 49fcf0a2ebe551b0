"""How a command ends other than well: words on stderr, an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tcsim.errors import ParseError, TcsimError

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
    except TcsimError as error:
        _explain(ctx, error)
        ctx.exit(BAD_INPUT)
    except BrokenPipeError:
        # What is still buffered would fail once more at exit, with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        ctx.exit(PIPE_CLOSED)
    except OSError as error:
        _explain(ctx, error)
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
        from tcsim.cli.output import emit_json

        where_in_file = (
            {"path": error.path, "line": error.line, "byte": error.byte}
            if isinstance(error, ParseError)
            else {}
        )
        emit_json(
            {"schema": SCHEMA, "type": type(error).__name__, "message": message, **where_in_file}
        )
