"""Circuits of gates with at most two operands, as ANDs of two literals.

Every threshold function of two variables is a constant, a literal, or an AND of two literals that
may be complemented. So a circuit of such gates needs no weights and thresholds to be evaluated:
two 32-bit literals a gate say it all, an eighth of the memory.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tcsim._accelerate import run

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

MOST_WIRES = 2**30
"""Literals of more wires are beyond int32."""

MEMO = "and_literals"
"""Where a circuit remembers its literals; who knows them beforehand puts them there."""


class Literals(NamedTuple):
    """Every gate as the AND of two literals, complemented where ``flip`` is 1.

    The literal of wire w is 2w, of its complement 2w + 1. A gate that is a literal is the AND of
    that literal and itself; a constant is the AND of some literal and its complement.

    Attributes:
        pairs: int32, shape (gates, 2).
        flip: uint8, shape (gates,).
    """

    pairs: npt.NDArray[np.int32]
    flip: npt.NDArray[np.uint8]

    def frozen(self) -> Literals:
        """The same, read-only."""
        self.pairs.flags.writeable = self.flip.flags.writeable = False
        return self


def and_literals(circuit: Circuit) -> Literals | None:
    """The gates of a circuit as ANDs of two literals; None where some gate is none.

    None also where a form uses a form, where a weight or threshold is huge, where wires are more
    than int32 literals can number, and where a constant has no input to be written with.

    Args:
        circuit: any circuit.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 2)
        >>> b.output("nor", ~(x[0] | x[1]))
        >>> and_literals(b.build()).pairs.tolist()
        [[1, 3]]
    """
    return circuit.remember(MEMO, lambda: _find(circuit))


def _find(circuit: Circuit) -> Literals | None:
    gates, terms = circuit.size, len(circuit.form_operand)
    if (
        terms > 2 * circuit.n_forms
        or circuit.n_inputs + gates > MOST_WIRES
        or circuit.big_weights
        or circuit.big_thresholds
    ):
        return None
    pairs, flip = np.empty(2 * gates, np.int32), np.empty(gates, np.uint8)
    known = run(
        _fill,
        2 * gates,
        circuit.n_inputs,
        circuit.form_start,
        circuit.form_operand,
        circuit.form_weight,
        circuit.gate_form,
        circuit.gate_threshold,
        _CODES,
        pairs,
        flip,
    )
    return Literals(pairs.reshape(gates, 2), flip).frozen() if known else None


def _codes() -> npt.NDArray[np.int64]:
    """How to write each truth table of two operands, a and b, as an AND of two literals.

    Bit i of a table is the value at a = i & 1, b = i >> 1. Bits of a code: the first literal is of
    b, is inverted; the same of the second literal; the AND is complemented.
    """
    codes = np.full(16, -1)
    for flip, first, i, second, j in product((0, 1), repeat=5):
        if first > second:
            continue
        table = 0
        for row in range(4):
            operands = row & 1, row >> 1
            table |= ((operands[first] ^ i) & (operands[second] ^ j) ^ flip) << row
        if codes[table] < 0:
            codes[table] = first | i << 1 | second << 2 | j << 3 | flip << 4
    codes.flags.writeable = False
    return codes


_CODES = _codes()


def _fill(
    n_inputs: int,
    start: Integers,
    operand: Integers,
    weight: Integers,
    gate_form: Integers,
    threshold: Integers,
    codes: Integers,
    pairs: npt.NDArray[np.int32],
    flip: npt.NDArray[np.uint8],
) -> bool:
    """Fill ``pairs`` and ``flip``; False at the first gate that cannot be written so."""
    bound = 1 << 61  # sums of two weights stay within int64
    for gate in range(len(gate_form)):
        form = gate_form[gate]
        first, operands = start[form], start[form + 1] - start[form]
        a = b = u = v = 0
        if operands > 2 or (operands == 0 and n_inputs == 0):
            return False
        if operands:
            a, u = operand[first], weight[first]
            b = a
        if operands == 2:
            b, v = operand[first + 1], weight[first + 1]
        if a < 0 or u < -bound or u > bound or v < -bound or v > bound:
            return False
        limit = threshold[gate]
        code = codes[(limit <= 0) | (u >= limit) << 1 | (v >= limit) << 2 | (u + v >= limit) << 3]
        pairs[2 * gate] = 2 * (b if code & 1 else a) + (code >> 1 & 1)
        pairs[2 * gate + 1] = 2 * (b if code & 4 else a) + (code >> 3 & 1)
        flip[gate] = code >> 4
    return True
