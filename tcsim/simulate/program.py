"""Program: a circuit's instructions and slots. Private to the evaluator.

Values are computed depth first from the wanted wires, so gates that nothing needs cost nothing and
few values are alive at a time; a form that many gates compare is added up once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.simulate.emit import emit
from tcsim.simulate.instructions import FALSE_SLOT, TRUE_SLOT, spare_rows
from tcsim.simulate.memory import allocate
from tcsim.simulate.normalize import normalize_forms, normalize_gates
from tcsim.simulate.schedule import schedule

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers, Words


@dataclass(frozen=True)
class Program:
    """Instructions that compute some wires of a circuit from its inputs.

    Attributes:
        code: int32, the instructions (`tcsim.simulate.instructions`), and
        adders: int32, shape (adders, 7).
        n_inputs: input i stands in slot i at the start.
        n_slots: rows that hold values.
        columns: most binary digits of a sum.
        output_slot: int32, shape (outputs,): where each output stands at the end, `FALSE_SLOT`
            or `TRUE_SLOT`.
    """

    code: Integers
    adders: Integers
    n_inputs: int
    n_slots: int
    columns: int
    output_slot: Integers

    @property
    def n_rows(self) -> int:
        """Rows that a run needs."""
        return self.n_slots + spare_rows(self.columns)

    @property
    def length(self) -> int:
        """Length of the instructions with their adders, at least 1."""
        return len(self.code) + self.adders.size + 1

    def rows(self, pitch: int) -> Words:
        """Scratch for `run`, with ``pitch`` words a row.

        Raises:
            LimitError: it does not fit in memory.
        """
        return allocate(
            (self.n_rows * pitch,),
            np.uint64,
            f"{self.n_rows:,} values alive at a time",
            "evaluate parts of the circuit, or fewer outputs",
        )

    def run(self, inputs: Words, rows: Words) -> Words:
        """Evaluate packed inputs.

        Args:
            inputs: shape (inputs, words).
            rows: from `rows`; may be used again, but not at the same time.

        Returns:
            Shape (outputs, words).
        """
        from tcsim.simulate.kernels import words  # loads numba

        outputs = np.empty((len(self.output_slot), inputs.shape[1]), np.uint64)
        words.run(
            self.code,
            self.adders,
            rows,
            len(rows) // self.n_rows,
            self.n_slots,
            # One type of array, so that the kernels are compiled for one.
            np.require(inputs, np.uint64, ("C", "A", "W")),
            self.output_slot,
            outputs,
        )
        return outputs


def compile_program(circuit: Circuit, wires: Integers) -> Program:
    """The program that computes some wires.

    Args:
        circuit: any circuit.
        wires: shape (outputs,): wire numbers, or `FALSE` or `TRUE`.

    Raises:
        LimitError: the circuit is too large for memory.
    """
    sums = normalize_forms(circuit)
    gates = normalize_gates(circuit, sums)
    plan = schedule(circuit, sums, gates, wires[wires >= 0])
    code, adders = emit(plan, sums, gates)
    # FALSE is wire -2 and TRUE wire -1, where NumPy finds the last two slots of an array.
    slots = np.concatenate((plan.slot, (FALSE_SLOT, TRUE_SLOT)))
    return Program(
        code=code,
        adders=adders,
        n_inputs=circuit.n_inputs,
        n_slots=plan.n_slots,
        columns=plan.columns,
        output_slot=slots[wires].astype(np.int32),
    )
