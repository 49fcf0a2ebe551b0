"""Indicators: no gate; each value stands on one wire."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tcsim.networks.costs.operands import Operands
from tcsim.networks.costs.uneven import Uneven

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.indicators import Indicators


def cost(
    operation: Indicators, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """The wires are those of the operand."""
    del operation, quantity, origin
    classes = len(x.shape) - 1
    supports = tuple(
        replace(one, wires=_one_each(one.wires, x.steps + 1), mixed=one.mixed - {classes})
        for one in x.supports
    )
    shape = (*x.shape[:-1], x.steps + 1)
    return Operands(shape, supports, 1, x.level, "thermometer", 1, x.exact), []


def _one_each(wires: Formula, word: Formula) -> Formula:
    """1 where there is a whole one-hot word, 0 where there is none of this origin."""
    if isinstance(wires, np.ndarray):
        return wires // word
    if isinstance(wires, Uneven):
        import sympy

        return wires * (1 / sympy.sympify(word))
    return 1 if wires != 0 else 0
