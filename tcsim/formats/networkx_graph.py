"""NetworkX graphs both ways: inputs and gates as nodes, operands as weighted edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.circuit import FALSE, TRUE
from tcsim.errors import ArgumentError
from tcsim.formats.assembly import Assembly
from tcsim.formats.signals import gate_terms

if TYPE_CHECKING:
    from collections.abc import Hashable

    import networkx as nx

    from tcsim.circuit import Circuit

_CONSTANTS = {FALSE: False, TRUE: True}


def to_networkx(circuit: Circuit) -> nx.DiGraph[int]:
    """The circuit as a directed graph whose nodes are wire numbers.

    Node attributes: ``kind`` (``"input"`` or ``"gate"``), ``name`` (may be ``""``), and of gates
    ``threshold``, ``level`` and ``scope``. Edge attribute: ``weight``. Graph attributes:
    ``inputs``, the input nodes in order, and ``outputs``, a list of (name, node), or (name, bool)
    for a constant. Forms that gates share are written out; nothing else is lost.

    Args:
        circuit: any circuit.

    Raises:
        LimitError: the gates have too many operands to list.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 3)
        >>> b.output("vote", tc.sum(x) >= 2)
        >>> graph = to_networkx(b.build())
        >>> graph.nodes[3]["threshold"], list(graph.predecessors(3))
        (2, [0, 1, 2])
    """
    import networkx as nx  # loading it costs a fifth of a second

    graph: Any = nx.DiGraph(
        inputs=list(range(circuit.n_inputs)),
        outputs=[
            (name, _CONSTANTS.get(wire, wire))
            for name, wire in zip(circuit.output_names, circuit.output_wire.tolist(), strict=True)
        ],
    )
    for wire, name in enumerate(circuit.input_names):
        graph.add_node(wire, kind="input", name=name)
    scopes, levels = circuit.gate_scope.tolist(), circuit.levels.tolist()
    for gate, (terms, threshold) in enumerate(gate_terms(circuit)):
        node = circuit.n_inputs + gate
        graph.add_node(
            node,
            kind="gate",
            name=circuit.gate_names.get(gate, ""),
            threshold=threshold,
            level=levels[gate],
            scope=circuit.scope_names[scopes[gate]],
        )
        graph.add_edges_from((wire, node, {"weight": weight}) for wire, weight in terms)
    return graph


def from_networkx(graph: nx.DiGraph[Any]) -> Circuit:
    """A circuit from a directed acyclic graph with the attributes of `to_networkx`.

    Nodes may be anything hashable. A node with the attribute ``threshold`` is a gate, any other an
    input. ``weight`` is 1 where an edge has none, ``name`` is ``str(node)`` where an input has
    none. Without the graph attribute ``inputs`` the inputs are the nodes without threshold in the
    order of the graph, without ``outputs`` the outputs are the gates that nothing reads.

    Args:
        graph: a `networkx.DiGraph`.

    Raises:
        ArgumentError: names the node, edge or attribute at fault.
    """
    import networkx as nx

    if not graph.is_directed() or graph.is_multigraph():
        raise ArgumentError("a circuit is read from a networkx.DiGraph")
    attributes: dict[Hashable, dict[str, Any]] = dict(graph.nodes(data=True))
    inputs = graph.graph.get("inputs")
    if inputs is None:
        inputs = [node for node, data in attributes.items() if "threshold" not in data]
    number = {node: position for position, node in enumerate(inputs)}
    for node, data in attributes.items():
        if (node in number) == ("threshold" in data):
            raise ArgumentError(f"node {node!r} must either be an input or have a threshold")
    for node in number:
        if node not in attributes or next(iter(graph.predecessors(node)), None) is not None:
            raise ArgumentError(f"the input {node!r} must be a node without incoming edges")
    try:
        place = {node: position for position, node in enumerate(attributes)}
        order = list(nx.lexicographical_topological_sort(graph, key=place.__getitem__))
    except nx.NetworkXUnfeasible:
        cycle = " -> ".join(repr(edge[0]) for edge in nx.find_cycle(graph)[:8])
        raise ArgumentError(f"the graph has a cycle: {cycle}") from None
    names = [str(attributes[node].get("name") or node) for node in inputs]
    assembly = Assembly(names)
    literals = {node: assembly.input(position) for node, position in number.items()}
    scopes: list[str] = []
    for node in order:
        if node in literals:
            continue
        data = attributes[node]
        terms = [
            (literals[source], _integer(edge.get("weight", 1), f"edge {source!r} -> {node!r}"))
            for source, _, edge in graph.in_edges(node, data=True)
        ]
        literals[node] = assembly.gate(terms, _integer(data["threshold"], f"node {node!r}"))
        if data.get("name"):
            assembly.names[len(assembly) - 1] = str(data["name"])
        scopes.append(str(data.get("scope", "")))
    outputs = graph.graph.get("outputs")
    if outputs is None:
        ends = [n for n, data in attributes.items() if "threshold" in data and not graph.succ[n]]
        outputs = [(str(attributes[node].get("name") or node), node) for node in ends]
    found = {}
    for name, node in outputs:
        if not isinstance(node, bool) and node not in literals:
            raise ArgumentError(f"the output {name!r} is {node!r}, which is no node")
        if str(name) in found:
            raise ArgumentError(f"two outputs are named {name!r}")
        found[str(name)] = int(node) if isinstance(node, bool) else literals[node]
    circuit = assembly.build(found)
    paths = list(dict.fromkeys(["", *scopes]))
    index = {path: position for position, path in enumerate(paths)}
    return circuit.replace(scope_names=paths, gate_scope=[index[path] for path in scopes])


def _integer(value: object, where: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise ArgumentError(f"{where} has the weight or threshold {value!r}, not an integer")
    return int(value.__index__())
