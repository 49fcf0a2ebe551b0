"""Programs made in a hurry: for jobs that would be over before a better one was scheduled.

Gates of two operands stay what they are and where they are in the circuit, and slots are used again
where that order allows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim._accelerate import run
from tcsim.errors import LimitError
from tcsim.simulate.instructions import ROW_LIMIT, ZEROS, spare_rows
from tcsim.simulate.kernels.draft import write_draft
from tcsim.simulate.memory import allocate
from tcsim.simulate.program import Program

if TYPE_CHECKING:
    from tcsim.literals import Literals
    from tcsim.typing import Integers


def draft_program(literals: Literals, n_inputs: int, wires: Integers) -> Program:
    """The program that computes some wires of a circuit of ANDs of two literals.

    Args:
        literals: the gates.
        n_inputs: number of inputs.
        wires: shape (outputs,): wire numbers, or `FALSE` or `TRUE`.

    Raises:
        LimitError: the circuit is too large for memory.
    """
    gates = len(literals.flip)
    roots = wires[wires >= 0]
    uses = np.bincount(roots, minlength=n_inputs + gates).astype(np.int32)
    slot, free = np.zeros((2, n_inputs + gates), np.int32)
    code = allocate((3 * gates + 2,), np.int32, "the instructions", "evaluate parts of the circuit")
    code[:2] = 0
    pairs = literals.pairs.reshape(-1)
    n_slots = run(write_draft, 4 * gates, n_inputs, pairs, literals.flip, uses, slot, free, code)
    if n_slots + spare_rows(0) > ROW_LIMIT:
        raise LimitError(
            f"{n_slots:,} values would be alive at a time, the limit is {ROW_LIMIT:,}: "
            "evaluate parts of the circuit, or fewer outputs"
        )
    # FALSE is wire -2 and TRUE wire -1, where NumPy finds the last two of an array.
    zeros = 2 * (n_slots + ZEROS)
    literal = 2 * slot
    literal[n_inputs:] += literals.flip
    literal = np.concatenate((literal, np.array((zeros, zeros + 1), np.int32)))
    used = 2 + 3 * int(code[1])
    return Program(
        code=code[: used if used > 2 else 0],
        adders=np.zeros(0, np.int32),
        layers=np.zeros(0, np.int64),
        scratch=0,
        notes=(),
        n_inputs=n_inputs,
        n_slots=n_slots,
        columns=0,
        output=literal[wires].astype(np.int32),
    )
