"""threABC `.th`: the samples, by a parser of their own; the dialect; the writer."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

import tcsim as tc
from tcsim.errors import LimitError
from tcsim.formats.th import read_th, write_th

SAMPLES = {
    "16_93": (16, 1, 2, 2),
    "20_61": (20, 1, 2, 2),
    "binarized_dnn_16_3_16": (16, 16, 64, 4),
    "binarized_dnn_16_4_256": (16, 16, 80, 5),
    "binarized_dnn_32_3_1000000": (32, 32, 128, 4),
}


@pytest.fixture
def samples(root: Path) -> Path:
    return root / "tests" / "data" / "threabc"


def evaluate(text: str, row: list[int]) -> list[int]:
    """The outputs of a `.th` file for one row of inputs, by fixed-point iteration."""
    lines = [line.split() for line in text.splitlines()]
    ports = {words[0].rstrip("s"): words[1:] for words in lines if words[:1] and len(words) > 1}
    value = dict(zip(ports[".input"], row, strict=True))
    gates = [
        (words[1:], [int(word) for word in numbers])
        for words, numbers in pairwise(lines)
        if words[0] == ".threshold"
    ]
    while len(value) < len(row) + len(gates):
        for (*operands, name), (*weights, threshold) in gates:
            if name not in value and all(operand in value for operand in operands):
                total = sum(w * value[x] for w, x in zip(weights, operands, strict=True))
                value[name] = int(total >= threshold)
    return [value[name] for name in ports[".output"]]


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str, samples: Path) -> None:
    path = samples / f"{name}.th"
    circuit = tc.read(path)
    assert (circuit.n_inputs, circuit.n_outputs, circuit.size, circuit.depth) == SAMPLES[name]
    generator = random.Random(7)
    rows = [[generator.randint(0, 1) for _ in range(circuit.n_inputs)] for _ in range(20)]
    assert circuit(rows).tolist() == [evaluate(path.read_text(), row) for row in rows]
    assert read_th(write_th(circuit)) == circuit


def test_the_dialect() -> None:
    """A title or none, blanks, both spellings of the ports, any order, repeated operands."""
    text = (
        ".model m \n.inputs a b\n.input c\n\n.output f\n"
        ".threshold g a f \n\n2 -1 1 \n.threshold a b b c g\n1 1 1 -3 2\n.end"
    )
    circuit = read_th(text.encode())
    assert [(gate.name, gate.terms, gate.threshold) for gate in circuit.gates] == [
        ("g", {0: 1, 1: 2, 2: -3}, 2),
        ("f", {0: -1, 3: 2}, 1),
    ]
    assert read_th(b"any title\n" + text.encode().replace(b"\n", b"\r\n")) == circuit


def test_constants_and_aliases() -> None:
    builder = tc.Builder(share=False, fold=False)
    a = builder.input("a")
    gate = builder.gate(a >= 1)
    for name, value in {"a": a, "b": a, "f": gate, "g": gate}.items():
        builder.output(name, value)
    builder.output("one", builder.constant(1))
    builder.output("zero", builder.constant(0))
    copy = read_th(write_th(builder.build()))
    assert copy.size == 5
    assert copy.output_names == ("a", "b", "f", "g", "one", "zero")
    assert copy([[0], [1]]).tolist() == [[0, 0, 0, 0, 1, 0], [1, 1, 1, 1, 1, 0]]


def test_integers_of_many_digits() -> None:
    builder = tc.Builder()
    a, b = builder.input("a"), builder.input("b")
    builder.output("f", 10**639 * a + b >= 10**639)
    circuit = builder.build()
    assert flat(read_th(write_th(circuit))) == flat(circuit)
    builder = tc.Builder()
    a, b = builder.input("a"), builder.input("b")
    builder.output("f", 10**640 * a + b >= 10**640)
    with pytest.raises(LimitError, match="640 digits"):
        write_th(builder.build())


def flat(circuit: tc.Circuit) -> list[tuple[dict[int, int], int]]:
    return [(gate.terms, gate.threshold) for gate in circuit.gates]
