"""Layers of ONNX models have the names that people gave them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.networks.importers.onnx.layer_names import SCOPES, layer_of
from tests.networks.importers.onnx.models import model, node, perceptron

RANDOM = np.random.default_rng(0)


def relu_of(batch: int | str, scopes: str | None, name: str) -> Any:
    one = model(
        [node("Relu", "x", "y")],
        {"x": ("float", [batch, 3])},
        {"y": ("float", [batch, 3])},
        {},
    )
    (only,) = one.graph.node
    only.name = name
    if scopes is not None:
        only.metadata_props.add(key=SCOPES, value=scopes)
    return one


@pytest.mark.parametrize(
    ("scopes", "name", "layer"),
    [
        ("['', 'blocks.0', 'blocks.0.up', 'relu']", "node_relu", "blocks.0/up/relu"),
        ("['', '1', '10.2', 'relu_1']", "node_relu", "1/10.2/relu_1"),
        ("['', 'a/b', 'a/b.c\\\\d', 'relu']", "node_relu", "a_b/c_d/relu"),
        (None, "/blocks.0/up/Relu", "blocks.0/up/Relu"),
        ("", "/up/Relu", "up/Relu"),
        ("['']", "/up/Relu", "node"),
        ("not a list", "/up/Relu", "up/Relu"),
        ("{1: 2}", "/up/Relu", "up/Relu"),
        ("['', 7]", "/up/Relu", "up/Relu"),
        ("(" * 3000, "/up/Relu", "up/Relu"),
        ("\0", "/up/Relu", "up/Relu"),
    ],
)
def test_the_layer_is_what_the_exporter_wrote_down(
    scopes: str | None, name: str, layer: str
) -> None:
    (only,) = relu_of("N", scopes, name).graph.node
    assert layer_of(only, name) == layer


def test_gates_are_counted_by_layer() -> None:
    one = perceptron(RANDOM)
    for number, only in enumerate(one.graph.node):
        only.metadata_props.add(key=SCOPES, value=f"['', 'mlp', 'mlp.part{number}', 'op']")
    found = tc.networks.from_onnx(one, calibration=RANDOM.normal(size=(20, 6)))
    layers = found.network.cost().numbers().layers
    inside = [layers[name].size for name in layers if name.count("/") == 1]
    assert len(inside) > 1
    assert layers["mlp"].size == sum(inside)


def test_rows_fit_a_model_of_one_row() -> None:
    """PyTorch exports the batch of the example that it was given: often one row."""
    rows = RANDOM.normal(size=(20, 3))
    open_batch, fixed = (
        tc.networks.from_onnx(relu_of(batch, None, "r"), calibration=rows) for batch in ("N", 1)
    )
    assert fixed.network.inputs.axes == (1, 3)
    (one,), (other,) = open_batch(rows), fixed(rows[:, None])
    assert np.array_equal(one, other[:, 0])
