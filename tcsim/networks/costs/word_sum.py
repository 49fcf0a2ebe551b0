"""WordSum: the gates of each column, counted, times the places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.networks.codes import Code
from tcsim.networks.costs.operands import Formula, Operands, Support, largest, product
from tcsim.networks.costs.word_arithmetic import counted, made, steps_of
from tcsim.networks.words.functions import sum_template

if TYPE_CHECKING:
    from tcsim.networks.costs.parts import Part, Quantities
    from tcsim.networks.operations.word_sum import WordSum


def cost(
    operation: WordSum, quantity: Quantities, origin: int, x: Operands
) -> tuple[Operands, list[Part]]:
    """The weights are part of the function: formulas hold their numbers."""
    code = Code(x.least, x.least + steps_of(x, quantity), "binary")
    columns = [
        sum_template(weights, bias, operation.code, code) for weights, bias in operation.columns()
    ]
    rank = len(x.shape)
    features = operation.affine.weights.shape[0]
    arrivals, owners = _arrivals(x, features, code.wires)
    count = product(x.shape[:-1])
    apart = x.exact and x.apart(-1) and not any(rank - 1 in one.mixed for one in x.supports)
    apart = apart and len(x.supports) == 1
    parts: list[Part] = []
    results: list[Operands] = []
    for gates in columns:
        found, levels = counted(gates, arrivals, owners, count, exact=apart)
        parts.extend(found)
        results.append(made(operation.code, gates, (x,), levels, origin, quantity))
    levels = [one.level for one in results]
    # Columns may stand on different wires; of each origin, on no more than the most of one does.
    wires: dict[int, Formula] = {}
    for result in results:
        for one in result.supports:
            wires[one.origin] = largest(wires.get(one.origin, 0), one.wires)
    joined = replace(
        results[0],
        shape=(*x.shape[:-1], len(columns)),
        supports=tuple(Support(origin, most) for origin, most in wires.items()),
        level=_beside(levels, rank),
        exact=all(one.exact for one in results),
        ragged=any(one.ragged for one in results),
    )
    return joined, parts


def _arrivals(x: Operands, features: int, digits: int) -> tuple[list[Any], list[int]]:
    """The level of each digit of the last axis, and whose it is among those that differ."""
    if not isinstance(x.level, np.ndarray) or x.level.shape[-1] == 1:
        return [x.level] * (features * digits), [0] * (features * digits)
    each = [x.level[..., [feature]] for feature in range(features)]
    return [level for level in each for _ in range(digits)], np.repeat(
        range(features), digits
    ).tolist()


def _beside(levels: list[Any], rank: int) -> Any:  # noqa: ANN401
    """Levels of columns as one, or as an array along the last axis."""
    if all(not isinstance(level, np.ndarray) for level in levels):
        return (
            levels[0] if len(set(levels)) == 1 else np.array(levels).reshape(*(1,) * (rank - 1), -1)
        )
    full = [
        np.asarray(level).reshape(*(1,) * (rank - np.ndim(level)), *np.shape(level))
        for level in levels
    ]
    shape = np.broadcast_shapes(*(one.shape for one in full))
    return np.concatenate([np.broadcast_to(one, (*shape[:-1], 1)) for one in full], axis=-1)
