"""What the archive of a circuit holds: the names of its members and how large they may be."""

from __future__ import annotations

VERSION = 1

ARRAYS = (
    "form_start",
    "form_operand",
    "form_weight",
    "gate_form",
    "gate_threshold",
    "gate_scope",
    "output_wire",
)
"""Integer arrays, called like the arguments of a Circuit."""

MEMBERS = ("version", *ARRAYS, "names", "big")

WITH_BIG = ("form_weight", "gate_threshold")
"""Arrays with a side table in the member `big`."""

NAME_LISTS, NAME_TABLES = ("inputs", "outputs", "scopes"), ("gates", "forms")
"""What the member `names` holds."""


def most_bytes(file_bytes: int) -> int:
    """Most bytes that the members of an archive may unpack to."""
    return (64 << 20) + 100 * file_bytes
