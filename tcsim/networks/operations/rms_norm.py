"""RMSNorm: values over the root of their mean square, rounded once. One level."""

from __future__ import annotations

from tcsim.networks.operations.normalization import Normalization


class RMSNorm(Normalization):
    """``gamma_i x_i / sqrt(mean x^2 + eps) + beta_i`` along the last axis; see `Normalization`.

    A gate a step: ``A s(x_i) - B sum x^2 >= C``, linear in the thermometers of x.

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
        >>> from tcsim.networks import Code, RMSNorm
        >>> RMSNorm(Code(-4, 4), gamma=3, eps=0.01)(np.array([[3, -4]])).tolist()  # over 3.54
        [[3, -3]]
    """

    __slots__ = ()

    centered = False
