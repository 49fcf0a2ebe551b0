"""What the measurements say of a claimed class: what it needs, what was seen, one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from tcsim.family.classes import ComplexityClass
from tcsim.family.declared import CONSISTENT, CONTRADICTED, INCONCLUSIVE
from tcsim.family.fit import ExactFit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcsim.family.declared import Fit
    from tcsim.family.measuring import Point


@dataclass(frozen=True)
class Verdict:
    """Evidence for a class.

    Attributes:
        claim: the class claimed, "" for none.
        status: as in `Check`; for no claim, whether some class fits.
        reason: one sentence: what was measured, and what it is consistent with.
    """

    claim: str
    status: str
    reason: str

    def __str__(self) -> str:
        return self.reason


def judge(claim: str, points: Sequence[Point], fits: Mapping[str, Fit]) -> Verdict:
    """What the measurements say of a claimed class; without a claim, which class they fit."""
    wanted = ComplexityClass.named(claim or "TC0")
    depth_key, size_key = wanted.measures
    depth, size, inputs = fits[depth_key], fits[size_key], fits["inputs"]
    seen = f"{_said(depth_key, depth, points)}, {_said(size_key, size, points)}"
    if not isinstance(inputs, ExactFit) and inputs.best is None:
        unknown = f"how the number of inputs grows is not known ({inputs.reason})"
        return Verdict(claim, INCONCLUSIVE, f"{seen}; {unknown}: inconclusive")
    if not _is_polynomial(inputs) or _polylog(inputs) is not None:
        reason = (
            f"{seen}; but a class speaks of growth in the number of inputs, and here that is "
            f"{_said('inputs', inputs, points)}, not polynomially related to n: inconclusive"
        )
        return Verdict(claim, INCONCLUSIVE, reason)
    polynomial, index = _is_polynomial(size), _polylog(depth)
    fitting = _fitting(wanted, depth) if polynomial else None
    if not claim:
        if fitting is None:
            return Verdict(claim, INCONCLUSIVE, f"{seen}: inconclusive")
        return Verdict(claim, CONSISTENT, f"{seen}: consistent with {fitting}")
    foreign = [p for p in points if p.foreign]
    if wanted.gates == "AC" and foreign:
        reason = (
            f"{seen}; at n = {foreign[0].n}, {foreign[0].foreign} gates are no AND, OR or NOT: "
            f"not a family of {wanted.name} circuits as built"
        )
        return Verdict(claim, CONTRADICTED, reason)
    if wanted.gates == "ACC":
        reason = f"{seen}: a circuit here has no MOD gates, so it cannot show {wanted.name}"
        return Verdict(claim, INCONCLUSIVE, reason)
    if polynomial is False:
        return Verdict(claim, CONTRADICTED, f"{seen}: the size is not polynomial, as {claim} needs")
    deep = wanted.index is not None and index is not None and index > wanted.index
    if deep or (wanted.index is not None and index is None and _grows_faster(depth)):
        instead = "" if fitting is None else f" (consistent with {fitting})"
        needs = "constant depth" if wanted.index == 0 else f"depth O(log^{wanted.index} n)"
        return Verdict(claim, CONTRADICTED, f"{seen}: not the {needs} of {wanted.name}{instead}")
    if polynomial is None or (wanted.index is not None and index is None):
        return Verdict(claim, INCONCLUSIVE, f"{seen}: inconclusive about {wanted.name}")
    return Verdict(claim, CONSISTENT, f"{seen}: consistent with {wanted.name}")


def _fitting(wanted: ComplexityClass, depth: Fit) -> str | None:
    """The smallest class of this kind of gates that the growth of the depth fits."""
    gates = wanted.gates if wanted.gates in {"TC", "AC", "NC"} else "TC"
    index = _polylog(depth)
    if index is not None:
        return f"{gates}{index}"
    return f"P/poly, too deep for any {gates}^i" if _grows_faster(depth) else None


def _is_polynomial(fit: Fit) -> bool | None:
    if isinstance(fit, ExactFit):
        return fit.order[0] == 1
    return None if fit.best is None else fit.best.kind != "exponential"


def _polylog(fit: Fit) -> int | None:
    """The power of the logarithm that bounds it; None if it grows faster or is not known."""
    if isinstance(fit, ExactFit):
        base, power, logs = fit.order
        return logs if (base, power) == (1, 0) else None
    if fit.best is None or fit.best.kind not in {"constant", "log", "polylog"}:
        return None
    return max(ceil(fit.best.exponent - 0.25), 0 if fit.best.kind == "constant" else 1)


def _grows_faster(fit: Fit) -> bool:
    """Whether it is known to grow faster than every power of the logarithm."""
    if isinstance(fit, ExactFit):
        return fit.order[:2] > (1, 0)
    return fit.best is not None and fit.best.kind in {"polynomial", "exponential"}


def _said(key: str, fit: Fit, points: Sequence[Point]) -> str:
    """``"depth 7 for every n measured, 2..512"``."""
    name = key.replace("fan_in_2.", "fan-in-2 ")
    if isinstance(fit, ExactFit):
        if fit.is_constant and key.endswith("depth") and fit.since == points[0].n:
            return f"{name} {fit} for every n measured, {points[0].n}..{points[-1].n}"
        since = f" for n >= {fit.since}" if fit.since > points[0].n else ""
        return f"{name} {fit}{since}"
    values = {point.values[key] for point in points}
    if len(values) == 1:
        return f"{name} {values.pop()} for every n measured, {points[0].n}..{points[-1].n}"
    if fit.best is None:
        return f"{name} {min(values):,} to {max(values):,} ({fit.reason})"
    return f"{name} about {fit.best.text} ({fit.best.kind}, residual {fit.best.residual:.2g})"
