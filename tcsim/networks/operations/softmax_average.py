"""SoftmaxAverage: the second half of attention, behind scores that were made before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.softmax_attention import SoftmaxAttention
from tcsim.networks.values import Values

if TYPE_CHECKING:
    from fractions import Fraction

    from tcsim.networks.codes import Code
    from tcsim.networks.tables.exp_table import ExpTable
    from tcsim.networks.tables.rounding import Rounding
    from tcsim.typing import Integers

Maximum: TypeAlias = Literal["pairs", "or"]
"""How the largest score is found."""


class SoftmaxAverage(SoftmaxAttention):
    """``sum_j a_j v_j / sum_j a_j`` with ``a_j = table(max score - score_j)``, of given scores.

    Operands: scores (..., heads, n, m), linear forms or coded, and v (..., groups, m, outputs). So
    scores may be rounded first, which fewer comparisons can then tell apart: `MatrixProduct`,
    `Requantize` and this operation take five levels, or six through the maximum.

    Args:
        table: as in `SoftmaxAttention`.
        code: as in `SoftmaxAttention`.
        rounding: as in `SoftmaxAttention`.
        scale: as in `SoftmaxAttention`.
        maximum: ``"pairs"`` compares each score with all others: three levels, n m (m - 1) E
            comparisons. ``"or"`` makes the thermometer of the maximum from those of the scores:
            four levels, n (R + m E) gates for scores of R steps.
        fused: with ``"or"``, one gate for a comparison and a wire of v: three levels.

    Raises:
        NetworkError: as in `SoftmaxAttention`, or an unknown way to the maximum.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, ExpTable, SoftmaxAverage
        >>> average = SoftmaxAverage(ExpTable([0, 1], [3, 1]), Code(0, 7))
        >>> average(np.array([[[[1, 2]]]]), np.array([[[[0], [7]]]])).ravel().tolist()
        [5]
    """

    __slots__ = ("fused", "maximum")

    maximum: Maximum
    fused: bool

    def __init__(
        self,
        table: ExpTable,
        code: Code,
        *,
        rounding: Rounding = "floor",
        scale: Fraction | int = 1,
        maximum: Maximum = "pairs",
        fused: bool = False,
    ) -> None:
        super().__init__(table, code, rounding=rounding, scale=scale)
        if maximum not in ("pairs", "or"):
            raise NetworkError(f"the maximum is found by pairs or by or, not {maximum!r}")
        self._set(maximum=maximum, fused=bool(fused))

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        scores, v = operands
        return self.averaged(scores, np.ones(scores.shape[1:], bool), v)

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: all of the code."""
        scores, v = operands
        if v.code is None:
            raise NetworkError("v is a linear form without wires: put Requantize in front")
        if len(scores.shape) < 3 or len(v.shape) < 3:
            raise NetworkError(
                f"scores {scores.shape} and v {v.shape} are (..., heads, n, m) and "
                "(..., groups, m, outputs)"
            )
        if (
            scores.shape[:-3] != v.shape[:-3]
            or scores.shape[-1] != v.shape[-2]
            or scores.shape[-3] % v.shape[-3]
        ):
            raise NetworkError(
                f"scores {scores.shape} and v {v.shape} do not fit: (..., heads, n, m) and "
                "(..., groups, m, outputs), heads a multiple of groups"
            )
        if scores.shape[-1] < 2:
            raise NetworkError("an average is over at least two keys")
        if self.maximum == "or" and (scores.code is None or scores.code.kind != "thermometer"):
            raise NetworkError(
                "the maximum by or is of scores in thermometer code: put "
                f"{'Requantize' if scores.code is None else 'Recode'} in front"
            )
        self.check_size(v, scores.shape[-1])
        return Values.coded((*scores.shape[:-1], v.shape[-1]), self.code)
