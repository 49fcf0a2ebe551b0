"""Planar circuits: inputs and gates as points, operands as lines, drawn without a crossing."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, ClassVar

from reductions.problems.circuit_value import CircuitValue, table_of
from reductions.problems.circuits import GOLDSCHLAGER, restricted
from reductions.problems.gate_kinds import AND, BUFFER, KINDS, NAND, NOT, OR, circuit_of
from tcsim.errors import ArgumentError

if TYPE_CHECKING:
    from typing import Self

    import networkx as nx
    from hypothesis.strategies import SearchStrategy

    from tcsim.typing import Integers

LADDER_KINDS = (AND, OR, NAND)


class Planar(CircuitValue):
    """Gates AND, OR and NAND of two wires, NOT and buffers; the circuit is a planar graph.

    Raises:
        ArgumentError: as `CircuitValue`, or the circuit cannot be drawn without a crossing.
    """

    kinds: ClassVar = (AND, OR, NOT, BUFFER, NAND)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.circuit.remember("planar", lambda: is_planar(self)):
            raise ArgumentError("the circuit is not planar: two of its wires must cross")

    @classmethod
    def laid_out(cls, values: bytes, kind: Integers, operands: Integers, output: int) -> Self:
        """A circuit that is planar because of how it was made; see `circuit_of`.

        To ask would take a minute where there are a million gates.
        """
        circuit = circuit_of(len(values), kind, operands, output)
        circuit.remember("planar", lambda: True)
        return cls(circuit, values)


def wire_graph(instance: CircuitValue) -> nx.Graph:
    """Inputs and gates as nodes, by wire; an edge from each gate to each operand."""
    import networkx as nx

    table, n = instance.gates.operands, len(instance.values)
    graph = nx.Graph()
    graph.add_nodes_from(range(n + len(table)))
    for gate, wires in enumerate(table.tolist()):
        graph.add_edges_from((n + gate, wire) for wire in wires if wire >= 0)
    return graph


def is_planar(instance: CircuitValue) -> bool:
    """Whether the circuit can be drawn without a crossing, as networkx finds."""
    import networkx as nx

    planar: bool = nx.check_planarity(wire_graph(instance))[0]
    return planar


def strategy() -> SearchStrategy[Planar]:
    """Random ones; a second operand that would make a crossing is left out."""
    import networkx as nx
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Planar:
        n = draw(st.integers(2, 5))
        graph = nx.empty_graph(n)
        rows: list[tuple[int, ...]] = []
        for wire in range(n, n + draw(st.integers(0, 12))):
            kind = draw(st.sampled_from(Planar.kinds))
            count = KINDS[kind].fan_in
            wires = draw(st.permutations(range(wire)))[:count]
            graph.add_edges_from((wire, other) for other in wires)
            if not nx.check_planarity(graph)[0]:
                graph.remove_edge(wire, wires.pop())
                kind = draw(st.sampled_from((NOT, BUFFER)))
            rows.append((kind, *wires))
        values = bytes(draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)))
        output = draw(st.integers(max(0, n + len(rows) - 2), n + len(rows) - 1))
        return Planar.of_gates(values, *table_of(rows), output)

    return drawn()


def ladder(k: int) -> Planar:
    """A strip of triangles: 4 k gates, each of the two wires before it; the same on every call."""
    random = Random(k)
    rows = [(random.choice(LADDER_KINDS), wire - 2, wire - 1) for wire in range(2, 4 * k + 2)]
    values = bytes(random.getrandbits(1) for _ in range(2))
    return Planar.of_gates(values, *table_of(rows), 4 * k + 1)


PLANAR = replace(
    restricted(
        "planar_cvp",
        Planar,
        "Is the output of this planar circuit 1?",
        (),
        GOLDSCHLAGER,
    ),
    # All circuits that `every` lists are planar: a graph of fewer than nine edges is.
    strategy=strategy,
    ladder=ladder,
)
