"""The strategies: valid whatever the arguments, small when shrunk, importable by themselves."""

import subprocess
import sys
import tomllib
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tcsim import Circuit
from tcsim._hypothesis import register
from tcsim.errors import ArgumentError
from tcsim.gates import kind
from tcsim.strategies import KINDS, any_integers, batches, circuits, networks, rows
from tcsim.strategies.shapes import allowed, thresholds
from tests.measure.oracle import flatten


@st.composite
def arguments(draw):
    """Arguments that fit together, and the circuit drawn with them."""
    kinds = draw(st.none() | st.lists(st.sampled_from(KINDS), min_size=1, unique=True))
    low = draw(st.integers(-3, 3))
    bounds = low, low + draw(st.integers(0, 4))
    if kinds is not None:
        kinds = [kind for kind in kinds if allowed(kind, *bounds)]
    depth = draw(st.none() | st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted))
    size = sorted(draw(st.tuples(st.integers(0, 5), st.integers(3, 6))))
    options = {
        "inputs": (draw(st.integers(0, 4)), draw(st.integers(4, 5))),
        "size": tuple(size) if kinds != [] and depth != [0, 0] else (0, 0),
        "depth": None if depth is None or kinds == [] else tuple(depth),
        "outputs": (1, draw(st.integers(1, 4))),
        "weights": bounds,
        "kinds": kinds,
        "nested": draw(st.booleans()),
    }
    return options, draw(circuits(**options))


@given(arguments())
def test_arguments_hold(drawn):
    options, circuit = drawn
    flat = flatten(circuit)
    for name, number in (
        ("inputs", flat.inputs),
        ("size", len(flat.gates)),
        ("outputs", len(flat.outputs)),
        ("depth", flat.depth()),
    ):
        if options[name] is not None:
            assert options[name][0] <= number <= options[name][1]
    low, high = options["weights"]
    assert all(low <= weight <= high for weight in circuit.weights.tolist())
    if options["kinds"] is not None:
        assert {gate.kind for gate in circuit.gates} <= set(options["kinds"])
    assert options["nested"] or not circuit.has_nested_forms


@pytest.mark.parametrize("each", KINDS)
@pytest.mark.parametrize("depth", [None, 0, 1, (2, 4)])
def test_every_kind_alone(each, depth):
    @settings(max_examples=10)
    @given(circuits(kinds=[each], depth=depth, size=(1, 6)))
    def check(circuit):
        assert {gate.kind for gate in circuit.gates} == {each}

    check()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_thresholds_of_kinds(count):
    for weights in product((-3, -1, 0, 1, 2), repeat=count):
        found = {}
        for each in KINDS:
            for first, last in thresholds(weights, each):
                found |= dict.fromkeys(range(first, last + 1), each)
        low, high = sum(min(w, 0) for w in weights), sum(max(w, 0) for w in weights)
        expected = {threshold: kind(weights, threshold) for threshold in range(low - 1, high + 3)}
        assert found == expected


WRONG = {
    "an unknown kind": {"kinds": ["xor"]},
    "no negative weights": {"kinds": ["not"], "weights": (0, 3)},
    "no weights": {"kinds": ["and"], "weights": 0},
    "weights of one size": {"kinds": ["weighted"], "weights": (-1, 1)},
    "fewer than no gates": {"size": (-1, 2)},
    "no number": {"inputs": (3, 2)},
    "deeper than gates": {"depth": 4, "size": (0, 3)},
    "deep without outputs": {"depth": 1, "outputs": 0},
    "too few inputs": {"kinds": ["maj"], "inputs": (0, 2), "size": (1, 3)},
    "gates of no kind": {"kinds": [], "size": 1},
}


@pytest.mark.parametrize("name", WRONG)
def test_arguments_that_no_circuit_fits(name):
    with pytest.raises(ArgumentError):
        circuits(**WRONG[name])


def example(strategy, condition):
    """Some example, not shrunk."""
    return find(strategy, condition, settings=settings(max_examples=5_000, phases=[Phase.generate]))


def test_names():
    names = st.text("xyz/", max_size=3)
    found = example(
        circuits(names=names), lambda c: c.gate_names and c.form_names and c.gate_scope.any()
    )
    assert {"", "outer"} <= set(found.scope_names)


def test_big_weights():
    bound = 2**600
    assert example(circuits(weights=(-bound, bound)), lambda c: c.big_weights and c.big_thresholds)


