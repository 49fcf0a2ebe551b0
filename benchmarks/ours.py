"""tcsim's side of every row: the one place that knows its entry points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

import tcsim as tc
from tcsim.simulate import evaluate, truth_table, truth_table_blocks
from tcsim.simulate.engines import BLOCK_WORDS, best_program
from tcsim.simulate.sampling import random_outputs as sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from tcsim import Circuit
    from tcsim.networks import IntegerNetwork
    from tcsim.typing import Words

    Array = npt.NDArray[Any]

NAME = "tcsim"


def read(path: Path) -> Circuit:
    """A circuit that nothing is known of yet: its program is made by the first evaluation."""
    return tc.read(path)


def schedule(circuit: Circuit) -> None:
    """Make the program."""
    evaluate(circuit, np.zeros((circuit.n_inputs, 1), np.uint64), packed=True, engine="bits")


def random_outputs(circuit: Circuit, first_word: int, words: int) -> Words:
    """Outputs on random inputs: (outputs, words)."""
    return sample(circuit, seed=1, first=first_word, words=words)


def kernel(circuit: Circuit, words: int) -> Callable[[], object]:
    """The instructions alone, for so many words: nothing is moved in or out."""
    program, _ = best_program(circuit, "outputs", 2**40)
    rows = program.rows(BLOCK_WORDS)
    return lambda: program.compute(words, rows)


def packed_outputs(circuit: Circuit, words: Words, threads: int = 1) -> Words:
    """Outputs on packed inputs: (inputs, words) to (outputs, words)."""
    return cast("Words", evaluate(circuit, words, packed=True, threads=threads))


def outputs(circuit: Circuit, batch: Array) -> Array:
    """Outputs on bytes: (vectors, inputs) to (vectors, outputs)."""
    return evaluate(circuit, batch)


def table(circuit: Circuit) -> Words:
    """The packed truth table."""
    return cast("Words", truth_table(circuit, packed=True))


def count_ones(circuit: Circuit, threads: int) -> int:
    """On how many of all inputs the only output is 1."""
    blocks = truth_table_blocks(circuit, threads=threads)
    return sum(int(np.bitwise_count(words).sum()) for _, words in blocks)


def labels(network: IntegerNetwork, circuit: Circuit, rows: Array) -> Array:
    """Labels by the compiled circuit: integers (rows, features) to integers (rows,)."""
    return tc.networks.run(network, circuit, rows)


FIRST_RESULT = """
import sys
import numpy
import tcsim
circuit = tcsim.read(sys.argv[1])
words = numpy.load(sys.argv[2])
print(circuit(words, packed=True).shape)
"""
"""A program of its own, given a circuit and packed vectors."""
