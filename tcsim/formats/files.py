"""Bytes in from a path or an open file; bytes out, a file whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from tcsim.errors import ArgumentError, LimitError

if TYPE_CHECKING:
    from tcsim.typing import StrPath

MOST_BYTES = 1 << 32
"""Larger files are refused."""

_CHUNK = 1 << 24

Take: TypeAlias = Callable[[int | None], bytes]
"""Takes that many bytes of a file, or all the rest."""


@contextmanager
def opened(source: StrPath | IO[Any]) -> Iterator[tuple[str | None, Take]]:
    """A file's name, if it has one, and the function that takes bytes from it.

    Args:
        source: a path, or a file open for reading. Of a text file the bytes below are read where it
            has them, otherwise its text as UTF-8.

    Raises:
        ArgumentError: the file cannot be opened or read.
        LimitError: from the function: there are more than 4 GiB.
    """
    if isinstance(source, str | bytes | os.PathLike):
        name = os.fsdecode(source)
        with _named_errors("read", name):
            file = Path(name).open("rb")  # noqa: SIM115 - closed below, where errors are not ours
        with file:
            yield name, _taker(file, name)
    elif hasattr(source, "read"):
        given = getattr(source, "name", None)
        known = given if isinstance(given, str) else None
        yield known, _taker(getattr(source, "buffer", source), known)
    else:
        raise ArgumentError(f"a circuit is read from a path or an open file, not from {source!r}")


def _taker(file: IO[Any], name: str | None) -> Take:
    def take(count: int | None) -> bytes:
        chunks = []
        taken = 0
        with _named_errors("read", name):
            while count is None or taken < count:
                chunk = file.read(_CHUNK if count is None else count - taken)
                if not chunk:
                    break
                # A text file without bytes below; what is no text fails in the reader, by line.
                data = chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk
                chunks.append(data)
                taken += len(data)
                if taken > MOST_BYTES:
                    break
        if taken > MOST_BYTES:
            raise LimitError(f"{name or 'the file'} is larger than {MOST_BYTES:,} bytes")
        return b"".join(chunks)

    return take


def save(data: bytes, target: StrPath | IO[Any]) -> None:
    """Write a whole file: under a temporary name in the same folder, then renamed.

    Args:
        data: the content.
        target: a path, or a file open for writing, to which text goes as text.

    Raises:
        ArgumentError: the file cannot be written; what stood there before still does.
    """
    if isinstance(target, str | bytes | os.PathLike):
        name = os.fsdecode(target)
        with _named_errors("write", name):
            path = Path(os.path.realpath(name))
            if path.exists() and not path.is_file():
                path.write_bytes(data)  # renaming would replace a pipe or a terminal
            else:
                _replace(path, data)
    elif hasattr(target, "write"):
        _write_open(target, data)
    else:
        raise ArgumentError(f"a circuit is written to a path or an open file, not to {target!r}")


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".tcsim-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write_open(file: IO[Any], data: bytes) -> None:
    below = getattr(file, "buffer", None)
    if below is not None:
        file.flush()
        _write_all(below, data)
        below.flush()
        return
    try:
        _write_all(file, data)
    except TypeError:  # a text file without bytes below
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise ArgumentError("this format is binary: open the file for bytes") from None
        file.write(text)


def _write_all(file: IO[Any], data: bytes) -> None:
    left = memoryview(data)
    while left:
        written = file.write(left)
        if written is None:
            return
        left = left[written:]  # a file without a buffer may take a part


@contextmanager
def _named_errors(action: str, name: str | None) -> Iterator[None]:
    """Errors of the operating system as errors that name the file."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise ArgumentError(f"cannot {action} {name or 'the file'}: {reason}") from error
    except ValueError as error:  # a null byte in a path, a closed file
        raise ArgumentError(f"cannot {action} {name or 'the file'}: {error}") from error
