"""What the measures must be, by brute force: every gate of every basis is made and counted.

Shares no code with `tcsim.measure`: it reads the arrays of a circuit, expands forms by recursion,
makes lists of AND, OR, NOT and MAJ gates, evaluates them and takes the longest paths.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import product

from tcsim import lowering

Terms = dict[int, int]


@dataclass(frozen=True)
class Flat:
    """A circuit without forms: each gate is ({wire: weight}, threshold)."""

    inputs: int
    gates: list[tuple[Terms, int]]
    outputs: list[int]

    def operands(self, gate: int) -> list[int]:
        """The gates that a gate reads."""
        return [wire - self.inputs for wire in self.gates[gate][0] if wire >= self.inputs]

    def levels(self) -> list[int]:
        levels: list[int] = []
        for gate in range(len(self.gates)):
            levels.append(1 + max((levels[g] for g in self.operands(gate)), default=0))
        return levels

    def depth(self) -> int:
        levels = self.levels()
        return max((levels[w - self.inputs] for w in self.outputs if w >= self.inputs), default=0)

    def values(self, vector: tuple[int, ...]) -> list[int]:
        """The values of all wires."""
        values = list(vector)
        for terms, threshold in self.gates:
            values.append(int(sum(w * values[wire] for wire, w in terms.items()) >= threshold))
        return values

    def table(self) -> list[list[int]]:
        """The outputs on every input vector; FALSE is wire -2, TRUE wire -1."""
        return [
            [[*self.values(vector), 0, 1][wire] for wire in self.outputs]
            for vector in self.vectors()
        ]

    def vectors(self) -> list[tuple[int, ...]]:
        """Every input vector, the first input slowest."""
        return list(product((0, 1), repeat=self.inputs))


def flatten(circuit) -> Flat:
    """Read the arrays of a circuit and expand its forms."""
    start = [int(i) for i in circuit.form_start]
    weights = [int(w) for w in circuit.form_weight]
    for place, weight in circuit.big_weights.items():
        weights[place] = weight
    thresholds = [int(t) for t in circuit.gate_threshold]
    for gate, threshold in circuit.big_thresholds.items():
        thresholds[gate] = threshold

    @cache
    def expand(form: int) -> dict[int, tuple[int, bool]]:
        """{wire: (weight, whether a 0 was written on a way to it)}."""
        total: dict[int, tuple[int, bool]] = {}
        for place in range(start[form], start[form + 1]):
            operand, weight = int(circuit.form_operand[place]), weights[place]
            inner = {operand: (1, False)} if operand >= 0 else expand(~operand)
            for wire, (factor, zero) in inner.items():
                before, was = total.get(wire, (0, False))
                total[wire] = before + weight * factor, was or zero or weight == 0
        return {wire: pair for wire, pair in total.items() if pair[0] or pair[1]}

    gates = [
        ({wire: weight for wire, (weight, _) in sorted(expand(int(form)).items())}, threshold)
        for form, threshold in zip(circuit.gate_form, thresholds, strict=True)
    ]
    return Flat(len(circuit.input_names), gates, [int(wire) for wire in circuit.output_wire])


@dataclass
class Netlist:
    """Gates over nodes: 0 and 1 are the constants, then the inputs, then gates.

    A gate is (kind, [(node, parallel wires)]); ``nodes`` says which node stands for a wire, or for
    its complement (polarity 1).
    """

    inputs: int
    nodes: dict[tuple[int, int], int] = field(default_factory=dict)
    gates: list[tuple[str, list[tuple[int, int]]]] = field(default_factory=list)
    outputs: list[int] = field(default_factory=list)

    def add(self, kind: str, operands: list[tuple[int, int]]) -> int:
        self.gates.append((kind, operands))
        return 2 + self.inputs + len(self.gates) - 1

    def levels(self, *, free_nots: bool = False) -> list[int]:
        levels = [0] * (2 + self.inputs)
        for kind, operands in self.gates:
            below = max((levels[node] for node, _ in operands), default=0)
            free = free_nots and kind == "not" and operands[0][0] < 2 + self.inputs
            levels.append(below if free else below + 1)
        return levels

    def depth(self, *, free_nots: bool = False) -> int:
        levels = self.levels(free_nots=free_nots)
        return max((levels[node] for node in self.outputs), default=0)

    def profile(self) -> tuple[int, ...]:
        levels = self.levels()[2 + self.inputs :]
        return tuple(levels.count(level) for level in range(max(levels, default=0) + 1))

    def edges(self) -> int:
        return sum(len(operands) for _, operands in self.gates)

    def wires(self) -> int:
        return sum(many for _, operands in self.gates for _, many in operands)

    def max_fan_in(self) -> int:
        return max((sum(m for _, m in operands) for _, operands in self.gates), default=0)

    def max_weight(self) -> int:
        return max((many for _, operands in self.gates for _, many in operands), default=0)

    def values(self, vector: tuple[int, ...]) -> list[int]:
        """The values of all nodes."""
        values = [0, 1, *vector]
        for kind, operands in self.gates:
            ones = sum(many for node, many in operands if values[node])
            wires = sum(many for _, many in operands)
            value = {
                "and": ones == wires,
                "or": ones > 0,
                "not": ones == 0,
                "maj": 2 * ones > wires,  # strictly more than half
            }[kind]
            values.append(int(value))
        return values

    def check(self, flat: Flat) -> None:
        """Every node has the value of the wire, or of the complement, that it stands for."""
        for vector in flat.vectors():
            values, wires = self.values(vector), flat.values(vector)
            for (wire, polarity), node in self.nodes.items():
                assert values[node] == wires[wire] ^ polarity, (vector, wire, polarity)
            outputs = [[*wires, 0, 1][wire] for wire in flat.outputs]
            assert [values[node] for node in self.outputs] == outputs


class _Translation:
    """Negations pushed to the inputs: a node for each polarity of a wire that is read."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat
        self.net = Netlist(flat.inputs)
        for wire in flat.outputs:
            self.net.outputs.append({-2: 0, -1: 1}[wire] if wire < 0 else self.node(wire, 0))
        for gate in reversed(range(len(flat.gates))):
            wire = flat.inputs + gate
            if (wire, 0) not in self.net.nodes and (wire, 1) not in self.net.nodes:
                self.node(wire, 0)

    def node(self, wire: int, polarity: int) -> int:
        """The node of a wire, or of its complement (polarity 1)."""
        key = wire, polarity
        if key not in self.net.nodes:
            made = self.of_input(*key) if wire < self.flat.inputs else self.of_gate(*key)
            self.net.nodes[key] = made
        return self.net.nodes[key]

    def of_input(self, wire: int, polarity: int) -> int:
        return self.net.add("not", [(2 + wire, 1)]) if polarity else 2 + wire

    def of_gate(self, wire: int, polarity: int) -> int:
        terms, threshold = self.flat.gates[wire - self.flat.inputs]
        signed = [(wire, weight) for wire, weight in terms.items() if weight]
        total = sum(abs(weight) for _, weight in signed)
        limit = threshold + sum(-weight for _, weight in signed if weight < 0)
        if polarity:
            limit = total - limit + 1
        if limit <= 0:
            return self.net.add("and", [])
        if limit > total:
            return self.net.add("or", [])
        literals = [
            (self.node(wire, polarity if weight > 0 else 1 - polarity), abs(weight))
            for wire, weight in signed
        ]
        if len(signed) == 1:
            only = signed[0][0]
            if only < self.flat.inputs and literals[0][0] != 2 + only:
                return literals[0][0]  # the NOT gate of the input
            return self.net.add("and", [(literals[0][0], 1)])
        return self.compare(literals, limit)

    def compare(self, literals: list[tuple[int, int]], limit: int) -> int:
        """The gate ``sum weight * literal >= limit``, which is not constant, of two or more."""
        raise NotImplementedError


