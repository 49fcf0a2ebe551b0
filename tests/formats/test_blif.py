"""BLIF: covers against their definition, the EPFL files, look-up tables, the writer."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ParseError
from tcsim.formats.blif import LutMeasures, lut_levels, read_blif, write_blif
from tcsim.formats.covers import cover
from tcsim.formats.signals import comparison


@pytest.mark.parametrize(("name", "depth"), [("adder", 255), ("bar", 12)])
def test_epfl(name: str, depth: int, root: Path) -> None:
    path = root / "tests" / "data" / "blif" / f"{name}.blif"
    circuit, other = tc.read(path), tc.read(root / "tests" / "data" / "epfl" / f"{name}.aig")
    assert (circuit.size, circuit.depth) == (other.size, other.depth)
    assert circuit.depth == depth
    batch = np.random.default_rng(3).integers(0, 2, (512, circuit.n_inputs))
    assert (circuit(batch) == other(batch)).all()
    luts = lut_levels(path)
    assert luts == LutMeasures(circuit.size, depth, 2, circuit.size, depth)
    assert read_blif(write_blif(circuit)).structure_id == circuit.structure_id


def model(*tables: str, inputs: str = "a b c", outputs: str = "f") -> bytes:
    lines = [".model m", f".inputs {inputs}", f".outputs {outputs}", *tables, ".end", ""]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("table", "size", "depth"),
    [
        (".names f", 0, 0),
        (".names f\n1", 0, 0),
        (".names f\n0", 0, 0),
        (".names a b c f\n--- 1", 0, 0),
        (".names a b c f\n--- 0", 0, 0),
        (".names a f\n1 1", 0, 0),
        (".names a b f\n-1 1", 0, 0),
        (".names a b c f\n10- 1", 1, 1),
        (".names a b c f\n1-- 1\n-0- 1\n--1 1", 1, 1),
        (".names a b c f\n1-- 1\n-01 1", 2, 2),
        (".names a b c f\n11- 1\n--0 1\n-01 1", 3, 2),
        (".names a b c f\n11- 0\n--0 0\n-01 0", 3, 2),
        (".names a b c f\n101 0", 1, 1),
        (".names a b c f\n1-- 0\n--1 0", 1, 1),
        (".names a b c f\n11- 1\n11- 1", 3, 2),
        (".names a f\n1 1\n0 1", 1, 1),
    ],
)
def test_covers(table: str, size: int, depth: int) -> None:
    circuit = read_blif(model(table))
    assert (circuit.size, circuit.depth) == (size, depth)
    rows = [line.split() for line in table.splitlines()[1:]]
    operands = table.splitlines()[0].split()[1:-1]
    for vector in range(8):
        value = dict(zip("abc", [vector >> i & 1 for i in range(3)], strict=True))
        on = rows[0][-1] == "1" if rows else True
        hit = any(
            all(
                c in ("-", str(value[x]))
                for c, x in zip(row[0] if operands else "", operands, strict=True)
            )
            for row in rows
        )
        assert circuit(list(value.values())).tolist() == [int(hit == on)]


def test_an_inverted_input_is_one_gate() -> None:
    """Where an output is a negated input, the project's convention has a NOT gate."""
    assert read_blif(model(".names a f\n0 1")).size == 1


def test_order_continuation_comments_names() -> None:
    text = (
        "# a file\n.model top # the name\n.inputs a \\\n b\n.outputs f g\n.names n a g\n11 1\n"
        ".area 3\n.names a \\\nb n\n1- 1\n-1 1\n.conn g f\n.end\n.model other\n.latch x y\n.end\n"
    )
    circuit = read_blif(text.encode())
    assert circuit.gate_names == {0: "n", 1: "g"}
    assert circuit.output_wire.tolist() == [3, 3]
    assert circuit.truth_table()[:, 0].tolist() == [0, 1, 0, 1]


def test_lut_levels(tmp_path: Path) -> None:
    path = tmp_path / "m.blif"
    xor = ".names {} n{}\n10 1\n01 1"
    path.write_bytes(model(xor.format("a b", 1), xor.format("n1 c", 2), ".names n2 f\n0 1"))
    assert lut_levels(path) == LutMeasures(size=2, depth=2, largest=2, size_all=3, depth_all=3)
    assert tc.read(path).depth == 4


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        (".latch a f re clk 0", 4, "a memory element"),
        (".gate nand2 a=a b=b o=f", 4, "a cell of a library"),
        (".subckt adder x=a y=f", 4, "a use of another model"),
        (".names a f\n1 1\n0 0", 6, "lists both 1s and 0s"),
        (".names a b f\n1 1", 5, "expected a row of 2 characters"),
        (".names a f\n2 1", 5, "expected a row of 1 characters"),
        (".names a f\n1 1\n.names b f\n1 1", 6, "'f' is defined already on line 4"),
        (".names a a\n1 1", 4, "'a' is an input already on line 2"),
        (".names q f\n1 1", 4, "'q' is used but not defined"),
        (".names g f\n1 1\n.names f g\n1 1", 4, "a cycle: 'f' reads 'g' reads 'f'"),
        (".widget", 4, "unknown statement"),
    ],
)
def test_errors(table: str, line: int, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_blif(model(table), "m.blif")
    assert str(caught.value).startswith(f"m.blif, line {line}: ")
    assert message in str(caught.value)


def test_a_file_cut_off_is_refused() -> None:
    with pytest.raises(ParseError, match=r"ends without \.end"):
        read_blif(model(".names a b f\n11 1\n00 1").removesuffix(b"00 1\n.end\n"))


@given(st.lists(st.integers(-9, 9).filter(bool), min_size=1, max_size=7), st.integers(-20, 20))
def test_written_gates_are_prime_covers(weights: list[int], threshold: int) -> None:
    builder = tc.Builder(share=False, fold=False)
    x = builder.inputs("x", len(weights))
    builder.output("f", tc.dot(weights, x) >= threshold)
    circuit = builder.build()
    data = write_blif(circuit)
    assert data.count(b".names") == 1
    assert read_blif(data).truth_table().tolist() == circuit.truth_table().tolist()
    gate = comparison(list(enumerate(weights)), threshold)
    if gate.kind != "threshold":
        return
    products, on = cover(gate)
    assert len(products) <= 35  # C(7, 3)
    for product in products:
        # Prime: without any one of its literals it would cover a row of the other value.
        for left_out in product:
            row = [1 - on] * len(weights)
            for position, value in product:
                row[position] = value
            row[left_out[0]] = 1 - left_out[1]
            total = sum(w * v for w, v in zip(gate.weights, row, strict=True))
            assert (total >= gate.limit) != on


def test_wide_gates_become_adders() -> None:
    builder = tc.Builder()
    x = builder.inputs("x", 13)
    builder.output("vote", tc.majority(x))
    builder.output("all", tc.all(x))
    circuit = builder.build()
    copy = read_blif(write_blif(circuit))
    rows = [[random.Random(i * 13 + j).randint(0, 1) for j in range(13)] for i in range(200)]
    assert (copy(rows) == circuit(rows)).all()
    assert copy.size > 30
