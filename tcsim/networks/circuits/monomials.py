"""Products of several coded integers: sums of ANDs of one literal of each."""

from __future__ import annotations

from itertools import pairwise, product
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

from tcsim.networks.circuits.tensor import Tensor, empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tcsim.expressions import Signal
    from tcsim.networks.codes import Code

Literals: TypeAlias = "list[tuple[int, Signal]]"
"""Weights and signals whose weighted sum is an integer."""


def literals(code: Code, word: Sequence[Signal], rows: Sequence[int] | None = None) -> Literals:
    """Weights and signals whose sum is the value, or a function of it, without a constant.

    A function that is 0 at z, as the value itself at 0, is a sum of its steps up from z, with
    ``[x >= k]``, less those down from z, with its complement. The digits of ``x - lo`` need no
    constant where those that `-lo` has are complemented, such as the sign of two's complement.

    Args:
        code: of the value.
        word: its wires.
        rows: what lo..hi are mapped to, of a thermometer or one-hot code; one of them is 0.
    """
    if code.kind == "binary":
        return [(-(2**k), ~bit) if -code.lo >> k & 1 else (2**k, bit) for k, bit in enumerate(word)]
    values = list(range(code.lo, code.hi + 1) if rows is None else rows)
    zero = values.index(0)
    if code.kind == "one_hot":
        return [(v, bit) for k, (v, bit) in enumerate(zip(values, word, strict=True)) if k != zero]
    steps = [after - before for before, after in pairwise(values)]
    return [
        (step, bit) if k >= zero else (-step, ~bit)
        for k, (step, bit) in enumerate(zip(steps, word, strict=True))
    ]


def literals_of(tensor: Tensor, rows: Sequence[int] | None = None) -> npt.NDArray[Any]:
    """The `literals` of every integer of a tensor, an object array of its shape."""
    made = empty(tensor.shape)
    for place in tensor.places():
        made[place] = literals(tensor.code, tensor.words[place].tolist(), rows)
    return made


def monomials(*factors: Literals) -> list[tuple[int, tuple[Signal, ...]]]:
    """The product of sums of literals, multiplied out: weights and the literals of each AND."""
    return [
        (prod(weight for weight, _ in chosen), tuple(signal for _, signal in chosen))
        for chosen in product(*factors)
    ]
