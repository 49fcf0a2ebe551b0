"""Depth in n, derived from the parts of a model; size in n, found by exact fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcsim.networks.measuring.cost import network_cost
from tcsim.networks.measuring.critical import critical_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from tcsim.networks.table1.architectures import Architecture

BASE = 2
"""The n at which parts are measured: too small to be among the default n of the table."""
SIZES = (*range(2, 9), 32, 33)
"""Where sizes are counted to find their formula: the small n to find it, the large to verify."""


@dataclass(frozen=True)
class DepthFormula:
    """``per_step * (steps - 1) + first``, in n.

    Attributes:
        first: depth of the model with a single step, at `BASE`.
        per_step: levels of a further step: the maximum cycle mean of the port delays of one step.
        steps: how many steps there are, a formula in n.
        path: {part: levels} of `first`, along its critical path.
    """

    first: int
    per_step: Fraction | int
    steps: str
    path: Mapping[str, int]

    @property
    def expression(self) -> Any:  # noqa: ANN401 - sympy is loaded on use
        """As a sympy expression in n."""
        import sympy

        from tcsim.family.formulas import formula

        steps: Any = formula(self.steps).expression
        return sympy.expand(sympy.Rational(str(self.per_step)) * (steps - 1) + self.first)

    @property
    def text(self) -> str:
        """In the notation that `tcsim.family.formulas.formula` reads."""
        return in_text(self.expression)

    def value(self, n: int) -> int:
        """The depth at n."""
        from tcsim.family.formulas import formula

        value = self.per_step * (formula(self.steps).value(n) - 1) + self.first
        if value != int(value):
            raise AssertionError(f"{value} levels at n = {n}")  # every step adds whole levels
        return int(value)


def depth_formula(architecture: Architecture) -> DepthFormula:
    """From parts at `BASE` alone: what it gives at other n is a prediction."""
    one = architecture.build(BASE, 1)
    first = int(network_cost(one, symbolic=False).total.depth)
    path: dict[str, int] = {}
    for stage in critical_path(one):
        if stage.levels:
            part = _part(stage.layer)
            path[part] = path.get(part, 0) + stage.levels
    slope = 0 if architecture.per_step is None else architecture.per_step(BASE)
    return DepthFormula(first, slope, architecture.steps, path)


@dataclass(frozen=True)
class SizeGrowth:
    """How the number of gates grows with n.

    Attributes:
        growth: such as ``n^3 lg n``, of the formula's largest term, or a fitted shape.
        formula: the exact formula in n; None where none was found.
        counted: the n at which sizes were counted; the formula holds at all of them.
    """

    growth: str
    formula: str | None
    counted: tuple[int, ...]


def size_growth(architecture: Architecture, measured: Mapping[int, int]) -> SizeGrowth:
    """Find the formula of the size, of the circuit that is built without sharing and folding.

    It holds at `SIZES` and at all n measured. Where the sizes themselves have none that is told
    from others, those of one step and of a further step are tried.

    Args:
        architecture: of a row.
        measured: {n: size}.
    """
    from tcsim.family.exact import exact_fit
    from tcsim.family.fit import in_words
    from tcsim.family.formulas import at, formula
    from tcsim.family.models import growth

    sizes = {**measured, **_sizes(architecture.network)}
    counted = tuple(sorted(sizes))
    fit = exact_fit(sizes)
    if fit is not None:
        return SizeGrowth(_power(fit.order[1]), in_words(fit), counted)
    once = _sizes(lambda n: architecture.build(n, 1))
    twice = _sizes(lambda n: architecture.build(n, 2))
    one, more = exact_fit(once), exact_fit({n: twice[n] - size for n, size in once.items()})
    if "lg" in architecture.steps and one is not None and more is not None:
        import sympy

        steps: Any = formula(architecture.steps).expression
        whole = sympy.expand(one.expression() + (steps - 1) * more.expression())
        if all(int(at(whole, n)) == size for n, size in sizes.items()):
            return SizeGrowth(f"{_power(more.order[1])} lg n", in_text(whole), counted)
    best = growth(sizes).best
    return SizeGrowth("no shape found" if best is None else best.text, None, counted)


_STEP = re.compile(r"(layer|loop|step|token)\d+")
"""Scopes that procedures open."""


def in_text(expression: object) -> str:
    """A sympy expression with `lg` and `ceil`."""
    text = str(expression).replace("ceiling", "ceil")
    return text.replace("log(n)/log(2)", "lg(n)").replace("log(n, 2)", "lg(n)")


def _sizes(build: Callable[[int], Any]) -> dict[int, int]:
    return {n: int(network_cost(build(n), symbolic=False).total.size) for n in SIZES}


def _power(power: int) -> str:
    return {0: "constant", 1: "n"}.get(power, f"n^{power}")


def _part(scope: str) -> str:
    """The innermost part of a model that a scope names, leaving out which step it is."""
    parts = [one for one in scope.split("/") if not _STEP.fullmatch(one)]
    return parts[-1].replace("_", " ") if parts else "network"
