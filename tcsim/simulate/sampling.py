"""Outputs on random inputs, which are made where they are used and never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate.engines import check_engine, choose_engine
from tcsim.simulate.memory import allocate
from tcsim.simulate.sources import random_words
from tcsim.simulate.streaming import in_parts, ranges
from tcsim.simulate.workers import check_threads

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.simulate.engines import Engine
    from tcsim.typing import Progress, Words

_LIMITS = {"seed": 2**64, "first": 2**62, "words": 2**56}
"""Arguments are below these, so that every number and size can be computed."""


def random_outputs(
    circuit: Circuit,
    seed: int,
    first: int,
    words: int,
    *,
    engine: str = "auto",
    threads: int = 1,
    progress: Progress | None = None,
) -> Words:
    """The outputs on a range of the random inputs that a seed stands for.

    Ranges join without seams: words 0..99 are words 0..49 and then words 50..99, whichever engine
    or machine computes them. `random_inputs` gives the inputs themselves.

    Args:
        circuit: any circuit.
        seed: 0 .. 2**64 - 1.
        first: number of the first word of 64 vectors, below 2**62.
        words: how many words.
        engine: as in `evaluate`.
        threads: as in `evaluate`.
        progress: called as ``progress(done, total)``, in vectors.

    Returns:
        uint64, shape (outputs, words): bit j of word w belongs to vector ``64*(first + w) + j``.

    Raises:
        ArgumentError: a number out of range, or an unknown engine.
        LimitError: the result does not fit in memory.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> b.output("vote", tc.majority(b.inputs("x", 3)))
        >>> circuit = b.build()
        >>> inputs = tc.simulate.random_inputs(circuit, seed=1, first=0, words=2)
        >>> outputs = tc.simulate.random_outputs(circuit, seed=1, first=0, words=2)
        >>> bool((outputs == circuit(inputs, packed=True)).all())
        True
    """
    _check_range(seed, first, words)
    check_engine(engine)
    count = check_threads(threads)
    result = allocate(
        (circuit.n_outputs, words), np.uint64, "the outputs", "evaluate parts of the range"
    )
    if not result.size:
        return result
    chosen = choose_engine(circuit, engine, "outputs", 64 * words)

    def work(engine: Engine, start: int, stop: int) -> None:
        engine.random(seed, first + start, stop - start, out=result[:, start:stop])

    in_parts(chosen, words, work, threads=count, progress=progress)
    return result


def random_inputs(circuit: Circuit, seed: int, first: int, words: int) -> Words:
    """A range of the random inputs that a seed stands for (`random_words`).

    Args:
        circuit: any circuit.
        seed: 0 .. 2**64 - 1.
        first: number of the first word of 64 vectors, below 2**62.
        words: how many words.

    Returns:
        uint64, shape (inputs, words).

    Raises:
        ArgumentError: a number out of range.
        LimitError: the result does not fit in memory.
    """
    _check_range(seed, first, words)
    inputs = allocate((circuit.n_inputs, words), np.uint64, "the inputs", "make parts of the range")
    if not inputs.size:
        return inputs
    # In parts that stay in the cache.
    step = max(1, 2**16 // (circuit.n_inputs + 1))
    for start, stop in ranges(words, step):
        inputs[:, start:stop] = random_words(circuit.n_inputs, seed, first + start, first + stop)
    return inputs


def _check_range(seed: object, first: object, words: object) -> None:
    for value, (name, limit) in zip((seed, first, words), _LIMITS.items(), strict=True):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ArgumentError(f"{name} must be an integer, not {value!r}")
        if not 0 <= value < limit:
            raise ArgumentError(
                f"{name} is {value}; it must be from 0 to 2**{limit.bit_length() - 1} - 1"
            )
