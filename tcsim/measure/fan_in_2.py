"""The fan-in 2 basis (AND, OR, NOT), counted without building it.

The translation: the majority basis, with each gate replaced by two-input gates. A wide AND or OR
becomes a tree of least depth, every other gate a carry-save adder and a comparison, as
`tcsim.lowering` builds them. Each gate gets its own adder, even where gates share a form. NOT gates
count. A gate with one operand or none stays one gate; one whose comparison comes down to a single
wire is that wire.

Wires that stand on the same level are interchangeable, so they are counted in bundles: a form of a
thousand operands costs some dozens of steps.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tcsim import lowering
from tcsim.errors import ArgumentError
from tcsim.measure.majority import DualRail, dual_rail, majority
from tcsim.measure.threshold import Measures

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcsim.circuit import Circuit

Arrivals = tuple[tuple[int, int, int], ...]
"""Operands of a gate: (level, weight, how many), in increasing order."""


class LevelCounter:
    """Two-input gates that are only counted, `times` at once: a wire is its level.

    Attributes:
        histogram: {level: gates on it}.
        edges: operand pairs.
        max_fan_in: most operands of a gate.
        times: how many copies of each gate are meant.
    """

    def __init__(self) -> None:
        self.histogram: Counter[int] = Counter()
        self.edges = 0
        self.max_fan_in = 0
        self.times = 1

    def conjunction(self, *wires: int) -> int:
        """AND of wires, counted."""
        return self._count(max(wires) + 1, len(wires))

    def disjunction(self, *wires: int) -> int:
        """OR of wires, counted."""
        return LevelCounter.conjunction(self, *wires)  # and not that of a subclass

    def negation(self, a: int) -> int:
        """NOT of a wire, counted."""
        return self._count(a + 1, 1)

    def level(self, a: int) -> int:
        """A wire is its level."""
        return a

    def buffer(self, a: int) -> int:
        """A gate of one operand, counted."""
        return self._count(a + 1, 1)

    def constant(self) -> int:
        """A gate of no operand, counted."""
        return self._count(1, 0)

    def add(self, other: LevelCounter, levels: int = 0, times: int = 1) -> None:
        """Count everything that another counter did, some levels up and some times."""
        for level, count in other.histogram.items():
            self.histogram[level + levels] += count * times
        self.edges += other.edges * times
        self.max_fan_in = max(self.max_fan_in, other.max_fan_in)

    def _count(self, level: int, fan_in: int) -> int:
        self.histogram[level] += self.times
        self.edges += fan_in * self.times
        self.max_fan_in = max(self.max_fan_in, fan_in)
        return level


class NandCounter(LevelCounter):
    """NAND gates: NOT is one, AND two, OR three of them. Counts NOR gates just as well.

    With NOR for NAND, AND and OR change places.
    """

    def __init__(self, *, nor: bool = False) -> None:
        super().__init__()
        self._nor = nor

    def conjunction(self, *wires: int) -> int:
        """AND of two wires."""
        return self._two(*wires) if not self._nor else self._three(*wires)

    def disjunction(self, *wires: int) -> int:
        """OR of two wires."""
        return self._three(*wires) if not self._nor else self._two(*wires)

    def _two(self, *wires: int) -> int:
        return self.negation(super().conjunction(*wires))

    def _three(self, *wires: int) -> int:
        return super().conjunction(*map(self.negation, wires))

    def buffer(self, a: int) -> int:
        """A gate of one operand: two NOTs."""
        return self.negation(self.negation(a))


class Block:
    """What the gates over one set of operands cost, by threshold; levels relative to the first."""

    def __init__(
        self, arrivals: Arrivals, counter: Callable[[], LevelCounter], fan_in: int
    ) -> None:
        self.arrivals = arrivals
        self.fan_in = fan_in
        self._counter = counter
        self.total = sum(weight * count for _, weight, count in arrivals)
        self.least = min(weight for _, weight, _ in arrivals)
        self._adder: tuple[LevelCounter, list[int | None]] | None = None
        self._gates: dict[int, tuple[int, LevelCounter]] = {}

    def gate(self, limit: int) -> tuple[int, LevelCounter]:
        """The output level and the gates of ``sum weight * wire >= limit``."""
        if limit not in self._gates:
            self._gates[limit] = self._count(limit)
        return self._gates[limit]

    def _count(self, limit: int) -> tuple[int, LevelCounter]:
        counter = self._counter()
        if limit > self.total - self.least:
            return _tree(counter, self.arrivals, counter.conjunction, self.fan_in), counter
        if limit <= self.least:
            return _tree(counter, self.arrivals, counter.disjunction, self.fan_in), counter
        if self._adder is None:
            adder = self._counter()
            self._adder = adder, _add_up(adder, self.arrivals)
        adder, digits = self._adder
        level = lowering.compare(counter, digits, limit)
        assert level is not None, "a limit in range leaves a digit to decide"  # noqa: S101
        counter.add(adder)
        return level, counter


def fan_in_2(circuit: Circuit) -> Measures:
    """Depth, width, size and edges in the fan-in 2 basis.

    Args:
        circuit: any circuit.
    """
    return circuit.remember("fan_in_2", lambda: _fan_in_2(circuit))


def bounded_fanin(circuit: Circuit, k: int) -> Measures:
    """Depth, width, size and edges with AND and OR of at most k operands, and NOT.

    Wide ANDs and ORs become trees of k-input gates; adders keep gates of two.

    Args:
        circuit: any circuit.
        k: largest fan-in, at least 2; for 2 this is `fan_in_2`.

    Raises:
        ArgumentError: k is no integer of at least 2.
    """
    if not isinstance(k, int) or isinstance(k, bool) or k < 2:
        raise ArgumentError(f"k must be an integer of at least 2, not {k!r}")
    if k == 2:
        return fan_in_2(circuit)
    basis = f"fan_in_{k}"
    return circuit.remember(basis, lambda: _measures(circuit, basis, LevelCounter, k))


def nand(circuit: Circuit) -> Measures:
    """Depth, width, size and edges with two-input NAND gates alone, as `to_nand` builds them."""
    return circuit.remember("nand", lambda: _measures(circuit, "nand", NandCounter))


def nor(circuit: Circuit) -> Measures:
    """Depth, width, size and edges with two-input NOR gates alone, as `to_nor` builds them."""
    return circuit.remember(
        "nor", lambda: _measures(circuit, "nor", partial(NandCounter, nor=True))
    )


def _fan_in_2(circuit: Circuit) -> Measures:
    narrow = majority(circuit)
    if narrow.max_fan_in > 2:
        return _measures(circuit, "fan_in_2", LevelCounter)
    return replace(narrow, basis="fan_in_2", depth_literal=None)


def _measures(
    circuit: Circuit, basis: str, counter: Callable[[], LevelCounter], fan_in: int = 2
) -> Measures:
    gates, depth = _count_gates(circuit, dual_rail(circuit), counter, fan_in)
    top = max(gates.histogram, default=0)
    levels = tuple(gates.histogram.get(level, 0) for level in range(top + 1))
    return Measures(
        basis=basis,
        depth=depth,
        width=max(levels),
        size=sum(levels),
        edges=gates.edges,
        wires=gates.edges,
        max_fan_in=gates.max_fan_in,
        max_weight=min(gates.edges, 1),
        levels=levels,
    )


def _count_gates(
    circuit: Circuit, rail: DualRail, make_counter: Callable[[], LevelCounter], fan_in: int
) -> tuple[LevelCounter, int]:
    """The gates of the translated circuit, and its depth."""
    n, start = circuit.n_inputs, rail.flat.start.tolist()
    operand, weight = rail.flat.operand.tolist(), rail.flat.weight.tolist()
    form_of = circuit.gate_form.tolist()
    level = [0, 1] * n + [0, 0] * circuit.size
    blocks: dict[Arrivals, Block] = {}
    found: dict[int, tuple[Block, int]] = {}
    uses: Counter[tuple[Block, int, int]] = Counter()
    every = make_counter()
    every.times = int(rail.inverted_inputs.sum())
    if every.times:
        every.negation(0)
    every.times = 1
    constants, singles = rail.constant.tolist(), rail.single.tolist()
    copies, limits = rail.copies.reshape(-1).tolist(), rail.limit.reshape(-1).tolist()
    for copy in range(2 * circuit.size):
        gate, polarity = divmod(copy, 2)
        here = 2 * n + copy
        if constants[gate]:
            level[here] = every.constant() if copies[copy] else 0
            continue
        if not (copies[copy] or singles[gate]):
            continue  # a polarity that nothing reads
        form = 2 * form_of[gate] + polarity
        if form not in found:
            first, last = start[form_of[gate]], start[form_of[gate] + 1]
            counts: dict[tuple[int, int], int] = {}
            for wire, w in zip(operand[first:last], weight[first:last], strict=True):
                if w:
                    arrival = level[2 * wire + (polarity if w > 0 else 1 - polarity)], abs(w)
                    counts[arrival] = counts.get(arrival, 0) + 1
            base = min(counts)[0]
            key = tuple((at - base, w, count) for (at, w), count in sorted(counts.items()))
            if key not in blocks:
                blocks[key] = Block(key, make_counter, fan_in)
            found[form] = blocks[key], base
        block, base = found[form]
        if singles[gate]:
            # A gate of its own, or (no copy) the NOT gate of an input.
            level[here] = every.buffer(base) if copies[copy] else base
        else:
            limit = limits[copy]
            level[here] = base + block.gate(limit)[0]
            uses[block, limit, base] += 1
    for (block, limit, base), times in uses.items():
        every.add(block.gate(limit)[1], base, times)
    outputs = circuit.output_wire[circuit.output_wire >= 0].tolist()
    return every, max((level[2 * wire] for wire in outputs), default=0)


def _tree(counter: LevelCounter, arrivals: Arrivals, join: Callable[..., int], fan_in: int) -> int:
    """Join wires in groups, the earliest first; returns the level of the last."""
    waiting: Counter[int] = Counter()
    for level, _, count in arrivals:
        waiting[level] += count
    left = sum(waiting.values())
    group = lowering.first_group(left, fan_in) if left > 1 else 0
    most = 1  # the first gate alone may be smaller
    while left > 1:
        counter.times, taken = _take(waiting, group, most)
        waiting[join(*taken)] += counter.times
        left -= counter.times * (group - 1)
        group, most = fan_in, left
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


def _take(waiting: Counter[int], size: int, most: int | None = None) -> tuple[int, tuple[int, ...]]:
    """Take the earliest wires in groups of `size`, as many (but `most`) as stand on one level."""
    level = min(waiting)
    groups = waiting[level] // size
    if most is not None:
        groups = min(groups, most)
    if groups:
        waiting[level] -= groups * size
        taken = (level,) * size
    else:
        groups = 1
        picked: list[int] = []
        for at in sorted(waiting):
            while waiting[at] and len(picked) < size:
                waiting[at] -= 1
                picked.append(at)
        taken = tuple(picked)
    for at in set(taken):
        if not waiting[at]:
            del waiting[at]
    return groups, taken
