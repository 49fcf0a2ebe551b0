"""The engines behind one face: values of some wires, for 0/1 batches and for packed words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.simulate.packing import pack_bits, unpack_bits
from tcsim.simulate.program import Program, compile_program
from tcsim.simulate.reference import reference

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import Bits, Integers, Words

NAMES = ("auto", "bits", "reference")

BLOCK_WORDS = 32
"""Words of each value that are computed at a time: 2,048 vectors."""

ROW_BYTES = 2**28
"""Blocks get smaller where the values alive at a time would take more than this,"""
PORT_BYTES = 2**25
"""or the packed inputs and outputs more than this."""

CACHE_BYTES = 2**20
"""Blocks are put together in one call as long as the inputs and outputs stay in the cache,"""
CALL_WORK = 2**31
"""and instructions times words stay below this: some tenths of a second, until an interrupt or a
report of progress gets through."""

COLD_START = 4_000_000
"""Terms that `reference` evaluates while numba and the kernels are loaded: measured, 0.5 s at
8 million terms a second."""

_spent = 0
"""Terms that `reference` has evaluated because loading the kernels would not have paid."""


class Engine(Protocol):
    """Computes the values of the wires that it was made for."""

    step: int
    """How many vectors one call should be given; a multiple of 64."""

    def bits(self, batch: npt.NDArray[Any], out: Bits) -> None:
        """Write values of shape (vectors, wires) for 0/1 inputs of shape (vectors, inputs)."""

    def words(self, words: Words) -> Words:
        """Values of shape (wires, words) for packed inputs of shape (inputs, words)."""


def choose_engine(circuit: Circuit, name: str, wanted: str, vectors: int) -> Engine:
    """The named engine, or the one that finishes first.

    Args:
        circuit: any circuit.
        name: ``"auto"``, ``"bits"`` or ``"reference"``.
        wanted: ``"outputs"`` or ``"gates"``.
        vectors: how many vectors there are to evaluate.
    """
    if name == "reference" or (name == "auto" and _stays_cold(circuit, vectors)):
        return ReferenceEngine(circuit, _wires(circuit, wanted))
    program = circuit.remember(
        f"program of {wanted}", lambda: compile_program(circuit, _wires(circuit, wanted))
    )
    return BitsEngine(program, vectors)


def check_engine(name: object) -> None:
    """Refuse an engine that does not exist.

    Raises:
        ArgumentError: names it.
    """
    if name not in NAMES:
        raise ArgumentError(f"engine is {name!r}; there are {', '.join(map(repr, NAMES))}")


class ReferenceEngine:
    """`reference`, one vector at a time."""

    def __init__(self, circuit: Circuit, wires: Integers) -> None:
        self._circuit, self._wires = circuit, wires
        self.step = 64 * max(1, CALL_WORK // 2**16 // (_terms(circuit) + 1))

    def bits(self, batch: npt.NDArray[Any], out: Bits) -> None:
        """See `Engine`."""
        out[:] = reference(self._circuit, batch.astype(np.uint8), self._wires)

    def words(self, words: Words) -> Words:
        """See `Engine`."""
        batch = np.empty((64 * words.shape[1], len(words)), np.uint8)
        unpack_bits(words, batch)
        return pack_bits(reference(self._circuit, batch, self._wires))


class BitsEngine:
    """A Program run by compiled kernels, 64 vectors a word."""

    def __init__(self, program: Program, vectors: int) -> None:
        self._program = program
        ports = 8 * (program.n_inputs + len(program.output_slot) + 1)
        pitch = min(BLOCK_WORDS, ROW_BYTES // (8 * program.n_rows), PORT_BYTES // ports)
        pitch = max(1, min(pitch, -(-vectors // 64)))
        words = min(CACHE_BYTES // ports, CALL_WORK // program.length)
        self._rows = program.rows(pitch)
        self.step = 64 * pitch * max(1, words // pitch)

    def bits(self, batch: npt.NDArray[Any], out: Bits) -> None:
        """See `Engine`."""
        unpack_bits(self.words(pack_bits(batch)), out)

    def words(self, words: Words) -> Words:
        """See `Engine`."""
        return self._program.run(words, self._rows)


def _stays_cold(circuit: Circuit, vectors: int) -> bool:
    """Whether to do without the kernels: not loaded yet, and not worth it for all work so far."""
    global _spent  # noqa: PLW0603 - what was saved by not loading them so far
    work = (vectors + 10) * _terms(circuit)
    if "tcsim.simulate.kernels.words" in sys.modules or _spent + work > COLD_START:
        return False
    _spent += work
    return True


def _terms(circuit: Circuit) -> int:
    return len(circuit.form_operand) + circuit.size


def _wires(circuit: Circuit, wanted: str) -> Integers:
    if wanted == "gates":
        return circuit.n_inputs + np.arange(circuit.size)
    return circuit.output_wire
