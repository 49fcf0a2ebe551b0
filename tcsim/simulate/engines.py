"""The engines behind one face: values of some wires, for 0/1 batches and for packed words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.literals import and_literals
from tcsim.simulate.choice import kernels_are_loaded, quickest
from tcsim.simulate.packing import pack_bits, unpack_bits
from tcsim.simulate.reference import reference
from tcsim.simulate.sources import counting_words, random_words

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.simulate.bigint import BigintProgram
    from tcsim.simulate.program import Program
    from tcsim.typing import Bits, Integers, Words

NAMES = ("auto", "bigint", "bits", "reference")

LEAST_WORDS, BLOCK_WORDS = 8, 32
"""Words of each value that are computed at a time: up to 2,048 vectors."""

BIGINT_VECTORS = 2**16
"""Vectors that `BigintEngine` computes at a time: with fewer, steps cost more than what they do;
more gain nothing."""

ROW_BYTES = 2**28
"""Blocks get smaller where the values alive at a time would take more than this."""

DRAFT_VECTORS = 2**19
"""Vectors until which a draft of a program is as good as the program: measured, the program takes
some 300 ns a gate longer to make and 1 ns less for each gate and 2,048 vectors."""

CACHE_BYTES = 2**22
"""Blocks are put together in one call as long as the inputs and outputs stay in the cache,"""
CALL_WORK = 2**31
"""and instructions times words stay below this: some tenths of a second, until an interrupt or a
report of progress gets through."""


class Engine(Protocol):
    """Computes the values of the wires that it was made for."""

    n_inputs: int
    """How many inputs the circuit has."""

    step: int
    """How many vectors one call should be given; a multiple of 64."""

    def words(self, words: Words, out: Words | None = None) -> Words:
        """Values of shape (wires, words) for packed inputs of shape (inputs, words).

        Here and below: written to ``out``, whose rows have no gaps, where it is given.
        """

    def bits(self, batch: npt.NDArray[Any], out: Bits) -> None:
        """Write values of shape (vectors, wires) for 0/1 inputs of shape (vectors, inputs)."""
        unpack_bits(self.words(pack_bits(batch)), out)

    def fork(self) -> Engine:
        """One that can be used on another thread at the same time."""
        return self

    def counting(self, first: int, count: int, out: Words | None = None) -> Words:
        """Values for `counting_words` from word ``first`` on."""
        return self.words(counting_words(self.n_inputs, first, first + count), out)

    def random(self, seed: int, first: int, count: int, out: Words | None = None) -> Words:
        """Values for `random_words` from word ``first`` on."""
        return self.words(random_words(self.n_inputs, seed, first, first + count), out)


def choose_engine(circuit: Circuit, name: str, wanted: str, vectors: int) -> Engine:
    """The named engine, or the one that finishes first.

    Args:
        circuit: any circuit.
        name: one of `NAMES`.
        wanted: ``"outputs"`` or ``"gates"``.
        vectors: how many vectors there are to evaluate.
    """
    programs: dict[str, Any] = circuit.remember(f"programs of {wanted}", dict)
    if name == "auto":
        name = quickest(circuit, wanted, vectors, programs)
    wires = _wires(circuit, wanted)
    if name == "reference":
        return ReferenceEngine(circuit, wires)
    if name == "bigint":
        return BigintEngine(_bigint_program(circuit, wires, programs))
    kernels_are_loaded()
    programs["vectors"] = programs.get("vectors", 0) + vectors
    return BitsEngine(_bits_program(circuit, wires, programs["vectors"], programs), vectors)


def check_engine(name: object) -> None:
    """Refuse an engine that does not exist.

    Raises:
        ArgumentError: names it.
    """
    if name not in NAMES:
        raise ArgumentError(f"engine is {name!r}; there are {', '.join(map(repr, NAMES))}")


class ReferenceEngine(Engine):
    """`reference`, one vector at a time."""

    def __init__(self, circuit: Circuit, wires: Integers) -> None:
        self._circuit, self._wires = circuit, wires
        self.n_inputs = circuit.n_inputs
        self.step = 64 * max(
            1, CALL_WORK // 2**16 // (len(circuit.form_operand) + circuit.size + 1)
        )

    def bits(self, batch: npt.NDArray[Any], out: Bits) -> None:
        """See `Engine`."""
        out[:] = reference(self._circuit, batch.astype(np.uint8), self._wires)

    def words(self, words: Words, out: Words | None = None) -> Words:
        """See `Engine`."""
        batch = np.empty((64 * words.shape[1], len(words)), np.uint8)
        unpack_bits(words, batch)
        return _into(out, pack_bits(reference(self._circuit, batch, self._wires)))


class BigintEngine(Engine):
    """A BigintProgram: Python's integers, one bit a vector."""

    def __init__(self, program: BigintProgram) -> None:
        self._program = program
        self.n_inputs = program.n_inputs
        values = program.alive + len(program.outputs)
        self.step = 64 * max(1, min(BIGINT_VECTORS, 8 * ROW_BYTES // (values + 1)) // 64)

    def words(self, words: Words, out: Words | None = None) -> Words:
        """See `Engine`."""
        size = 8 * words.shape[1]
        inputs = [
            int.from_bytes(row.tobytes(), "little") for row in words.astype("<u8", copy=False)
        ]
        outputs = self._program.run(inputs, (1 << 8 * size) - 1)
        packed = bytearray().join([value.to_bytes(size, "little") for value in outputs])
        rows = np.frombuffer(packed, "<u8").reshape(len(outputs), words.shape[1])
        return _into(out, rows.astype(np.uint64, copy=False))


class BitsEngine(Engine):
    """A Program run by compiled kernels, 64 vectors a word."""

    def __init__(self, program: Program, vectors: int) -> None:
        self._program, self._vectors = program, vectors
        self.n_inputs = program.n_inputs
        pitch = BLOCK_WORDS if 8 * BLOCK_WORDS * program.n_rows <= ROW_BYTES else LEAST_WORDS
        self._rows, self.pitch = program.rows(pitch), pitch
        ports = 8 * (program.n_inputs + len(program.output) + 1)
        # Long calls hold up an interrupt, and short ones cost more than they do.
        words = min(CACHE_BYTES // ports, CALL_WORK // program.length)
        self.step = 64 * pitch * max(1, words // pitch)

    def fork(self) -> Engine:
        """See `Engine`: the program is shared, scratch is not."""
        return BitsEngine(self._program, self._vectors)

    def words(self, words: Words, out: Words | None = None) -> Words:
        """See `Engine`."""
        outputs = self._room(words.shape[1], out)
        if words.strides[1] != words.itemsize and words.shape[1] > 1:
            words = np.ascontiguousarray(words)
        self._program.words(words, outputs, self._rows)
        return outputs

    def counting(self, first: int, count: int, out: Words | None = None) -> Words:
        """See `Engine`."""
        outputs = self._room(count, out)
        self._program.counting(first, outputs, self._rows)
        return outputs

    def random(self, seed: int, first: int, count: int, out: Words | None = None) -> Words:
        """See `Engine`."""
        outputs = self._room(count, out)
        self._program.random(seed, first, outputs, self._rows)
        return outputs

    def _room(self, words: int, out: Words | None) -> Words:
        return np.empty((len(self._program.output), words), np.uint64) if out is None else out


def _into(out: Words | None, values: Words) -> Words:
    if out is None:
        return values
    out[:] = values
    return out


def _bigint_program(circuit: Circuit, wires: Integers, programs: dict[str, Any]) -> BigintProgram:
    from tcsim.simulate.bigint_steps import compile_bigint

    if "bigint" not in programs:
        programs["bigint"] = compile_bigint(circuit, wires)
    made: BigintProgram = programs["bigint"]
    return made


def best_program(circuit: Circuit, wanted: str, vectors: int) -> tuple[Program, bool]:
    """The program that the compiled engine uses for so many vectors, and whether it is a draft."""
    programs: dict[str, Any] = circuit.remember(f"programs of {wanted}", dict)
    so_far = programs.get("vectors", 0)
    program = _bits_program(circuit, _wires(circuit, wanted), so_far + vectors, programs)
    return program, program is programs.get("draft")


def _bits_program(
    circuit: Circuit, wires: Integers, vectors: int, programs: dict[str, Any]
) -> Program:
    """The best program, or a draft while so many vectors would not make up for the best one."""
    from tcsim.simulate.draft import draft_program
    from tcsim.simulate.program import compile_program

    literals = and_literals(circuit)
    name = "bits" if literals is None or vectors > DRAFT_VECTORS else "draft"
    if "bits" not in programs and name not in programs:
        programs[name] = (
            draft_program(literals, circuit.n_inputs, wires)
            if literals is not None and name == "draft"
            else compile_program(circuit, wires)
        )
    made: Program = programs["bits" if "bits" in programs else "draft"]
    return made


def _wires(circuit: Circuit, wanted: str) -> Integers:
    if wanted == "gates":
        return circuit.n_inputs + np.arange(circuit.size)
    return circuit.output_wire
