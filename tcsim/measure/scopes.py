"""Measures per named scope: what each layer contributes to size, to edges and to the depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.measure.flat import flat_forms
from tcsim.measure.path import critical_path
from tcsim.measure.threshold import exact_dot

if TYPE_CHECKING:
    from tcsim.circuit import Circuit


@dataclass(frozen=True)
class ScopeMeasures:
    """One scope with all scopes inside it.

    Attributes:
        path: ``"layer1/neuron3"``; "" is the whole circuit.
        size: gates in it.
        edges: operand pairs of its gates.
        wires: the same weighted by absolute value.
        first_level: lowest level of its gates.
        last_level: highest level of its gates.
        width: most of its gates on one level.
        path_gates: gates of the critical path that lie in it.
        path_share: those, as a share of the critical path's length; 0 where that is 0.
    """

    path: str
    size: int
    edges: int
    wires: int
    first_level: int
    last_level: int
    width: int
    path_gates: int
    path_share: float


def scope_measures(circuit: Circuit) -> list[ScopeMeasures]:
    """Measures of every scope that holds a gate, in the order in which scopes were opened."""
    flat = flat_forms(circuit)
    edges = flat.fan_in[circuit.gate_form]
    wires = flat.row_sums(np.abs(flat.weight))[circuit.gate_form]
    on_path = [step.scope for step in critical_path(circuit)]
    result = []
    for path in circuit.scope_names:
        prefix = f"{path}/"
        inside = [s == path or s.startswith(prefix) or not path for s in circuit.scope_names]
        mine = np.flatnonzero(np.array(inside)[circuit.gate_scope])
        if not len(mine):
            continue
        levels = circuit.levels[mine]
        one = np.ones(len(mine), np.int64)
        path_gates = sum(s == path or s.startswith(prefix) or not path for s in on_path)
        result.append(
            ScopeMeasures(
                path=path,
                size=len(mine),
                edges=int(edges[mine].sum()),
                wires=exact_dot(one, wires[mine]),
                first_level=int(levels.min()),
                last_level=int(levels.max()),
                width=int(np.bincount(levels).max()),
                path_gates=path_gates,
                path_share=path_gates / len(on_path) if on_path else 0.0,
            )
        )
    return result
