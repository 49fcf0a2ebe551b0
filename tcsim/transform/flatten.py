"""Flatten to a depth: shallower at the price of size, the depth-width trade-off of the paper's 2.1.

The levels are cut into segments. A segment of one level is kept; a taller one is replaced by two
levels, a table: each of its gates that is read above becomes an OR of ANDs, one AND for each
assignment to the wires below the segment that makes it (or, if those are fewer, its complement) 1.
The segments are chosen so that the sum of all table sizes is least.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tcsim.errors import ArgumentError, LimitError
from tcsim.expressions import Signal
from tcsim.expressions import all as conjunction
from tcsim.expressions import any as disjunction
from tcsim.measure import flat_forms
from tcsim.transform.rebuild import Copy
from tcsim.transform.simplify import simplify

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers

MAX_SIZE = 1_000_000
"""Default for the largest size of the result."""

MAX_PLAN = 2_000_000
"""Largest depth x size for which segments are planned: a few seconds."""


@dataclass(frozen=True)
class TradeOff:
    """One point of the depth-size trade-off.

    Attributes:
        depth: depth asked for.
        size_bound: an upper bound of the size: 2**k + 1 gates for a table over k wires.
        segments: (first level, last level) of each segment, lowest first.
    """

    depth: int
    size_bound: int
    segments: tuple[tuple[int, int], ...]


def flatten_to_depth(circuit: Circuit, depth: int, *, max_size: int = MAX_SIZE) -> Circuit:
    """An equivalent circuit of at most the given depth.

    Args:
        circuit: any circuit.
        depth: at least 2 (or the circuit's own depth).
        max_size: refuse where the bound on the size exceeds this.

    Returns:
        A circuit of depth at most `depth` and size at most the bound of `trade_off`.

    Raises:
        ArgumentError: the depth is below 2 and below the circuit's.
        LimitError: the tables could exceed `max_size` (the message says what would fit), or
            depth x size exceeds `MAX_PLAN`.
    """
    if depth >= circuit.depth:
        return circuit
    if depth < 2:
        raise ArgumentError(f"depth must be at least 2, not {depth}: a table takes two levels")
    core = simplify(circuit)
    if depth >= core.depth:
        return core
    plans = _plans(core)
    plan = plans[depth]
    if plan.size_bound > max_size:
        fits = [d for d, point in plans.items() if point.size_bound <= max_size]
        raise LimitError(
            f"depth {depth} could take {plan.size_bound:.3g} gates, more than {max_size:,}; "
            f"depth {min(fits, default=core.depth)} fits, or raise max_size"
        )
    return simplify(_build(core, plan))


def trade_off(circuit: Circuit) -> list[TradeOff]:
    """Bounds on the size for every depth from the circuit's own down to 2.

    Args:
        circuit: any circuit; its levels are those after `simplify`.
    """
    return list(_plans(simplify(circuit)).values())


def _plans(circuit: Circuit) -> dict[int, TradeOff]:
    """For each depth, the cheapest segments whose levels add up to at most it; deepest first."""
    height = circuit.depth
    if height * circuit.size > MAX_PLAN:
        raise LimitError(
            f"a circuit of size {circuit.size:,} and depth {height:,} is too large to plan: "
            f"their product is limited to {MAX_PLAN:,}; flatten its parts apart"
        )
    cost = _segment_costs(circuit)
    # Dynamic programming: best[d][l] = (gates of the levels 1..l put into d levels, where the last
    # segment starts).
    best: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
    for d in range(1, height + 1):
        row = {0: (0, 0)}
        for last in range(1, height + 1):
            options = []
            if last - 1 in best[d - 1]:
                options.append((best[d - 1][last - 1][0] + cost[last, last], last))
            if d >= 2:
                options += [
                    (best[d - 2][first - 1][0] + cost[first, last], first)
                    for first in range(1, last)
                    if first - 1 in best[d - 2]
                ]
            if options:
                row[last] = min(options)
        best.append(row)
    return {
        depth: TradeOff(depth, best[depth][height][0], _segments(best, depth, height))
        for depth in range(height, 1, -1)
    }


def _segments(
    best: list[dict[int, tuple[int, int]]], depth: int, last: int
) -> tuple[tuple[int, int], ...]:
    """Follow the choices of the dynamic program back to the inputs."""
    segments: list[tuple[int, int]] = []
    while last:
        first = best[depth][last][1]
        segments.append((first, last))
        depth -= 1 if first == last else 2
        last = first - 1
    return tuple(reversed(segments))


def _segment_costs(circuit: Circuit) -> dict[tuple[int, int], int]:
    """Gates needed for each segment: its own where it is one level, else its tables."""
    height, profile = circuit.depth, circuit.measures.levels
    costs = {(level, level): profile[level] for level in range(1, height + 1)}
    highest = _highest_reader(circuit)
    for first in range(1, height + 1):
        sizes = [len(support) for support in _supports(circuit, first - 1)]
        for last in range(first + 1, height + 1):
            read = _read_above(circuit, highest, first, last)
            costs[first, last] = sum((1 << sizes[gate]) + 1 for gate in read)
    return costs


def _supports(circuit: Circuit, below: int) -> list[frozenset[int]]:
    """For each gate above a level: the wires at or below it that the gate depends on."""
    flat, n, level = flat_forms(circuit), circuit.n_inputs, circuit.levels
    supports: list[frozenset[int]] = []
    for gate in range(circuit.size):
        if level[gate] <= below:
            supports.append(frozenset({n + gate}))
            continue
        form = int(circuit.gate_form[gate])
        operands = flat.operand[flat.start[form] : flat.start[form + 1]].tolist()
        supports.append(
            frozenset(
                itertools.chain.from_iterable(
                    supports[wire - n] if wire >= n else (wire,) for wire in operands
                )
            )
        )
    return supports


def _highest_reader(circuit: Circuit) -> Integers:
    """The highest level on which a gate is read, above all levels for outputs: (gates,)."""
    flat, n, level = flat_forms(circuit), circuit.n_inputs, circuit.levels
    highest = np.zeros(circuit.size, np.int64)
    form_level = np.zeros(circuit.n_forms, np.int64)
    np.maximum.at(form_level, circuit.gate_form, level)
    row = np.repeat(np.arange(circuit.n_forms), flat.fan_in)
    inner = flat.operand >= n
    np.maximum.at(highest, flat.operand[inner] - n, form_level[row[inner]])
    highest[circuit.output_wire[circuit.output_wire >= n] - n] = circuit.depth + 1
    return highest


def _read_above(circuit: Circuit, highest: Integers, first: int, last: int) -> list[int]:
    """Gates of a segment that a gate above it, or an output, reads."""
    mine = (circuit.levels >= first) & (circuit.levels <= last) & (highest > last)
    found: list[int] = np.flatnonzero(mine).tolist()
    return found


def _build(circuit: Circuit, plan: TradeOff) -> Circuit:
    copy, highest = Copy(circuit), _highest_reader(circuit)
    copy.add_inputs()
    for first, last in plan.segments:
        if first == last:
            copy.add_gates(gates=np.flatnonzero(circuit.levels == first).tolist())
            continue
        supports = _supports(circuit, first - 1)
        gates = _read_above(circuit, highest, first, last)
        tables = {gate: _table(copy, gate, supports[gate]) for gate in gates}
        copy.add_gates(tables.__getitem__, gates=gates)
    return copy.finish()


def _table(copy: Copy, gate: int, support: frozenset[int]) -> Signal:
    """A gate as an OR of ANDs over the wires below its segment, or the complement of one."""
    wires = sorted(support)
    rows: dict[bool, list[tuple[int, ...]]] = {False: [], True: []}
    for bits in itertools.product((0, 1), repeat=len(wires)):
        rows[_value(copy, gate, dict(zip(wires, bits, strict=True)))].append(bits)
    wanted = len(rows[True]) <= len(rows[False])
    terms = [
        conjunction(
            copy.signals[wire] if bit else ~copy.signals[wire]
            for wire, bit in zip(wires, bits, strict=True)
        )
        for bits in rows[wanted]
    ]
    signal = copy.builder.materialize(disjunction(terms))
    return signal if wanted else ~signal


def _value(copy: Copy, gate: int, values: dict[int, int]) -> bool:
    """The value of a gate, given the values of all wires below its segment."""
    circuit = copy.circuit
    stack = [circuit.n_inputs + gate]
    while stack:
        wire = stack[-1]
        terms = copy.terms(wire - circuit.n_inputs)
        missing = [operand for operand, _ in terms if operand not in values]
        if missing:
            stack.extend(missing)
            continue
        total = sum(weight * values[operand] for operand, weight in terms)
        values[wire] = int(total >= circuit.threshold(wire - circuit.n_inputs))
        stack.pop()
    return bool(values[circuit.n_inputs + gate])
