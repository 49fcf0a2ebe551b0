"""SelectiveScan: a diagonal state-space layer whose inputs choose how fast each state decays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.monomials import check_factors
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from tcsim.networks.operations.table import Table
    from tcsim.typing import Integers


class SelectiveScan(Immutable):
    """``y[t,c] = sum_{s<=t} sum_j w_cj(delta[s+1,c] + ... + delta[t,c]) C[t,j] B[s,j] x[s,c]``.

    Mamba's recurrence in the logarithmic domain: the product of the decays ``exp(-a delta)`` from s
    to t is one table look-up ``w`` of a sum, so nothing is rounded but the table, once, and the
    whole scan takes two levels, fused one, for a sequence of any length. Rounded states make
    another function, serial in the sequence: `tcsim.networks.blocks.rounded_scans.rounded_scan`.

    Operands: delta (..., positions, channels), at least 0; B and C (..., positions, states); x like
    delta. All stand on wires, and 0 is in the range of B, C and x, so that each is a sum of wires
    and complemented wires without a constant.

    Args:
        cuts: int, shape (channels or 1, states, steps), at least 1, never decreasing along the last
            axis: a sum has passed as many steps as cuts that it reaches.
        table: int, shape (channels or 1, states, steps + 1): `w` after so many steps.
        times_delta: multiply the inputs by ``delta[s,c]`` as well, as Mamba's ``B delta x``.
        read: a table of x, such as SiLU, to read in its place; x is then in thermometer or one-hot
            code, and 0 among the table's values. It costs nothing.
        fused: one level in place of two: a comparison and the ANDs that read it are one gate,
            ``[cut (literals of C, B, x) - sum of delta > cut (their number - 1)]``, of larger
            fan-in and weights.

    Raises:
        NetworkError: a table that does not fit its cuts, or cuts that decrease.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import SelectiveScan
        >>> halves = SelectiveScan([[[1, 2, 3]]], [[[4, 2, 1, 0]]])
        >>> ones = np.ones((1, 3, 1), int)
        >>> halves(ones, ones, ones, ones).ravel().tolist()  # 4, then 4 + 2, then 4 + 2 + 1
        [4, 6, 7]
    """

    __slots__ = ("cuts", "fused", "read", "table", "times_delta")

    cuts: Integers
    table: Integers
    times_delta: bool
    read: Table | None
    fused: bool

    def __init__(
        self,
        cuts: object,
        table: object,
        *,
        times_delta: bool = False,
        read: Table | None = None,
        fused: bool = False,
    ) -> None:
        made = {"cuts": _three_axes(cuts, "cuts"), "table": _three_axes(table, "table")}
        self._set(**made, times_delta=bool(times_delta), read=read, fused=bool(fused))
        if read is not None and (read.rows.ndim != 1 or 0 not in read.rows):
            raise NetworkError("a scan reads x by one table for all channels, with a 0 in it")
        *places, steps = self.cuts.shape
        if self.table.shape != (*places, steps + 1) or 0 in self.cuts.shape:
            raise NetworkError(
                f"a table of {self.table.shape} does not fit cuts of {self.cuts.shape}: "
                "it has one entry more along the last axis"
            )
        if self.cuts.min() < 1 or (np.diff(self.cuts, axis=-1) < 0).any():
            raise NetworkError("cuts are at least 1 and never decrease along the last axis")

    @classmethod
    def exponential(
        cls,
        rates: object,
        one: int,
        *,
        times_delta: bool = False,
        read: Table | None = None,
        fused: bool = False,
    ) -> SelectiveScan:
        """``w(p) = one * exp(-rate * p)``, rounded half up, which takes `one` steps.

        Args:
            rates: decay of a state per unit of delta, positive, shape (channels or 1, states).
            one: the integer that stands for 1.
            times_delta: see the class.
            read: see the class.
            fused: see the class.

        Raises:
            NetworkError: rates that are not positive, or so small that the table has no end.
        """
        speed = np.asarray(rates, np.float64)
        if speed.ndim != 2 or not speed.size or not ((speed > 1e-9) & np.isfinite(speed)).all():
            raise NetworkError("rates are positive numbers of shape (channels or 1, states)")
        if not isinstance(one, int) or not 1 <= one <= 2**20:
            raise NetworkError(f"one is an integer in 1..2**20, not {one!r}")
        value = np.arange(one - 1, -1, -1)
        cuts = np.floor(np.log(one / (value + 0.5)) / speed[..., None]).astype(np.int64) + 1
        table = np.broadcast_to(np.arange(one, -1, -1), (*speed.shape, one + 1))
        return cls(cuts, table, times_delta=times_delta, read=read, fused=fused)

    @property
    def tail(self) -> bool:
        """Whether some state never decays to 0."""
        return bool(self.table[..., -1].any())

    def macs(self, result: Values, *operands: Values) -> int:  # noqa: ARG002 - the result says it
        """Multiply-accumulates of the recurrence: decay, input and output of every state."""
        return 3 * result.size * int(self.cuts.shape[-2])

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        delta, b, c, x = operands
        value = x if self.read is None else self.read(x)
        read = value * delta if self.times_delta else value
        length = delta.shape[-2]
        largest = [max(int(one.max(initial=0)), -int(one.min(initial=0))) for one in (b, c, read)]
        self._check(length, b.shape[-1], *largest)
        passed = np.cumsum(delta, axis=-2)
        result = np.empty(x.shape, np.int64)
        for t in range(length):
            between = passed[..., t : t + 1, :] - passed[..., : t + 1, :]
            step = (between[..., None, None] >= self.cuts).sum(axis=-1)
            table = np.broadcast_to(self.table, (*step.shape, self.table.shape[-1]))
            weight = np.take_along_axis(table, step[..., None], axis=-1)[..., 0]
            both = (c[..., t : t + 1, :] * b[..., : t + 1, :])[..., None, :]
            result[..., t, :] = (weight * both * read[..., : t + 1, :, None]).sum(axis=(-3, -1))
        return result

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: a bound."""
        delta, b, c, x = operands
        channels, states = self.cuts.shape[:-1]
        if len(x.shape) < 2 or delta.shape != x.shape or channels not in (1, x.shape[-1]):
            raise NetworkError(
                f"delta and x are (..., positions, {'channels' if channels == 1 else channels}), "
                f"not {delta.shape} and {x.shape}"
            )
        expected = (*x.shape[:-1], states)
        if b.shape != expected or c.shape != expected:
            raise NetworkError(f"B and C must be {expected}, not {b.shape} and {c.shape}")
        check_factors({"B": b, "C": c})
        if self.read is None:
            check_factors({"x": x})
        value = x if self.read is None else self.read.infer(x)
        if delta.code is None or delta.code.lo < 0:
            raise NetworkError("delta must stand on wires and be at least 0")
        if self.times_delta:
            check_factors({"delta": delta})
        largest = [max(one.largest, -one.least) for one in (b, c, value)]
        bound = self._check(x.shape[-2], states, *largest, delta.largest if self.times_delta else 1)
        return Values(x.shape, np.array(-bound), np.array(bound))

    def terms(self, values: Values) -> int:
        """About how many terms its sums of delta have; those of the result are its gates."""
        return values.size * values.shape[-2] ** 2 // 6

    def _check(self, length: int, states: int, *largest: int) -> int:
        bound = int(np.abs(self.table.astype(object)).max()) * length * states
        for factor in largest:
            bound *= factor
        if bound >= LIMIT:
            raise NetworkError(
                f"a sum of this scan could reach {bound:.3g}, beyond 2**62: use fewer bits"
            )
        return bound

    def __repr__(self) -> str:
        channels, states, steps = self.cuts.shape
        return f"<SelectiveScan: {channels} x {states} tables of {steps} steps>"


def _three_axes(values: object, what: str) -> Integers:
    try:
        array = np.array(values)
    except (ValueError, OverflowError) as error:
        raise NetworkError(f"{what} must be an array of integers: {error}") from None
    if array.ndim != 3 or array.dtype.kind not in "iu":
        raise NetworkError(
            f"{what} must be integers (channels, states, steps), not {array.dtype} {array.shape}"
        )
    if array.size and (array.max() >= LIMIT or array.min() <= -LIMIT):
        raise NetworkError(f"{what} hold {array.max()} or {array.min()}, beyond 2**62")
    exact: Integers = array.astype(np.int64)
    return exact
