"""The network that ships: its data, its accuracy, its circuit, and how it was made."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tests.networks.oracle import run, words

DATA = "tcsim/networks/data/digits.npz"


@pytest.fixture(scope="module")
def digits() -> tc.networks.BuiltIn:
    return tc.networks.builtin("digits")


def test_accuracy_and_agreement_on_every_held_out_digit(digits) -> None:
    network = digits.quantize()
    found = tc.networks.check(
        digits.float_network, network, tc.networks.compile(network), digits.rows, digits.labels
    )
    assert found.rows == 500
    assert found.float_accuracy >= 0.96
    assert found.integer_accuracy >= found.float_accuracy - 0.02
    assert found.agreeing_rows == 500


def test_integer_network_in_plain_python(digits) -> None:
    network = digits.quantize()
    rows = digits.rows[:40]
    expected = [run(network, row) for row in rows.tolist()]
    assert network(rows).tolist() == [value for (value,) in expected]
    bits = tc.networks.compile(network)(network.encode(rows))
    assert bits.tolist() == [words(network.output_code, row) for row in expected]


@pytest.mark.parametrize(("code", "depth"), [("thermometer", 3), ("binary", 4)])
def test_formulas_are_those_of_the_literal_circuit(digits, code: str, depth: int) -> None:
    network = digits.quantize().with_codes(inputs=code, hidden=code)
    circuit = tc.networks.compile(network, share=False, fold=False)
    total = network.cost().numbers().total
    found = circuit.measures
    assert (0, *total.levels) == found.levels
    assert (total.depth, total.edges, total.max_fan_in) == (depth, found.edges, found.max_fan_in)
    assert (
        network.decode(circuit(network.encode(digits.rows))).tolist()
        == network(digits.rows).tolist()
    )


@pytest.mark.parametrize("bits", [1, 2, 8])
def test_other_precisions_compile_exactly(digits, bits: int) -> None:
    network = digits.quantize(activation_bits=bits)
    circuit = tc.networks.compile(network)
    rows = digits.rows[:200]
    assert np.array_equal(network.decode(circuit(network.encode(rows))), network(rows))


def test_data_are_small_real_and_apart(digits, root: Path) -> None:
    assert (root / DATA).stat().st_size < 300_000
    assert digits.rows.shape == (500, 64)
    assert digits.rows.dtype == digits.calibration.dtype == np.uint8
    assert digits.rows.max() == 16
    assert sorted(set(digits.labels.tolist())) == list(range(10))
    held_out = {row.tobytes() for row in digits.rows}
    assert not held_out & {row.tobytes() for row in digits.calibration}


def test_script_makes_the_shipped_file(digits, root: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="needs scikit-learn: pip install 'tcsim[test]'")
    script = root / "examples" / "train_digits.py"
    spec = importlib.util.spec_from_file_location("train_digits", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.train()
    with np.load(root / DATA, allow_pickle=False) as shipped:
        assert set(shipped.files) == set(made)
        for name in shipped.files:
            # Weights move a little between machines; a step of 8 bits is far above 1e-5.
            assert made[name].dtype == shipped[name].dtype
            assert np.allclose(made[name], shipped[name], rtol=0, atol=1e-5), name


def test_unknown_name() -> None:
    with pytest.raises(NetworkError, match="no built-in network 'letters'; there are: digits"):
        tc.networks.builtin("letters")


def test_every_name_in_the_table_loads() -> None:
    for name in tc.networks.BUILTIN:
        found = tc.networks.builtin(name)
        assert found.name == name
        assert "\n" not in found.description


def test_public_names_exist_and_importing_is_cheap(tmp_path: Path) -> None:
    code = """
import json, sys
import tcsim.networks
print(json.dumps([name for name in ("numpy", "sympy", "sklearn") if name in sys.modules]))
print(json.dumps([name for name in tcsim.networks.__all__ if not hasattr(tcsim.networks, name)]))
network = tcsim.networks.builtin("digits").quantize()
tcsim.networks.compile(network)
heavy = ("numba", "sympy", "sklearn", "hypothesis")
print(json.dumps([name for name in heavy if name in sys.modules]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [[], [], []]