@pytest.mark.parametrize(
    ("condition", "inputs", "size"),
    [
        (lambda c: c.depth >= 2, 3, 4),
        (lambda c: c.has_nested_forms, 2, 2),
        (lambda c: len(c.gate_form) > len(set(c.gate_form.tolist())), 2, 3),
        (lambda c: 0 in c.weights, 2, 2),
    ],
    ids=["depth", "nested", "shared", "zero"],
)
def test_shrinking(condition, inputs, size):
    """What is found is small: at most one wire and one or two gates above the least."""
    few = settings(database=None, max_examples=200)
    circuit = find(circuits(inputs=(0, 4), size=(0, 5)), condition, random=Random(0), settings=few)
    assert circuit.n_inputs <= inputs
    assert circuit.size <= size


@given(circuits(), st.data())
def test_batches(circuit, data):
    batch = data.draw(batches(circuit, min_vectors=1, max_vectors=4))
    assert batch.dtype == np.uint8
    assert batch.shape[1] == circuit.n_inputs
    assert 1 <= len(batch) <= 4
    assert set(batch.ravel().tolist()) <= {0, 1}


def test_bad_batches():
    circuit = example(circuits(), lambda _: True)
    for bounds in ({"min_vectors": -1}, {"min_vectors": 9}):
        with pytest.raises(ArgumentError, match="vectors"):
            batches(circuit, **bounds)


@given(st.data())
def test_any_integers(data):
    low = data.draw(st.integers(-(2**70), 2**70))
    high = low + data.draw(st.integers(0, 2**70))
    assert low <= data.draw(any_integers(low, high)) <= high


@pytest.mark.parametrize("edge", [2**63 - 1, 2**63, -(2**63), -(2**64) - 1])
def test_the_ends_of_int64_come_up(edge):
    assert find(any_integers(), lambda value: value == edge) == edge


def test_from_type():
    register()
    assert isinstance(example(st.from_type(Circuit), lambda c: c.size == 2), Circuit)


def run(code, **options):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize("module", ["tcsim.strategies", "tcsim.testing"])
def test_import_alone(module):
    done = run(f"import {module} as m; assert m.__doc__")
    assert (done.returncode, done.stderr) == (0, "")


def test_registered_where_the_package_is_installed(tmp_path, root):
    """The entry point of pyproject.toml, in metadata as an installer would write it."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    metadata = tmp_path / "tcsim-0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: tcsim\nVersion: 0\n")
    points = project["entry-points"]["hypothesis"]
    lines = [f"{name} = {target}" for name, target in points.items()]
    (metadata / "entry_points.txt").write_text("\n".join(["[hypothesis]", *lines, ""]))
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from hypothesis import find, strategies as st\n"
        "import tcsim\n"
        "print(find(st.from_type(tcsim.Circuit), lambda c: c.size == 1))\n"
    )
    done = run(code, cwd=root)
    assert done.stdout == "<Circuit: 0 inputs, 1 outputs, size 1, depth 1>\n", done.stderr


@given(networks(), st.data())
def test_networks(network, data):
    x = data.draw(rows(network, min_rows=0))
    assert x.shape[1] == network.inputs.features
    assert len(network(x)) == len(x)


def test_every_operation_and_code_comes_up():
    for code in ("thermometer", "binary", "one_hot"):
        example(networks(), lambda network, code=code: network.inputs.code.kind == code)
    for layers in (1, 2, 3):
        example(networks(), lambda network, layers=layers: len(network.layers) == layers)
    example(networks(classify=True), lambda network: not network.layers["output"][1:])


@given(networks(inputs=2, hidden=1, units=(2, 3), steps=2, weights=(0, 1), classify=True))
def test_arguments_of_networks_hold(network):
    assert network.classify
    assert network.inputs.features == 2
    assert len(network.layers) == 2
    assert network.inputs.code.steps == 2
    assert 2 <= network.sizes[-1] <= 3


@pytest.mark.parametrize(
    "options",
    [{"inputs": 0}, {"hidden": -1}, {"units": (2, 1)}, {"units": 1, "classify": True}],
    ids=str,
)
def test_arguments_that_no_network_fits(options):
    with pytest.raises(ArgumentError):
        networks(**options)
    with pytest.raises(ArgumentError, match="rows"):
        rows(None, min_rows=2, max_rows=1)
