"""Data to standard output or to a file; color and pictures only on a terminal that shows them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


def emit(data: bytes, target: str = "-") -> None:
    """Write data to standard output, or a file whole or not at all."""
    from tcsim.formats.files import save

    save(data, sys.stdout if target == "-" else target)


def emit_json(data: Mapping[str, Any], target: str = "-") -> None:
    """Write one JSON object."""
    from tcsim.report.data import dumps

    emit(dumps(data).encode(), target)


def emit_text(text: str) -> None:
    """Write words for people to standard output: in color on a terminal, plain elsewhere."""
    if sys.stdout.isatty():
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
