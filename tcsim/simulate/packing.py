"""Packed words: 64 input vectors a word, one row of words a wire.

Vector ``64*w + j`` is bit j of word w. Where the number of vectors is no multiple of 64, `pack`
fills the last word up with zeros, and `unpack` leaves out what lies beyond its count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate.batches import check_matrix, check_words
from tcsim.simulate.memory import allocate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from tcsim.typing import Bits, Words

TILE_VALUES, TILE_COLUMNS = 2**20, 2**11
"""Values, one a byte, that are packed at a time, and in how many columns at most."""


def pack(batch: object) -> Words:
    """Pack 0/1 values into words.

    Args:
        batch: 0/1, shape (vectors, columns), any boolean or integer dtype.

    Returns:
        uint64, shape (columns, ceil(vectors / 64)); unused bits of the last words are 0.

    Raises:
        ArgumentError: wrong shape or dtype, or a value outside {0, 1}.

    Example:
        >>> import tcsim as tc
        >>> tc.pack([[1, 0], [0, 0], [1, 1]])
        array([[5],
               [4]], dtype=uint64)
    """
    return pack_bits(check_matrix(batch))


def unpack(words: object, count: int) -> Bits:
    """The inverse of `pack`.

    Args:
        words: uint64, shape (columns, words).
        count: how many vectors to unpack, at most 64 times the number of words.

    Returns:
        uint8, shape (count, columns).

    Raises:
        ArgumentError: wrong shape or dtype, or a count that the words do not hold.
        LimitError: the values do not fit in memory.
    """
    values = check_words(words, None, "words")
    if isinstance(count, bool) or not isinstance(count, int | np.integer):
        raise ArgumentError(f"count must be an integer, not {count!r}")
    if not 0 <= count <= 64 * values.shape[1]:
        raise ArgumentError(
            f"count is {count}, but words of shape {values.shape} hold 0 to "
            f"{64 * values.shape[1]} vectors"
        )
    bits = allocate((int(count), len(values)), np.uint8, "the values", "unpack parts of the words")
    unpack_bits(values, bits)
    return bits


def pack_bits(batch: npt.NDArray[Any]) -> Words:
    """`pack` of values already checked."""
    vectors, columns = batch.shape
    words = np.empty((columns, -(-vectors // 64)), np.uint64)
    for rows, packed, wires in _tiles(vectors, columns):
        words[wires, packed] = _pack_tile(batch[rows, wires])
    return words


def unpack_bits(words: Words, bits: Bits) -> None:
    """`unpack` of words already checked, as many vectors as there is room for."""
    for rows, packed, wires in _tiles(*bits.shape):
        tile = _unpack_tile(words[wires, packed])
        bits[rows, wires] = tile[: rows.stop - rows.start]


def _tiles(vectors: int, columns: int) -> Iterator[tuple[slice, slice, slice]]:
    """Parts of a batch that stay in the cache: vectors, their words, columns."""
    width = min(max(columns, 1), TILE_COLUMNS)
    height = max(1, TILE_VALUES // (64 * width)) * 64
    for top in range(0, vectors, height):
        bottom = min(top + height, vectors)
        for left in range(0, columns, width):
            right = min(left + width, columns)
            yield slice(top, bottom), slice(top // 64, -(-bottom // 64)), slice(left, right)


def _pack_tile(batch: npt.NDArray[Any]) -> Words:
    vectors, columns = batch.shape
    n_words, n_bytes = -(-vectors // 64), -(-columns // 8)
    padded = np.zeros((64 * n_words, 8 * n_bytes), np.uint8)
    padded[:vectors, :columns] = batch
    # Eight columns to a byte first: what must be transposed then is an eighth as large.
    rows = np.packbits(padded, bitorder="little").reshape(64 * n_words, n_bytes)
    squares = _transpose(_eights(rows.T))
    by_column = squares.view(np.uint8).reshape(n_bytes, 8 * n_words, 8).transpose(0, 2, 1)
    packed = by_column.reshape(8 * n_bytes, 8 * n_words)[:columns]
    return np.ascontiguousarray(packed).view("<u8").astype(np.uint64, copy=False)


def _unpack_tile(words: Words) -> Bits:
    columns, n_words = words.shape
    n_bytes = -(-columns // 8)
    rows = np.zeros((8 * n_bytes, 8 * n_words), np.uint8)
    rows[:columns] = np.ascontiguousarray(words, "<u8").view(np.uint8)
    squares = _transpose(_eights(rows.reshape(n_bytes, 8, 8 * n_words).transpose(0, 2, 1)))
    by_vector = squares.view(np.uint8).reshape(n_bytes, 64 * n_words).T
    bits = np.unpackbits(np.ascontiguousarray(by_vector), bitorder="little")
    return bits.reshape(64 * n_words, 8 * n_bytes)[:, :columns]


def _eights(values: npt.NDArray[np.uint8]) -> Words:
    """Bytes, eight after eight along each row, as squares of 8 by 8 bits."""
    return np.ascontiguousarray(values).reshape(len(values), -1).view("<u8")


def _transpose(squares: Words) -> Words:
    """Swap bit i of byte j with bit j of byte i: blocks of 1, 2, then 4 bits across the diagonal.

    Source: H. S. Warren, Hacker's Delight, 2nd edition, section 7-3.
    """
    for shift, mask in ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0xF0F0F0F0)):
        moved = (squares ^ (squares >> np.uint64(shift))) & np.uint64(mask)
        squares = squares ^ moved ^ (moved << np.uint64(shift))
    return squares
