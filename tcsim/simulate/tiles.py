"""Packing by NumPy, of parts of a batch that stay in the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.typing import Bits, Words


def pack_tile(batch: npt.NDArray[Any]) -> Words:
    """Words of 0/1 values of shape (vectors, columns); unused bits of the last words are 0."""
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


def unpack_tile(words: Words) -> Bits:
    """The values of all bits of words, shape (64 * words, columns)."""
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
