"""Measures per named scope: what each layer contributes to size, to edges and to the depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tcsim.measure.flat import flat_forms
from tcsim.measure.path import critical_path

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import AnyIntegers, Integers


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
    flat, scopes, scope = flat_forms(circuit), len(circuit.scope_names), circuit.gate_scope
    outer, inner = _containment(circuit.scope_names)

    def totals(values: AnyIntegers) -> AnyIntegers:
        """Sums of one value per gate over each scope with all inside it."""
        own = np.zeros(scopes, values.dtype)
        np.add.at(own, scope, values)
        total: Any = np.zeros(scopes, values.dtype)
        np.add.at(total, outer, own[inner])
        sums: AnyIntegers = total
        return sums

    weights = flat.row_sums(np.abs(flat.weight))[circuit.gate_form]
    if weights.dtype != object and float(weights.sum(dtype=np.float64)) * scopes >= 2.0**62:
        weights = weights.astype(object)
    size, wires = totals(np.ones(circuit.size, np.int64)), totals(weights)
    edges = totals(flat.fan_in[circuit.gate_form])
    first, last, width = _profiles(circuit, outer, inner)
    path = [circuit.scope_names.index(step.scope) for step in critical_path(circuit)]
    on_path = np.bincount(outer, np.bincount(path, minlength=scopes)[inner], scopes).astype(int)
    return [
        ScopeMeasures(
            path=circuit.scope_names[i],
            size=int(size[i]),
            edges=int(edges[i]),
            wires=int(wires[i]),
            first_level=int(first[i]),
            last_level=int(last[i]),
            width=int(width[i]),
            path_gates=int(on_path[i]),
            path_share=int(on_path[i]) / len(path) if path else 0.0,
        )
        for i in np.flatnonzero(size).tolist()
    ]


def _containment(names: tuple[str, ...]) -> tuple[Integers, Integers]:
    """All pairs (scope, scope inside it or itself), ordered by the inner one."""
    number = {name: i for i, name in enumerate(names)}
    pairs: list[tuple[int, int]] = []
    for i, name in enumerate(names):
        parts = name.split("/")
        around = {"", *("/".join(parts[:length]) for length in range(1, len(parts) + 1))}
        pairs.extend((number[path], i) for path in around if path in number)
    outer, inner = np.array(pairs, np.int64).T
    return outer, inner


def _profiles(
    circuit: Circuit, outer: Integers, inner: Integers
) -> tuple[Integers, Integers, Integers]:
    """Lowest level, highest level and width of each scope with all inside it."""
    scopes, levels = len(circuit.scope_names), int(circuit.levels.max(initial=0)) + 1
    cells, counts = np.unique(circuit.gate_scope * levels + circuit.levels, return_counts=True)
    own, level = np.divmod(cells, levels)
    # Each (scope, level) cell counts for every scope around it.
    around = np.bincount(inner, minlength=scopes)
    starts, lengths = np.cumsum(around) - around, around[own]
    before = np.cumsum(lengths) - lengths
    holder = outer[np.repeat(starts[own] - before, lengths) + np.arange(lengths.sum())]
    level, counts = np.repeat(level, lengths), np.repeat(counts, lengths)
    merged, place = np.unique(holder * levels + level, return_inverse=True)
    total = np.zeros(len(merged), np.int64)
    np.add.at(total, place, counts)
    first, last = np.full(scopes, levels), np.zeros(scopes, np.int64)
    np.minimum.at(first, holder, level)
    np.maximum.at(last, holder, level)
    width = np.zeros(scopes, np.int64)
    np.maximum.at(width, merged // levels, total)
    return first, last, width
