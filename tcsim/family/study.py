"""The study of a family: measurements, fits, declared formulas, verdict, limits; as data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING, Any, cast

from tcsim.family.classes import ComplexityClass
from tcsim.family.declared import CONTRADICTED, Check, check_formula, fit_or_growth
from tcsim.family.fit import ExactFit
from tcsim.family.measuring import STANDARD, Point, measure_family
from tcsim.family.points import parse_points
from tcsim.family.verdict import Verdict, judge
from tcsim.integers import integers_of_any_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcsim.family.declared import Fit
    from tcsim.family.family import Family
    from tcsim.family.formulas import Formula
    from tcsim.typing import Progress

SCHEMA = "tcsim.family/1"

LIMITS = (
    "finitely many n say nothing certain of the others",
    "this is an upper bound for what these circuits compute, not a lower bound for a problem",
    "whether the circuits compute what they should is not checked here",
    "whether a logspace machine can write them (uniformity) is not measured here",
)
"""What no study can show."""
WEIGHTS = (
    "weights may grow faster than a polynomial: these are depth and size with weighted gates; "
    "with the unweighted gates of TC^i, one more level is enough (Goldmann, Hastad and Razborov "
    "1992), but not in these sizes"
)
"""What is said where the largest weight is not polynomial."""


@dataclass(frozen=True)
class FamilyReport:
    """What was measured of a family, and what it shows. Printed, it is the text report.

    Attributes:
        name: of the family.
        points: the measurements, by increasing n.
        fits: {measure: formula or shapes of growth}.
        checks: the declared formulas.
        verdict: the evidence for the claimed class, or for which class there is any.
        limits: what the measurements cannot show.
    """

    name: str
    points: tuple[Point, ...]
    fits: Mapping[str, Fit]
    checks: tuple[Check, ...]
    verdict: Verdict
    limits: tuple[str, ...] = LIMITS

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Declared formulas and claims that the measurements contradict, both sides shown."""
        found = [
            f"declared {check.measure} = {check.formula}, but {check.reason}"
            for check in self.checks
            if check.status == CONTRADICTED
        ]
        if self.verdict.claim and self.verdict.status == CONTRADICTED:
            found.append(f"claimed {self.verdict.claim}, but {self.verdict.reason}")
        return tuple(found)

    def values(self, measure: str) -> dict[int, int]:
        """{n: measured value} of one measure."""
        return {point.n: point.values[measure] for point in self.points}

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, schema ``tcsim.family/1``."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "n": [point.n for point in self.points],
            "measures": {key: list(self.values(key).values()) for key in self.fits},
            "content_ids": [point.content_id for point in self.points],
            "fits": {key: _fit(fit) for key, fit in self.fits.items()},
            "declared": [asdict(check) for check in self.checks],
            "verdict": asdict(self.verdict),
            "contradictions": list(self.contradictions),
            "limits": list(self.limits),
        }

    def to_json(self) -> str:
        """The report as one JSON object."""
        with integers_of_any_length():
            return json.dumps(self.to_dict(), indent=1) + "\n"

    def __str__(self) -> str:
        from tcsim.family.text import to_text

        with integers_of_any_length():
            return to_text(self)


def study(
    family: Family,
    n: str | Iterable[int] = "4..512",
    *,
    memory: int | None = None,
    progress: Progress | None = None,
) -> FamilyReport:
    """Measure a family, and say what the measurements show. See `Family.study`."""
    declared = cast("Mapping[str, Formula]", family.formulas)
    keys = list(declared)
    if family.claim:
        keys += ComplexityClass.named(family.claim).measures
    gates = bool(family.claim) and ComplexityClass.named(family.claim).gates == "AC"
    points = measure_family(
        family, parse_points(n), keys=keys, gates=gates, memory=memory, progress=progress
    )
    measures = dict.fromkeys((*STANDARD, *keys))
    values = {key: {p.n: p.values[key] for p in points} for key in measures}
    fits = {key: fit_or_growth(values[key]) for key in measures}
    with integers_of_any_length():
        checks = tuple(check_formula(key, f, values[key], fits[key]) for key, f in declared.items())
        verdict = judge(family.claim, points, fits)
    limits = (*LIMITS, *_unseen([p.n for p in points]), *_unweighted(fits["max_weight"]))
    return FamilyReport(family.name, points, fits, checks, verdict, limits)


def _unseen(points: Sequence[int]) -> tuple[str, ...]:
    """What the n have in common that a formula may depend on."""
    step = gcd(*(b - a for a, b in pairwise(points)))
    if len(points) > 1 and all(n & (n - 1) == 0 for n in points):
        alike = "is a power of two"
    elif step > 1:
        alike = f"is {points[0] % step} modulo {step}"
    else:
        return ()
    return (f"every n measured {alike}: at others the circuits may grow in another way",)


def _unweighted(weight: Fit) -> tuple[str, ...]:
    if isinstance(weight, ExactFit):
        polynomial = weight.order[0] == 1
    else:
        polynomial = weight.best is not None and weight.best.kind != "exponential"
    return () if polynomial else (WEIGHTS,)


def _fit(fit: Fit) -> dict[str, Any]:
    if isinstance(fit, ExactFit):
        return {
            "formula": str(fit),
            "exact": True,
            "since": fit.since,
            "fitted_up_to": fit.fitted,
            "verified_at": list(fit.verified),
        }
    return {
        "exact": False,
        "best": None if fit.best is None else fit.best.kind,
        "reason": fit.reason,
        "models": [asdict(model) for model in fit.models],
    }
