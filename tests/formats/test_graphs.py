"""NetworkX, SciPy, SymPy and DOT: graphs, matrices, expressions and drawings of circuits."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import networkx as nx
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, CircuitError, LimitError
from tcsim.formats.dot import write_dot
from tcsim.formats.networkx_graph import from_networkx, to_networkx
from tcsim.formats.scipy_matrix import from_scipy, to_scipy
from tcsim.formats.sympy_expression import to_sympy
from tcsim.measure import flat_forms


@pytest.fixture
def circuit() -> Circuit:
    b = tc.Builder()
    x = b.inputs("x", 3)
    with b.scope("layer"):
        vote = b.gate(tc.majority(x), "vote")
    b.output("f", vote - 2 * x[0] + x[1] >= 1)
    b.output("one", b.constant(1))
    return b.build()


# NetworkX ----------------------------------------------------------------------------------------


def test_attributes(circuit: Circuit) -> None:
    graph = to_networkx(circuit)
    assert dict(graph.nodes[0]) == {"kind": "input", "name": "x[0]"}
    assert dict(graph.nodes[3]) == {
        "kind": "gate",
        "name": "vote",
        "threshold": 2,
        "level": 1,
        "scope": "layer",
    }
    assert graph.edges[0, 4]["weight"] == -2
    assert graph.graph == {"inputs": [0, 1, 2], "outputs": [("f", 4), ("one", True)]}
    assert nx.dag_longest_path_length(graph, weight=None) == circuit.depth


def test_a_graph_of_ones_own() -> None:
    graph: nx.DiGraph = nx.DiGraph([("a", "g"), ("b", "g"), ("g", "h")])
    graph.nodes["g"]["threshold"] = 2
    graph.nodes["h"]["threshold"] = 0
    graph.edges["g", "h"]["weight"] = np.int64(-1)
    circuit = from_networkx(graph)
    assert circuit.input_names == ("a", "b")
    assert circuit.output_names == ("h",)
    assert circuit.truth_table().tolist() == [[1], [1], [1], [0]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda g: g.add_edge("h", "g"), "a cycle"),
        (lambda g: g.add_edge("g", "a"), "must be a node without incoming edges"),
        (lambda g: g.edges["a", "g"].update(weight=0.5), "edge 'a' -> 'g'"),
        (lambda g: g.nodes["g"].update(threshold="2"), "node 'g'"),
        (lambda g: g.graph.update(inputs=["a"]), "node 'b' must either be an input"),
        (lambda g: g.graph.update(inputs=["a", "b", "g"]), "node 'g' must either be an input"),
        (lambda g: g.graph.update(inputs=["a", "b", "c"]), "the input 'c' must be a node"),
        (lambda g: g.graph.update(outputs=[("f", "z")]), "the output 'f' is 'z'"),
        (lambda g: g.graph.update(outputs=[("f", "g"), ("f", "h")]), "two outputs are named 'f'"),
    ],
)
def test_broken_graphs(change: Callable[[nx.DiGraph], object], message: str) -> None:
    graph: nx.DiGraph = nx.DiGraph([("a", "g"), ("b", "g"), ("g", "h")])
    graph.nodes["g"]["threshold"] = 2
    graph.nodes["h"]["threshold"] = 0
    change(graph)
    with pytest.raises(ArgumentError, match=message):
        from_networkx(graph)


def test_other_graphs_are_refused() -> None:
    for graph in (nx.Graph(), nx.MultiDiGraph()):
        with pytest.raises(ArgumentError, match=r"networkx\.DiGraph"):
            from_networkx(graph)


# SciPy -------------------------------------------------------------------------------------------


def fits(circuit: Circuit) -> bool:
    sizes = [*circuit.thresholds.tolist(), *flat_forms(circuit).weight.tolist()]
    return max(map(abs, sizes), default=0) < 2**63


def test_scipy_keeps_all_gates(any_circuits: st.SearchStrategy[Circuit]) -> None:
    pytest.importorskip("scipy", reason="needs scipy")

    @settings(max_examples=30)
    @given(any_circuits.filter(fits))
    def check(circuit: Circuit) -> None:
        arrays = to_scipy(circuit)
        copy = from_scipy(
            arrays.weights,
            arrays.thresholds,
            arrays.outputs,
            input_names=circuit.input_names,
            output_names=circuit.output_names,
        )
        assert [(g.terms, g.threshold) for g in copy.gates] == [
            (g.terms, g.threshold) for g in circuit.gates
        ]
        assert copy.output_wire.tolist() == circuit.output_wire.tolist()

    check()


def test_scipy_evaluates(circuit: Circuit) -> None:
    pytest.importorskip("scipy", reason="needs scipy")
    arrays = to_scipy(circuit)
    rows = np.array(list(product((0, 1), repeat=3)))
    wires = np.zeros((len(rows), 5), np.int64)
    wires[:, :3] = rows
    for level in (1, 2):
        here = np.flatnonzero(arrays.levels == level)
        wires[:, 3 + here] = (wires @ arrays.weights[here].T) >= arrays.thresholds[here]
    assert (wires[:, 3:] == circuit.trace(rows)).all()


def test_scipy_refuses() -> None:
    sparse = pytest.importorskip("scipy.sparse", reason="needs scipy")
    for matrix, error, message in (
        (np.eye(2), ArgumentError, "a sparse matrix, not ndarray"),
        (sparse.eye_array(2), ArgumentError, "integers, not float64"),
        (sparse.csr_array((3, 2), dtype=np.int64), ArgumentError, "2 columns for 3 gates"),
        (sparse.eye_array(2, dtype=np.int64), CircuitError, "comes at or after"),
    ):
        with pytest.raises(error, match=message):
            from_scipy(matrix, [0] * matrix.shape[0])
    b = tc.Builder()
    b.output("f", 2**63 * b.input("a") + b.input("b") >= 1)
    with pytest.raises(ArgumentError, match="beyond int64"):
        to_scipy(b.build())


# SymPy -------------------------------------------------------------------------------------------


@settings(max_examples=10)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(-3, 3), min_size=5, max_size=5), st.integers(-5, 6)),
        min_size=1,
        max_size=3,
    )
)
def test_sympy(gates: list[tuple[list[int], int]]) -> None:
    b = tc.Builder(share=False, fold=False)
    wires = [b.input(name) for name in "abc"]
    for weights, threshold in gates:
        pairs = zip(weights, wires, strict=False)
        wires.append(b.gate(tc.sum(w * x for w, x in pairs) >= threshold))
    b.output("f", wires[-1])
    circuit = b.build()
    boolean = to_sympy(circuit)["f"]
    arithmetic = to_sympy(circuit, "piecewise")["f"]
    for row in product((0, 1), repeat=3):
        expected = int(circuit(row)[0])
        names = dict(zip("abc", row, strict=True))
        assert bool(boolean.subs({k: bool(v) for k, v in names.items()})) == expected
        values = {s: names[s.name] for s in sympy.sympify(arithmetic).free_symbols}
        assert sympy.sympify(arithmetic).subs(values) == expected


def test_sympy_of_constants_and_limits(circuit: Circuit) -> None:
    assert to_sympy(circuit)["one"] is sympy.true
    assert to_sympy(circuit, "piecewise")["one"] == 1
    with pytest.raises(ArgumentError, match="'boolean' or 'piecewise', not 'text'"):
        to_sympy(circuit, "text")  # type: ignore[arg-type]
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", 11)
    b.output("f", tc.majority(x))
    with pytest.raises(LimitError, match="11 operands"):
        to_sympy(b.build())
    b = tc.Builder(share=False, fold=False)
    b.output("f", [b.gate(b.input(f"x{i}") >= 1) for i in range(201)])
    with pytest.raises(LimitError, match="201 gates"):
        to_sympy(b.build())


# DOT ---------------------------------------------------------------------------------------------


def test_dot(circuit: Circuit) -> None:
    lines = write_dot(circuit).decode().splitlines()
    assert lines[0] == "digraph circuit {"
    assert lines[-1] == "}"
    assert '  w3 [label="vote\\nmaj, >= 2"];' in lines
    assert '  w0 -> w4 [label="-2"];' in lines
    assert "  w1 -> w4;" in lines
    assert "  { rank=same; w3; }" in lines
    assert "  w4 -> o0;" in lines
    assert '  c1 [label="1", shape=plaintext];' in lines


def test_dot_of_any_circuit_is_balanced(any_circuits: st.SearchStrategy[Circuit]) -> None:
    @settings(max_examples=30)
    @given(any_circuits)
    def check(circuit: Circuit) -> None:
        text = write_dot(circuit).decode()
        for line in text.splitlines():
            assert line.replace("\\\\", "").replace('\\"', "").count('"') % 2 == 0
        edges = sum(" -> " in line.partition('"')[0] for line in text.splitlines())
        assert edges == circuit.edges + circuit.n_outputs

    check()
