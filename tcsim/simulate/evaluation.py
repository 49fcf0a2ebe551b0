"""Evaluation of batches and traces: checks, engine, and a loop over parts of the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.simulate.batches import check_batch, check_words
from tcsim.simulate.engines import check_engine, choose_engine
from tcsim.simulate.memory import allocate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Progress, Words


def evaluate(
    circuit: Circuit,
    batch: object,
    *,
    packed: bool = False,
    engine: str = "auto",
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
        engine: ``"bits"`` (64 vectors a word, compiled), ``"reference"`` (Python integers), or
            ``"auto"``: bits, unless the whole job is over before the kernels would be loaded.
        progress: called as ``progress(done, total)``, in vectors, during long runs and at the end.

    Returns:
        uint8 of shape (vectors, outputs), or (outputs,) for one vector; with ``packed=True`` uint64
        of shape (outputs, words).

    Raises:
        ArgumentError: wrong shape or dtype, a value outside {0, 1}, or an unknown engine.
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
    if packed:
        words = check_words(batch, circuit.n_inputs, "batch")
        return _evaluate_words(circuit, words, engine, progress)
    return _evaluate_bits(circuit, batch, "outputs", engine, progress)


def trace(
    circuit: Circuit,
    batch: object,
    *,
    engine: str = "auto",
    progress: Progress | None = None,
) -> Bits:
    """The value of every gate, those that no output needs included.

    Args:
        circuit: any circuit.
        batch: 0/1 of shape (vectors, inputs), or one vector of shape (inputs,).
        engine: as in `evaluate`.
        progress: as in `evaluate`.

    Returns:
        uint8 of shape (vectors, gates), or (gates,) for one vector.

    Raises:
        ArgumentError: as in `evaluate`.
        LimitError: the result does not fit in memory.
    """
    check_engine(engine)
    return _evaluate_bits(circuit, batch, "gates", engine, progress)


def _evaluate_bits(
    circuit: Circuit, batch: object, wanted: str, engine: str, progress: Progress | None
) -> Bits:
    values, single = check_batch(batch, circuit.n_inputs)
    vectors = len(values)
    width = circuit.n_outputs if wanted == "outputs" else circuit.size
    result = allocate(
        (vectors, width), np.uint8, f"the values of {width:,} wires", "evaluate parts of the batch"
    )
    if result.size:
        chosen = choose_engine(circuit, engine, wanted, vectors)
        for start, stop in parts(vectors, chosen.step, progress):
            chosen.bits(values[start:stop], result[start:stop])
    return result[0] if single else result


def _evaluate_words(
    circuit: Circuit, words: Words, engine: str, progress: Progress | None
) -> Words:
    count = words.shape[1]
    result = allocate(
        (circuit.n_outputs, count), np.uint64, "the outputs", "evaluate parts of the batch"
    )
    if result.size:
        chosen = choose_engine(circuit, engine, "outputs", 64 * count)
        for start, stop in parts(64 * count, chosen.step, progress):
            result[:, start // 64 : stop // 64] = chosen.words(words[:, start // 64 : stop // 64])
    return result


def parts(total: int, step: int, progress: Progress | None) -> Iterator[tuple[int, int]]:
    """Ranges that cover 0..total; after each, progress is reported."""
    for start in range(0, total, step):
        stop = min(start + step, total)
        yield start, stop
        if progress is not None:
            progress(stop, total)
