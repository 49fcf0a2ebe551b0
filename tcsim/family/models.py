"""Shapes of growth fitted where no exact formula is found, with how far off each is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, log1p, log2, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

CLOSE = 0.1
"""A shape fits if its root mean square error at larger n, in logarithms, is at most this, or this
part of what the logarithm grows by there."""
SPREAD = 2
"""The largest n is at least so many times the largest n that a shape is fitted to."""
CLEARLY = 2.0
"""It is told from another shape if that one's error is at least so many times as large."""
TOO_FEW = "too few n"
STAIRCASE = 4.0
"""The same for small integers: by how many times more the other's error is larger, at most."""
LEAST = 0.1
"""What changes by less than this part has no shape that could be told."""
_LARGEST = 10**300
FEWEST = 3
"""Least number of n to fit a shape to, and of larger n to judge it by: 2."""


@dataclass(frozen=True)
class Model:
    """One shape of growth.

    Attributes:
        kind: ``constant``, ``log``, ``polylog``, ``polynomial`` or ``exponential``.
        text: the shape with its numbers, such as ``1.5 n^2.01``.
        exponent: of the polylog or polynomial; the base of the exponential; else 0 or 1.
        residual: root mean square of ln(measured / shape) at the larger n, which were not fitted.
        excess: ln(measured / shape) at the largest n; below 0 where growth slows down.
    """

    kind: str
    text: str
    exponent: float
    residual: float
    excess: float


@dataclass(frozen=True)
class Growth:
    """What the shapes tell.

    Attributes:
        models: all shapes, the closest first; empty where too few n were measured.
        best: the closest, where it is close and no shape of another kind is; else None.
        reason: why there is no best.
    """

    models: tuple[Model, ...]
    best: Model | None
    reason: str = ""


def growth(values: Mapping[int, int]) -> Growth:
    """Fit each shape to the smaller n, and judge it by the larger ones.

    Args:
        values: {n: measured value}.

    Example:
        >>> growth({n: round(5 * n**1.5) for n in (8, 16, 32, 64, 128, 256)}).best.kind
        'polynomial'
    """
    points = sorted(n for n in values if n >= 2)
    last = next((n for n in reversed(points[:-2]) if points[-1] >= SPREAD * n), None)
    near = [n for n in points if last is not None and n <= last]
    far = [n for n in points if last is not None and n > last]
    if len(near) < FEWEST or len(far) < 2:
        return Growth((), None, TOO_FEW)
    if min(values[n] for n in points) <= 0:
        return Growth((), None, "a value is 0")
    near = near[-max(FEWEST, (len(near) + 1) // 2) :]  # where lower terms have faded
    models = sorted(
        filter(None, (shape(near, far, values) for shape in _SHAPES)), key=lambda m: m.residual
    )
    best, reason = _told(models, near, far, values)
    return Growth(tuple(models), best, reason)


def _told(
    models: Sequence[Model], near: Sequence[int], far: Sequence[int], values: Mapping[int, int]
) -> tuple[Model | None, str]:
    """The shape that can be told from the others, or why none can."""
    best = models[0]
    constant = next(model for model in models if model.kind == "constant")
    if constant.residual <= CLOSE and constant.residual <= CLEARLY * best.residual:
        return constant, ""  # every other shape can be as flat
    logs = [log(values[n]) for n in (*near, *far)]
    if max(logs) - min(logs) < LEAST:
        return None, f"over the larger n it changes by less than {LEAST:.0%}"
    grown = abs(log(values[far[-1]]) - log(values[near[-1]]))
    slows = best.kind == "polynomial" and best.excess <= CLOSE  # an upper bound all the more
    far_off = CLOSE * max(1.0, grown) if slows or best.kind == "exponential" else CLOSE
    if best.residual > far_off:
        return None, f"the closest shape, {best.text}, is not close"
    rivals = [m for m in models if _family(m) != _family(best)]
    # Values are integers: a staircase of few low steps may be as far from its own shape as this.
    rounding = max(log1p(1 / (2 * values[n])) for n in near)
    margin = max((CLEARLY - 1) * best.residual, min(rounding, STAIRCASE * best.residual))
    if rivals and rivals[0].residual < best.residual + margin:
        return None, f"{best.text} and {rivals[0].text} are about equally close"
    return best, ""


def _family(model: Model) -> str:
    return "polylog" if model.kind == "log" else model.kind


def _constant(near: Sequence[int], far: Sequence[int], values: Mapping[int, int]) -> Model | None:
    level = sum(log(values[n]) for n in near) / len(near)
    return _model("constant", _number(level), 0.0, lambda _: level, far, values)


def _log(near: Sequence[int], far: Sequence[int], values: Mapping[int, int]) -> Model | None:
    if max(values[n] for n in near) > _LARGEST:
        return None
    # Relative errors count: each row is divided by the value.
    rows = [(1 / values[n], log2(n) / values[n], 1.0) for n in near]
    saa, sab, sbb = (sum(r[i] * r[j] for r in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
    sac, sbc = (sum(r[i] * r[2] for r in rows) for i in (0, 1))
    determinant = saa * sbb - sab * sab
    if determinant <= 0:
        return None
    a, b = (sac * sbb - sbc * sab) / determinant, (saa * sbc - sab * sac) / determinant
    if b <= 0:
        return None
    sign = "+" if a >= 0 else "-"
    text = f"{b:.4g} lg n {sign} {abs(a):.4g}"
    return _model("log", text, 1.0, lambda n: log(max(a + b * log2(n), 1e-300)), far, values)


def _polylog(near: Sequence[int], far: Sequence[int], values: Mapping[int, int]) -> Model | None:
    a, k = _line([log(log2(n) + 1e-300) if n > 2 else 0.0 for n in near], near, values)
    return _model(
        "polylog", f"{_number(a)} (lg n)^{k:.3g}", k, lambda n: a + k * log(log2(n)), far, values
    )


def _polynomial(near: Sequence[int], far: Sequence[int], values: Mapping[int, int]) -> Model | None:
    a, k = _line([log(n) for n in near], near, values)
    return _model("polynomial", f"{_number(a)} n^{k:.3g}", k, lambda n: a + k * log(n), far, values)


def _exponential(
    near: Sequence[int], far: Sequence[int], values: Mapping[int, int]
) -> Model | None:
    a, b = _line([float(n) for n in near], near, values)
    base = exp(min(b, 700.0))
    return _model(
        "exponential", f"{_number(a)} * {base:.4g}^n", base, lambda n: a + b * n, far, values
    )


_SHAPES = (_constant, _log, _polylog, _polynomial, _exponential)


def _number(logarithm: float) -> str:
    return f"{exp(logarithm):.4g}" if abs(logarithm) < 700 else f"e^{logarithm:.4g}"


def _line(
    x: Sequence[float], near: Sequence[int], values: Mapping[int, int]
) -> tuple[float, float]:
    """Least squares of ln(value) = a + k x."""
    y = [log(values[n]) for n in near]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((u - mean_x) ** 2 for u in x)
    slope = sum((u - mean_x) * (v - mean_y) for u, v in zip(x, y, strict=True)) / (spread or 1.0)
    return mean_y - slope * mean_x, slope


def _model(
    kind: str,
    text: str,
    exponent: float,
    shape: Callable[[int], float],
    far: Sequence[int],
    values: Mapping[int, int],
) -> Model:
    """The error of a shape at the larger n; `shape` gives the logarithm of what it predicts."""
    errors = [log(values[n]) - shape(n) for n in far]
    residual = sqrt(sum(error * error for error in errors) / len(errors))
    return Model(kind, text, exponent, residual, errors[-1])
