"""On which levels the gates of an attention stand, and how many places have them there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tcsim.networks.costs.operands import uniform

if TYPE_CHECKING:
    import numpy.typing as npt

    from tcsim.networks.costs.operands import Formula, Operands
    from tcsim.networks.costs.visible import Visible

Shares: TypeAlias = "dict[int, Formula]"
"""{level: how many places have their gates there}."""


@dataclass(frozen=True)
class AttentionLevels:
    """Where each kind of gates stands.

    Attributes:
        products: places are pairs of a query and a key that it sees, and features.
        comparisons: ordered pairs of two keys that a query sees.
        alone: pairs of a query and a key; queries with one key have none.
        together: such pairs and outputs.
        copies: queries with one key, and outputs.
        outputs: queries and outputs.
        made: level of each output before it is coded in binary, a number or an array.
    """

    products: Shares
    comparisons: Shares
    alone: Shares
    together: Shares
    copies: Shares
    outputs: Shares
    made: Any


def even_levels(
    seen: Visible, q: Operands, k: Operands, v: Operands, singles: npt.NDArray[np.bool_]
) -> AttentionLevels:
    """Where q, k and v each arrive on one level.

    Args:
        seen: sums over all queries.
        q: the queries.
        k: the keys.
        v: the values.
        singles: of each query, whether it sees one key alone; in formulas, whether each does.
    """
    score = max(q.level, k.level) + 1
    pairs = seen.pairs - seen.single
    together = max(score + 1, v.level) + 1
    made = uniform(np.where(singles, v.level + 2, together + 1)[..., None])
    outputs = v.shape[-1]
    return AttentionLevels(
        {score: seen.pairs * q.shape[-1]},
        {score + 1: seen.squares - seen.pairs},
        {score + 2: pairs},
        {together: pairs * outputs},
        {v.level + 1: seen.single * outputs},
        _merged(
            {together + 1: (seen.queries - seen.single) * outputs},
            v.level + 2,
            seen.single * outputs,
        ),
        made,
    )


def uneven_levels(
    shown: npt.NDArray[np.bool_], q: Operands, k: Operands, v: Operands
) -> AttentionLevels:
    """Where their levels differ from place to place.

    Args:
        shown: which query sees which key, shape (..., heads, n, m).
        q: the queries.
        k: the keys.
        v: the values.
    """
    share = q.shape[-3] // k.shape[-3]
    queries = _full(q)[..., :, None, :]
    keys = np.repeat(_full(k), share, axis=-3)[..., None, :, :]
    values = np.repeat(_full(v), share, axis=-3)[..., None, :, :]
    counts = shown.sum(axis=-1)
    several = shown & (counts > 1)[..., None]
    products = np.maximum(queries, keys) + 1
    scores = products.max(axis=-1)
    last = np.where(shown, scores, 0).max(axis=-1)  # of the scores of a query
    together = np.maximum((last + 1)[..., None, None], values) + 1
    singles = (shown & (counts == 1)[..., None])[..., None]
    made = np.where(several[..., None], together, np.where(singles, values + 1, 0)).max(axis=-2) + 1
    return AttentionLevels(
        _histogram(products, shown[..., None]),
        _comparisons(np.where(several, scores, 0)),
        _histogram((last + 2)[..., None], several),
        _histogram(together, several[..., None]),
        _histogram(values + 1, singles),
        _histogram(made, np.ones(made.shape, bool)),
        uniform(made),
    )


def joined(ready: Any, v: Operands, shape: tuple[Formula, ...], share: int = 1) -> tuple[Any, Any]:  # noqa: ANN401
    """Levels of gates that read a key's weight and its value, and the latest over all keys.

    Args:
        ready: level of the wires that a weight reads: a number, or an array (..., n, 1).
        v: the values, (..., m, outputs).
        shape: of the scores, (..., n, m).
        share: how many neighboring heads read one group of values.
    """
    if not isinstance(ready, np.ndarray) and not isinstance(v.level, np.ndarray):
        level = max(ready, v.level) + 1
        return level, level
    values = _full(v)
    if share > 1:
        values = np.repeat(values, share, axis=-3)
    before = ready[..., None] if isinstance(ready, np.ndarray) else ready
    levels = np.maximum(before, values[..., None, :, :]) + 1
    levels = np.broadcast_to(levels, (*shape, v.shape[-1]))
    return levels, levels.max(axis=-2)


def _full(x: Operands) -> npt.NDArray[Any]:
    full: npt.NDArray[Any] = np.broadcast_to(np.asarray(x.level), x.shape)
    return full


def _histogram(levels: npt.NDArray[Any], there: npt.NDArray[np.bool_]) -> Shares:
    levels, there = np.broadcast_arrays(levels, there)
    found, counts = np.unique(levels[there], return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _comparisons(scores: npt.NDArray[Any]) -> Shares:
    """Ordered pairs of a query's scores by the later of the two; 0 marks a key that is not seen."""
    shares: Shares = {}
    before = 0
    for level in np.unique(scores[scores > 0]).tolist():
        up_to = ((scores > 0) & (scores <= level)).sum(axis=-1)
        pairs = int((up_to * (up_to - 1)).sum())
        shares[level + 1] = pairs - before
        before = pairs
    return shares


def _merged(shares: Shares, level: int, count: Formula) -> Shares:
    return {**shares, level: shares.get(level, 0) + count}
