"""Limits on what a small file may announce, and on how much of it an error quotes."""

from __future__ import annotations


def most_inputs(file_bytes: int) -> int:
    """Most inputs that a file may declare without a line for each."""
    return (1 << 20) + file_bytes


def excerpt(value: object, length: int = 40) -> str:
    """What was found in a file, short enough for a message of one line."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= length else text[: length - 3] + "..."
