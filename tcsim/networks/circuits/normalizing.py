"""Normalizing: the gates that all norms have in common."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tcsim import expressions
from tcsim.networks.circuits.tensor import Tensor, digits, empty, thermometer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcsim.builder import Builder
    from tcsim.expressions import Expression, Signal
    from tcsim.networks.operations.normalization import Normalization
    from tcsim.networks.values import Values

    Ready = Callable[
        [Builder, "Tensor", list[tuple[int, ...]]], tuple[Sequence[Expression], Expression]
    ]
    """Of the places of a group: s(z) of each, and V."""


def build(operation: Normalization, name: str, values: Values, x: Tensor, prepare: Ready) -> Tensor:
    """A gate ``A s(z) - B V >= C`` a step, of what `prepare` makes of each group."""
    code = operation.code
    groups, m = operation.groups(values.shape)
    tables = operation.coefficients(m)
    entries = operation.entries(groups, m)
    result = Tensor(x.builder, f"{name}.value", values, words=empty((*values.shape, code.wires)))
    places = list(result.places())
    for start in range(0, len(places), m):
        group = places[start : start + m]
        signed, v = prepare(x.builder, x, group)
        for i, place in enumerate(group):
            entry = entries[start // m % groups, i]
            # What stands in both forms with opposite weights is an operand, of weight 0.
            own = 0 * x.forms[place]
            steps = [
                a * signed[i] - b * v + own >= c
                for a, b, c in zip(*(table[entry].tolist() for table in tables), strict=True)
            ]
            result.words[place] = digits(steps, code.wires) if code.kind == "binary" else steps
    return result


def plain(
    builder: Builder, x: Tensor, group: list[tuple[int, ...]]
) -> tuple[Sequence[Expression], Expression]:
    """Of values that are not centered."""
    signed = [builder.form(function_of(x, place, _signed_square)) for place in group]
    return signed, builder.form(
        expressions.sum([function_of(x, place, _square) for place in group])
    )


def centered(
    builder: Builder, x: Tensor, group: list[tuple[int, ...]]
) -> tuple[Sequence[Expression], Expression]:
    """Of values less their mean: thermometers of their sum and of m times each difference."""
    m, code = len(group), x.code
    total = builder.form(expressions.sum([x.forms[place] for place in group]))
    low, high = m * code.lo, m * code.hi
    steps = thermometer(total, range(low + 1, high + 1))
    square = _stairs([k * k for k in range(low, high + 1)], steps)
    squares = expressions.sum([function_of(x, place, _square) for place in group])
    v = builder.form(m * squares - square)
    reach = (m - 1) * code.steps
    signed = []
    for place in group:
        difference = builder.form(m * x.forms[place] - total)
        above = thermometer(difference, range(1 - reach, reach + 1))
        rows = [_signed_square(k) for k in range(-reach, reach + 1)]
        signed.append(builder.form(_stairs(rows, above)))
    return signed, v


def function_of(x: Tensor, place: tuple[int, ...], function: Callable[[int], int]) -> Expression:
    """A function of one value, linear in its wires."""
    code = x.code
    rows = [function(value) for value in range(code.lo, code.hi + 1)]
    word = x.words[place].tolist()
    return expressions.dot(rows, word) if code.kind == "one_hot" else _stairs(rows, word)


def _stairs(rows: Sequence[int], steps: Sequence[Signal]) -> Expression:
    rises = [after - before for before, after in pairwise(rows)]
    return expressions.dot(rises, steps) + rows[0]


def _square(value: int) -> int:
    return value * value


def _signed_square(value: int) -> int:
    return value * abs(value)
