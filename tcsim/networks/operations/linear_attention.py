"""LinearAttention: attention whose scores are dot products alone, without a softmax."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.errors import NetworkError
from tcsim.networks.immutable import Immutable
from tcsim.networks.operations.monomials import check_factors
from tcsim.networks.values import LIMIT, Values

if TYPE_CHECKING:
    from tcsim.networks.codes import Code
    from tcsim.typing import Integers


class LinearAttention(Immutable):
    """``y_t = sum_s (q_t . k_s) v_s``, over all s or over s <= t, or that by its weights' sum.

    Operands: q (..., positions, features), k (..., keys, features), v (..., keys, channels), all
    on wires with 0 in their range; feature maps are tables that q and k went through before. The
    causal form is `SelectiveScan` without a decay, with q, k, v as C, B, x.

    Not normalized, y is a linear form in ANDs of three literals: one level. Normalized, it is
    ``y_t / (sum_s q_t . k_s + epsilon)``, rounded half up and clipped: one more level and no
    division, because ``numerator >= (u - 1/2) denominator`` is one gate.

    Args:
        causal: only s <= t.
        code: of the normalized result, thermometer or binary; None: not normalized.
        epsilon: an exact number above 0, which makes 0 / 0 a 0.

    Raises:
        NetworkError: an epsilon that is not positive, or a code that is one-hot.

    Example:
        >>> import numpy as np
        >>> from tcsim.networks import Code, LinearAttention
        >>> q, v = np.array([[[1], [2]]]), np.array([[[3], [7]]])
        >>> LinearAttention()(q, q, v).ravel().tolist()
        [3, 34]
        >>> LinearAttention(code=Code(0, 7))(q, q, v).ravel().tolist()  # 3 / 1 and 34 / 6
        [3, 6]
    """

    __slots__ = ("causal", "code", "epsilon")

    causal: bool
    code: Code | None
    epsilon: Fraction

    def __init__(
        self,
        *,
        causal: bool = True,
        code: Code | None = None,
        epsilon: Any = Fraction(1, 2**10),  # noqa: ANN401 - whatever `Fraction` reads
    ) -> None:
        try:
            exact = Fraction(epsilon)
        except (TypeError, ValueError, OverflowError):
            raise NetworkError(f"epsilon is a number above 0, not {epsilon!r}") from None
        if exact <= 0:
            raise NetworkError(f"epsilon is a number above 0, not {epsilon!r}")
        if code is not None and code.kind == "one_hot":
            raise NetworkError("a rounded value is in thermometer or binary code")
        self._set(causal=bool(causal), code=code, epsilon=exact)

    def with_code(self, code: Code) -> LinearAttention:
        """The same function with another code of the same range."""
        return LinearAttention(causal=self.causal, code=code, epsilon=self.epsilon)

    def cut(self, value: int) -> tuple[int, int, int]:
        """(a, b, c): y reaches `value` iff ``a numerator - b denominator >= c``."""
        share = self.epsilon.denominator
        half = 2 * value - 1
        return 2 * share, half * share, half * self.epsilon.numerator

    def macs(self, result: Values, q: Values, *others: Values) -> int:  # noqa: ARG002
        """Multiply-accumulates of the recurrence: one state per pair of features, in and out."""
        return 2 * result.size * q.shape[-1]

    def __call__(self, *operands: Integers) -> Integers:
        """See `Operation`."""
        q, k, v = operands
        largest = [max(int(x.max(initial=0)), -int(x.min(initial=0))) for x in operands]
        self._check(k.shape[-2], k.shape[-1], *largest)
        scores = q @ np.swapaxes(k, -1, -2)
        if self.causal:
            scores = np.tril(scores)
        total: Integers = scores @ v
        if self.code is None:
            return total
        weights = scores.sum(axis=-1, keepdims=True)
        result = np.full(total.shape, self.code.lo)
        for value in range(self.code.lo + 1, self.code.hi + 1):
            a, b, c = self.cut(value)
            result += a * total.astype(object) - b * weights.astype(object) >= c
        return result

    def infer(self, *operands: Values) -> Values:
        """See `Operation`: a bound."""
        q, k, v = operands
        check_factors({"q": q, "k": k, "v": v})
        keys, features = k.shape[-2:] if len(k.shape) > 1 else (0, 0)
        fits = len(q.shape) > 1 and q.shape[-1] == features
        fits = fits and v.shape[:-1] == k.shape[:-1] and q.shape[:-2] == k.shape[:-2]
        if not fits or (self.causal and q.shape[-2] != keys):
            raise NetworkError(
                f"q (..., n, k), k (..., m, k) and v (..., m, c){', n = m,' * self.causal} "
                f"do not fit {q.shape}, {k.shape} and {v.shape}"
            )
        shape = (*q.shape[:-1], v.shape[-1])
        bound = self._check(keys, features, *(max(x.largest, -x.least) for x in operands))
        if self.code is None:
            return Values(shape, np.array(-bound), np.array(bound))
        if q.least < 0 or k.least < 0:
            raise NetworkError("normalized weights are not negative: q and k must be at least 0")
        return Values.coded(shape, self.code)

    def _check(self, keys: int, features: int, *largest: int) -> int:
        bound = keys * features
        for factor in largest:
            bound *= factor
        if bound >= LIMIT:
            raise NetworkError(f"a sum could reach {bound:.3g}, beyond 2**62: use fewer bits")
        return bound

    def __repr__(self) -> str:
        kind = "causal" if self.causal else "full"
        return f"<LinearAttention: {kind}{'' if self.code is None else ', normalized'}>"
