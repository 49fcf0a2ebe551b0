"""Models of integers: movements, ranges, wide types, several outputs; against the reference."""

from __future__ import annotations

import numpy as np
import pytest

import tcsim as tc
from tcsim.errors import NetworkError
from tests.networks.importers.onnx.models import model, node, reference

RANDOM = np.random.default_rng(0)


def same(one: object, rows: dict[str, np.ndarray], **options: object) -> tc.networks.IntegerNetwork:
    """The network and its circuit give what the reference gives, for every row."""
    imported = tc.networks.from_onnx(one, **options)
    network = imported.network
    names = imported.names[0]
    arrays = [rows[name].astype(np.int64) for name in names]
    found = network.run(*arrays)
    circuit = tc.networks.compile(network)
    decoded = network.decode_all(circuit(network.encode(*arrays)))
    for row in range(len(arrays[0])):
        expected = reference(one, {name: rows[name][row] for name in names})
        for got, same_, wanted in zip(found, decoded, expected, strict=True):
            assert np.array_equal(got[row], wanted.astype(np.int64))
            assert np.array_equal(same_[row], wanted.astype(np.int64))
    return network


MOVEMENTS = {
    "Transpose": (node("Transpose", "x", "y", perm=[2, 0, 1]), {}),
    "Reshape": (node("Reshape", "x s", "y"), {"s": np.array([4, -1])}),
    "Slice": (
        node("Slice", "x a b c d", "y"),
        {
            "a": np.array([2, 0]),
            "b": np.array([-5, 2]),
            "c": np.array([1, 2]),
            "d": np.array([-1, 1]),
        },
    ),
    "Gather": (node("Gather", "x i", "y", axis=1), {"i": np.array([[0, 2], [1, 1]])}),
    "Tile": (node("Tile", "x r", "y"), {"r": np.array([1, 2, 1])}),
    "Expand": (node("Expand", "x e", "y"), {"e": np.array([2, 2, 3, 2])}),
    "Pad": (
        node("Pad", "x p v", "y"),
        {"p": np.array([0, 1, 0, 1, 0, 2]), "v": np.array(7, np.uint8)},
    ),
    "reflect": (node("Pad", "x p", "y", mode="reflect"), {"p": np.array([0, 1, 0, 0, 1, 1])}),
    "Trilu": (node("Trilu", "x", "y"), {}),
    "Concat": (node("Concat", "x c x", "y", axis=1), {"c": np.full((2, 1, 2), 200, np.uint8)}),
    "Squeeze": (node("Unsqueeze", "x a", "y"), {"a": np.array([0, 2])}),
    "ScatterND": (
        node("ScatterND", "x i u", "y"),
        {"i": np.array([[1]]), "u": np.arange(6, dtype=np.uint8).reshape(1, 3, 2)},
    ),
}


@pytest.mark.parametrize("name", MOVEMENTS)
def test_movements_cost_nothing(name: str) -> None:
    made, constants = MOVEMENTS[name]
    one = model([made], {"x": ("uint8", [2, 3, 2])}, {"y": ("uint8", ["?"] * 3)}, constants)
    network = same(one, {"x": RANDOM.integers(0, 256, (5, 2, 3, 2)).astype(np.uint8)})
    assert tc.networks.compile(network).size == 0


def test_shapes_are_computed_beforehand() -> None:
    one = model(
        [
            node("Shape", "x", "s"),
            node("Gather", "s one", "n"),
            node("Concat", "n rest", "t", axis=0),
            node("Reshape", "x t", "y"),
        ],
        {"x": ("int8", [2, 3, 4])},
        {"y": ("int8", ["?", "?"])},
        {"one": np.array([1]), "rest": np.array([-1])},
    )
    same(one, {"x": RANDOM.integers(-128, 128, (4, 2, 3, 4)).astype(np.int8)})


