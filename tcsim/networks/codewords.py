"""Integers to the packed wires of a circuit and back, without a byte a wire in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.simulate.loading import kernels
from tcsim.simulate.memory import address
from tcsim.simulate.packing import pack_bits, unpack_bits

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.networks.codes import Code
    from tcsim.typing import Integers, Words

_KINDS = ("thermometer", "binary", "one_hot")
"""Names of the codes, in the order of the kernels' numbers."""

_LARGEST = 255
"""Integers less the smallest are bytes to the kernel."""

_SLOWER = 4
"""Times as long as packing a byte a wire, by NumPy, as measured."""

_TILE_BITS = 2**22
"""Wires of all rows, one a byte, that are held at a time where there is no kernel."""


def encode_words(code: Code, values: npt.NDArray[Any]) -> Words | None:
    """The packed wires of rows of integers.

    Args:
        code: how each integer stands on wires.
        values: shape (rows, features), any boolean or integer dtype and layout but uint64.

    Returns:
        uint64, shape (features * wires, ceil(rows / 64)); bits beyond the last row are those of
        ``code.lo``, or 0. None where a value is out of the code's range.
    """
    rows, features = values.shape
    wires = code.wires
    words = np.empty((features * wires, -(-rows // 64)), np.uint64)
    small = code.steps <= _LARGEST
    compiled = kernels("encoding", _SLOWER * len(words) * rows) if small else None
    if compiled is None:
        if values.size and not (code.lo <= values.min() and values.max() <= code.hi):
            return None
        height = max(1, _TILE_BITS // (64 * features * wires)) * 64
        for top in range(0, rows, height):
            bits = code.encode(values[top : top + height])
            packed = pack_bits(bits.reshape(len(bits), -1))
            words[:, top // 64 : top // 64 + packed.shape[1]] = packed
        return words
    if values.dtype == bool:
        values = (values.view(np.uint8) != 0).view(np.uint8)  # whatever is not 0 is True
    elif values.dtype != np.uint8:
        values = values.astype(np.int64, copy=False)
    whole = rows // 64
    rest = np.full((64, features), code.lo, np.int64)
    rest[: rows - 64 * whole] = values[64 * whole :]
    scratch = np.empty(compiled.SCRATCH_BYTES, np.uint8)
    for part, first, blocks in ((values, 0, whole), (rest, whole, words.shape[1] - whole)):
        outside = compiled.encode(
            *(address(part), part.itemsize, *part.strides, features, blocks),
            *(code.lo, code.steps, _KINDS.index(code.kind), wires),
            *(address(words) + 8 * first, words.strides[0], address(scratch)),
        )
        if outside:
            return None
    return words


def decode_words(code: Code, words: Words, values: Integers) -> bool:
    """The integers that packed wires stand for.

    Args:
        code: how each integer stands on wires.
        words: uint64, shape (columns * wires, words).
        values: int64, shape (rows, columns), at most 64 rows a word, written.

    Returns:
        Whether the bits of each row are words of the code; otherwise the values mean nothing.
    """
    compiled = kernels("encoding", _SLOWER * len(words) * len(values))
    if compiled is not None:
        kind = _KINDS.index(code.kind)
        words = np.require(words, np.uint64, ("C", "A", "W"))
        good: bool = compiled.decode(words, code.lo, code.steps, kind, code.weights, values)
        return good
    bits = np.empty((len(values), len(words)), np.uint8)
    unpack_bits(words, bits)
    sums = bits.reshape(*values.shape, code.wires) @ code.weights
    values[:] = code.lo + sums
    if sums.size and sums.max() > code.steps:
        return False
    return bool((code.encode(values).reshape(bits.shape) == bits).all())
