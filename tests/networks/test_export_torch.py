"""Integer networks as torch modules: equal bit for bit, or refused."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings

import tcsim as tc
from tcsim.errors import MissingExtraError, NetworkError
from tcsim.networks import Affine, Argmax, Code, Combine, Inputs, IntegerNetwork, Requantize, Sketch
from tcsim.strategies import circuits
from tests.networks.oracle import all_rows, networks, run

BIT = Code(0, 1)


def chain(weights, bias, cuts, code=BIT, inputs=BIT):
    return IntegerNetwork(
        Inputs(len(weights), inputs), [Affine(weights, bias), Requantize(cuts, code)]
    )


@settings(max_examples=25)
@given(network=networks())
def test_any_chain(torch, network: IntegerNetwork) -> None:
    rows = all_rows(network, 60)
    expected = [run(network, row) for row in rows]
    for dtype in ("float32", "float64"):
        found = tc.networks.to_torch(network, dtype)(torch.tensor(rows))
        assert found.dtype == torch.int64
        assert found.tolist() == expected


@settings(max_examples=15)
@given(circuit=circuits(inputs=(1, 5), size=(0, 10), outputs=(1, 3)))
def test_circuits(torch, circuit: tc.Circuit) -> None:
    rows = np.arange(2**circuit.n_inputs)[:, None] >> np.arange(circuit.n_inputs) & 1
    found = tc.networks.to_torch(circuit.to_network())(torch.tensor(rows))
    assert np.array_equal(found.numpy(), circuit(rows.astype(np.uint8)))


@pytest.mark.parametrize(("dtype", "limit"), [("float32", 2**24), ("float64", 2**53)])
def test_exact_up_to_the_limit_and_refused_beyond(torch, dtype: str, limit: int) -> None:
    """The sums limit - 1 and limit are told apart; limit + 1 is no float."""
    network = chain([[limit - 1], [1]], [0], [[limit]])
    rows = all_rows(network)
    assert tc.networks.to_torch(network, dtype)(torch.tensor(rows)).tolist() == [
        run(network, row) for row in rows
    ]
    with pytest.raises(NetworkError, match=f"could reach {limit + 1}, beyond {limit}"):
        tc.networks.to_torch(chain([[limit - 1], [1]], [1], [[limit]]), dtype)
    with pytest.raises(NetworkError, match=f"could reach {limit + 1}, beyond {limit}"):
        tc.networks.to_torch(chain([[limit - 1], [-2]], [0], [[limit]]), dtype)  # partial sums too


def test_cuts_that_are_no_floats(torch) -> None:
    """A cut of limit + 1 would round to limit, which is a value."""
    limit = 2**24
    network = chain([[limit]], [0], [[-(2**62), -limit - 1, limit, limit + 1, 2**62]], Code(0, 5))
    found = tc.networks.to_torch(network, "float32")(torch.tensor([[0], [1]]))
    assert found.tolist() == [[2], [3]] == [run(network, row) for row in ([0], [1])]


def test_several_inputs_and_outputs(torch) -> None:
    sketch = Sketch()
    x, y = sketch.input("x", (3, 2), Code(0, 3)), sketch.input("y", 2, Code(-2, 1, "binary"))
    higher = sketch.add(Requantize([[1, 3]], Code(0, 2)), sketch.add(Affine([[1], [-1]], [1]), x))
    larger = sketch.add(Argmax(2), y)
    network = sketch.network(larger, higher, x)
    draws = np.random.default_rng(0)
    a, b = draws.integers(0, 4, (9, 3, 2)), draws.integers(-2, 2, (9, 2))
    found = tc.networks.to_torch(network)(torch.tensor(a), torch.tensor(b, dtype=torch.int8))
    expected = network.run(a, b)
    assert all(np.array_equal(p.numpy(), q) for p, q in zip(found, expected, strict=True))


def test_it_is_a_module_like_any_other(torch) -> None:
    network = chain([[1, 2], [3, -1]], [0, 1], [[1, 2], [0, 3]], Code(-1, 1))
    module = tc.networks.to_torch(network)
    assert isinstance(module.layers[0], torch.nn.Linear)
    assert not module.training
    assert not any(one.requires_grad for one in module.parameters())
    other = tc.networks.to_torch(chain([[0, 0], [0, 0]], [0, 0], [[5, 6], [5, 6]], Code(-1, 1)))
    other.load_state_dict(module.state_dict())
    rows = torch.tensor(all_rows(network))
    assert torch.equal(other(rows), module(rows))
    exported = torch.export.export(module, (rows,))
    assert torch.equal(exported.module()(rows), module(rows))


def test_refused() -> None:
    network = chain([[1]], [0], [[1]])
    with pytest.raises(NetworkError, match="float32 or float64, not 'float16'"):
        tc.networks.to_torch(network, "float16")
    with pytest.raises(NetworkError, match=r"input x could reach 16777217.*use float64"):
        tc.networks.to_torch(chain([[1]], [0], [[1]], inputs=Code(0, 2**24 + 1)), "float32")
    with pytest.raises(NetworkError, match=r"beyond 9007199254740992.*use to_onnx"):
        tc.networks.to_torch(chain([[2**60]], [0], [[1]]))
    sketch = Sketch()
    x = sketch.input("x", 2, Code(0, 1))
    twice = sketch.add(Requantize([[1]], Code(0, 1)), sketch.add(Combine([2]), x))
    with pytest.raises(
        NetworkError, match=r"operation 1 \(network\), <Combine: 2 x0>, has no torch"
    ):
        tc.networks.to_torch(sketch.network(twice))
    sketch = Sketch()
    x = sketch.input("x", ("n", 1), Code(0, 1))
    open_axis = sketch.network(sketch.add(Requantize([[1]], Code(0, 1)), x))
    with pytest.raises(NetworkError, match="axis 'n'"):
        tc.networks.to_torch(open_axis)


def test_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"tcsim\[torch\]"):
        tc.networks.to_torch(chain([[1]], [0], [[1]]))
