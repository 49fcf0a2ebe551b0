"""Recode: a gate a wire of the new code."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, digits, empty, thermometer

if TYPE_CHECKING:
    from tcsim.expressions import Signal
    from tcsim.networks.operations.recode import Recode
    from tcsim.networks.values import Values


def build(operation: Recode, name: str, values: Values, x: Tensor) -> Tensor:
    """No gate where the code is the same already."""
    code, old = operation.code, x.code
    if code.kind == old.kind:
        return Tensor(x.builder, f"{name}.value", values, forms=x.forms, words=x.words)
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    for place in result.places():
        word = x.words[place].tolist()
        if old.kind == "thermometer":
            made = digits(word, code.wires) if code.kind == "binary" else hot(word)
        elif old.kind == "one_hot":
            choices = [
                [bit for value, bit in enumerate(word) if (value >> k & 1 if digit else value > k)]
                for digit in (code.kind == "binary",)
                for k in range(code.wires)
            ]
            made = [expressions.any(choice) for choice in choices]
        elif code.kind == "thermometer":
            made = thermometer(x.forms[place], range(code.lo + 1, code.hi + 1))
        else:
            made = minterms(word, code.wires)
        result.words[place] = made
    return result


def hot(steps: list[Signal]) -> list[Signal]:
    """``[x = k]`` of a thermometer: its step k is on and the next is off."""
    between = [low & ~high for low, high in itertools.pairwise(steps)]
    return [expressions.all([~steps[0]]), *between, expressions.all([steps[-1]])]


def minterms(word: list[Signal], count: int) -> list[Signal]:
    """``[x = 0], [x = 1], ...`` of a binary word."""
    return [
        expressions.all([bit if value >> k & 1 else ~bit for k, bit in enumerate(word)])
        for value in range(count)
    ]
