"""Cost formulas, written from shapes, equal the circuit built without sharing and folding."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.measure import scope_measures
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize
from tests.networks.oracle import networks


def mlp(sizes: list[int], steps: int, code: str = "thermometer") -> IntegerNetwork:
    """A classifier with random weights."""
    random = np.random.default_rng(0)
    operations = []
    for inputs, outputs in itertools.pairwise(sizes):
        operations.append(
            Affine(random.integers(-7, 8, (inputs, outputs)), random.integers(-9, 9, outputs))
        )
        operations.append(
            Requantize(np.tile(np.arange(steps) * 9, (outputs, 1)), Code(0, steps, code))
        )
    operations[-1] = Argmax(sizes[-1])
    return IntegerNetwork(Inputs(sizes[0], Code(0, steps, code)), operations)


def assert_cost_is_the_circuit(network: IntegerNetwork) -> None:
    cost = network.cost().numbers()
    circuit = tc.networks.compile(network, share=False, fold=False)
    found = circuit.measures
    total = cost.total
    assert total.depth == found.depth
    assert (0, *total.levels) == found.levels
    assert total.size == found.size
    assert total.width == found.width
    assert total.edges == found.edges
    assert total.max_fan_in == found.max_fan_in
    assert total.max_weight >= found.max_weight
    scopes = {one.path: one for one in scope_measures(circuit)}
    assert list(cost.layers) == [path for path in scopes if path]
    level = 0
    for name, layer in cost.layers.items():
        scope = scopes[name]
        assert (layer.size, layer.edges, layer.width) == (scope.size, scope.edges, scope.width)
        assert (scope.first_level, scope.last_level) == (level + 1, level + layer.depth)
        level += layer.depth


@settings(max_examples=40)
@given(network=networks())
def test_formula_equals_circuit(network: IntegerNetwork) -> None:
    assert_cost_is_the_circuit(network)


@pytest.mark.parametrize("code", ["thermometer", "binary"])
@pytest.mark.parametrize("sizes", [[5, 2], [7, 6, 4], [9, 8, 7, 10]])
@pytest.mark.parametrize("steps", [1, 15, 16])
def test_formula_equals_circuit_on_larger_networks(sizes, steps: int, code: str) -> None:
    assert_cost_is_the_circuit(mlp(sizes, steps, code))


@pytest.mark.parametrize("code", ["thermometer", "binary"])
@pytest.mark.parametrize("many", [0, 1, 2])
def test_without_weights(code: str, many: int) -> None:
    """Argmax straight over inputs or over rounded values: a comparison reads both of its values."""
    middle = [Requantize([[1, 2, 3, 5, 6]] * 3, Code(-1, 4, code)) for _ in range(many)]
    source = Inputs(3, Code(0, 6, code))
    assert_cost_is_the_circuit(IntegerNetwork(source, [*middle, Argmax(3)]))
    if middle:
        assert_cost_is_the_circuit(IntegerNetwork(source, middle))


def test_formulas_read_as_in_the_literature() -> None:
    import sympy

    cost = mlp([4, 3, 5], 7).cost()
    m0, n0, m1, n1, m2 = sympy.symbols("m_0 N_0 m_1 N_1 m_2", integer=True, positive=True)
    classes = m2 * (m2 - 1)
    assert cost.layers["hidden1"].size == m1 * n1
    assert cost.layers["hidden1"].edges == m1 * n1 * m0 * n0
    assert sympy.expand(cost.layers["output"].size - (classes / 2 + m2)) == 0
    assert sympy.expand(cost.layers["output"].edges - (classes / 2 * m1 * n1 + classes)) == 0
    assert cost.total.depth == 3
    assert cost.values[m2] == 5
    assert cost.meanings[n1] == "steps of a value"


def test_other_numbers_can_be_put_in() -> None:
    cost = mlp([4, 3, 5], 7).cost()
    assert cost.numbers({"m_1": 6, "m_2": 10}).total.levels == (42, 45, 10)
    with pytest.raises(NetworkError, match="no symbol 'm_7'"):
        cost.numbers({"m_7": 1})


@pytest.mark.parametrize("code", ["thermometer", "binary"])
def test_largest_weight_is_met_by_the_largest_weights(code: str) -> None:
    network = IntegerNetwork(
        Inputs(1, Code(0, 7, code)),
        [Affine([[7, -7]], [0, 0]), Argmax(2)],
    )
    circuit = tc.networks.compile(network, share=False, fold=False)
    assert network.cost().numbers().total.max_weight == circuit.measures.max_weight


def test_a_network_too_large_to_build_has_its_cost() -> None:
    wide = 10_000
    network = IntegerNetwork(
        Inputs(4, Code(0, 255)),
        [
            Affine(np.ones((4, wide), int), np.zeros(wide, int)),
            Requantize(np.broadcast_to(np.arange(1, 256), (wide, 255)), Code(0, 255)),
            Affine(np.ones((wide, 2), int), [0, 0]),
            Argmax(2),
        ],
    )
    total = network.cost().numbers().total
    assert total.size == wide * 255 + 3
    assert total.edges == wide * 255 * 4 * 255 + wide * 255 + 2
    assert total.width == wide * 255


def test_formulas_do_not_look_at_the_compiler(tmp_path) -> None:
    code = """
import sys
from tcsim.networks import Affine, Argmax, Code, Inputs, IntegerNetwork, Requantize
network = IntegerNetwork(
    Inputs(2, Code(0, 3)),
    [
        Affine([[1], [1]], [0]),
        Requantize([[1, 2, 3]], Code(0, 3, "binary")),
        Affine([[1, 2]], [0, 0]),
        Argmax(2),
    ],
)
assert "sympy" not in sys.modules
print(network.cost().numbers().total.size)
used = {"builder", "circuit", "expressions", "bulk", "measure", "networks.compiling"}
print(sorted(name for name in used if f"tcsim.{name}" in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines() == ["8", "[]"]


def test_precision_may_be_a_formula() -> None:
    """Logarithmic precision: the steps of every value as a formula in the number of inputs."""
    import sympy

    n = sympy.Symbol("n", integer=True, positive=True)
    bits = sympy.ceiling(sympy.log(n, 2))
    cost = mlp([4, 3, 5], 7).cost().put({"m_0": n, "N_0": 2**bits - 1, "N_1": 2**bits - 1})
    for inputs in (4, 5, 8):
        steps = 2 ** (inputs - 1).bit_length() - 1
        total = mlp([inputs, 3, 5], steps).cost().numbers().total
        at = {n: inputs, **cost.values}
        assert cost.total.size.subs(at) == total.size
        assert cost.total.edges.subs(at) == total.edges
    with pytest.raises(NetworkError, match="no symbol 'b_1'"):
        cost.put({"b_1": n})
