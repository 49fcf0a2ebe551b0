"""Requantize: a gate a step; in binary code, a gate a digit on a second level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.costs.operands import Operands, Support
from tcsim.networks.costs.parts import Part

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.requantize import Requantize


def cost(
    operation: Requantize, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """Each step reads the form's wires."""
    steps = quantity("N", operation.code.steps, "steps of a value")
    part = Part(x.count * steps, x.all_wires * steps, x.most_wires, x.weight, x.level + 1, x.exact)
    return coded(operation.code.kind, steps, quantity, origin, [part], x.shape)


def coded(
    kind: str,
    steps: Formula,
    quantity: Quantities,
    origin: int,
    parts: list[Part],
    shape: tuple[Formula, ...],
) -> tuple[Operands, list[Part]]:
    """Values whose thermometers the last of some parts makes; in binary code, their digits too.

    Digit k of a number of N steps reads ``floor(N / 2^k)`` of them.
    """
    wires, weight = quantity.word(kind, steps)
    level = parts[-1].level
    count = Operands(shape, (), 1).count
    if kind == "binary":
        level = level + 1
        each = digit_edges(steps, wires, symbolic=quantity.symbolic)
        parts = [*parts, Part(count * wires, count * each, steps, 1, level)]
    made = Operands(shape, (Support(origin, wires),), weight, level, kind, steps)  # type: ignore[arg-type]
    return made, parts


def digit_edges(steps: Formula, bits: Formula, *, symbolic: bool) -> Formula:
    """Operands of all binary digits of one thermometer."""
    if not symbolic:
        return sum(steps >> k for k in range(bits))
    import sympy

    k = sympy.Symbol("k", integer=True)
    return sympy.Sum(sympy.floor(steps / 2**k), (k, 0, bits - 1))
