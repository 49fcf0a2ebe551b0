"""From the literals of an and-inverter graph to a circuit.

Wire w is variable w + 1, so the literals of wires and of variables differ by 2, and the constants
are the literals `FALSE` and `TRUE`. A circuit keeps nothing but its literals until something else
is asked of it: they are all that evaluating it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.circuit import FALSE, TRUE, Circuit
from tcsim.inversion import plan_outputs
from tcsim.literals import MEMO, MOST_WIRES, Literals

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tcsim.typing import Integers

    Flips = npt.NDArray[np.uint8]
    Numbers = npt.NDArray[np.signedinteger[Any]]

_BLOCK = 1 << 15
"""Gates that are worked on at a time, so that what is in between stays in the cache."""


class Draft:
    """The literals of a circuit, to be filled in: one gate per AND, then NOT gates for outputs.

    Attributes:
        complemented: uint8, shape (variables,): whether a variable stands for the complement of an
            AND, because it is output inverted.
        pairs: int32 or int64, shape (gates, 2): the larger and the smaller literal of a wire that
            each gate is the AND of, complemented ANDs being considered.

    Args:
        n_inputs: number of inputs.
        ands: number of ANDs.
        outputs: int64, shape (outputs,): literals of variables.
    """

    complemented: npt.NDArray[np.uint8]
    pairs: Numbers

    def __init__(self, n_inputs: int, ands: int, outputs: Integers) -> None:
        wire, inverted = (outputs >> 1) - 1, (outputs & 1).astype(bool)
        constant = wire < 0
        wire = np.where(constant, FALSE + inverted, wire)
        plan = plan_outputs(inverted & ~constant, wire, n_inputs, ands)
        size = ands + len(plan.negated)
        self._n_inputs, self._ands, self._output_wire = n_inputs, ands, plan.output_wire
        self.complemented = np.zeros(1 + n_inputs + size, np.uint8)
        self.complemented[1 + n_inputs + plan.complemented] = 1
        self.pairs = np.empty((size, 2), np.int32 if n_inputs + size <= MOST_WIRES else np.int64)
        # A NOT gate is the AND of an inverted wire and 1.
        self.pairs[ands:, 0], self.pairs[ands:, 1] = 2 * plan.negated + 1, TRUE

    def fill(self, left: Integers, right: Integers) -> None:
        """Put in the ANDs.

        Args:
            left: shape (ands,): the larger literal of variables that each is made of.
            right: shape (ands,): the smaller one.
        """
        for start in range(0, self._ands, _BLOCK):
            stop = min(start + _BLOCK, self._ands)
            for side, literals in enumerate((left, right)):
                block = literals[start:stop]
                self.pairs[start:stop, side] = (block ^ self.complemented[block >> 1]) - 2

    def circuit(self, input_names: Sequence[str], output_names: Sequence[str]) -> Circuit:
        """The circuit."""
        pairs, flip = self.pairs, self.complemented[1 + self._n_inputs :]
        constant = np.flatnonzero(pairs[:, 1] < 0)  # the smaller literal
        written = pairs[constant], flip[constant]
        literals = None
        if pairs.dtype == np.int32 and (self._n_inputs or (written[0] < 0).sum() == len(constant)):
            pairs[constant], flip[constant] = _without_constants(*written)
            literals = Literals(pairs, flip).frozen()

        def arrays() -> dict[str, Integers]:
            if not len(constant):
                return _arrays(pairs, flip)
            given = pairs.copy(), flip.copy()
            given[0][constant], given[1][constant] = written
            return _arrays(*given)

        circuit = Circuit.deferred(
            arrays,
            size=len(pairs),
            input_names=input_names,
            output_wire=self._output_wire,
            output_names=output_names,
        )
        circuit.remember(MEMO, lambda: literals)
        return circuit


def _arrays(pairs: Numbers, flip: Flips) -> dict[str, Integers]:
    """The arrays of the circuit."""
    size = len(pairs)
    end, operand, weight = (np.zeros(n, np.int64) for n in (size + 1, 2 * size, 2 * size))
    threshold = np.zeros(size, np.int64)
    terms = 0
    for start in range(0, size, _BLOCK):
        here = slice(start, start + _BLOCK)
        wires, weights, present, threshold[here] = _terms(pairs[here], flip[here])
        np.cumsum(np.add(*present.T, dtype=np.int64), out=(ends := end[1:][here]))
        ends += terms
        operand[terms : ends[-1]], weight[terms : ends[-1]] = wires[present], weights[present]
        terms = int(ends[-1])
    return {
        "form_start": end,
        "form_operand": operand if terms == 2 * size else operand[:terms].copy(),
        "form_weight": weight if terms == 2 * size else weight[:terms].copy(),
        "gate_form": np.arange(size),
        "gate_threshold": threshold,
        "gate_scope": np.zeros(size, np.int64),
    }


def _terms(pairs: Numbers, flip: Flips) -> tuple[Numbers, Numbers, npt.NDArray[np.bool_], Numbers]:
    """Operands and weights, two a gate, which of them there are, and thresholds.

    An operand that is a constant is none, and two equal ones are one.
    """
    pairs = pairs[:, ::-1]  # operands increase within a form
    wires, inverted = pairs >> 1, pairs & 1
    sign = 1 - 2 * flip.astype(pairs.dtype)
    weights = (1 - 2 * inverted) * sign[:, None]
    present = wires >= 0
    merged = present[:, 0] & (wires[:, 0] == wires[:, 1])
    weights[merged, 1] += weights[merged, 0]
    present[merged, 0] = False
    # NOT y is 1 - y, and the literal 1 is 1 - 0: each inversion lowers the threshold by one.
    threshold = 2 - inverted[:, 0] - inverted[:, 1]
    return wires, weights, present, threshold * sign + flip  # t > form iff -form >= 1 - t


def _without_constants(pairs: Numbers, flip: Flips) -> tuple[Numbers, Flips]:
    """Gates with a constant, which stands right, as `tcsim.literals` has them.

    x AND 1 is x AND x; x AND 0, like a constant, is the AND of a literal and its complement.
    """
    one, two = pairs.T
    plain = np.maximum(one, 0)
    value = (one < 0) & (one == TRUE) & (two == TRUE)
    opposed = (one < 0) | (two == FALSE)
    return np.stack((plain, plain ^ opposed), axis=1), flip ^ value
