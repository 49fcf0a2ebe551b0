"""The word problem of S_k: the product of n permutations by a tree, of any arity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import ArgumentError
from tcsim.expressions import signal
from tcsim.library.construction import Construction
from tcsim.library.languages.tree import levels, tree
from tcsim.library.parameter import Parameter
from tcsim.library.wires import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.expressions import Signal
    from tcsim.typing import Bits


def multiply(matrices: Sequence[Iterable[Iterable[Signal]]], arity: int = 2) -> list[list[Signal]]:
    """The Boolean product of square 0/1 matrices, in 2 ceil(log_arity n) levels.

    The matrix of a permutation has a 1 at (p, q) if it takes p to q; the product takes the
    leftmost first.

    Args:
        matrices: at least one, each of k rows of k signals.
        arity: most matrices that are multiplied at once, at least 2.
    """
    tables = [table(matrix) for matrix in matrices]
    shapes = {(len(rows), len(rows[0])) for rows in tables}
    if len(shapes) != 1 or any(rows != columns for rows, columns in shapes):
        raise ArgumentError(
            "matrices must be one or more square matrices of the same size, not of "
            f"{' and '.join(f'{r} x {c}' for r, c in sorted(shapes)) or 'no'} entries"
        )
    k = len(tables[0])
    entries = [{(p, q): rows[p][q] for p in range(k) for q in range(k)} for rows in tables]
    result = tree(entries, k, arity, range(k), range(k))
    return [[signal(result[p, q], "product") for q in range(k)] for p in range(k)]


def _formulas(n: Any, k: Any, arity: Any, h: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Min, Mod, Piecewise, Sum, Symbol, ceiling, floor

    i = Symbol("i", integer=True)
    parts = ceiling(n / arity**i)
    rest = Mod(parts, arity)

    def products(cost: Any) -> Any:  # noqa: ANN401
        whole = floor(parts / arity) * cost(arity)
        return Sum(whole + Piecewise((0, rest < 2), (cost(rest), True)), (i, 0, h - 1))

    return {
        "depth": 2 * h,
        "size": products(lambda m: k ** (m + 1) + k**2),
        "edges": products(lambda m: (m + 1) * k ** (m + 1)),
        "max_weight": Min(h, 1),
    }


def _oracle(permutations: Bits, **_: int) -> Mapping[str, Any]:
    total = permutations[:, 0].astype(np.int64)
    for i in range(1, permutations.shape[1]):
        total = (total @ permutations[:, i] > 0).astype(np.int64)
    return {"product": total}


def _points() -> tuple[dict[str, int], ...]:
    small = [(n, 2, arity) for n in (1, 2, 3, 4) for arity in (2, 3)]
    large = [(7, 5, 2), (5, 5, 4), (23, 3, 2), (28, 3, 3), (10, 4, 3)]
    return tuple({"n": n, "k": k, "arity": arity} for n, k, arity in (*small, *large))


WORD_PROBLEM = Construction(
    name="word-problem",
    summary="The product of n permutations of k points, by a tree of matrix products",
    claim="NC1",
    source="Complete for NC1 at k = 5: Barrington 1989, Bounded-width polynomial-size branching "
    "programs recognize exactly those languages in NC1",
    parameters=(
        Parameter("n", "number of permutations"),
        Parameter("k", "number of points", default=5),
        Parameter("arity", "most matrices multiplied at once", least=2, default=2),
    ),
    inputs=lambda n, k, **_: {"permutations": (n, k, k)},
    build=lambda permutations, arity, **_: {"product": multiply(permutations, arity)},
    formulas=_formulas,
    oracle=_oracle,
    points=_points(),
    example={"n": 2, "k": 2},
    quantities=lambda n, k, arity: {"n": n, "k": k, "arity": arity, "h": levels(n, arity)},
    meanings={"h": "levels of the tree, the least h with arity^h >= n"},
)
