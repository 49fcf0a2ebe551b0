"""Data to standard output or to a file; color and pictures only on a terminal that shows them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping


def emit(data: bytes, target: str = "-") -> None:
    """Write data to standard output, or a file whole or not at all."""
    from tcsim.formats.files import save

    save(data, _stdout() if target == "-" else target)


def check_targets(*targets: str | None) -> None:
    """Refuse before any long work what could not be written after it.

    Raises:
        ArgumentError: a target in a folder that is not there, or that is a folder itself.
    """
    for target in targets:
        if target in (None, "-"):
            continue
        path = Path(target)
        if path.is_dir():
            raise ArgumentError(f"cannot write {target or 'the file'}: Is a directory")
        if not path.absolute().parent.is_dir():
            raise ArgumentError(f"cannot write {target}: there is no folder {path.parent}")


def emit_json(data: Mapping[str, Any], target: str = "-") -> None:
    """Write one JSON object."""
    from tcsim.report.data import dumps

    emit(dumps(data).encode(), target)


def emit_text(text: str) -> None:
    """Write words for people to standard output: in color on a terminal, plain elsewhere."""
    if _stdout().isatty():
        _emit_colored(text)
    else:
        emit(text.encode(_encoding(), "backslashreplace"))


def block() -> str:
    """The character that bars are made of on standard output."""
    try:
        "█".encode(_encoding())
    except UnicodeEncodeError:
        return "#"
    return "█"


def _stdout() -> TextIO:
    """Standard output.

    Raises:
        ArgumentError: whoever started the command closed it.
    """
    if sys.stdout is None:
        raise ArgumentError("cannot write to standard output: it is closed; -o FILE writes a file")
    return sys.stdout


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _emit_colored(text: str) -> None:
    from rich.console import Console
    from rich.text import Text

    styled = Text(text)
    styled.highlight_regex(r"(?m)^\S.*$", "bold")
    styled.highlight_regex(r"[█#]{2,}|█", "cyan")
    Console(highlight=False, soft_wrap=True).print(styled, end="")


def warn(text: str) -> None:
    """Words on standard error."""
    click.echo(f"tcsim: {text}", err=True)
