"""Safetensors gates: files as other tools write them, the registry of signals, broken files."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, ParseError
from tcsim.formats.safetensors_file import read_safetensors, write_safetensors

tensors = pytest.importorskip("safetensors.numpy", reason="needs safetensors")


def file(gates: dict[str, Any], registry: dict[str, str] | None, **metadata: object) -> bytes:
    """Gates as {name: (weights, bias, ids of operands)}."""
    arrays = {}
    for name, (weight, bias, inputs) in gates.items():
        arrays[f"{name}.weight"] = np.array(weight, np.float32)
        arrays[f"{name}.bias"] = np.array(bias, np.float32)
        if inputs is not None:
            arrays[f"{name}.inputs"] = np.array(inputs, np.int64)
    extra = {key: json.dumps(value) for key, value in metadata.items()}
    if registry is not None:
        extra["signal_registry"] = json.dumps(registry)
    data: bytes = tensors.save(arrays, extra)
    return data


REGISTRY = {"0": "#0", "1": "#1", "2": "$a", "3": "$b", "4": "layer1.or", "5": "layer1.nand"}
XOR = {
    "xor.layer1.or": ([[1, 1]], [-1], [2, 3]),
    "xor.layer1.nand": ([-1, -1], 1, [2, 3]),
    "xor.layer2": ([1, 1], [-2], [4, 5]),
}


def test_xor_with_relative_names() -> None:
    circuit = read_safetensors(file(XOR, REGISTRY))
    assert circuit.input_names == ("a", "b")
    assert circuit.output_names == ("xor.layer2",)
    assert circuit.truth_table().tolist() == [[0], [1], [1], [0]]
    assert (circuit.size, circuit.depth) == (3, 2)


def test_constants_are_absorbed() -> None:
    gates = {"g": ([2, 3, 1], [-4], [1, 0, 2])}
    circuit = read_safetensors(file(gates, REGISTRY))
    assert [(gate.terms, gate.threshold) for gate in circuit.gates] == [({0: 1}, 2)]


@pytest.mark.parametrize("dtype", [np.float16, np.float64, np.int8, np.int64])
def test_a_lone_gate(dtype: type) -> None:
    data = tensors.save({"weight": np.array([1, 1], dtype), "bias": np.array([-2], dtype)})
    circuit = read_safetensors(data)
    assert circuit.input_names == ("x[0]", "x[1]")
    assert circuit.truth_table().tolist() == [[0], [0], [0], [1]]


def test_large_weights_are_exact() -> None:
    builder = tc.Builder()
    a, b = builder.input("a"), builder.input("b")
    builder.output("f", (2**62 + 1) * a - b >= 2**62 + 1)
    circuit = builder.build()
    assert read_safetensors(write_safetensors(circuit)).weights.tolist() == [2**62 + 1, -1]
    builder = tc.Builder()
    builder.output("f", 2**63 * builder.input("a") + builder.input("b") >= 2)
    with pytest.raises(ArgumentError, match="beyond int64"):
        write_safetensors(builder.build())


def change(key: str, **changes: Any) -> dict[str, Any]:
    return {**XOR, key: tuple(changes.get(part, XOR[key][i]) for i, part in enumerate("wbi"))}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not safetensors"),
        (b"\xff" * 40, "not safetensors"),
        (file(XOR, REGISTRY)[:-4], "not safetensors"),
        (file(XOR, None), "no 'signal_registry', and the file more than one gate"),
        (file({"g": ([1], [0], [2])}, None), "no 'signal_registry', which explains 'inputs'"),
        (file(XOR, {**REGISTRY, "x": "$c"}), "the signal registry holds 'x': $c"),
        (file(XOR, {**REGISTRY, "3": "$a"}), "'$a' is an input already"),
        (file(XOR, {"2": "$a", "3": "$b", "4": "layer1.or"}), "reads the unknown signal 5"),
        (file(XOR, {**REGISTRY, "5": "#2"}), "the constant '#2' is neither"),
        (file(XOR, {**REGISTRY, "5": "layer1.and"}), "'layer1.and' is used but not defined"),
        (file(XOR, {**REGISTRY, "4": "layer2"}), "a cycle: 'xor.layer2' reads 'xor.layer2'"),
        (file(change("xor.layer2", w=[1, 0.5]), REGISTRY), "holds 0.5, which is no integer"),
        (file(change("xor.layer2", w=[1, np.inf]), REGISTRY), "holds inf, which is no integer"),
        (file(change("xor.layer2", w=[1]), REGISTRY), "has 1 numbers as 'weight'; expected 2"),
        (file(change("xor.layer2", b=[1, 2]), REGISTRY), "has 2 numbers as 'bias'; expected 1"),
        (file(change("xor.layer2", w=[[1, 1], [1, 1]]), REGISTRY), "expected a vector"),
        (file(change("xor.layer2", i=None), REGISTRY), "the gate 'xor.layer2' has no 'inputs'"),
        (tensors.save({"g.color": np.zeros(1)}), "the tensor 'g.color' is none of"),
        (file(XOR, REGISTRY, outputs=[["f", 9]]), "the output 'f' is the unknown signal 9"),
        (file(XOR, REGISTRY, outputs=[["f"]]), "expected [name, id]"),
        (file(XOR, REGISTRY, outputs=[["f", 2], ["f", 3]]), "is defined already"),
        (file(XOR, REGISTRY, outputs=3), "the metadata 'outputs' is no array"),
    ],
)
def test_broken_files(data: bytes, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_safetensors(data, "c.safetensors")
    assert str(caught.value).startswith("c.safetensors: ")
    assert message in str(caught.value)