class _Majority(_Translation):
    def compare(self, literals: list[tuple[int, int]], limit: int) -> int:
        sizes = [size for _, size in literals]
        if all(size >= limit for size in sizes):
            return self.net.add("or", [(node, 1) for node, _ in literals])
        if all(sum(sizes) - size < limit for size in sizes):
            return self.net.add("and", [(node, 1) for node, _ in literals])
        constant, count = _padding(sum(sizes), limit)
        return self.net.add("maj", literals + ([(constant, count)] if count else []))


def _padding(total: int, limit: int) -> tuple[int, int]:
    """Fewest constant wires that move the majority of `total` wires to `limit`."""
    # Above a majority by itself: zeros, else ones. Near the answer the first that works is taken.
    near = abs(2 * limit - total)
    for count in range(max(near - 3, 0), near + 3):
        for constant in (0, 1):
            wires, ones = total + count, constant * count
            if 2 * (limit + ones) > wires and 2 * (limit - 1 + ones) <= wires:
                return constant, count
    raise AssertionError((total, limit))


class _TwoInput(_Translation):
    """The two-input gates of `tcsim.lowering`, made one by one."""

    def compare(self, literals: list[tuple[int, int]], limit: int) -> int:
        return lowering.threshold(self, literals, limit)

    def conjunction(self, a: int, b: int) -> int:
        return self.net.add("and", [(a, 1), (b, 1)])

    def disjunction(self, a: int, b: int) -> int:
        return self.net.add("or", [(a, 1), (b, 1)])

    def negation(self, a: int) -> int:
        return self.net.add("not", [(a, 1)])

    def level(self, a: int) -> int:
        return self.net.levels()[a]


def majority_netlist(flat: Flat) -> Netlist:
    """The circuit in AND, OR, NOT and MAJ gates."""
    return _Majority(flat).net


def two_input_netlist(flat: Flat) -> Netlist:
    """The circuit in AND, OR and NOT gates of at most two operands."""
    return _TwoInput(flat).net
