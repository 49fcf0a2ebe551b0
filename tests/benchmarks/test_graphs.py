"""The graphs that are measured with: the functions they say, in files that tcsim reads."""

import numpy as np
import pytest

import tcsim as tc
from benchmarks.graphs import Graph, multiplier, random_graph, read_graph, tie_inputs
from tcsim.simulate import truth_table


def table(graph, path):
    graph.write(path)
    return truth_table(tc.read(path))


@pytest.mark.parametrize("bits", [1, 2, 3, 4])
def test_multiplier_multiplies(bits, tmp_path):
    found = table(multiplier(bits), tmp_path / "m.aig") @ (1 << np.arange(2 * bits))
    vectors = np.arange(4**bits)
    assert (found == (vectors % 2**bits) * (vectors >> bits)).all()


@pytest.mark.parametrize("reach", [None, 5])
def test_every_gate_of_a_random_graph_reaches_an_output(reach):
    graph = random_graph(300, inputs=7, reach=reach, seed=1)
    variables = graph.operands // 2
    gate = 8 + np.arange(300)
    assert (variables >= 1).all()
    assert (variables < gate[:, None]).all()
    assert (variables[:, 0] != variables[:, 1]).all()
    if reach is not None:
        assert (gate - variables[:, 1] <= reach + 1).all()
    used = np.concatenate((variables.reshape(-1), graph.outputs // 2))
    assert set(gate.tolist()) <= set(used.tolist())
    assert len(graph.outputs) == 7


def test_file_is_read_back(tmp_path):
    graph = random_graph(200, inputs=5, reach=None, seed=2)
    graph.write(tmp_path / "g.aig")
    again = read_graph(tmp_path / "g.aig")
    assert again.inputs == 5
    assert (np.sort(again.operands) == np.sort(graph.operands)).all()
    assert (again.outputs == graph.outputs).all()


def test_outputs_in_integers_are_those_of_the_file(tmp_path):
    graph = random_graph(200, inputs=6, reach=None, seed=5)
    columns = tc.pack(np.arange(64)[:, None] >> np.arange(6) & 1)[:, 0].tolist()
    expected = tc.pack(table(graph, tmp_path / "g.aig"))[:, 0]
    assert graph.outputs_on(columns) == expected.tolist()


def test_latch_comes_between_inputs_and_gates(tmp_path):
    graph = Graph(2, np.array([[2, 5], [3, 6]]), np.array([9, 4, 0]))
    graph.write(tmp_path / "g.aig", latch=True)
    header, latch, *outputs = (tmp_path / "g.aig").read_bytes().split(b"\n")[:5]
    assert (header, latch, outputs) == (b"aig 5 2 1 3 2", b"0", [b"11", b"4", b"0"])


def test_tied_inputs_are_variables_or_their_complements(tmp_path):
    graph = random_graph(60, inputs=6, reach=None, seed=3)
    # Outputs of this one tell which literal stands for each input.
    wires = Graph(6, np.zeros((0, 2), np.int64), 2 + 2 * np.arange(6))
    tied = table(tie_inputs(wires, 3, seed=4), tmp_path / "w.aig")
    graph.write(tmp_path / "g.aig")
    expected = tc.read(tmp_path / "g.aig")(tied)
    assert (table(tie_inputs(graph, 3, seed=4), tmp_path / "t.aig") == expected).all()
