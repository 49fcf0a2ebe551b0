"""Rows as lines of JSON, written as they come; a file appears whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reductions.tasks.row import Row
    from tcsim.typing import Progress, StrPath

_EVERY = 100
"""Rows between two calls of a progress function."""


def write_jsonl(
    rows: Iterable[Row],
    target: StrPath | IO[bytes],
    count: int = 0,
    progress: Progress | None = None,
) -> int:
    """Write one JSON object a line, with the columns of `COLUMNS`.

    Args:
        rows: such as `rows` gives.
        target: a path, or a file open for bytes.
        count: how many there will be, for the progress function.
        progress: called as ``progress(done, count)``.

    Returns:
        How many there were.

    Raises:
        ArgumentError: the file cannot be written; what stood there before still does.
        LimitError: the rows end too early; of a path, nothing is written.
    """
    if isinstance(target, str | os.PathLike):
        with whole_file(target) as file:
            return write_jsonl(rows, file, count, progress)
    done = 0
    for row in watched(rows, count, progress):
        target.write(row.line())
        done += 1
    return done


def watched(rows: Iterable[Row], count: int, progress: Progress | None) -> Iterator[Row]:
    """The same rows, while progress is told."""
    for done, row in enumerate(rows, 1):
        yield row
        if progress is not None and (done % _EVERY == 0 or done == count):
            progress(done, count)


@contextmanager
def whole_file(target: StrPath) -> Iterator[IO[bytes]]:
    """A file to write to, under a temporary name beside its own until it is done.

    A pipe or terminal is written to directly.

    Raises:
        ArgumentError: the file cannot be written.
    """
    with named_errors(target):
        path = Path(os.path.realpath(target))
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        temporary = beside(path)
        try:
            with temporary.open("xb") as file:
                yield file
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def beside(path: Path) -> Path:
    """A name for what is not done yet, in the same folder."""
    return path.with_name(f".tcsim-{secrets.token_hex(8)}.tmp")


@contextmanager
def named_errors(target: StrPath) -> Iterator[None]:
    """Errors of the operating system as errors that name the file."""
    try:
        yield
    except BrokenPipeError:
        raise  # a reader that went away is no error
    except OSError as error:
        reason = error.strerror or error
        raise ArgumentError(f"cannot write {os.fsdecode(target)}: {reason}") from error
