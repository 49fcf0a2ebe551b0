"""The fan-in 2 basis (AND, OR, NOT), counted without building it.

The translation: the majority basis, with each gate replaced by two-input gates. A wide AND or OR
becomes a tree of least depth, every other gate a carry-save adder and a comparison, as
`tcsim.lowering` builds them. Each gate gets its own adder, even where gates share a form. NOT gates
count. A gate with one operand or none stays one gate.

Wires that stand on the same level are interchangeable, so they are counted in bundles: a form of a
thousand operands costs some dozens of steps.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from tcsim import lowering
from tcsim.measure.majority import DualRail, dual_rail, majority
from tcsim.measure.threshold import Measures

if TYPE_CHECKING:
    from tcsim.circuit import Circuit

Arrivals = tuple[tuple[int, int, int], ...]
"""Operands of a gate: (level, weight, how many), in increasing order."""


class LevelCounter:
    """Two-input gates that are only counted, `times` at once: a wire is its level.

    Attributes:
        histogram: {level: gates on it}.
        edges: operand pairs.
        times: how many copies of each gate are meant.
    """

    def __init__(self) -> None:
        self.histogram: Counter[int] = Counter()
        self.edges = 0
        self.times = 1

    def conjunction(self, a: int, b: int) -> int:
        """AND of two wires, counted."""
        level = max(a, b) + 1
        self.histogram[level] += self.times
        self.edges += 2 * self.times
        return level

    disjunction = conjunction

    def negation(self, a: int) -> int:
        """NOT of a wire, counted."""
        self.histogram[a + 1] += self.times
        self.edges += self.times
        return a + 1

    def level(self, a: int) -> int:
        """A wire is its level."""
        return a


class Block:
    """What the gates over one set of operands cost, by threshold; levels relative to the first."""

    def __init__(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals
        self.total = sum(weight * count for _, weight, count in arrivals)
        self.least = min(weight for _, weight, _ in arrivals)
        self._adder: tuple[LevelCounter, list[int | None]] | None = None
        self._gates: dict[int, tuple[int, LevelCounter]] = {}

    def gate(self, limit: int) -> tuple[int, LevelCounter]:
        """The output level and the two-input gates of ``sum weight * wire >= limit``."""
        if limit not in self._gates:
            self._gates[limit] = self._count(limit)
        return self._gates[limit]

    def _count(self, limit: int) -> tuple[int, LevelCounter]:
        counter = LevelCounter()
        if limit > self.total - self.least or limit <= self.least:
            return _tree(counter, self.arrivals), counter
        if self._adder is None:
            adder = LevelCounter()
            self._adder = adder, _add_up(adder, self.arrivals)
        adder, digits = self._adder
        level = lowering.compare(counter, digits, limit)
        assert level is not None, "a limit in range leaves a digit to decide"  # noqa: S101
        counter.histogram.update(adder.histogram)
        counter.edges += adder.edges
        return level, counter


def fan_in_2(circuit: Circuit) -> Measures:
    """Depth, width, size and edges in the fan-in 2 basis.

    Args:
        circuit: any circuit.
    """
    return circuit.remember("fan_in_2", lambda: _fan_in_2(circuit))


def _fan_in_2(circuit: Circuit) -> Measures:
    narrow = majority(circuit)
    if narrow.max_fan_in <= 2:
        profile, depth, edges = Counter(dict(enumerate(narrow.levels))), narrow.depth, narrow.edges
    else:
        profile, depth, edges = _count_gates(circuit, dual_rail(circuit))
    levels = tuple(profile.get(level, 0) for level in range(max(profile, default=0) + 1))
    return Measures(
        basis="fan_in_2",
        depth=depth,
        width=max(levels),
        size=sum(levels),
        edges=edges,
        wires=edges,
        max_fan_in=2 if edges > sum(levels) else min(edges, 1),
        max_weight=min(edges, 1),
        levels=levels,
    )


def _count_gates(circuit: Circuit, rail: DualRail) -> tuple[Counter[int], int, int]:
    """Gates by level, depth and edges of the translated circuit."""
    n, start = circuit.n_inputs, rail.flat.start.tolist()
    operand, weight = rail.flat.operand.tolist(), rail.flat.weight.tolist()
    level = [0, 1] * n + [0, 0] * circuit.size
    blocks: dict[Arrivals, Block] = {}
    found: dict[tuple[int, int], tuple[Block, int]] = {}
    uses: Counter[tuple[Block, int, int]] = Counter()
    nots = int(rail.inverted_inputs.sum())
    profile: Counter[int] = Counter({1: nots} if nots else {})
    edges = nots
    for gate, form in enumerate(circuit.gate_form.tolist()):
        for polarity in (0, 1):
            here = 2 * (n + gate) + polarity
            if rail.constant[gate]:
                level[here] = 1
                profile[1] += int(rail.copies[gate, polarity])
                continue
            if (form, polarity) not in found:
                counts: Counter[tuple[int, int]] = Counter()
                for term in range(start[form], start[form + 1]):
                    if weight[term]:
                        side = polarity if weight[term] > 0 else 1 - polarity
                        counts[level[2 * operand[term] + side], abs(weight[term])] += 1
                base = min(counts)[0]
                key = tuple((at - base, w, count) for (at, w), count in sorted(counts.items()))
                found[form, polarity] = blocks.setdefault(key, Block(key)), base
            block, base = found[form, polarity]
            if rail.single[gate]:
                # A gate of its own, or (no copy) the NOT gate of an input on its level 1.
                own = int(rail.copies[gate, polarity])
                level[here] = base + own
                profile[base + 1] += own
                edges += own
            elif rail.copies[gate, polarity]:
                limit = int(rail.limit[gate, polarity])
                level[here] = base + block.gate(limit)[0]
                uses[block, limit, base] += 1
    for (block, limit, base), times in uses.items():
        counter = block.gate(limit)[1]
        edges += times * counter.edges
        for at, count in counter.histogram.items():
            profile[base + at] += times * count
    outputs = circuit.output_wire[circuit.output_wire >= 0].tolist()
    return profile, max((level[2 * wire] for wire in outputs), default=0), edges


def _tree(counter: LevelCounter, arrivals: Arrivals) -> int:
    """Join wires two by two, the earliest first; returns the level of the last."""
    waiting: Counter[int] = Counter()
    for level, _, count in arrivals:
        waiting[level] += count
    left = sum(waiting.values())
    while left > 1:
        counter.times, (first, second) = _take(waiting, 2)
        waiting[counter.conjunction(first, second)] += counter.times
        left -= counter.times
    return next(iter(waiting.elements()))


def _add_up(counter: LevelCounter, arrivals: Arrivals) -> list[int | None]:
    """`tcsim.lowering.add_up` over bundles: the levels of the digits of the sum."""
    columns: dict[int, Counter[int]] = {}
    for level, weight, count in arrivals:
        for place in range(weight.bit_length()):
            if weight >> place & 1:
                columns.setdefault(place, Counter())[level] += count
    digits: list[int | None] = []
    carries: Counter[int] = Counter()
    while carries or len(digits) <= max(columns):
        waiting = columns.get(len(digits), Counter()) + carries
        carries = Counter()
        left = waiting.total()
        while left > 1:
            if left > 2:
                counter.times, (a, b, c) = _take(waiting, 3)
                total, carry = lowering.full_adder(counter, a, b, c)
            else:
                counter.times, (a, b) = _take(waiting, 2)
                total, carry = lowering.exclusive_or(counter, a, b)
            waiting[total] += counter.times
            carries[carry] += counter.times
            left = waiting.total()
        digits.append(next(waiting.elements()) if left else None)
    counter.times = 1
    return digits


def _take(waiting: Counter[int], size: int) -> tuple[int, tuple[int, ...]]:
    """Take the earliest wires in groups of `size`, as many groups as stand on one level."""
    level = min(waiting)
    groups = waiting[level] // size
    if groups:
        waiting[level] -= groups * size
        taken = (level,) * size
    else:
        groups = 1
        picked = []
        for at in sorted(waiting):
            while waiting[at] and len(picked) < size:
                waiting[at] -= 1
                picked.append(at)
        taken = tuple(picked)
    for at in set(taken):
        if not waiting[at]:
            del waiting[at]
    return groups, taken
