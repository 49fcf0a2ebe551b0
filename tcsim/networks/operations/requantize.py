"""Requantize: a function of one integer that never decreases, such as a rounded activation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.codes import Code
from tcsim.networks.immutable import Immutable
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.typing import Integers

_PROBES = 4096
"""Values per feature at which a function is compared with its cuts."""


class Requantize(Immutable):
    """``code.lo +`` how many of a feature's cuts its value has reached.

    The cuts say all: each is the least integer at which the output is one higher. Activations,
    scales and rounding went into them, once, when they were found (`from_function`).

    Args:
        cuts: int64, shape ``(*features, code.steps)``, never decreasing along the last axis; the
            others broadcast against the last axes of the values. A cut above what the value can be
            is never reached, one at or below its least is always.
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
        if table.ndim < 2 or not table.size or table.dtype.kind not in "iu":
            raise NetworkError(
                f"cuts must be integers (features, steps), not {table.dtype} {table.shape}"
            )
        if not isinstance(code, Code):
            raise NetworkError(f"values stand on wires in a Code, not {code!r}")
        if table.shape[-1] != code.steps:
            raise NetworkError(
                f"{table.shape[-1]} cuts per feature for the {code.steps} steps of {code}"
            )
        if code.kind == "one_hot":
            raise NetworkError("a requantized value is in thermometer or binary code")
        if int(table.max()) > LIMIT or int(table.min()) < -LIMIT:
            raise NetworkError(f"cuts hold {table.max()} or {table.min()}, beyond 2**62")
        self._set(cuts=table.astype(np.int64), code=code, activation=activation)
        falls = self.cuts[..., 1:] < self.cuts[..., :-1]  # a difference could overflow
        if falls.any():
            *feature, step = (int(i) for i in np.argwhere(falls)[0])
            row = self.cuts[tuple(feature)]
            raise NetworkError(f"cuts{feature} decrease, from {row[step]} to {row[step + 1]}")

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
            function: maps int64, shape ``(*features, k)``, to integers in `code` of that shape;
                row j are values of feature j.
            lo: least value of each feature, int64, shape ``(*features,)``, such as `Values.lo`.
            hi: largest value of each feature, likewise.
            code: the output's range, and how it stands on wires.
            activation: what the function is called; for people.

        Raises:
            NetworkError: the function leaves the code's range, or decreases between the values at
                which it is looked at (all values, where there are at most 4096 of them).
        """
        lo, hi = np.broadcast_arrays(lo, hi)
        target = code.lo + 1 + np.arange(code.steps)
        shape = (*lo.shape, code.steps)
        first, last = lo[..., None], hi[..., None]
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

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        places = self.cuts.shape[:-1]
        result = np.empty(x.shape, np.int64)
        first = x.ndim - len(places)
        for place in np.ndindex(places):
            # A place of an axis of length 1 stands for that whole axis.
            where = tuple(
                slice(None) if length == 1 else at for at, length in zip(place, places, strict=True)
            )
            part = (slice(None),) * first + where
            result[part] = np.searchsorted(self.cuts[place], x[part], side="right")
        result += self.code.lo
        return result

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; exact, because the function never decreases."""
        (x,) = operands
        places = self.cuts.shape[:-1]
        rank = len(places)
        if rank > len(x.shape) or any(
            place not in (1, axis) for place, axis in zip(places, x.shape[-rank:], strict=True)
        ):
            described = places[0] if rank == 1 else places
            found = x.shape[0] if len(x.shape) == 1 else x.shape
            raise NetworkError(f"cuts for {described} features, but there are {found}")
        low, high = (
            np.broadcast_to(end, np.broadcast_shapes(end.shape, places)) for end in (x.lo, x.hi)
        )
        return Values(x.shape, self(low[None])[0], self(high[None])[0], self.code)

    def __repr__(self) -> str:
        name = f" {self.activation}" if self.activation else ""
        code = self.code
        features = " x ".join(map(str, self.cuts.shape[:-1]))
        return f"<Requantize{name}: {features} to {code.lo}..{code.hi}, {code.kind}>"


def _evaluate(function: Callable[[Integers], Integers], x: Integers, code: Code) -> Integers:
    found = np.asarray(function(x))
    if found.shape != x.shape:
        raise NetworkError(f"the function maps shape {x.shape} to {found.shape}")
    wrong = ~((found >= code.lo) & (found <= code.hi) & (found == np.rint(found)))
    if wrong.any():
        where = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise NetworkError(
            f"the function of feature {_place(where)} gives {found[where]} at {x[where]}, "
            f"not an integer in {code.lo}..{code.hi}"
        )
    return found.astype(np.int64)


def _compare(
    function: Callable[[Integers], Integers], made: Requantize, lo: Integers, hi: Integers
) -> None:
    """Look for a decrease: there the function differs from what its cuts say."""
    count = min(int((hi - lo).max()) + 1, _PROBES)
    share = np.linspace(0.0, 1.0, count)
    first, last = lo[..., None], hi[..., None]
    even = first + np.rint((last - first) * share).astype(np.int64)
    inner = np.clip(made.cuts, first, last)
    probes = np.concatenate((np.minimum(even, last), inner), axis=-1)
    claimed = np.moveaxis(made(np.moveaxis(probes, -1, 0)), 0, -1)
    differs = _evaluate(function, probes, made.code) != claimed
    if differs.any():
        where = tuple(int(i) for i in np.argwhere(differs)[0])
        raise NetworkError(
            f"the function of feature {_place(where)} decreases near {probes[where]}: "
            "only functions that never decrease have cuts; a falling one takes negated weights"
        )


def _place(where: tuple[int, ...]) -> object:
    """The feature of a place in an array whose last axis is not one of features."""
    return where[0] if len(where) == 2 else where[:-1]
