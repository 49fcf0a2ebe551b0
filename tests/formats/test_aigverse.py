"""AIGER against an independent reader: real benchmarks, and what the writer writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.circuit import Circuit

KNOWN = {"adder": (1020, 255), "bar": (3336, 12), "div": (57247, 4372)}
"""ANDs by the header, and the depth of the threshold basis."""


@pytest.fixture(scope="module")
def aigverse() -> Any:
    pytest.importorskip("aigverse", reason="needs aigverse: pip install '.[test]'")
    import aigverse.algorithms
    import aigverse.io
    import aigverse.networks

    return aigverse


def graph_values(graph: Any, words: np.ndarray) -> np.ndarray:
    """The outputs of an aigverse network: 64 input vectors a word, shape (inputs,)."""
    value = np.zeros(graph.size, np.uint64)
    value[[graph.pi_at(k) for k in range(graph.num_pis)]] = words
    ones = np.uint64(2**64 - 1)

    def signal(s: Any) -> np.uint64:
        return value[graph.get_node(s)] ^ (ones if graph.is_complemented(s) else np.uint64(0))

    for node in graph.gates():
        left, right = graph.fanins(node)
        value[node] = signal(left) & signal(right)
    return np.array([signal(s) for s in graph.pos()])


def circuit_values(circuit: Circuit, words: np.ndarray) -> np.ndarray:
    """The outputs of a circuit without nested forms, by sums over 64 vectors."""
    places = np.arange(64, dtype=np.uint64)
    wires = np.zeros((circuit.n_inputs + circuit.size, 64), np.int64)
    wires[: circuit.n_inputs] = words[:, None] >> places & np.uint64(1)
    for gate, form in enumerate(circuit.gate_form.tolist()):
        terms = slice(circuit.form_start[form], circuit.form_start[form + 1])
        total = circuit.form_weight[terms] @ wires[circuit.form_operand[terms]]
        wires[circuit.n_inputs + gate] = total >= circuit.gate_threshold[gate]
    bits = wires[circuit.output_wire].astype(np.uint64)
    return (bits << places).sum(axis=1, dtype=np.uint64)


@pytest.mark.parametrize("name", KNOWN)
def test_benchmarks(name: str, aigverse, epfl: Path, tmp_path: Path) -> None:
    path = epfl / f"{name}.aig"
    circuit = tc.read(path)
    size, depth = KNOWN[name]
    assert (circuit.size, circuit.depth) == (size, depth)
    graph = aigverse.io.read_aiger_into_aig(path)
    assert (graph.num_gates, aigverse.networks.DepthAig(graph).num_levels) == (size, depth)
    assert (circuit.n_inputs, circuit.n_outputs) == (graph.num_pis, graph.num_pos)
    words = np.random.default_rng(0).integers(0, 2**64, circuit.n_inputs, np.uint64)
    expected = graph_values(graph, words)
    assert (circuit_values(circuit, words) == expected).all()
    for suffix in ("aig", "aag"):
        tc.write(circuit, tmp_path / f"again.{suffix}")
        assert tc.read(tmp_path / f"again.{suffix}") == circuit
    # Comments aside, the binary file comes back byte by byte.
    original = path.read_bytes()
    again = (tmp_path / "again.aig").read_bytes()
    assert original.startswith(again)
    assert original[len(again) :].startswith(b"c")


def test_names_of_the_adder(epfl: Path) -> None:
    circuit = tc.read(epfl / "adder.aig")
    assert circuit.input_names[:2] == ("a[0]", "a[1]")
    assert circuit.input_names[128:130] == ("b[0]", "b[1]")
    assert circuit.output_names[127:] == ("f[127]", "cOut")


def test_the_adder_adds(epfl: Path) -> None:
    circuit = tc.read(epfl / "adder.aig")
    rng = np.random.default_rng(1)
    words = rng.integers(0, 2**64, 256, np.uint64)
    result = circuit_values(circuit, words)
    for vector in range(64):
        a, b = (sum((int(words[s + i]) >> vector & 1) << i for i in range(128)) for s in (0, 128))
        assert sum((int(w) >> vector & 1) << i for i, w in enumerate(result)) == a + b


def weighted(seed: int) -> Circuit:
    """A circuit whose gates are no ANDs."""
    rng = np.random.default_rng(seed)
    b = tc.Builder(share=False, fold=False)
    wires = list(b.inputs("x", 6))
    for _ in range(12):
        chosen = rng.permutation(len(wires))[: rng.integers(1, 7)]
        weights = rng.integers(-4, 5, len(chosen))
        form = tc.sum(int(w) * wires[i] for w, i in zip(weights, chosen, strict=True))
        wires.append(b.gate(form >= int(rng.integers(-3, 6))))
    b.output("y", wires[-6:])
    return b.build()


@pytest.mark.parametrize("seed", range(8))
def test_what_is_written_has_the_same_function_elsewhere(seed: int, aigverse, tmp_path) -> None:
    circuit = weighted(seed)
    tc.write(circuit, tmp_path / "c.aig")
    tc.write(circuit, tmp_path / "c.aag")
    binary = aigverse.io.read_aiger_into_aig(tmp_path / "c.aig")
    text = aigverse.io.read_ascii_aiger_into_aig(tmp_path / "c.aag")
    words = np.random.default_rng(seed).integers(0, 2**64, 6, np.uint64)
    expected = circuit_values(circuit, words)
    assert (graph_values(binary, words) == expected).all()
    assert aigverse.algorithms.equivalence_checking(binary, text)
    back = tc.read(tmp_path / "c.aig")
    assert (circuit_values(back, words) == expected).all()
    assert back.output_names == circuit.output_names
    # The other program merges equal ANDs; it never makes more of them.
    assert binary.num_gates <= back.size


def test_what_aigverse_writes_is_read(aigverse, tmp_path: Path) -> None:
    graph = aigverse.networks.NamedAig()
    a, b, c = (graph.create_pi(name) for name in "abc")
    graph.create_po(graph.create_maj(a, b, c), "maj")
    graph.create_po(graph.create_xor3(a, b, c), "sum")
    graph.create_po(~graph.create_or(a, c), "nor")
    aigverse.io.write_aiger(graph, str(tmp_path / "g.aig"))
    circuit = tc.read(tmp_path / "g.aig")
    assert circuit.input_names == ("a", "b", "c")
    assert circuit.output_names == ("maj", "sum", "nor")
    assert circuit.size == graph.num_gates
    for row in range(8):
        bits = [row >> i & 1 for i in range(3)]
        total = sum(bits)
        expected = [int(total >= 2), total & 1, int(not (bits[0] or bits[2]))]
        assert circuit(bits).tolist() == expected
