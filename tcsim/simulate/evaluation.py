"""Evaluation of batches and traces: checks, engine, and where the results go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.simulate.batches import check_batch, check_bits, check_words
from tcsim.simulate.engines import check_engine, choose_engine
from tcsim.simulate.memory import allocate
from tcsim.simulate.packing import fill_words, unpack_bits
from tcsim.simulate.streaming import in_parts, stream
from tcsim.simulate.workers import check_threads

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.simulate.engines import Engine
    from tcsim.typing import Bits, Progress, Words

SMALL_BATCH = 2**13
"""Values up to which an engine is given them as they are."""


def evaluate(
    circuit: Circuit,
    batch: object,
    *,
    packed: bool = False,
    engine: str = "auto",
    threads: int = 1,
    progress: Progress | None = None,
) -> Bits | Words:
    """The outputs of a circuit on a batch of input vectors.

    Args:
        circuit: any circuit.
        batch: 0/1 of shape (vectors, inputs), any boolean or integer dtype and layout, or one
            vector of shape (inputs,). With ``packed=True``: uint64 of shape (inputs, words), where
            vector ``64*w + j`` is bit j of word w.
        packed: whether inputs and outputs are packed words. All 64 bits of every word are vectors:
            where the caller uses fewer (`tcsim.pack` fills up with zeros), the others hold the
            outputs on those vectors, and `tcsim.unpack` leaves them out.
        engine: ``"bits"`` (64 vectors a word, compiled), ``"bigint"`` (a Python integer holds one
            value on all vectors; nothing to load), ``"reference"`` (a vector at a time, in Python
            integers), or ``"auto"``: the one that finishes first, by its measured costs.
        threads: how many threads share the batch; worth it from some milliseconds on, and for
            ``"bits"`` only.
        progress: called as ``progress(done, total)``, in vectors, during long runs and at the end.

    Returns:
        uint8 of shape (vectors, outputs), or (outputs,) for one vector; with ``packed=True`` uint64
        of shape (outputs, words).

    Raises:
        ArgumentError: wrong shape or dtype, a value outside {0, 1}, an unknown engine, or no
            positive number of threads.
        LimitError: the result does not fit in memory.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 3)))
        >>> b.build()([[1, 0, 1], [0, 0, 1]])
        array([[1],
               [0]], dtype=uint8)
    """
    check_engine(engine)
    threads = check_threads(threads)
    if packed:
        words = check_words(batch, circuit.n_inputs, "batch")
        return _evaluate_words(circuit, words, engine, threads, progress)
    return _evaluate_bits(circuit, batch, "outputs", engine, threads, progress)


def trace(
    circuit: Circuit,
    batch: object,
    *,
    engine: str = "auto",
    threads: int = 1,
    progress: Progress | None = None,
) -> Bits:
    """The value of every gate, those that no output needs included.

    Args:
        circuit: any circuit.
        batch: 0/1 of shape (vectors, inputs), or one vector of shape (inputs,).
        engine: as in `evaluate`.
        threads: as in `evaluate`.
        progress: as in `evaluate`.

    Returns:
        uint8 of shape (vectors, gates), or (gates,) for one vector.

    Raises:
        ArgumentError: as in `evaluate`.
        LimitError: the result does not fit in memory.
    """
    check_engine(engine)
    return _evaluate_bits(circuit, batch, "gates", engine, check_threads(threads), progress)


def _evaluate_bits(
    circuit: Circuit,
    batch: object,
    wanted: str,
    engine: str,
    threads: int,
    progress: Progress | None,
) -> Bits:
    values, single = check_batch(batch, circuit.n_inputs)
    vectors = len(values)
    width = circuit.n_outputs if wanted == "outputs" else circuit.size
    result = allocate(
        (vectors, width), np.uint8, f"the values of {width:,} wires", "evaluate parts of the batch"
    )

    def check() -> None:
        check_bits(values[0] if single else values, "batch")

    def fill(start: int, stop: int) -> Words:
        words = np.empty((values.shape[1], -(-(stop - start) // 64)), np.uint64)
        if not fill_words(values[start:stop], words):
            check()
        return words

    def drain(words: Words, start: int, stop: int) -> None:
        unpack_bits(words, result[start:stop])

    if not result.size:
        check()
        return result[0] if single else result
    chosen = choose_engine(circuit, engine, wanted, vectors)
    if vectors <= chosen.step and values.size <= SMALL_BATCH:
        check()
        chosen.bits(values, result)
        if progress is not None:
            progress(vectors, vectors)
    else:
        stream(chosen, vectors, fill, drain, check=check, threads=threads, progress=progress)
    return result[0] if single else result


def _evaluate_words(
    circuit: Circuit, words: Words, engine: str, threads: int, progress: Progress | None
) -> Words:
    count = words.shape[1]
    result = allocate(
        (circuit.n_outputs, count), np.uint64, "the outputs", "evaluate parts of the batch"
    )

    def work(engine: Engine, start: int, stop: int) -> None:
        engine.words(words[:, start:stop], out=result[:, start:stop])

    if result.size:
        chosen = choose_engine(circuit, engine, "outputs", 64 * count)
        in_parts(chosen, count, work, threads=threads, progress=progress)
    return result
