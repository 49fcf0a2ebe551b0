"""Truth tables: every input vector, in the order of the binary numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import LimitError
from tcsim.simulate.engines import Engine, choose_engine
from tcsim.simulate.memory import allocate
from tcsim.simulate.packing import unpack_bits
from tcsim.simulate.streaming import in_parts, ranges
from tcsim.simulate.workers import Workers, check_threads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Progress, Words

INPUT_LIMIT = 30
"""Most inputs of a truth table: 2**30 rows."""


def truth_table(
    circuit: Circuit, *, packed: bool = False, threads: int = 1, progress: Progress | None = None
) -> Bits | Words:
    """The outputs on every input vector.

    Args:
        circuit: of at most 30 inputs.
        packed: 64 rows a word instead of one byte a value.
        threads: how many threads share the work.
        progress: called as ``progress(done, total)`` in rows.

    Returns:
        uint8 of shape (2**inputs, outputs): in row r, input i is bit i of r. With ``packed=True``
        uint64 of shape (outputs, max(1, 2**inputs / 64)): row ``64*w + j`` is bit j of word w;
        with fewer than 6 inputs the bits beyond the last row are 0.

    Raises:
        ArgumentError: no positive number of threads.
        LimitError: more than 30 inputs, or the table does not fit in memory.
    """
    check_threads(threads)
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
    if packed and rows >= 64:
        engine = choose_engine(circuit, "auto", "outputs", rows)

        def work(engine: Engine, start: int, stop: int) -> None:
            engine.counting(start, stop - start, out=table[:, start:stop])

        in_parts(engine, rows // 64, work, threads=threads, progress=progress)
        return table
    for first, words in truth_table_blocks(circuit, threads=threads, progress=progress):
        if packed:
            table[:] = words
        else:
            unpack_bits(words, table[first : first + 64 * words.shape[1]])
    return table


def truth_table_blocks(
    circuit: Circuit, *, threads: int = 1, progress: Progress | None = None
) -> Iterator[tuple[int, Words]]:
    """Stream the truth table in packed blocks, holding one at a time, or a few a thread.

    Args:
        circuit: of at most 30 inputs.
        threads: how many threads share the work; they end with the iterator.
        progress: called as ``progress(done, total)`` in rows.

    Returns:
        An iterator of (first row, words): words is uint64 of shape (outputs, words), where bit j
        of word w is row ``first + 64*w + j``; with fewer than 6 inputs the bits beyond the last row
        are 0. First rows are multiples of 64, in increasing order, without gaps.

    Raises:
        ArgumentError: no positive number of threads.
        LimitError: more than 30 inputs; at the call, before the first block.
    """
    threads = check_threads(threads)
    _check_inputs(circuit)
    engine = choose_engine(circuit, "auto", "outputs", 1 << circuit.n_inputs)
    return _blocks(engine, 1 << circuit.n_inputs, threads, progress)


def _blocks(
    engine: Engine, rows: int, threads: int, progress: Progress | None
) -> Iterator[tuple[int, Words]]:
    def work(engine: Engine, part: tuple[int, int]) -> tuple[int, int, Words]:
        start, stop = part
        words = engine.counting(start // 64, -(-(stop - start) // 64))
        if rows < 64:
            words &= np.uint64((1 << rows) - 1)
        return start, stop, words

    with Workers(engine, threads) as workers:
        for start, stop, words in workers.map(work, ranges(rows, engine.step, threads)):
            yield start, words
            if progress is not None:
                progress(stop, rows)


def _check_inputs(circuit: Circuit) -> None:
    if circuit.n_inputs > INPUT_LIMIT:
        raise LimitError(
            f"a truth table of {circuit.n_inputs} inputs has 2**{circuit.n_inputs} rows, the limit "
            f"is {INPUT_LIMIT} inputs: evaluate a batch of sampled vectors instead"
        )
