"""tcsim's side of every row: the one place that knows its entry points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

import tcsim as tc
from tcsim.literals import and_literals
from tcsim.networks.codewords import decode_words, encode_words
from tcsim.simulate import evaluate, truth_table, truth_table_blocks
from tcsim.simulate.draft import draft_program
from tcsim.simulate.engines import BLOCK_WORDS, best_program, choose_engine
from tcsim.simulate.explain import counts
from tcsim.simulate.sampling import random_outputs as sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from tcsim import Circuit
    from tcsim.networks import IntegerNetwork
    from tcsim.simulate.program import Program
    from tcsim.typing import Words

    Array = npt.NDArray[Any]

NAME = "tcsim"


def load_kernels() -> None:
    """Compile or load all that is compiled, so that no job pays for it."""
    builder = tc.Builder()
    builder.output("vote", tc.majority(builder.inputs("x", 3)))
    schedule(builder.build())


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
    return _computing(_best(circuit), words)


def kernel_unfused(circuit: Circuit, words: int) -> Callable[[], object]:
    """The same of a circuit of gates of two operands, with an instruction for each gate."""
    literals = and_literals(circuit)
    assert literals is not None
    return _computing(draft_program(literals, circuit.n_inputs, circuit.output_wire), words)


def _computing(program: Program, words: int) -> Callable[[], object]:
    rows = program.rows(BLOCK_WORDS)
    return lambda: program.compute(words, rows)


def live_values(circuit: Circuit) -> int:
    """How many rows of memory the kernel uses again and again."""
    return _best(circuit).n_slots


def operations(circuit: Circuit) -> int:
    """How many instructions the kernel executes."""
    return counts(_best(circuit)).total()


def _best(circuit: Circuit) -> Program:
    return best_program(circuit, "outputs", 2**40)[0]


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


def parts_of_labels(
    network: IntegerNetwork, circuit: Circuit, rows: Array
) -> dict[str, Callable[[], object]]:
    """What `labels` does one after the other, each part for all rows: in pieces, as there."""
    engine = choose_engine(circuit, "bits", "outputs", len(rows))
    pieces = np.split(rows, range(engine.step, len(rows), engine.step))
    inputs = [cast("Words", encode_words(network.inputs.code, piece)) for piece in pieces]
    outputs = [engine.words(words) for words in inputs]
    columns = len(network.ranges[-1][0])
    places = [np.empty((len(piece), columns), np.int64) for piece in pieces]
    code = network.output_code

    def encode() -> None:
        for piece in pieces:
            encode_words(network.inputs.code, piece)

    def evaluate_packed() -> None:
        for words in inputs:
            engine.words(words)

    def decode() -> None:
        for words, place in zip(outputs, places, strict=True):
            decode_words(code, words, place)

    return {"encoding": encode, "evaluation": evaluate_packed, "decoding": decode}


FIRST_RESULT = """
import sys
import numpy
import tcsim
circuit = tcsim.read(sys.argv[1])
words = numpy.load(sys.argv[2])
print(circuit(words, packed=True).shape)
"""
"""A program of its own, given a circuit and packed vectors."""
