"""Packed words: 64 input vectors a word, one row of words a wire.

Vector ``64*w + j`` is bit j of word w. Where the number of vectors is no multiple of 64, `pack`
fills the last word up with zeros, and `unpack` leaves out what lies beyond its count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate.batches import check_bits, check_matrix, check_words
from tcsim.simulate.loading import kernels
from tcsim.simulate.memory import address, allocate
from tcsim.simulate.tiles import pack_tile, unpack_tile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    import numpy.typing as npt

    from tcsim.typing import Bits, Words

TILE_VALUES, TILE_COLUMNS = 2**18, 2**11
"""Values that are packed at a time by NumPy, and in how many columns at most."""


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
    values = check_matrix(batch)
    words = np.empty((values.shape[1], -(-len(values) // 64)), np.uint64)
    if not fill_words(values, words):
        check_bits(values, "batch")
    return words


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
    """`pack` of values already checked, of a boolean or integer dtype."""
    words = np.empty((batch.shape[1], -(-len(batch) // 64)), np.uint64)
    fill_words(batch, words)
    return words


def fill_words(batch: npt.NDArray[Any], words: Words) -> bool:
    """`pack` of values that may be others than 0 and 1.

    Args:
        batch: shape (vectors, columns), any boolean or integer dtype and layout.
        words: shape (columns, ceil(vectors / 64)), each row in one piece, written.

    Returns:
        Whether all values are 0 or 1; otherwise the words mean nothing.
    """
    compiled, whole, good = kernels("transpose", batch.size), 0, True
    if compiled is not None:
        whole = len(batch) // 64
        good = _pack_compiled(compiled, batch[: 64 * whole], words[:, :whole])
    for rows, packed, wires in _tiles(64 * whole, *batch.shape):
        tile = batch[rows, wires]
        good = good and _all_bits(tile)
        words[wires, packed] = pack_tile(tile)
    return good


def unpack_bits(words: Words, bits: Bits) -> None:
    """`unpack` of words already checked, as many vectors as there is room for.

    Args:
        words: shape (columns, words).
        bits: shape (vectors, columns), each row in one piece, written.
    """
    compiled, whole = kernels("transpose", bits.size), 0
    if compiled is not None:
        whole, columns = len(bits) // 64, bits.shape[1]
        words = words if words.strides[1] == words.itemsize else words.copy()
        scratch = np.empty(compiled.scratch_bytes(columns), np.uint8)
        compiled.unpack_rows(
            *(address(words), words.strides[0], columns, whole),
            *(address(bits), bits.strides[0], address(scratch)),
        )
    for rows, packed, wires in _tiles(64 * whole, *bits.shape):
        tile = unpack_tile(words[wires, packed])
        bits[rows, wires] = tile[: rows.stop - rows.start]


def _pack_compiled(compiled: ModuleType, batch: npt.NDArray[Any], words: Words) -> bool:
    """`fill_words` of whole words."""
    vectors, columns = batch.shape
    places = (columns, words.shape[1], address(words), words.strides[0])
    down, across = batch.strides
    if batch.dtype.itemsize == 1 and (down == 1 or vectors == 0):
        strange = compiled.pack_columns(address(batch), across, *places)
    elif batch.dtype.itemsize == 1 and (across == 1 or columns <= 1):
        scratch = np.empty(compiled.scratch_bytes(columns), np.uint8)
        strange = compiled.pack_rows(address(batch), down, *places, address(scratch))
    else:
        good = True
        for rows, packed, wires in _tiles(0, vectors, columns):
            tile = batch[rows, wires]
            if batch.dtype.itemsize > 1:
                good = good and _all_bits(tile)
                tile = tile.astype(np.uint8)
            tile = np.ascontiguousarray(tile)
            good = _pack_compiled(compiled, tile, words[wires, packed]) and good
        return good
    if strange and batch.dtype == bool:  # made from other bytes; whatever is not 0 is True
        return _pack_compiled(compiled, batch.view(np.uint8) != 0, words)
    return not strange


def _all_bits(values: npt.NDArray[Any]) -> bool:
    """Whether integers are 0 or 1: no other bit of any of them is set."""
    return values.dtype == bool or int(np.bitwise_or.reduce(values, axis=None)) in (0, 1)


def _tiles(first: int, vectors: int, columns: int) -> Iterator[tuple[slice, slice, slice]]:
    """Parts of a batch that stay in the cache: vectors from the first on, their words, columns."""
    width = min(max(columns, 1), TILE_COLUMNS)
    height = max(1, TILE_VALUES // (64 * width)) * 64
    for top in range(first, vectors, height):
        bottom = min(top + height, vectors)
        for left in range(0, columns, width):
            right = min(left + width, columns)
            yield slice(top, bottom), slice(top // 64, -(-bottom // 64)), slice(left, right)
