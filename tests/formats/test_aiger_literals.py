"""Circuits read from AIGER: literals first, arrays when they are needed, the same both ways."""

from __future__ import annotations

import pickle
import random
import tracemalloc
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import tcsim as tc
from tcsim import _accelerate
from tcsim.circuit import DEFERRED, Circuit
from tcsim.errors import ParseError
from tcsim.formats.aiger import ands, draft, read_aiger
from tcsim.formats.aiger.writer import _encode
from tcsim.formats.assembly import Assembly
from tcsim.literals import and_literals

EPFL = Path(__file__).parents[1] / "data" / "epfl"


@pytest.fixture(params=["numpy", "compiled"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to read the ANDs of a binary file."""
    if request.param == "compiled":
        monkeypatch.setattr(_accelerate, "COMPILE_ABOVE", -1)
        monkeypatch.setattr(_accelerate, "COMPILED_ABOVE", -1)
        monkeypatch.delattr(ands, "_read_checked")  # which a good file does not need
    return request.param


def binary(n: int, gates: list[tuple[int, int]], outputs: list[int]) -> bytes:
    """The file of a graph."""
    own = 2 * (n + 1 + np.arange(len(gates)))
    pairs = np.array(gates, np.int64).reshape(-1, 2)
    left, right = pairs.max(axis=1, initial=0), pairs.min(axis=1, initial=1 << 60)
    delta = np.stack((own - left, left - right), axis=1).reshape(-1)
    head = f"aig {n + len(gates)} {n} 0 {len(outputs)} {len(gates)}\n"
    return (head + "".join(f"{literal}\n" for literal in outputs)).encode() + _encode(delta)


def assembled(n: int, gates: list[tuple[int, int]], outputs: list[int]) -> Circuit:
    """The circuit of a graph, gate by gate."""
    assembly = Assembly([f"i{k}" for k in range(n)])
    for pair in gates:
        assembly.conjunction(pair)
    return assembly.build({f"o{k}": literal for k, literal in enumerate(outputs)})


def random_graph(
    r: random.Random, n: int, gates: int, outputs: int
) -> tuple[int, list[tuple[int, int]], list[int]]:
    pairs = [(r.randrange(2 * own), r.randrange(2 * own)) for own in range(n + 1, n + 1 + gates)]
    return n, pairs, [r.randrange(2 * (n + gates + 1)) for _ in range(outputs)]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]], list[int]]:
    n, gates = draw(st.integers(0, 3)), draw(st.integers(0, 6))
    pairs = [
        (draw(st.integers(0, 2 * own - 1)), draw(st.integers(0, 2 * own - 1)))
        for own in range(n + 1, n + 1 + gates)
    ]
    return n, pairs, draw(st.lists(st.integers(0, 2 * (n + gates) + 1), max_size=5))


def values(circuit: Circuit) -> list[list[int]] | None:
    """The values of all gates on every input vector, by the literals."""
    found = and_literals(circuit)
    if found is None:
        return None
    rows = []
    for row in range(1 << circuit.n_inputs):
        wires = [row >> k & 1 for k in range(circuit.n_inputs)]
        for (one, two), flip in zip(found.pairs.tolist(), found.flip.tolist(), strict=True):
            assert min(one, two) >= 0
            wires.append((wires[one >> 1] ^ one & 1) & (wires[two >> 1] ^ two & 1) ^ flip)
        rows.append(wires[circuit.n_inputs :])
    return rows


@given(graphs())
@example((1, [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)], [3, 5, 7, 9, 11, 13, 14]))
@example((0, [(0, 1), (1, 1), (2, 0), (2, 1), (4, 3)], [3, 2, 11, 1, 0]))
def test_arrays_and_literals(given_graph) -> None:
    """Arrays are those of gates made one by one; literals say what the arrays say."""
    circuit, expected = read_aiger(binary(*given_graph)), assembled(*given_graph)
    literals = values(circuit)
    assert circuit.size == expected.size
    assert circuit.output_wire.tolist() == expected.output_wire.tolist()
    assert circuit == expected
    for name in DEFERRED:
        array = getattr(circuit, name)
        assert array.dtype == np.int64
        assert array.tolist() == getattr(expected, name).tolist()
        assert not array.flags.writeable
    if literals is None:
        # A constant, and no input to write it with.
        assert circuit.n_inputs == 0
        assert any(not circuit.terms(form) for form in range(circuit.n_forms))
    else:
        vectors = [[r >> k & 1 for k in range(circuit.n_inputs)] for r in range(len(literals))]
        every = circuit.replace(
            output_wire=np.arange(circuit.size) + circuit.n_inputs,
            output_names=[f"o{g}" for g in range(circuit.size)],
        )
        assert every(vectors, engine="reference").tolist() == literals


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(4))
def test_larger_graphs(seed: int) -> None:
    """More ANDs than are worked on at a time; differences of one to three bytes."""
    given_graph = random_graph(random.Random(seed), 5, 40_000, [0, 1, 40, 2000][seed])
    circuit = read_aiger(binary(*given_graph))
    assert circuit == assembled(*given_graph)
    assert circuit.replace() == circuit  # the arrays pass the checks of the constructor


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("path", sorted(EPFL.glob("*.aig")), ids=lambda path: path.name)
def test_files_of_others(path: Path) -> None:
    circuit = tc.read(path)
    assert circuit.replace() == circuit
    literals = and_literals(circuit)
    assert literals is not None
    assert literals.pairs.dtype == np.int32
    assert literals.pairs.shape == (circuit.size, 2)


def outcome(data: bytes) -> object:
    try:
        return read_aiger(data)
    except ParseError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_agree_on_broken_bytes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    r = random.Random(seed)
    good = binary(*random_graph(r, 3, 300, 2))
    start = good.index(b"\n", good.index(b"\n", good.index(b"\n") + 1) + 1) + 1
    cases = [good, good[:-1], good[: start + 650], good + b"i0 x\n", good + b"x"]
    for _ in range(200):
        broken = bytearray(good)
        for _ in range(r.randrange(1, 3)):
            place = r.randrange(start, len(good))
            broken[place] = r.choice([0, 1, 127, 128, 255, r.randrange(256)])
        cases.append(bytes(broken))
    tails = product((b"\x00", b"\x01", b"\xff" * 8 + b"\x7f", b"\xff" * 9 + b"\x01"), repeat=2)
    cases += [b"aig 4 3 0 0 1\n" + first + second for first, second in tails]
    plain = [outcome(data) for data in cases]
    assert len(set(map(str, plain))) > 20
    monkeypatch.setattr(_accelerate, "COMPILE_ABOVE", -1)
    monkeypatch.setattr(_accelerate, "COMPILED_ABOVE", -1)
    assert [outcome(data) for data in cases] == plain


def test_arrays_are_made_when_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    arrays = draft._arrays
    monkeypatch.setattr(draft, "_arrays", lambda *args: made.append(1) or arrays(*args))
    circuit = read_aiger(binary(2, [(2, 4), (3, 5), (7, 9)], [11, 8, 3]))
    assert (circuit.n_inputs, circuit.n_outputs, circuit.size) == (2, 3, 4)
    assert circuit.output_wire.tolist() == [4, 3, 5]
    assert and_literals(circuit) is not None
    assert not made
    assert circuit.form_start.tolist() == [0, 2, 4, 6, 7]
    assert circuit.edges == 7
    assert circuit.structure_id
    assert made == [1]


def test_a_circuit_like_any_other() -> None:
    data = binary(2, [(2, 4), (3, 5), (7, 9)], [11, 8, 3])
    circuit = read_aiger(data)
    assert pickle.loads(pickle.dumps(circuit)) == circuit == read_aiger(data)
    circuit = read_aiger(data)
    with pytest.raises(AttributeError, match="immutable"):
        circuit.form_start = np.zeros(1, np.int64)
    with pytest.raises(AttributeError, match="no attribute 'form_starts'"):
        circuit.form_starts  # noqa: B018
    assert not hasattr(circuit, "_repr_latex_")
    assert repr(circuit) == "<Circuit: 2 inputs, 3 outputs, size 4, depth 2>"


def test_many_wires_take_no_32_bit_literals(monkeypatch: pytest.MonkeyPatch) -> None:
    data = binary(2, [(2, 4), (3, 5), (7, 9)], [11, 8, 3])
    expected = read_aiger(data)
    monkeypatch.setattr(draft, "MOST_WIRES", 5)
    circuit = read_aiger(data)
    assert and_literals(circuit) is None
    assert circuit == expected


def test_reading_takes_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight bytes for the literals of an AND, and hardly more on the way."""
    monkeypatch.setattr(_accelerate, "COMPILED_ABOVE", -1)
    monkeypatch.setattr(_accelerate, "COMPILE_ABOVE", -1)
    count = 100_000
    data = binary(*random_graph(random.Random(0), 5, count, 20))
    read_aiger(data)  # the kernel is loaded
    tracemalloc.start()
    try:
        circuit = read_aiger(data)
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert circuit.size >= count
    assert held < 10 * count
    assert peak < 12 * count
