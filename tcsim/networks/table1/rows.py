"""Row: an architecture, measured and compared with what is proved of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.networks.table1.formulas import DepthFormula, SizeGrowth
    from tcsim.networks.table1.theory import Theory

Agreement: TypeAlias = Literal["consistent", "not consistent", "about the problem"]


@dataclass(frozen=True)
class Measurement:
    """One network of a row.

    Attributes:
        depth: in the threshold basis, without sharing and folding.
        size: gates, likewise.
        flat: whether the circuit was built and measured; otherwise its exact formulas say it.
    """

    depth: int
    size: int
    flat: bool


@dataclass(frozen=True)
class Row:
    """An architecture, measured.

    Attributes:
        name: of the architecture.
        description: of its networks.
        depth: the formula, derived from parts.
        measured: {n: what was measured}.
        size: how the number of gates grows.
        theory: what is proved.
        failures: where a measurement differs from a formula; none should.
    """

    name: str
    description: str
    depth: DepthFormula
    measured: Mapping[int, Measurement]
    size: SizeGrowth
    theory: Theory
    failures: tuple[str, ...]

    @property
    def agreement(self) -> Agreement:
        """Whether the measurements are consistent with the theory; never a proof of it."""
        if self.theory.depth is None:
            return "about the problem"
        most = {"constant": ("1",), "logarithmic": ("1", "log")}.get(self.theory.depth)
        grows = _growth(self.depth)
        fine = (most is None or grows in most) and not self.failures
        return "consistent" if fine and self.size.formula is not None else "not consistent"

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "name": self.name,
            "depth_formula": self.depth.text,
            "measured": {str(n): one.depth for n, one in self.measured.items()},
            "flat": [n for n, one in self.measured.items() if one.flat],
            "size": {str(n): one.size for n, one in self.measured.items()},
            "size_growth": self.size.growth,
            "size_formula": self.size.formula,
            "size_counted_at": list(self.size.counted),
            "levels_of_first_step": dict(self.depth.path),
            "levels_per_step": str(self.depth.per_step),
            "steps": self.depth.steps,
            "description": self.description,
            "class": self.theory.complexity_class,
            "statement": self.theory.statement,
            "assumption": self.theory.assumption,
            "citation": self.theory.citation,
            "agreement": self.agreement,
            "failures": list(self.failures),
        }


def to_json(rows: Iterable[Row]) -> dict[str, Any]:
    """The table as a JSON object."""
    return {"schema": "tcsim.table1/1", "rows": [row.to_dict() for row in rows]}


def _growth(depth: DepthFormula) -> str:
    """Of a depth formula: ``1``, ``log`` or ``n``."""
    if not depth.per_step or depth.steps.isdigit():
        return "1"
    return "log" if "lg" in depth.steps else "n"
