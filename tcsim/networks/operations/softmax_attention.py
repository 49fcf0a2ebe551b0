"""SoftmaxAttention: integer scores, an exponential table, a rounded average. Four levels."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.tables.exp_table import ExpTable
from tcsim.networks.tables.rounding import ratio_thresholds
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from typing import Self

    import numpy.typing as npt

    from tcsim.networks.codes import Code
    from tcsim.networks.tables.rounding import Rounding
    from tcsim.typing import Integers


class SoftmaxAttention(Immutable):
    """``sum_j a_j v_j / sum_j a_j`` with ``a_j = table(max score - score_j)``, rounded once.

    The scores ``q_i . k_j`` are exact integers and the table is one of integers, so the average is
    an exact fraction, and nothing is divided: ``[scale * sum a v >= t * sum a]`` is a gate. Levels:
    products; comparisons of two scores; per key and step the AND of its comparisons, alone and with
    each wire of v; outputs. In binary code a fifth, of digits. Where a query has one key alone, its
    average takes two levels from v.

    Operands: q (..., heads, n, width), k (..., groups, m, width) and v (..., groups, m, outputs);
    the result is (..., heads, n, outputs). With fewer groups than heads (multi- and grouped-query
    attention), neighboring heads share one. q, k and v are in any code.

    Args:
        table: the weights. `ExpTable.from_scale` makes them.
        code: the outputs' range, and how they stand on wires: thermometer or binary.
        rounding: toward minus infinity, or half up.
        causal: query i sees the keys up to ``i + m - n`` only.
        mask: booleans that broadcast to (..., heads, n, m), True where a query sees a key; None for
            everywhere. `padding_mask` makes one from lengths.
        scale: the average is multiplied by this exact number before it is rounded.

    Raises:
        NetworkError: arguments out of range.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, ExpTable, SoftmaxAttention
        >>> attention = SoftmaxAttention(ExpTable([0, 1], [3, 1]), Code(0, 7))
        >>> q = k = np.array([[[[1], [2]]]])
        >>> attention(q, k, np.array([[[[0], [7]]]])).ravel().tolist()  # (1*0 + 4*7) / 5, 7
        [5, 7]
    """

    __slots__ = ("causal", "code", "mask", "rounding", "scale", "table")

    table: ExpTable
    code: Code
    rounding: Rounding
    causal: bool
    mask: npt.NDArray[np.bool_] | None
    scale: Fraction

    def __init__(
        self,
        table: ExpTable,
        code: Code,
        *,
        rounding: Rounding = "floor",
        causal: bool = False,
        mask: object = None,
        scale: Fraction | int = 1,
    ) -> None:
        if not isinstance(table, ExpTable):
            raise NetworkError(f"attention weights come from an ExpTable, not {table!r}")
        check_rounded(code)
        if rounding not in ("half_up", "floor"):
            raise NetworkError(f"rounding is half_up or floor, not {rounding!r}")
        if not isinstance(scale, int | Fraction) or scale <= 0:
            raise NetworkError(f"a scale is a positive integer or Fraction, not {scale!r}")
        shown = None if mask is None else np.array(mask)
        if shown is not None and shown.dtype != np.bool_:
            raise NetworkError(f"a mask is of booleans, not {shown.dtype}")
        self._set(
            table=table,
            code=code,
            rounding=rounding,
            causal=bool(causal),
            mask=shown,
            scale=Fraction(scale),
        )

    def with_code(self, code: Code) -> Self:
        """The same function with another code of the same range."""
        check_rounded(code)
        made = object.__new__(type(self))
        kinds = type(self).__mro__
        names = [name for kind in kinds for name in getattr(kind, "__slots__", ())]
        made._set(**{**{name: getattr(self, name) for name in names}, "code": code})
        return made

    @property
    def thresholds(self) -> list[tuple[int, int]]:
        """(A, B) for each step: the output reaches it where ``A sum a v >= B sum a``."""
        return ratio_thresholds(self.code, self.rounding, self.scale)

    def visible(self, rest: tuple[int, ...], queries: int, keys: int) -> npt.NDArray[np.bool_]:
        """Which query sees which key: booleans of shape ``(*rest, queries, keys)``."""
        shown = np.ones((*rest, queries, keys), bool)
        if self.causal:
            shown &= np.tri(queries, keys, keys - queries, dtype=bool)
        if self.mask is not None:
            try:
                shown &= np.broadcast_to(self.mask, shown.shape)
            except ValueError:
                raise NetworkError(
                    f"a mask of {self.mask.shape} for queries and keys of {shown.shape}"
                ) from None
        return shown

    def macs(self, result: Values, q: Values, k: Values, v: Values) -> int:  # noqa: ARG002
        """Multiply-accumulates of scores and averages, for all pairs, seen or not."""
        queries = result.size // result.shape[-1]
        return queries * k.shape[-2] * (k.shape[-1] + result.shape[-1])

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        q, k, v = operands
        k = np.repeat(k, q.shape[-3] // k.shape[-3], axis=-3)
        shown = self.visible(q.shape[1:-2], q.shape[-2], k.shape[-2])
        return self.averaged(q @ np.swapaxes(k, -1, -2), shown, v)

    def averaged(self, scores: Integers, shown: npt.NDArray[np.bool_], v: Integers) -> Integers:
        """The rounded averages for scores, rows of (..., heads, n, m), of keys that are shown."""
        v = np.repeat(v, scores.shape[-3] // v.shape[-3], axis=-3)
        best = np.where(shown, scores, -LIMIT).max(axis=-1, keepdims=True)
        weights = np.where(shown, self.table(best - scores), 0)
        above = self.scale.numerator * (weights @ v)
        below = self.scale.denominator * weights.sum(axis=-1)[..., None]
        if self.rounding == "half_up":
            above, below = 2 * above + below, 2 * below
        found: Integers = np.clip(above // below, self.code.lo, self.code.hi)
        return found

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: all of the code."""
        q, k, v = operands
        for name, one in (("q", q), ("k", k), ("v", v)):
            if one.code is None:
                raise NetworkError(
                    f"{name} is a linear form without wires: put Requantize in front"
                )
            if len(one.shape) < 3:
                raise NetworkError(
                    f"{name} has shape (..., heads, positions, width), not {one.shape}"
                )
        if (
            q.shape[:-3] != k.shape[:-3]
            or q.shape[-1] != k.shape[-1]
            or k.shape[:-1] != v.shape[:-1]
            or q.shape[-3] % k.shape[-3]
        ):
            raise NetworkError(
                f"q {q.shape}, k {k.shape} and v {v.shape} do not fit: (..., heads, n, width), "
                "(..., groups, m, width), (..., groups, m, outputs), heads a multiple of groups"
            )
        blind = ~self.visible(q.shape[:-2], q.shape[-2], k.shape[-2]).any(axis=-1)
        if blind.any():
            where = tuple(int(i) for i in np.argwhere(blind)[0])
            raise NetworkError(f"query {where} sees no key: its average is undefined")
        scores = 2 * q.shape[-1] * _reach(q) * _reach(k)
        if scores >= LIMIT:
            raise NetworkError(f"scores could reach {scores:.3g}, beyond 2**62: use fewer bits")
        self.check_size(v, k.shape[-2])
        return Values.coded((*q.shape[:-1], v.shape[-1]), self.code)

    def check_size(self, v: Values, keys: int) -> None:
        """Refuse weighted sums that could reach 2**62."""
        total = 2 * keys * self.table.top * max(self.scale.as_integer_ratio())
        reach = total * (max(_reach(v), self.code.hi, -self.code.lo) + 1)
        if reach >= LIMIT:
            raise NetworkError(
                f"weighted sums could reach {reach:.3g}, beyond 2**62: "
                "use fewer bits or a table with a smaller top"
            )

    def __repr__(self) -> str:
        code = self.code
        mask = ", causal" * self.causal + ", masked" * (self.mask is not None)
        steps = f"{self.table.steps} steps"
        return f"<{type(self).__name__}: {steps}, to {code.lo}..{code.hi}, {code.kind}{mask}>"


def check_rounded(code: Code) -> None:
    """Refuse a code that a rounded average is not made in."""
    if code.kind == "one_hot":
        raise NetworkError("a rounded average is in thermometer or binary code")


def _reach(x: Values) -> int:
    return max(x.largest, -x.least)
