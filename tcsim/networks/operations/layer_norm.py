"""LayerNorm: values less their mean over their standard deviation, rounded once. Two levels."""

from __future__ import annotations

from tcsim.networks.operations.normalization import Normalization


class LayerNorm(Normalization):
    """``gamma_i (x_i - mean) / sqrt(variance + eps) + beta_i`` along the last axis.

    The first level makes thermometers of the sum and of each value less the mean, the second a gate
    a step; see `Normalization`.

    Args:
        code: as in `Normalization`.
        gamma: as in `Normalization`.
        beta: as in `Normalization`.
        eps: as in `Normalization`.
        rounding: as in `Normalization`.

    Raises:
        NetworkError: as in `Normalization`.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, LayerNorm
        >>> LayerNorm(Code(-4, 4), gamma=2, eps=0.01)(np.array([[3, 1, 2]])).tolist()
        [[2, -2, 0]]
    """

    __slots__ = ()

    centered = True
