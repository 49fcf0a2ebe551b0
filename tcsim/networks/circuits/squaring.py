"""Squaring: norms of values in binary code, by way of the products of their digits.

A square is linear in the ANDs of two digits, but ``s(z) = z * |z|`` is not. With the sign of z as a
gate, ``A s(z) - B V >= C`` is one more gate: where B is above 0, it holds iff z has A's sign and
``|A| z^2 - B V >= C``; else iff z has it or ``-|A| z^2 - B V >= C``.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, digits, empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.builder import Builder
    from tcsim.expressions import Expression, LinearForm, Signal
    from tcsim.networks.operations.normalization import Normalization
    from tcsim.networks.values import Values

    Places = list[tuple[int, ...]]


def build(operation: Normalization, name: str, values: Values, x: Tensor) -> Tensor:
    """Group by group: products of digits and signs, then a gate a step."""
    code = operation.code
    groups, m = operation.groups(values.shape)
    tables = operation.coefficients(m)
    entries = operation.entries(groups, m)
    prepare = _Centered if operation.centered else _Plain
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    places = list(result.places())
    for start in range(0, len(places), m):
        group = places[start : start + m]
        ready = prepare(x, group)
        for i, place in enumerate(group):
            entry = entries[start // m % groups, i]
            rows = list(zip(*(table[entry].tolist() for table in tables), strict=True))
            sign = ready.sign(i, -1 if rows[0][0] < 0 else 1)
            steps: list[Signal] = [
                _step(abs(a), b, c, ready.square(i), ready.v, sign, ready.reach) for a, b, c in rows
            ]
            result.words[place] = digits(steps, code.wires) if code.kind == "binary" else steps
    return result


def _step(
    a: int, b: int, c: int, square: Expression, v: Expression, sign: Signal, reach: int
) -> Signal:
    """``a s(z) - b V >= c`` of a z of that sign, for a >= 0 and c of the sign of b."""
    if b > 0:
        weight = max(a * reach**2 - c + 1, 1)
        return a * square - b * v + weight * sign >= c + weight
    weight = max(c + a * reach**2, 0)
    return -a * square - b * v + weight * sign >= c


def _squared(
    constant: int,
    weights: Sequence[int],
    wires: Sequence[Signal],
    products: Mapping[tuple[int, int], Signal],
) -> LinearForm:
    """``(constant + weights . wires)^2``."""
    singles = [weight * (weight + 2 * constant) for weight in weights]
    pairs = [2 * weights[p] * weights[q] for p, q in products]
    return (
        expressions.dot(singles, wires)
        + expressions.dot(pairs, list(products.values()))
        + constant * constant
    )


class _Plain:
    """Of values that are not centered: products within each value."""

    def __init__(self, x: Tensor, group: Places) -> None:
        self.builder: Builder = x.builder
        self.low = x.code.lo
        self.reach = max(abs(x.code.lo), abs(x.code.hi))
        self.weights = x.code.weights.tolist()
        self.words = [x.words[place].tolist() for place in group]
        products = [_products(word) for word in self.words]
        self.squares = [
            self.builder.form(_squared(self.low, self.weights, word, made))
            for word, made in zip(self.words, products, strict=True)
        ]
        self.zeros = [
            0 * self.builder.form(expressions.sum([*word, *made.values()]))
            for word, made in zip(self.words, products, strict=True)
        ]
        self.v = self.builder.form(expressions.sum(self.squares))

    def square(self, i: int) -> Expression:
        """z^2; what stands in V with the opposite weight is an operand, of weight 0."""
        return self.squares[i] + self.zeros[i]

    def sign(self, i: int, factor: int) -> Signal:
        """Whether ``factor * z >= 0``."""
        return factor * (expressions.dot(self.weights, self.words[i]) + self.low) >= 0


class _Centered:
    """Of values less their mean: products of all digits of the group."""

    def __init__(self, x: Tensor, group: Places) -> None:
        builder, m = x.builder, len(group)
        weights = x.code.weights.tolist()
        self.reach = (m - 1) * x.code.steps
        self.wires: list[Signal] = [wire for place in group for wire in x.words[place].tolist()]
        products = _products(self.wires)
        owner = np.repeat(np.arange(m), len(weights))
        every = np.tile(np.array(weights, object), m)
        self.forms = [(m * (owner == i) * every - every).tolist() for i in range(m)]
        self.squares = [
            builder.form(_squared(0, form, self.wires, products)) for form in self.forms
        ]
        total = _squared(0, every.tolist(), self.wires, products)
        own = expressions.sum(
            [_squared(0, ((owner == i) * every).tolist(), self.wires, products) for i in range(m)]
        )
        self.v = builder.form(m * own - total)
        self.zero = 0 * builder.form(expressions.sum([*self.wires, *products.values()]))

    def square(self, i: int) -> Expression:
        """z^2; what stands in V with the opposite weight is an operand, of weight 0."""
        return self.squares[i] + self.zero

    def sign(self, i: int, factor: int) -> Signal:
        """Whether ``factor * z >= 0``."""
        return factor * expressions.dot(self.forms[i], self.wires) >= 0


def _products(wires: Sequence[Signal]) -> dict[tuple[int, int], Signal]:
    """The AND of each two of some wires."""
    return {(p, q): wires[p] & wires[q] for p, q in combinations(range(len(wires)), 2)}
