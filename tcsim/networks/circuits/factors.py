"""Factors of products: a function of each integer of a tensor, and the ANDs of two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim import expressions
from tcsim.networks.tables.factors import linear_weights

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.expressions import LinearForm
    from tcsim.networks.circuits.tensor import Tensor
    from tcsim.networks.operations.table import Table


@dataclass(frozen=True)
class Factor:
    """``f(x) = constant + weights . word`` of every integer of a tensor.

    Attributes:
        constant: f without any wire.
        weights: what each wire adds.
        words: the wires, shape ``(*shape, wires)``.
        forms: f(x) as stored forms, shape ``(*shape,)``; None where nothing needs them.
    """

    constant: int
    weights: list[int]
    words: npt.NDArray[Any]
    forms: npt.NDArray[Any] | None

    def spread(self, shape: tuple[int, ...]) -> Factor:
        """Broadcast over a shape."""
        words = np.broadcast_to(self.words, (*shape, self.words.shape[-1]))
        forms = None if self.forms is None else np.broadcast_to(self.forms, shape)
        return Factor(self.constant, self.weights, words, forms)


def factors(x: Tensor, left: Table | None, y: Tensor, right: Table | None) -> tuple[Factor, Factor]:
    """Both factors of a product; the forms of one are needed where the other has a constant."""
    f, g = linear_weights(x.code, left), linear_weights(y.code, right)
    return (
        Factor(*f, x.words, linear_forms(x, left) if g[0] else None),
        Factor(*g, y.words, linear_forms(y, right) if f[0] else None),
    )


def linear_forms(x: Tensor, table: Table | None) -> npt.NDArray[Any]:
    """f(x) at every place, as stored forms."""
    if table is None:
        return x.forms
    constant, weights = linear_weights(x.code, table)
    forms = np.empty(x.shape, object)
    for place in x.places():
        forms[place] = x.builder.form(expressions.dot(weights, x.words[place].tolist()) + constant)
    return forms


def ands(f: Factor, i: tuple[int, ...], g: Factor, j: tuple[int, ...]) -> LinearForm:
    """``(f(x_i) - constant) (g(y_j) - constant)``: a gate for each pair of wires."""
    pairs = [
        a * b * (one & other)
        for a, one in zip(f.weights, f.words[i], strict=True)
        for b, other in zip(g.weights, g.words[j], strict=True)
    ]
    return expressions.sum(pairs)


def singles(f: Factor, i: tuple[int, ...], g: Factor, j: tuple[int, ...]) -> LinearForm:
    """``f(x_i) g(y_j)`` less the ANDs."""
    rest = expressions.sum([-f.constant * g.constant])
    if f.forms is not None:
        rest = rest + g.constant * f.forms[i]
    if g.forms is not None:
        rest = rest + f.constant * g.forms[j]
    return rest
