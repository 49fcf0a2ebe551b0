"""Program: a circuit's instructions and slots. Private to the evaluator.

A circuit becomes a program in five steps: gates of few operands are fused (`cover`); the others
become sums of literals and comparisons (`sharing`, `normalize`), some of which are computed
together (`layers`); all of them get an order and slots (`schedule`) and are written down (`emit`).
Values are computed depth first from the wanted wires, so gates that nothing needs cost nothing and
few values are alive at a time; a form that many gates compare is added up once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.simulate.cover import MOST, cover
from tcsim.simulate.emit import emit
from tcsim.simulate.instructions import COUNTING, RANDOM, WORDS, ZEROS, spare_rows
from tcsim.simulate.layers import find_layers
from tcsim.simulate.memory import allocate
from tcsim.simulate.normalize import no_comparisons, no_sums, normalize_forms, normalize_gates
from tcsim.simulate.schedule import schedule
from tcsim.simulate.sharing import Forms, share_sums
from tcsim.simulate.sources import keys

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers, Words

VECTOR_WORDS = 8
"""Words in a row are a multiple of this,"""
VECTOR_BYTES = 64
"""and rows start at multiples of this."""


@dataclass(frozen=True)
class Program:
    """Instructions that compute some wires of a circuit from its inputs.

    Attributes:
        code: int32, the instructions (`tcsim.simulate.instructions`), and
        adders: int32, those of sums.
        layers: int64, the numbers of layers.
        scratch: words that layers need besides the rows.
        notes: of each layer: its shape, and why it is one.
        n_inputs: input i stands in slot i at the start.
        n_slots: rows that hold values.
        columns: most binary digits of a sum.
        output: int32, shape (outputs,): the literal of each output at the end.
    """

    code: Integers
    adders: Integers
    layers: Integers
    scratch: int
    notes: tuple[str, ...]
    n_inputs: int
    n_slots: int
    columns: int
    output: Integers

    @property
    def n_rows(self) -> int:
        """Rows that a run needs."""
        return self.n_slots + spare_rows(self.columns)

    @property
    def length(self) -> int:
        """Length of the instructions with their adders, at least 1."""
        return len(self.code) + len(self.adders) + len(self.layers) + 1

    def rows(self, pitch: int) -> Words:
        """Scratch for a run, with ``pitch`` words a row, a multiple of `VECTOR_WORDS`.

        Raises:
            LimitError: it does not fit in memory.
        """
        words = self.n_rows * pitch + self.scratch
        rows = allocate(
            (words + VECTOR_WORDS,),
            np.uint64,
            f"{self.n_rows:,} values alive at a time",
            "evaluate parts of the circuit, or fewer outputs",
        )
        aligned = -rows.ctypes.data % VECTOR_BYTES // 8
        return rows[aligned : aligned + words]

    def words(self, inputs: Words, outputs: Words, rows: Words) -> None:
        """Evaluate packed inputs.

        Args:
            inputs: shape (inputs, words); each row without gaps.
            outputs: shape (outputs, words), written; each row without gaps.
            rows: from `rows`; may be used again, but not at the same time.
        """
        self._run(WORDS, 0, _addresses(inputs), outputs, rows)

    def counting(self, first: int, outputs: Words, rows: Words) -> None:
        """The same for `tcsim.simulate.sources.counting_words` from word ``first`` on."""
        self._run(COUNTING, first, np.zeros(self.n_inputs, np.uint64), outputs, rows)

    def random(self, seed: int, first: int, outputs: Words, rows: Words) -> None:
        """The same for `tcsim.simulate.sources.random_words` from word ``first`` on."""
        self._run(RANDOM, first, keys(seed, self.n_inputs), outputs, rows)

    def compute(self, count: int, rows: Words) -> None:
        """Execute the instructions for so many words, moving nothing in or out: to be timed."""
        nothing = np.zeros(0, np.uint64)
        self._execute(WORDS, 0, count, nothing, self.output[:0], nothing, rows)

    def _run(self, source: int, first: int, inputs: Words, outputs: Words, rows: Words) -> None:
        count, addresses = outputs.shape[1], _addresses(outputs)
        self._execute(source, first, count, inputs, self.output, addresses, rows)

    def _execute(
        self,
        source: int,
        first: int,
        count: int,
        inputs: Words,
        output: Integers,
        outputs: Words,
        rows: Words,
    ) -> None:
        from tcsim.simulate.kernels import words  # loads numba

        scratch = len(rows) - self.scratch
        words.run(
            self.code,
            self.adders,
            self.layers,
            rows[:scratch],
            (0,) * (scratch // self.n_rows // VECTOR_WORDS),
            rows[scratch:],
            np.uint64(self.n_slots),
            source,
            np.uint64(first),
            np.uint64(count),
            inputs,
            output,
            outputs,
        )


def compile_program(circuit: Circuit, wires: Integers) -> Program:
    """The program that computes some wires.

    Args:
        circuit: any circuit.
        wires: shape (outputs,): wire numbers, or `FALSE` or `TRUE`.

    Raises:
        LimitError: the circuit is too large for memory.
    """
    roots = wires[wires >= 0]
    fused = cover(circuit, roots)
    forms: Circuit | Forms = circuit
    sums, gates = no_sums(), no_comparisons()
    if fused.big:
        sums = normalize_forms(circuit)
        gates = normalize_gates(circuit, sums)
        added_up = np.zeros(circuit.n_forms, bool)
        added_up[circuit.gate_form[gates.compares & (fused.count > MOST)]] = True
        added_up[~circuit.form_operand[circuit.form_operand < 0]] = True
        forms = share_sums(circuit, added_up)
        if forms.n_forms > circuit.n_forms:
            sums = normalize_forms(forms)
            gates = normalize_gates(forms, sums)
    layers = find_layers(forms, fused, sums, gates) if fused.big else []
    plan = schedule(forms, fused, sums, gates, layers, roots)
    code, adders, numbers, inverted = emit(plan, fused, sums, gates, layers)
    run = [layers[node - plan.first_layer] for node in plan.order[plan.order >= plan.first_layer]]
    # FALSE is wire -2 and TRUE wire -1, where NumPy finds the last two of an array.
    zeros = 2 * (plan.n_slots + ZEROS)
    literals = np.concatenate((2 * plan.slot[: plan.n_wires] + inverted, (zeros, zeros + 1)))
    return Program(
        code=code,
        adders=adders,
        layers=numbers,
        scratch=max((layer.scratch for layer in run), default=0),
        notes=tuple(layer.note for layer in run),
        n_inputs=circuit.n_inputs,
        n_slots=plan.n_slots,
        columns=plan.columns,
        output=literals[wires].astype(np.int32),
    )


def _addresses(words: Words) -> Words:
    """Where each row of some words starts."""
    start, step = words.ctypes.data, words.strides[0]
    return (start + step * np.arange(len(words))).astype(np.uint64)
