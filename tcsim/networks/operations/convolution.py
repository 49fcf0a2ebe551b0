"""Convolution: integer kernels over windows. As a circuit it is linear forms alone: no gate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.table import integer_table
from tcsim.networks.operations.windows import Windows
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcsim.typing import Integers


class Convolution(Immutable):
    """``y[o, p] = bias[o] + sum_{c, k} weights[o, c, k] x[c, p * stride + k * dilation - before]``.

    Channels first: values of shape ``(..., channels, *space)``. What lies outside is 0. No kernel
    is flipped, as usual in networks.

    Args:
        weights: integers, shape ``(outputs, channels / groups, *kernel)``.
        bias: integers, shape (outputs,); None for 0.
        strides: steps of the window, one number or one per axis of space.
        padding: places outside: one number, or one per axis, or (before, after) per axis.
        dilations: steps inside the window, one number or one per axis.
        groups: parts of the channels that are convolved apart; as many as channels: depthwise.

    Raises:
        NetworkError: shapes that do not fit, or values that reach 2**62 in sum.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Convolution
        >>> edges = Convolution([[[-1, 1]]], padding=[(1, 0)])
        >>> edges(np.array([[[0, 0, 3, 3]]])).tolist()
        [[[0, 0, 3, 0]]]
    """

    __slots__ = ("bias", "groups", "weights", "windows")

    weights: Integers
    bias: Integers
    windows: Windows
    groups: int

    def __init__(
        self,
        weights: object,
        bias: object = None,
        *,
        strides: int | Iterable[int] = 1,
        padding: int | Iterable[int | tuple[int, int]] = 0,
        dilations: int | Iterable[int] = 1,
        groups: int = 1,
    ) -> None:
        table = integer_table(weights, "weights of a convolution")
        if table.ndim < 3:
            raise NetworkError(f"weights are (outputs, channels, *kernel), not {table.shape}")
        offsets = integer_table([0] * len(table) if bias is None else bias, "biases")
        if offsets.shape != (len(table),):
            raise NetworkError(f"{len(table)} outputs, but biases of shape {offsets.shape}")
        if not isinstance(groups, int) or groups < 1 or len(table) % groups:
            raise NetworkError(f"{len(table)} outputs in {groups!r} groups")
        windows = Windows.of(table.shape[2:], strides, padding, dilations)
        self._set(weights=table, bias=offsets, windows=windows, groups=groups)
        self._check(1)

    @property
    def channels(self) -> int:
        """Channels that it reads."""
        return int(self.weights.shape[1]) * self.groups

    @property
    def weight_bits(self) -> int:
        """Least b such that every weight lies within +-(2**(b-1) - 1)."""
        return int(np.abs(self.weights).max()).bit_length() + 1

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        bound = self._check(max(int(x.max(initial=0)), -int(x.min(initial=0))))
        # Below 2**52 no sum leaves the 53 bits in which floating point is exact, and faster.
        kind = np.float64 if bound < 2.0**52 else np.int64
        found = self._apply(x.astype(kind), self.weights.astype(kind))
        return found.astype(np.int64) + self._bias()

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact where the values are independent."""
        (x,) = operands
        rank = self.windows.rank
        if len(x.shape) <= rank or x.shape[-rank - 1] != self.channels:
            raise NetworkError(
                f"a convolution of {self.channels} channels and {rank} axes behind them, "
                f"but the values are of shape {x.shape}"
            )
        self.windows.check(x.shape[-rank:])
        self._check(max(x.largest, -x.least))
        up, down = np.maximum(self.weights, 0), np.minimum(self.weights, 0)
        lo, hi = x.full()
        low = self._apply(lo, up) + self._apply(hi, down) + self._bias()
        high = self._apply(hi, up) + self._apply(lo, down) + self._bias()
        return Values(low.shape, low, high)

    def macs(self, result: Values, x: Values) -> int:  # noqa: ARG002 - the kernel says the rest
        """Multiply-accumulates: one per weight of a kernel and place, padding included."""
        return result.size * math.prod(self.weights.shape[1:])

    def terms(self, values: Values) -> int:
        """About how many terms its stored forms have, of forms that are stored."""
        return values.size * math.prod(self.weights.shape[1:])

    def _bias(self) -> Integers:
        return self.bias.reshape(-1, *(1,) * self.windows.rank)

    def _apply(self, x: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Arrays of shape ``(..., channels, *space)``, exact in their dtype."""
        rank, groups = self.windows.rank, self.groups
        patches = self.windows.of_padded(self.windows.padded(x, 0))  # (..., C, *places, *kernel)
        lead = x.shape[: x.ndim - rank - 1]
        places = patches.shape[len(lead) + 1 : len(lead) + 1 + rank]
        patches = patches.reshape(math.prod(lead), groups, -1, math.prod(places), self.windows.size)
        rows = np.moveaxis(patches, 3, 2).reshape(len(patches), groups, math.prod(places), -1)
        columns = weights.reshape(groups, len(weights) // groups, -1).swapaxes(1, 2)
        found = (rows @ columns).swapaxes(2, 3)  # (lead, groups, outputs / groups, places)
        made: np.ndarray = found.reshape(*lead, len(weights), *places)
        return made

    def _check(self, largest: int) -> float:
        axes = tuple(range(1, self.weights.ndim))
        sums = np.abs(self.weights.astype(np.float64)).sum(axis=axes) * float(largest)
        bound = float((sums + np.abs(self.bias.astype(np.float64))).max())
        if bound >= LIMIT:
            raise NetworkError(
                f"a sum of this convolution could reach {bound:.3g}, beyond 2**62: "
                "use fewer bits for weights or inputs"
            )
        return bound

    def __repr__(self) -> str:
        kernel = " x ".join(map(str, self.windows.kernel))
        return f"<Convolution: {self.channels} -> {len(self.weights)} channels, kernel {kernel}>"


def window_sums(
    channels: int,
    kernel: int | Iterable[int],
    *,
    strides: int | Iterable[int] = 1,
    padding: int | Iterable[int | tuple[int, int]] = 0,
) -> Convolution:
    """The sum over each window, channel by channel: average pooling before its division.

    `rescale` by one over the size of the window follows. Where padding is not to be counted, it is
    by one over the places inside, which are what this gives for ones:
    ``rescale(1, sums(np.ones((1, channels, *space), int))[0], ...)``.
    """
    sides = (kernel,) if isinstance(kernel, int) else tuple(kernel)
    ones = np.ones((channels, 1, *sides), np.int64)
    return Convolution(ones, strides=strides, padding=padding, groups=channels)
