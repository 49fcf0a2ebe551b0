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
from tcsim.measure import flat_forms, tails
from tcsim.transform.rebuild import Copy
from tcsim.transform.simplify import simplify

if TYPE_CHECKING:
    from tcsim.circuit import Circuit

MAX_SIZE = 1_000_000
"""Default for the largest size of the result."""


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
        LimitError: the tables could exceed `max_size`; the message says what would fit.
    """
    if depth >= circuit.depth:
        return circuit
    if depth < 2:
        raise ArgumentError(f"depth must be at least 2, not {depth}: a table takes two levels")
    core = simplify(circuit)
    if depth >= core.depth:
        return core
    plan = _plan(core, depth)
    if plan.size_bound > max_size:
        fits = [p.depth for p in trade_off(core) if p.size_bound <= max_size]
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
    core = simplify(circuit)
    return [_plan(core, depth) for depth in range(core.depth, 1, -1)]


def _plan(circuit: Circuit, depth: int) -> TradeOff:
    """The cheapest segments whose levels add up to at most `depth`, by dynamic programming."""
    cost, height = _segment_costs(circuit), circuit.depth
    # best[d][l]: (size of levels 1..l in d levels, segments)
    empty: tuple[tuple[int, int], ...] = ()
    best: list[list[tuple[int, tuple[tuple[int, int], ...]] | None]] = [
        [None] * (height + 1) for _ in range(depth + 1)
    ]
    for d in range(depth + 1):
        best[d][0] = (0, empty)
        for last in range(1, height + 1):
            options = []
            for first in range(1, last + 1):
                taken = 1 if first == last else 2
                below = best[d - taken][first - 1] if d >= taken else None
                if below is not None:
                    options.append((below[0] + cost[first, last], (*below[1], (first, last))))
            best[d][last] = min(options, default=None)
    found = best[depth][height]
    assert found is not None, "two levels can always hold one table"  # noqa: S101
    return TradeOff(depth, found[0], found[1])


def _segment_costs(circuit: Circuit) -> dict[tuple[int, int], int]:
    """Gates needed for each segment: its own where it is one level, else its tables."""
    height = circuit.depth
    costs = dict.fromkeys(
        ((first, last) for last in range(1, height + 1) for first in range(1, last + 1)), 0
    )
    profile = circuit.measures.levels
    for first in range(1, height + 1):
        supports = _supports(circuit, first - 1)
        for last in range(first, height + 1):
            if first == last:
                costs[first, last] = profile[first]
                continue
            costs[first, last] = sum(
                (1 << len(supports[gate])) + 1 for gate in _read_above(circuit, first, last)
            )
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


def _read_above(circuit: Circuit, first: int, last: int) -> list[int]:
    """Gates of a segment that a gate above it, or an output, reads."""
    flat, n, level = flat_forms(circuit), circuit.n_inputs, circuit.levels
    highest = np.zeros(circuit.size, np.int64)
    form_level = np.zeros(circuit.n_forms, np.int64)
    np.maximum.at(form_level, circuit.gate_form, level)
    row = np.repeat(np.arange(circuit.n_forms), flat.fan_in)
    inner = flat.operand >= n
    np.maximum.at(highest, flat.operand[inner] - n, form_level[row[inner]])
    outputs = circuit.output_wire[circuit.output_wire >= n] - n
    highest[outputs] = circuit.depth + 1
    mine = (level >= first) & (level <= last) & (highest > last) & (tails(circuit) >= 0)
    found: list[int] = np.flatnonzero(mine).tolist()
    return found


def _build(circuit: Circuit, plan: TradeOff) -> Circuit:
    copy = Copy(circuit)
    copy.add_inputs()
    for first, last in plan.segments:
        if first == last:
            copy.add_gates(gates=np.flatnonzero(circuit.levels == first).tolist())
            continue
        supports = _supports(circuit, first - 1)
        gates = _read_above(circuit, first, last)
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
