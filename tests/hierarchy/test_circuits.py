import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import TRUE
from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy import Delays, Gates, from_circuit, leaf
from tcsim.strategies import circuits
from tests.hierarchy.plans import Flat


def longest(circuit: tc.Circuit, sources: list[int], target: int) -> int | None:
    """Longest path from inputs to a wire, by networkx."""
    edges = nx.DiGraph()
    edges.add_nodes_from(["source", *range(circuit.n_inputs + circuit.size)])
    for gate in range(circuit.size):
        for wire in circuit.expand(int(circuit.gate_form[gate])):
            edges.add_edge(wire, circuit.n_inputs + gate)
    edges.add_edges_from(("source", wire) for wire in sources)
    if target < 0 or not nx.has_path(edges, "source", target):
        return None
    between = nx.descendants(edges, "source") & nx.ancestors(edges, target) | {"source", target}
    return nx.dag_longest_path_length(edges.subgraph(between)) - 1


@given(circuits(inputs=(1, 5), size=(0, 10)), st.data())
def test_delays_are_longest_paths(circuit: tc.Circuit, data: st.DataObject) -> None:
    port = [data.draw(st.integers(0, 2)) for _ in range(circuit.n_inputs)]
    groups = {f"x{p}": [k for k, q in enumerate(port) if q == p] for p in sorted(set(port))}
    names = {p: [circuit.input_names[k] for k in wires] for p, wires in groups.items()}
    module = from_circuit(circuit, names, {y: [y] for y in circuit.output_names})
    for name, wire in zip(circuit.output_names, circuit.output_wire.tolist(), strict=True):
        for group, members in groups.items():
            assert module.delay(name, group) == longest(circuit, members, wire)


def two_levels() -> tc.Circuit:
    b = tc.Builder()
    x, y = b.inputs("x", 2), b.inputs("y", 2)
    both = x[0] & x[1]
    b.output("z", [both | y[0], both & y[1]])
    b.output("w", both)
    return b.build()


def test_ports_are_buses_by_default() -> None:
    module = from_circuit(two_levels())
    assert (module.inputs, module.outputs) == (("x", "y"), ("z", "w"))
    assert module.delays == Delays([[2, 1], [1, None]])
    assert module.exact
    assert not module.ragged


def test_a_circuit_is_what_its_numbers_say() -> None:
    deep = {"x": 2, "y": 1}
    numbers = leaf(["x", "y"], {"z": deep, "w": {"x": 1}}, [Gates(1, {"x": 1}), Gates(2, deep)])
    assert from_circuit(two_levels()) == numbers
    assert len({from_circuit(two_levels()), numbers}) == 1
    other = leaf(["x", "y"], {"z": deep, "w": {"x": 1}}, [Gates(2, {"x": 1}), Gates(2, deep)])
    assert other != numbers


def test_wires_that_do_not_arrive_together() -> None:
    ports = {"z": ["z[0]", "w"], "z1": ["z[1]"]}
    with pytest.raises(ArgumentError, match=r"'z\[0\]' and 'w' of the port 'z' do not arrive"):
        from_circuit(two_levels(), outputs=ports)
    module = from_circuit(two_levels(), outputs=ports, bound=True)
    assert module.ragged == {"z"}
    assert module.exact
    assert module.depth == two_levels().depth


def test_gates_without_operands_start_at_the_constants() -> None:
    flat = Flat(["x"], [({}, 0), ({0: 1, 1: 1}, 2), ({1: 2}, 2)])
    module = from_circuit(flat.circuit([2, 3, TRUE]))
    assert module.delays.rows() == [[1], [None], [None]]
    assert [module.delay(y, None) for y in module.outputs] == [2, 2, 0]
    assert module.arrive({"x": 7}) == {"y0": 8, "y1": 2, "y2": 0}
    assert module.schedule({"x": 7}).levels == (0, 1, 1, 0, 0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("inputs", "outputs", "message"),
    [
        ({"x": ["x[0]", "x[1]"]}, None, r"inputs: 'y\[0\]' is in no port"),
        ({"x": ["x[9]"]}, None, r"inputs: port 'x': there is no 'x\[9\]'"),
        ({"x": ["x[0]"], "y": ["x[0]"]}, None, "is in the ports 'x' and 'y'"),
        ({"x": []}, None, "port 'x' holds no wire"),
        ({"x": "x[0]"}, None, "sequence of names, not the string"),
        ({3: ["x[0]"]}, None, "3 is not a name"),
        (None, {"z": ["w"]}, r"outputs: 'z\[0\]' is in no port"),
        (None, ["w"], "must be a mapping"),
    ],
)
def test_bad_ports(inputs: object, outputs: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        from_circuit(two_levels(), inputs, outputs)


def test_other_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArgumentError, match="must be a Circuit"):
        from_circuit("circuit")
    monkeypatch.setattr("tcsim.hierarchy.circuits.ROOM_LIMIT", 20)
    with pytest.raises(LimitError, match="take fewer ports"):
        from_circuit(two_levels())
