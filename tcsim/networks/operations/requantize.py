"""Requantize: a function of one integer that never decreases, such as a rounded activation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.operation import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.networks.codes import Code
    from tcsim.networks.cost import Cost, Operands, Quantities
    from tcsim.typing import Integers

_PROBES = 4096
"""Values per feature at which a function is compared with its cuts."""


class Requantize(Immutable):
    """``code.lo +`` how many of a feature's cuts its value has reached.

    The cuts say all: each is the least integer at which the output is one higher. Activations,
    scales and rounding went into them, once, when they were found (`from_function`).

    Args:
        cuts: int64, shape (features, code.steps), never decreasing along a row. A cut above what
            the value can be is never reached, one at or below its least is always.
        code: the output's range, and how it stands on wires: thermometer or binary.
        activation: what the function is called; for people.

    Raises:
        NetworkError: cuts that decrease or do not fit the code.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, Requantize
        >>> relu = Requantize(np.array([[1, 4, 8]]), Code(0, 3), "relu")
        >>> relu(np.array([[-5], [3], [4], [90]])).ravel().tolist()
        [0, 1, 2, 3]
    """

    __slots__ = ("activation", "code", "cuts")

    cuts: Integers
    code: Code
    activation: str

    def __init__(self, cuts: object, code: Code, activation: str = "") -> None:
        table = np.asarray(cuts)
        if table.ndim != 2 or not len(table) or table.dtype.kind not in "iu":
            raise NetworkError(
                f"cuts must be integers (features, steps), not {table.dtype} {table.shape}"
            )
        if table.shape[1] != code.steps:
            raise NetworkError(
                f"{table.shape[1]} cuts per feature for the {code.steps} steps of {code}"
            )
        if code.kind == "one_hot":
            raise NetworkError("a requantized value is in thermometer or binary code")
        if int(table.max()) > LIMIT or int(table.min()) < -LIMIT:
            raise NetworkError(f"cuts hold {table.max()} or {table.min()}, beyond 2**62")
        self._set(cuts=table.astype(np.int64), code=code, activation=activation)
        falls = np.diff(self.cuts, axis=1) < 0
        if falls.any():
            feature, step = (int(i) for i in np.argwhere(falls)[0])
            raise NetworkError(
                f"cuts[{feature}] decrease, from {self.cuts[feature, step]} "
                f"to {self.cuts[feature, step + 1]}"
            )

    @classmethod
    def from_function(
        cls,
        function: Callable[[Integers], Integers],
        lo: Integers,
        hi: Integers,
        code: Code,
        activation: str = "",
    ) -> Requantize:
        """The cuts of a function that never decreases, by bisection on the function itself.

        Whatever the function rounds or scales by, in whatever precision, the cuts reproduce
        exactly; half-way cases need no care.

        Args:
            function: maps int64, shape (features, k), to integers in `code` of that shape; row j
                are values of feature j.
            lo: least value of each feature, int64, shape (features,).
            hi: largest value of each feature, likewise.
            code: the output's range, and how it stands on wires.
            activation: what the function is called; for people.

        Raises:
            NetworkError: the function leaves the code's range, or decreases between the values at
                which it is looked at (all values, where there are at most 4096 of them).
        """
        target = code.lo + 1 + np.arange(code.steps)
        shape = (len(lo), code.steps)
        first, last = lo[:, None], hi[:, None]
        # Invariant: the target is reached at `above` and not at `below`, which start just outside.
        below = np.broadcast_to(first - 1, shape)
        above = np.broadcast_to(last + 1, shape)
        while (above - below > 1).any():
            middle = (below + above) // 2
            reached = _evaluate(function, np.clip(middle, first, last), code) >= target
            undecided = above - below > 1
            above = np.where(undecided & reached, middle, above)
            below = np.where(undecided & ~reached, middle, below)
        made = cls(above, code, activation)
        _compare(function, made, lo, hi)
        return made

    def with_code(self, code: Code) -> Requantize:
        """The same function with another code of the same range."""
        return Requantize(self.cuts, code, self.activation)

    def __call__(self, x: Integers) -> Integers:
        """See `Operation`."""
        counts = [
            np.searchsorted(cuts, values, side="right")
            for cuts, values in zip(self.cuts, x.T, strict=True)
        ]
        return self.code.lo + np.stack(counts, axis=1).astype(np.int64, copy=False)

    def range(self, lo: Integers, hi: Integers) -> tuple[Integers, Integers]:
        """See `Operation`; exact, because the function never decreases."""
        if len(lo) != len(self.cuts):
            raise NetworkError(f"cuts for {len(self.cuts)} features, but there are {len(lo)}")
        ends = self(np.stack((lo, hi)))
        return ends[0], ends[1]

    def cost(self, operands: Operands, symbols: Quantities) -> tuple[Operands, Cost | None]:
        """See `Operation`: a gate a step; in binary code, a gate a digit on a second level.

        Digit k of a number v is ``[v >= 2^k] - [v >= 2*2^k] + [v >= 3*2^k] - ...``.
        """
        from tcsim.networks.cost import Cost, Operands, largest, word

        steps = symbols("N", self.code.steps, "steps of a value")
        wires, weight = word(self.code.kind, steps, symbols)
        gates = operands.features * steps
        levels, edges, fan_in = [gates], gates * operands.wires, operands.wires
        if self.code.kind == "binary":
            import sympy

            k = sympy.Symbol("k", integer=True)
            levels.append(operands.features * wires)
            edges += operands.features * sympy.Sum(sympy.floor(steps / 2**k), (k, 0, wires - 1))
            fan_in = largest(fan_in, steps)
        made = Cost(tuple(levels), edges, fan_in, largest(operands.weight, 1))
        return Operands(operands.features, wires, 2 * wires, weight), made

    def __repr__(self) -> str:
        name = f" {self.activation}" if self.activation else ""
        code = self.code
        return f"<Requantize{name}: {len(self.cuts)} to {code.lo}..{code.hi}, {code.kind}>"


def _evaluate(function: Callable[[Integers], Integers], x: Integers, code: Code) -> Integers:
    found = np.asarray(function(x))
    if found.shape != x.shape:
        raise NetworkError(f"the function maps shape {x.shape} to {found.shape}")
    wrong = ~((found >= code.lo) & (found <= code.hi) & (found == np.rint(found)))
    if wrong.any():
        feature, place = (int(i) for i in np.argwhere(wrong)[0])
        raise NetworkError(
            f"the function of feature {feature} gives {found[feature, place]} at "
            f"{x[feature, place]}, not an integer in {code.lo}..{code.hi}"
        )
    return found.astype(np.int64)


def _compare(
    function: Callable[[Integers], Integers], made: Requantize, lo: Integers, hi: Integers
) -> None:
    """Look for a decrease: there the function differs from what its cuts say."""
    count = min(int((hi - lo).max()) + 1, _PROBES)
    share = np.linspace(0.0, 1.0, count)
    even = lo[:, None] + np.rint((hi - lo)[:, None] * share).astype(np.int64)
    inner = np.clip(made.cuts, lo[:, None], hi[:, None])
    probes = np.concatenate((np.minimum(even, hi[:, None]), inner), axis=1)
    differs = _evaluate(function, probes, made.code) != made(probes.T).T
    if differs.any():
        feature, place = (int(i) for i in np.argwhere(differs)[0])
        raise NetworkError(
            f"the function of feature {feature} decreases near {probes[feature, place]}: "
            "only functions that never decrease have cuts; a falling one takes negated weights"
        )
