"""Truth tables: every input vector, in the order of the binary numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import LimitError
from tcsim.simulate.engines import Engine, choose_engine
from tcsim.simulate.evaluation import parts
from tcsim.simulate.memory import allocate
from tcsim.simulate.packing import unpack_bits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Progress, Words

INPUT_LIMIT = 30
"""Most inputs of a truth table: 2**30 rows."""

_PATTERNS = np.array(
    [
        0xAAAAAAAAAAAAAAAA,
        0xCCCCCCCCCCCCCCCC,
        0xF0F0F0F0F0F0F0F0,
        0xFF00FF00FF00FF00,
        0xFFFF0000FFFF0000,
        0xFFFFFFFF00000000,
    ],
    np.uint64,
)
"""Bit r of word i is bit i of r: the first six inputs in the 64 rows of a word."""

_ONES = np.uint64(2**64 - 1)


def truth_table(
    circuit: Circuit, *, packed: bool = False, progress: Progress | None = None
) -> Bits | Words:
    """The outputs on every input vector.

    Args:
        circuit: of at most 30 inputs.
        packed: 64 rows a word instead of one byte a value.
        progress: called as ``progress(done, total)`` in rows.

    Returns:
        uint8 of shape (2**inputs, outputs): in row r, input i is bit i of r. With ``packed=True``
        uint64 of shape (outputs, max(1, 2**inputs / 64)): row ``64*w + j`` is bit j of word w;
        with fewer than 6 inputs the bits beyond the last row are 0.

    Raises:
        LimitError: more than 30 inputs, or the table does not fit in memory.
    """
    _check_inputs(circuit)
    rows, outputs = 1 << circuit.n_inputs, circuit.n_outputs
    shape = (outputs, max(1, rows // 64)) if packed else (rows, outputs)
    instead = "tcsim.simulate.truth_table_blocks streams it"
    table = allocate(
        shape,
        np.uint64 if packed else np.uint8,
        "the truth table",
        instead if packed else f"packed=True takes an eighth, {instead}",
    )
    for first, words in truth_table_blocks(circuit, progress=progress):
        if packed:
            table[:, first // 64 : first // 64 + words.shape[1]] = words
        else:
            unpack_bits(words, table[first : first + 64 * words.shape[1]])
    return table


def truth_table_blocks(
    circuit: Circuit, *, progress: Progress | None = None
) -> Iterator[tuple[int, Words]]:
    """Stream the truth table in packed blocks, holding one at a time.

    Args:
        circuit: of at most 30 inputs.
        progress: called as ``progress(done, total)`` in rows.

    Returns:
        An iterator of (first row, words): words is uint64 of shape (outputs, words), where bit j
        of word w is row ``first + 64*w + j``; with fewer than 6 inputs the bits beyond the last row
        are 0. First rows are multiples of 64, in increasing order, without gaps.

    Raises:
        LimitError: more than 30 inputs; at the call, before the first block.
    """
    _check_inputs(circuit)
    return _blocks(
        circuit, choose_engine(circuit, "auto", "outputs", 1 << circuit.n_inputs), progress
    )


def _blocks(
    circuit: Circuit, engine: Engine, progress: Progress | None
) -> Iterator[tuple[int, Words]]:
    n_inputs = circuit.n_inputs
    rows = 1 << n_inputs
    for start, stop in parts(rows, engine.step, progress):
        words = engine.words(_inputs(n_inputs, start // 64, -(-stop // 64)))
        if rows < 64:
            words &= np.uint64((1 << rows) - 1)
        yield start, words


def _inputs(n_inputs: int, first: int, last: int) -> Words:
    """Packed rows ``64*first`` .. ``64*last - 1`` of the table of all input vectors."""
    words = np.empty((n_inputs, last - first), np.uint64)
    words[:6] = _PATTERNS[:n_inputs, None]
    number = np.arange(first, last, dtype=np.uint64)
    for wire in range(6, n_inputs):
        words[wire] = (number >> np.uint64(wire - 6) & np.uint64(1)) * _ONES
    return words


def _check_inputs(circuit: Circuit) -> None:
    if circuit.n_inputs > INPUT_LIMIT:
        raise LimitError(
            f"a truth table of {circuit.n_inputs} inputs has 2**{circuit.n_inputs} rows, the limit "
            f"is {INPUT_LIMIT} inputs: evaluate a batch of sampled vectors instead"
        )
