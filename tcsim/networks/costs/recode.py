"""Recode: a gate a wire of the new code, one level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands, Support, half
from tcsim.networks.costs.parts import Part
from tcsim.networks.costs.requantize import digit_edges

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.recode import Recode


def cost(
    operation: Recode, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Each step, digit or value is a gate; N steps stand for N + 1 values."""
    old, new, steps = x.kind, operation.code.kind, x.steps
    if old == new:
        return x, []
    wires, weight = quantity.word(new, steps)
    gate_weight: Formula = 1
    if old == "thermometer" and new == "binary":
        edges, fan_in = digit_edges(steps, wires, symbolic=quantity.symbolic), steps
    elif old == "thermometer":
        edges, fan_in = 2 * steps, (1 if operation.code.steps == 1 else 2)
    elif new == "binary":
        edges = ones_in_digits(steps, wires, symbolic=quantity.symbolic)
        fan_in = halved(steps + 1)  # the lowest digit is 1 most often
    elif old == "one_hot":
        edges, fan_in = half(steps * (steps + 1)), steps
    else:
        bits, digit = quantity.word("binary", steps)
        edges, fan_in = wires * bits, bits
        gate_weight = digit if new == "thermometer" else 1
    exact = x.exact and bool(x.supports)  # constants are no operands
    part = Part(x.count * wires, x.count * edges, fan_in, gate_weight, x.level + 1, exact)
    made = Operands(x.shape, (Support(origin, wires),), weight, x.level + 1, new, steps)
    return made, [part]


def ones_in_digits(steps: Formula, bits: Formula, *, symbolic: bool) -> Formula:
    """How many digits are 1 in the binary words of 0, 1, ..., steps."""
    count = steps + 1
    if not symbolic:
        return sum((count >> k + 1 << k) + max(0, count % 2 ** (k + 1) - 2**k) for k in range(bits))
    import sympy

    k = sympy.Symbol("k", integer=True)
    whole, rest = sympy.floor(count / 2 ** (k + 1)), sympy.Mod(count, 2 ** (k + 1))
    return sympy.Sum(whole * 2**k + sympy.Max(0, rest - 2**k), (k, 0, bits - 1))


def halved(amount: Formula) -> Formula:
    """Half of a number, rounded down."""
    if isinstance(amount, int):
        return amount // 2
    import sympy

    return sympy.floor(amount / 2)