def test_several_inputs_and_outputs_and_an_open_batch() -> None:
    one = model(
        [
            node("Add", "x y", "s"),
            node("Where", "c s x", "w"),
            node("ReduceMax", "w a", "m", keepdims=0),
            node("Less", "x y", "l"),
        ],
        {"x": ("int8", ["N", 3]), "y": ("int8", ["N", 3]), "c": ("bool", ["N", 3])},
        {"m": ("int8", ["N"]), "l": ("bool", ["N", 3])},
        {"a": np.array([1])},
    )
    imported = tc.networks.from_onnx(one)
    rows = [RANDOM.integers(-128, 128, (20, 3)).astype(np.int8) for _ in "xy"]
    condition = RANDOM.integers(0, 2, (20, 3)).astype(bool)
    largest, less = imported.network.run(*rows, condition)
    expected = reference(one, {"x": rows[0], "y": rows[1], "c": condition})
    assert imported.names == (("x", "y", "c"), ("m", "l"))
    assert np.array_equal(largest, expected[0])
    assert np.array_equal(less, expected[1])


@pytest.mark.parametrize("groups", [1, 2])
def test_convolutions_of_integers(groups: int) -> None:
    kernel = RANDOM.integers(0, 256, (4, 4 // groups, 2, 2)).astype(np.uint8)
    one = model(
        [node("ConvInteger", "x w z v", "y", pads=[1, 0, 0, 1], strides=[2, 1], group=groups)],
        {"x": ("uint8", [1, 4, 3, 3])},
        {"y": ("int32", [1, 4, "?", "?"])},
        {"w": kernel, "z": np.array(3, np.uint8), "v": np.array(100, np.uint8)},
    )
    same(one, {"x": RANDOM.integers(0, 256, (3, 1, 4, 3, 3)).astype(np.uint8)})


def test_products_of_two_computed_matrices() -> None:
    one = model(
        [node("MatMulInteger", "x w z v", "y")],
        {"x": ("uint8", [2, 3]), "w": ("int8", [3, 2])},
        {"y": ("int32", [2, 2])},
        {"z": np.array(12, np.uint8), "v": np.array(-5, np.int8)},
    )
    rows = {
        "x": RANDOM.integers(0, 256, (3, 2, 3)).astype(np.uint8),
        "w": RANDOM.integers(-128, 128, (3, 3, 2)).astype(np.int8),
    }
    same(one, rows)


def test_wide_types_have_ranges() -> None:
    double = model([node("Add", "x x", "y")], {"x": ("int64", [2])}, {"y": ("int64", [2])}, {})
    imported = tc.networks.from_onnx(double)
    assert "assumed to be within -2147483647..2147483647" in " ".join(imported.notes)
    assert imported.network([[2**31 - 1, 3]]).tolist() == [[2**32 - 2, 6]]
    one = model([node("Mul", "x x", "y")], {"x": ("int64", [2])}, {"y": ("int64", [2])}, {})
    narrow = tc.networks.from_onnx(one, ranges={"x": (-9, 100)})
    assert narrow.notes == ()
    assert narrow.network([[100, -9]]).tolist() == [[10_000, 81]]
    cube = model(
        [node("Mul", "x x", "s"), node("Mul", "s x", "y")],
        {"x": ("int64", [2])},
        {"y": ("int64", [2])},
        {},
    )
    with pytest.raises(NetworkError, match=r"(?s)Mul 'Mul_s'.*declare narrower `ranges`"):
        tc.networks.from_onnx(cube)
    assert tc.networks.from_onnx(cube, ranges={"x": (0, 9)}).network([[9, 2]]).tolist() == [
        [729, 8]
    ]


@pytest.mark.parametrize(
    ("ranges", "match"),
    [
        ({"z": (0, 1)}, "no integer input is called 'z'"),
        ({"x": (5, 5)}, r"ranges\['x'\]"),
        ({"x": (0, 300)}, "of a UINT8"),
    ],
)
def test_bad_ranges(ranges: dict[str, tuple[int, int]], match: str) -> None:
    one = model([node("Add", "x x", "y")], {"x": ("uint8", [2])}, {"y": ("uint8", [2])}, {})
    with pytest.raises(NetworkError, match=match):
        tc.networks.from_onnx(one, ranges=ranges)
