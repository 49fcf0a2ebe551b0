"""How many keys the queries of an attention see: sums over all queries, as formulas or numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.costs.operands import half, product
from tcsim.networks.costs.parts import put_in

if TYPE_CHECKING:
    from tcsim.networks.costs.operands import Formula
    from tcsim.networks.costs.parts import Quantities
    from tcsim.networks.operations.softmax_attention import SoftmaxAttention


@dataclass(frozen=True)
class Visible:
    """Of all queries of all heads.

    Attributes:
        queries: how many there are.
        pairs: keys that they see, in sum.
        squares: the sum of the squares of how many each sees.
        single: queries that see one key alone.
        most: keys that a query sees at most.
    """

    queries: Formula
    pairs: Formula
    squares: Formula
    single: Formula
    most: Formula


def visible(
    operation: SoftmaxAttention, quantity: Quantities, shape: tuple[Formula, ...], keys: Formula
) -> Visible:
    """Of queries of shape (..., heads, n). An axis without a number stands for at least 2."""
    *rest, n = shape
    heads = product(rest)
    if operation.mask is not None:
        return _counted(operation, quantity, shape, keys)
    if not operation.causal:
        each = heads * n
        single = each if number_of(quantity, keys) == 1 else 0
        return Visible(each, each * keys, each * keys * keys, single, keys)
    gap = keys - n
    pairs = half(n * (n + 1)) + n * gap
    squares = half(_third(n * (n + 1) * (2 * n + 1))) + gap * n * (n + 1) + n * gap * gap
    first = heads if number_of(quantity, gap) == 0 else 0
    return Visible(heads * n, heads * pairs, heads * squares, first, keys)


def _counted(
    operation: SoftmaxAttention, quantity: Quantities, shape: tuple[Formula, ...], keys: Formula
) -> Visible:
    """A mask is of one shape: these sums are numbers of their own."""
    numbers = [number_of(quantity, axis) for axis in (*shape, keys)]
    if any(not isinstance(one, int | np.integer) and not one.is_number for one in numbers):
        raise NetworkError("a mask is of one shape: give the named axes of the inputs numbers")
    *rest, n, m = (int(one) for one in numbers)
    counts = operation.visible(tuple(rest), n, m).sum(axis=-1).astype(object)
    return Visible(
        product(shape),
        quantity("P", int(counts.sum()), "pairs of a query and a key that it sees"),
        quantity(
            "Q", int((counts * counts).sum()), "squares of the keys that a query sees, in sum"
        ),
        int((counts == 1).sum()),
        quantity("K", int(counts.max()), "most keys that a query sees"),
    )


def number_of(quantity: Quantities, formula: Formula) -> Formula:
    """The number of a formula in this network; an axis without one stays in it."""
    if isinstance(formula, int | np.integer) or not quantity.symbolic:
        return formula
    return put_in(formula, quantity)


def _third(amount: Formula) -> Formula:
    return amount // 3 if isinstance(amount, int) else amount / 3
