"""GroupNorm and InstanceNorm: layer norms over groups of channels. Two levels."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.operations.normalization import Normalization

if TYPE_CHECKING:
    from fractions import Fraction

    from tcsim.networks.codes import Code
    from tcsim.networks.tables.rounding import Rounding
    from tcsim.typing import Integers


class GroupNorm(Normalization):
    """`LayerNorm` over each group of channels and all of their positions.

    Values have shape ``(..., channels, *positions)``. As many groups as channels make an instance
    norm.

    Args:
        groups: how many groups the channels are cut into.
        code: as in `Normalization`.
        gamma: a factor for each channel, or one for all.
        beta: an offset for each channel, or one for all.
        eps: as in `Normalization`.
        positions: how many axes are behind the channels', such as 2 of an image.
        rounding: as in `Normalization`.

    Raises:
        NetworkError: as in `Normalization`, or groups or positions out of range.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, GroupNorm
        >>> norm = GroupNorm(2, Code(-4, 4), gamma=2, eps=0.01, positions=1)
        >>> norm(np.array([[[3, 1], [7, 7]]])).tolist()
        [[[2, -2], [0, 0]]]
    """

    __slots__ = ("channel_groups", "positions")

    channel_groups: int
    positions: int

    centered = True

    def __init__(
        self,
        groups: int,
        code: Code,
        gamma: object = 1,
        beta: object = 0,
        *,
        eps: Fraction | float,
        positions: int = 2,
        rounding: Rounding = "half_up",
    ) -> None:
        super().__init__(code, gamma, beta, eps=eps, rounding=rounding)
        if not isinstance(groups, int) or groups < 1:
            raise NetworkError(f"groups are an integer of at least 1, not {groups!r}")
        if not isinstance(positions, int) or positions < 0:
            raise NetworkError(f"positions are a number of axes, not {positions!r}")
        self._set(channel_groups=groups, positions=positions)

    def groups(self, shape: tuple[Any, ...]) -> tuple[Any, Any]:
        """See `Normalization`."""
        inner = prod(shape[len(shape) - self.positions - 1 :])
        size = (
            inner // self.channel_groups if isinstance(inner, int) else inner / self.channel_groups
        )
        return self.channel_groups, size

    def entries(self, groups: int, size: int) -> Integers:
        """See `Normalization`."""
        if len(self.gamma) == 1:
            return np.zeros((groups, size), np.int64)
        per_channel = groups * size // len(self.gamma)
        return (np.arange(groups * size) // per_channel).reshape(groups, size)

    def _check_shape(self, shape: tuple[int, ...]) -> None:
        if len(shape) <= self.positions:
            raise NetworkError(
                f"shape {shape} has no channels in front of {self.positions} axes of positions"
            )
        channels = shape[len(shape) - self.positions - 1]
        if channels % self.channel_groups or len(self.gamma) not in (1, channels):
            raise NetworkError(
                f"{self.channel_groups} groups and {len(self.gamma)} entries of gamma and beta do "
                f"not fit {channels} channels"
            )

    def __repr__(self) -> str:
        code = self.code
        return f"<GroupNorm: {self.channel_groups} groups, to {code.lo}..{code.hi}, {code.kind}>"
