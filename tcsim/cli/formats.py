"""`tcsim formats`: the file formats, and what each of them cannot hold."""

from __future__ import annotations

import textwrap

import click

from tcsim.cli.options import json_option
from tcsim.cli.output import emit_json, emit_text

SCHEMA = "tcsim.formats/1"
_WIDTH = 79


@click.command("formats")
@json_option()
def formats(*, as_json: bool) -> None:
    """List the file formats, those of installed packages included.

    For each: its name (for --from, --to and the like), the endings of its files, whether it is read
    and written, and what a file of it cannot hold.
    """
    from tcsim.formats import formats as known

    if as_json:
        entries = [
            {
                "name": entry.name,
                "suffixes": list(entry.suffixes),
                "read": entry.reader is not None,
                "write": entry.writer is not None,
                "description": entry.description,
                "loses": entry.loses,
            }
            for entry in known()
        ]
        emit_json({"schema": SCHEMA, "formats": entries})
        return
    lines = []
    for entry in known():
        ways = [way for way, code in (("read", entry.reader), ("write", entry.writer)) if code]
        lines.append(f"{entry.name:<12} {', '.join(entry.suffixes):<16} {', '.join(ways)}")
        notes = [entry.description, f"cannot hold: {entry.loses}" if entry.loses else ""]
        for note in filter(None, notes):
            lines += textwrap.wrap(
                note, _WIDTH, initial_indent=" " * 13, subsequent_indent=" " * 13
            )
    emit_text("\n".join(lines) + "\n")
