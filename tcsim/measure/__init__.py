"""Measures of a circuit, computed without evaluating it.

One basis a module: `threshold`, `majority`, `fan_in_2`. `BASES` lists them by name and is open:
a further basis is a function from a circuit to `Measures`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.measure.fan_in_2 import bounded_fanin, fan_in_2, nand, nor
from tcsim.measure.flat import FlatForms, flat_forms
from tcsim.measure.majority import majority
from tcsim.measure.path import PathStep, critical_path, dead_gates, slack, tails
from tcsim.measure.schedule import ProcessorSchedule, live_values, processors
from tcsim.measure.scopes import ScopeMeasures, scope_measures
from tcsim.measure.threshold import (
    Measures,
    fan_out,
    levels,
    measures,
    output_levels,
    storage,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.circuit import Circuit

BASES: dict[str, Callable[[Circuit], Measures]] = {
    "threshold": measures,
    "majority": majority,
    "fan_in_2": fan_in_2,
    "nand": nand,
    "nor": nor,
}
"""The bases by name."""

__all__ = [
    "BASES",
    "FlatForms",
    "Measures",
    "PathStep",
    "ProcessorSchedule",
    "ScopeMeasures",
    "bounded_fanin",
    "critical_path",
    "dead_gates",
    "fan_in_2",
    "fan_out",
    "flat_forms",
    "levels",
    "live_values",
    "majority",
    "measures",
    "nand",
    "nor",
    "output_levels",
    "processors",
    "scope_measures",
    "slack",
    "storage",
    "tails",
]
