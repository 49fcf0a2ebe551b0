"""The picture of every gate: which nodes it has, what is written on them and on their wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.circuit import FALSE
from tcsim.draw import text
from tcsim.draw.bundles import bundles, constant_node, end_node
from tcsim.draw.graph import Graph, Net, Node, Pin
from tcsim.gates import kind
from tcsim.measure import dead_gates, flat_forms

if TYPE_CHECKING:
    from tcsim.circuit import Circuit

MOST_ENDS = 40
"""More inputs, or more outputs, than this are drawn as bundles."""

LITERALS = {"and", "or", "maj", "k-of-n", "buffer"}
"""Kinds whose negative weights are drawn as inverted operands; others show the form as it is."""


def gate_graph(circuit: Circuit, *, critical: bool = True, bundle: bool = True) -> Graph:
    """Every gate on its level, inputs on the left, outputs on the right.

    Args:
        circuit: any circuit; shared forms are drawn expanded.
        critical: mark a critical path.
        bundle: draw many inputs or many outputs as bundles.
    """
    picture = _GatePicture(circuit, critical=critical, most=MOST_ENDS if bundle else None)
    picture.add_inputs()
    picture.add_gates()
    picture.add_outputs()
    levels = (f"level {level:,}" for level in range(1, picture.top + 1))
    nets = [Net(source, pins) for source, pins in sorted(picture.pins.items())]
    names = ["inputs", *levels, "outputs"]
    note = "weight other than 1" if picture.weighted else ""
    graph = Graph(picture.nodes, nets, names, heading(circuit), note)
    graph.fit()
    return graph


def heading(circuit: Circuit) -> str:
    """One line of totals."""
    ends = f"{text.count(circuit.n_inputs, 'input')}, {text.count(circuit.n_outputs, 'output')}"
    totals = f"size {circuit.size:,}, depth {circuit.depth:,}, width {circuit.width:,}"
    return f"{ends}; {totals} (threshold basis)"


class _GatePicture:
    """Collects the nodes of one picture, and the pins that each of them feeds."""

    def __init__(self, circuit: Circuit, *, critical: bool, most: int | None) -> None:
        self.circuit, self.most = circuit, most
        self.top = int(circuit.levels.max(initial=0))
        steps = circuit.critical_path() if critical else []
        path = [circuit.n_inputs + step.gate for step in steps]
        self.before = dict(zip(path, [None, *path], strict=False))
        self.end = path[-1] if path else None
        self.nodes: list[Node] = []
        self.pins: dict[int, list[Pin]] = {}
        self.node_of: dict[int, int] = {}  # by wire, constants included
        self.weighted = False  # whether a weight is written on some wire

    def add_inputs(self) -> None:
        names = self.circuit.input_names
        for members in bundles(names, self.most):
            index = self._add(end_node("input", names, members, 0))
            self.node_of.update(dict.fromkeys(members, index))

    def add_gates(self) -> None:
        dead = set(dead_gates(self.circuit).tolist())
        for gate in range(self.circuit.size):
            self._add_gate(gate, faint=gate in dead)

    def add_outputs(self) -> None:
        names, wires = self.circuit.output_names, self.circuit.output_wire.tolist()
        deepest = None if self.end is None else wires.index(self.end)
        for members in bundles(names, self.most):
            node = end_node("output", names, members, self.top + 1)
            node.critical = deepest in members
            if not node.bundle:
                node.title += f" = {wire_name(self.circuit, wires[members[0]])}"
            index = self._add(node)
            sources: dict[int, list[int]] = {}
            for output in members:
                sources.setdefault(self._source(wires[output]), []).append(output)
            for source, mine in sources.items():
                label = ""
                if node.bundle:
                    one = text.shorten(names[mine[0]], text.NAME)
                    label = one if len(mine) == 1 else text.count(len(mine), "output")
                self._connect(source, Pin(index, label, critical=deepest in mine))

    def _add_gate(self, gate: int, *, faint: bool) -> None:
        circuit, wire = self.circuit, self.circuit.n_inputs + gate
        terms, threshold = terms_of(circuit, gate), circuit.threshold(gate)
        weights = [weight for _, weight in terms]
        literals = kind(weights, threshold) in LITERALS
        groups: dict[tuple[int, bool], list[tuple[int, int]]] = {}
        for operand, weight in terms:
            inverted = literals and weight < 0
            written = abs(weight) if literals else weight
            groups.setdefault((self.node_of[operand], inverted), []).append((operand, written))
        symbol = text.gate_symbol(weights, threshold)
        if any(self.nodes[source].bundle for source, _ in groups) and " of " not in symbol:
            symbol += f" of {len(terms):,}"
        name = circuit.gate_names.get(gate)
        lines = (symbol,) if name is None else (symbol, text.shorten(name, text.NAME))
        title = gate_title(circuit, gate, symbol)
        node = Node("gate", gate, int(circuit.levels[gate]), lines, title)
        scope = circuit.scope_names[int(circuit.gate_scope[gate])]
        node.more = f"level {node.layer:,}" + (f", scope {text.full(scope)}" if scope else "")
        node.critical, node.faint = wire in self.before, faint
        index = self.node_of[wire] = self._add(node)
        before = self.before.get(wire)
        if node.critical and before is None and terms:
            before = terms[0][0]  # the path's first gate: any of its operands would do
        for (source, inverted), mine in groups.items():
            critical = any(operand == before for operand, _ in mine)
            label = self._label(mine, bundle=self.nodes[source].bundle, bare=symbol == "NOT")
            self._connect(source, Pin(index, label, inverted, critical))

    def _label(self, members: list[tuple[int, int]], *, bundle: bool, bare: bool) -> str:
        """What is written on the wires from one node to a gate: how many, which, their weights."""
        low, high = min(w for _, w in members), max(w for _, w in members)
        weight = text.integer(low) if low == high else f"{text.integer(low)}…{text.integer(high)}"
        parts = [] if low == high == 1 or (bare and low == -1) else [weight]
        self.weighted |= bool(parts)
        if len(members) > 1:
            return " × ".join([text.count(len(members), "wire"), *parts])
        if bundle:
            parts.append(text.shorten(self.circuit.input_names[members[0][0]], text.NAME))
        return "·".join(parts)

    def _add(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _connect(self, source: int, pin: Pin) -> None:
        self.pins.setdefault(source, []).append(pin)

    def _source(self, wire: int) -> int:
        """The node of a wire; a constant gets its node when an output first needs it."""
        if wire not in self.node_of:
            self.node_of[wire] = self._add(constant_node(wire - FALSE, self.top))
        return self.node_of[wire]


def terms_of(circuit: Circuit, gate: int) -> list[tuple[int, int]]:
    """The (wire, weight) pairs that a gate compares, its form expanded."""
    flat, form = flat_forms(circuit), int(circuit.gate_form[gate])
    row = slice(int(flat.start[form]), int(flat.start[form + 1]))
    return list(zip(flat.operand[row].tolist(), flat.weight[row].tolist(), strict=True))


def wire_name(circuit: Circuit, wire: int) -> str:
    """The name of a wire in full, or ``g7`` for gate 7 without one; a constant is 0 or 1."""
    if wire < 0:
        return str(wire - FALSE)
    if wire < circuit.n_inputs:
        return text.full(circuit.input_names[wire])
    gate = wire - circuit.n_inputs
    return text.full(circuit.gate_names.get(gate, f"g{gate}"))


def gate_title(circuit: Circuit, gate: int, symbol: str) -> str:
    """All about a gate, in one line."""
    name = circuit.gate_names.get(gate)
    terms = ((wire_name(circuit, wire), weight) for wire, weight in terms_of(circuit, gate))
    limit = text.integer(circuit.threshold(gate), 20)
    called = "" if name is None else f" ({text.full(name)})"
    what = f"constant {symbol}" if symbol in {"0", "1"} else symbol
    return f"gate {gate}{called}: {what}, {text.form(terms)} ≥ {limit}"
