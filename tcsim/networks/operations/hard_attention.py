"""HardAttention: the average of the values whose keys have the largest score. Four levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.networks.operations.softmax_attention import SoftmaxAttention
from tcsim.networks.tables.exp_table import ExpTable

if TYPE_CHECKING:
    from fractions import Fraction

    from tcsim.networks.codes import Code
    from tcsim.networks.tables.rounding import Rounding


class HardAttention(SoftmaxAttention):
    """Average-hard attention: `SoftmaxAttention` whose weights are 1 at the maximum, else 0.

    Its table has one step, so its circuit is that of softmax attention with E = 1.

    Args:
        code: as in `SoftmaxAttention`.
        rounding: as in `SoftmaxAttention`.
        causal: as in `SoftmaxAttention`.
        mask: as in `SoftmaxAttention`.
        scale: as in `SoftmaxAttention`.

    Raises:
        NetworkError: arguments out of range.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, HardAttention
        >>> k, v = np.array([[[[1], [2], [2]]]]), np.array([[[[9], [4], [7]]]])
        >>> HardAttention(Code(0, 9))(np.array([[[[3]]]]), k, v).tolist()  # (4 + 7) / 2
        [[[[5]]]]
    """

    __slots__ = ()

    def __init__(
        self,
        code: Code,
        *,
        rounding: Rounding = "floor",
        causal: bool = False,
        mask: object = None,
        scale: Fraction | int = 1,
    ) -> None:
        super().__init__(
            ExpTable([0], [1]), code, rounding=rounding, causal=causal, mask=mask, scale=scale
        )
