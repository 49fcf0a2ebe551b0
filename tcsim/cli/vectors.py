"""Input vectors as text: one vector a line, 0/1 characters, the first one for input 0."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tcsim.typing import Bits

_SEPARATORS = b" \t,\r\n"


def read_vectors(lines: Iterable[bytes], inputs: int, path: str, block: int) -> Iterator[Bits]:
    """Read vectors, a block at a time.

    Args:
        lines: of a file. Spaces, tabs and commas between characters are skipped, lines that start
            with ``#`` too, and empty lines unless a vector is empty.
        inputs: length of a vector.
        path: the file, for errors.
        block: most vectors at once.

    Returns:
        An iterator of 0/1 arrays, uint8 of shape (vectors, inputs).

    Raises:
        ParseError: a character is not 0 or 1, or a line has another length; names the line.
    """
    vectors = _vectors(lines, inputs, path)
    while part := list(islice(vectors, block)):
        yield np.frombuffer(b"".join(part), np.uint8).reshape(len(part), inputs) - ord("0")


def _vectors(lines: Iterable[bytes], inputs: int, path: str) -> Iterator[bytes]:
    for number, line in enumerate(lines, 1):
        if line.startswith(b"#"):
            continue
        bits = line.translate(None, _SEPARATORS)
        if not bits and inputs:
            continue
        if wrong := bits.translate(None, b"01"):
            found = wrong[:1].decode("ascii", "backslashreplace")
            raise ParseError(f"found {found!r}, expected 0 or 1", path=path, line=number)
        if len(bits) != inputs:
            raise ParseError(
                f"found {len(bits)} values, expected {inputs}: one a circuit input",
                path=path,
                line=number,
            )
        yield bits


def random_vectors(count: int, inputs: int, seed: int, block: int) -> Iterator[Bits]:
    """Uniformly random vectors, a block at a time; the same for the same seed."""
    random = np.random.default_rng(seed)
    for first in range(0, count, block):
        yield random.integers(0, 2, (min(block, count - first), inputs), np.uint8)


def all_vectors(inputs: int, block: int) -> Iterator[Bits]:
    """Every vector, a block at a time: in vector r, input i is bit i of r."""
    places = np.arange(inputs, dtype=np.uint64)
    for first in range(0, 1 << inputs, block):
        rows = np.arange(first, min(first + block, 1 << inputs), dtype=np.uint64)
        yield (rows[:, None] >> places & np.uint64(1)).astype(np.uint8)


def as_lines(*columns: Bits) -> bytes:
    """Rows of 0/1 characters, one a line; columns apart by a space."""
    count = len(columns[0])
    parts: list[Bits] = []
    for bits in columns:
        parts += [bits + np.uint8(ord("0")), np.full((count, 1), ord(" "), np.uint8)]
    parts[-1] = np.full((count, 1), ord("\n"), np.uint8)
    return np.hstack(parts).tobytes()
