"""LinearRecurrence: a linear state-space layer with fixed matrices, rounded once, at the end."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.tables.matrices import Matrix, integer_form, matrix, times
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.typing import Integers

Rounding: TypeAlias = Literal["half_up", "floor"]
"""How a real number becomes an integer; what lies outside a code is clipped."""

_EXACT = 64
"""Positions up to which ranges are exact; beyond, they are the code's."""


class LinearRecurrence(Immutable):
    """``h_t = A h_{t-1} + B x_t``, ``h_{-1} = 0``, and ``y_t = C h_t + D x_t`` rounded: S4's form.

    The states are exact fractions; only `y_t` is rounded. So ``y_t`` is one linear form in
    ``x_0..x_t`` with the kernel ``C A^k B`` as weights, and all positions take one level, however
    long the sequence. Rounded states make a different function, serial in the sequence:
    `tcsim.networks.blocks.recurrences.step_rounded`.

    Args:
        a: the state matrix, (states, states), exact numbers: integers, `Fraction`, or floats, which
            are taken for the dyadic fractions that they are.
        b: the input matrix, (states, inputs).
        c: the output matrix, (outputs, states).
        code: the outputs' range, and how they stand on wires: thermometer or binary.
        d: the matrix from input to output, (outputs, inputs); None for zeros.
        rounding: half up, or toward minus infinity.

    Raises:
        NetworkError: matrices whose shapes do not fit each other, or numbers that are not finite.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, LinearRecurrence
        >>> decay = LinearRecurrence([[0.5]], [[1]], [[1]], Code(0, 7))
        >>> decay(np.array([[[4], [0], [0], [0]]])).ravel().tolist()  # 4, 2, 1, 1/2
        [4, 2, 1, 1]
    """

    __slots__ = ("a", "b", "c", "code", "d", "rounding")

    a: Matrix
    b: Matrix
    c: Matrix
    d: Matrix
    code: Code
    rounding: Rounding

    def __init__(
        self,
        a: object,
        b: object,
        c: object,
        code: Code,
        *,
        d: object = None,
        rounding: Rounding = "half_up",
    ) -> None:
        made = {"a": matrix(a, "a"), "b": matrix(b, "b"), "c": matrix(c, "c")}
        states, inputs, outputs = len(made["a"]), len(made["b"][0]), len(made["c"])
        zeros = ((Fraction(0),) * inputs,) * outputs
        made["d"] = zeros if d is None else matrix(d, "d")
        expected = {
            "a": (states, states),
            "b": (states, inputs),
            "c": (outputs, states),
            "d": (outputs, inputs),
        }
        for name, shape in expected.items():
            found = (len(made[name]), len(made[name][0]))
            if found != shape:
                raise NetworkError(f"{name} is {found}, but {states} states need {shape}")
        if rounding not in ("half_up", "floor"):
            raise NetworkError(f"rounding is half_up or floor, not {rounding!r}")
        if code.kind == "one_hot":
            raise NetworkError("a rounded value is in thermometer or binary code")
        self._set(**made, code=code, rounding=rounding)

    @property
    def inputs(self) -> int:
        """Features of one position that it reads."""
        return len(self.b[0])

    @property
    def outputs(self) -> int:
        """Features of one position that it makes."""
        return len(self.c)

    def with_code(self, code: Code) -> LinearRecurrence:
        """The same function with another code of the same range."""
        return LinearRecurrence(self.a, self.b, self.c, code, d=self.d, rounding=self.rounding)

    def kernel(self, length: int) -> list[Matrix]:
        """``C B + D, C A B, C A^2 B, ...``: what an input adds to the outputs from its own on."""
        powers, found = self.b, []
        for _ in range(length):
            found.append(times(self.c, powers))
            powers = times(self.a, powers)
        if found:
            found[0] = tuple(
                tuple(p + q for p, q in zip(one, other, strict=True))
                for one, other in zip(found[0], self.d, strict=True)
            )
        return found

    def rows(self, length: int) -> list[list[tuple[list[list[int]], list[int]]]]:
        """The integer form of each output: for position t and output o, weights and thresholds.

        Output o of position t is ``code.lo +`` how many thresholds ``sum weights[s][i] * x[s][i]``
        reaches, s <= t. Weights have no common divisor; they may be Python integers of any size.
        """
        kernel = self.kernel(length)
        cuts = [Fraction(value) for value in range(self.code.lo + 1, self.code.hi + 1)]
        if self.rounding == "half_up":
            cuts = [cut - Fraction(1, 2) for cut in cuts]
        return [
            [integer_form([one[o] for one in kernel[t::-1]], cuts) for o in range(self.outputs)]
            for t in range(length)
        ]

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        (x,) = operands
        *batch, length, _ = x.shape
        result = np.empty((*batch, length, self.outputs), np.int64)
        largest = max(int(x.max(initial=0)), -int(x.min(initial=0)))
        for t, outputs in enumerate(self.rows(length)):
            for o, (weights, thresholds) in enumerate(outputs):
                small = sum(abs(w) for row in weights for w in row) * largest < LIMIT
                kind = np.int64 if small else object
                terms = x[..., : t + 1, :].astype(kind) * np.array(weights, kind)
                sums = terms.reshape(*batch, -1).sum(axis=-1, dtype=kind)
                reached = [sums >= threshold for threshold in thresholds]
                result[..., t, o] = self.code.lo + np.sum(reached, axis=0, dtype=np.int64)
        return result

    def infer(self, *operands: Values) -> Values:
        """See `Operation`; for short sequences exact where the inputs are independent."""
        (x,) = operands
        if len(x.shape) < 2 or x.shape[-1] != self.inputs:
            raise NetworkError(
                f"a recurrence reads (..., positions, {self.inputs}) integers, not {x.shape}"
            )
        shape = (*x.shape[:-1], self.outputs)
        if x.shape[-2] > _EXACT:
            return Values.coded(shape, self.code)
        low, high = (end.astype(object) for end in x.full())
        ends = np.empty((2, *shape), np.int64)
        for t, outputs in enumerate(self.rows(x.shape[-2])):
            for o, (weights, thresholds) in enumerate(outputs):
                factor = np.array(weights, object)
                part = (..., slice(t + 1), slice(None))
                both = low[part] * factor, high[part] * factor
                for end, chosen in zip(ends, (np.minimum, np.maximum), strict=True):
                    sums = chosen(*both).sum(axis=(-2, -1))
                    reached = [np.asarray(sums >= threshold) for threshold in thresholds]
                    end[..., t, o] = self.code.lo + np.sum(reached, axis=0, dtype=np.int64)
        return Values(shape, ends[0], ends[1], self.code)

    def terms(self, values: Values) -> int:
        """About how many terms its stored forms have, of forms that are stored."""
        return values.size * (values.shape[-2] + 1) * self.inputs // 2

    def __repr__(self) -> str:
        code = self.code
        sizes = f"{self.inputs} -> {len(self.a)} states -> {self.outputs}"
        return f"<LinearRecurrence: {sizes} to {code.lo}..{code.hi}, {code.kind}>"
