"""AIGER, read and written: every small graph, any order of lines, names, other gates."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, LimitError
from tcsim.formats.aiger import lowering, read_aiger, write_aag, write_aig
from tcsim.formats.aiger.writer import _encode

Ands = list[tuple[int, int, int]]


def aag(n: int, ands: Ands, outputs: list[int], end: str = "") -> bytes:
    """The text of a graph; inputs are the literals 2, 4, ..., 2n."""
    largest = max([n, *(own >> 1 for own, _, _ in ands)])
    lines = [f"aag {largest} {n} 0 {len(outputs)} {len(ands)}"]
    lines += [str(2 * k) for k in range(1, n + 1)]
    lines += [str(literal) for literal in outputs]
    lines += [f"{own} {left} {right}" for own, left, right in ands]
    return ("\n".join(lines) + "\n" + end).encode()


def seven_bits(value: int) -> bytes:
    """A number of 7 bits a byte."""
    digits = [value >> shift & 0x7F for shift in range(0, max(value.bit_length(), 1), 7)]
    return bytes([*(digit | 0x80 for digit in digits[:-1]), digits[-1]])


def aig(n: int, ands: Ands, outputs: list[int], end: str = "") -> bytes:
    """The same in binary, byte by byte as the report on the format says."""
    lines = [f"aig {n + len(ands)} {n} 0 {len(outputs)} {len(ands)}", *map(str, outputs)]
    code = bytearray()
    for own, left, right in ands:
        for delta in (own - max(left, right), max(left, right) - min(left, right)):
            code += seven_bits(delta)
    return ("\n".join(lines) + "\n").encode() + bytes(code) + end.encode()


def simulate(n: int, ands: Ands, outputs: list[int]) -> tuple[list[list[int]], int]:
    """The outputs on every input vector, and the depth in ANDs; ANDs in order."""
    rows = []
    level = dict.fromkeys(range(n + 1), 0)
    for row in range(1 << n):
        value = {0: 0, **{k + 1: row >> k & 1 for k in range(n)}}
        for own, left, right in ands:
            value[own >> 1] = (value[left >> 1] ^ left & 1) & (value[right >> 1] ^ right & 1)
            level[own >> 1] = 1 + max(level[left >> 1], level[right >> 1])
        rows.append([value[literal >> 1] ^ literal & 1 for literal in outputs])
    return rows, max((level[literal >> 1] for literal in outputs), default=0)


def not_gates(n: int, outputs: list[int]) -> int:
    """Outputs that need a NOT gate: inverted inputs, and gates that are output both ways."""
    inverted = {literal - 1 for literal in outputs if literal & 1 and literal > 1}
    return sum(literal <= 2 * n or literal in outputs for literal in inverted)


@pytest.mark.parametrize("first", list(combinations_with_replacement(range(6), 2)))
def test_all_graphs_of_two_inputs_and_two_ands(first: tuple[int, int], table) -> None:
    for second in combinations_with_replacement(range(8), 2):
        ands = [(6, *first[::-1]), (8, *second[::-1])]
        for outputs in ([8, 6], [9, 2, 1], [7, 8, 8], [6, 7, 9, 3, 0]):
            circuit = read_aiger(aag(2, ands, outputs))
            assert circuit == read_aiger(aig(2, ands, outputs))
            rows, depth = simulate(2, ands, outputs)
            assert table(circuit) == rows
            added = not_gates(2, outputs)
            assert circuit.size == 2 + added
            if not added:
                assert circuit.depth == depth
            for write in (write_aag, write_aig):
                assert read_aiger(write(circuit)) == circuit
            # ANDs of two different wires are written one way alone; NOT gates become ANDs.
            if not added and all(1 <= right >> 1 < left >> 1 for _, left, right in ands):
                assert write_aag(circuit) == aag(2, ands, outputs)
                assert write_aig(circuit) == aig(2, ands, outputs)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Ands, list[int]]:
    n = draw(st.integers(0, 4))
    ands = []
    for own in range(2 * n + 2, 2 * n + 2 + 2 * draw(st.integers(0, 10)), 2):
        left, right = (draw(st.integers(0, own - 1)) for _ in range(2))
        ands.append((own, max(left, right), min(left, right)))
    return n, ands, draw(st.lists(st.integers(0, 2 * (n + len(ands)) + 1), max_size=6))


@given(graphs())
def test_random_graphs(table, graph) -> None:
    n, ands, outputs = graph
    circuit = read_aiger(aag(*graph))
    rows, depth = simulate(*graph)
    added = not_gates(n, outputs)
    assert table(circuit) == rows
    assert circuit == read_aiger(aig(*graph))
    assert circuit.size == len(ands) + added
    assert depth <= circuit.depth <= depth + (added > 0)
    assert read_aiger(write_aag(circuit)) == circuit == read_aiger(write_aig(circuit))


@given(st.data(), graphs())
def test_text_in_any_numbering_and_order(data, graph) -> None:
    """Literals renamed with gaps, ANDs permuted, operands swapped: the same function and size."""
    n, ands, outputs = graph
    numbers = data.draw(st.permutations(range(1, n + len(ands) + 4)))
    number = [0, *numbers]

    def renamed(literal: int) -> int:
        return 2 * number[literal >> 1] + (literal & 1)

    lines = [f"aag {len(numbers)} {n} 0 {len(outputs)} {len(ands)}"]
    lines += [str(renamed(2 * k)) for k in range(1, n + 1)]
    lines += [str(renamed(literal)) for literal in outputs]
    shuffled = data.draw(st.permutations(ands))
    for own, *operands in shuffled:
        left, right = data.draw(st.permutations(operands))
        lines.append(f"{renamed(own)} {renamed(left)} {renamed(right)}")
    circuit, plain = read_aiger(("\n".join(lines) + "\n").encode()), read_aiger(aag(*graph))
    assert circuit.size == plain.size
    assert circuit.depth == plain.depth
    assert (circuit.truth_table() == plain.truth_table()).all()
    # Sorted already: nothing moves, whatever the numbering.
    if shuffled == ands:
        assert circuit == plain


def test_order_is_kept_where_it_can_be() -> None:
    """10 reads 8, which stands below it: 8 moves up, the others stay."""
    text = b"aag 6 2 0 4 4\n2\n4\n6\n8\n10\n12\n6 2 4\n10 8 2\n8 6 5\n12 6 2\n"
    circuit = read_aiger(text)
    # 6, 8, 10, 12 are now gates 0, 1, 2, 3
    assert circuit.output_wire.tolist() == [2, 3, 4, 5]
    assert [circuit.terms(f) for f in range(4)] == [
        [(0, 1), (1, 1)],
        [(1, -1), (2, 1)],
        [(0, 1), (3, 1)],
        [(0, 1), (2, 1)],
    ]


def test_a_long_chain_upside_down() -> None:
    """Sorting does not recurse."""
    length = 20_000
    ands = [(2 * k, 2 * k - 2, 1) for k in range(length + 1, 1, -1)]
    assert read_aiger(aag(1, ands, [2 * length + 2])).depth == length


@pytest.mark.parametrize(
    ("operands", "gate"),
    [
        ((2, 4), "%0 = i0 + i1 >= 2"),
        ((2, 5), "%0 = i0 - i1 >= 1"),
        ((3, 5), "%0 = -i0 - i1 >= 0"),
        ((2, 1), "%0 = i0 >= 1"),
        ((3, 1), "%0 = -i0 >= 0"),
        ((2, 0), "%0 = i0 >= 2"),
        ((2, 2), "%0 = 2*i0 >= 2"),
        ((3, 3), "%0 = -2*i0 >= 0"),
        ((2, 3), "%0 = 0*i0 >= 1"),
        ((1, 1), "%0 = 0 >= 0"),
        ((0, 1), "%0 = 0 >= 1"),
        ((0, 0), "%0 = 0 >= 2"),
    ],
)
def test_each_and_is_one_gate(operands: tuple[int, int], gate: str) -> None:
    expected = tc.formats.registry.find("tc").read(
        f"tcsim 1\ninput i0\ninput i1\n{gate}\noutput o0 = %0".encode()
    )
    assert read_aiger(aag(2, [(6, *operands)], [6])) == expected


# Names --------------------------------------------------------------------------------------------


def names(circuit: Circuit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return circuit.input_names, circuit.output_names


@pytest.mark.parametrize("form", [aag, aig])
@pytest.mark.parametrize(
    ("symbols", "inputs", "outputs"),
    [
        ("", ("i0", "i1"), ("o0", "o1")),
        ("i0 a\ni1 b\no0 s\no1 c\nc\nhalf adder\n", ("a", "b"), ("s", "c")),
        ("o1 a b\ni1 i0\n", ("i0_", "i0"), ("o0", "a b")),
        ("i0 o0\no0 i0\n", ("o0", "i1"), ("i0", "o1")),
        ("i1 i0\ni0 i0_\n", ("i0_", "i0"), ("o0", "o1")),
        ("i0 é \nc\ni0 twice", ("é ", "i1"), ("o0", "o1")),
        ("i0  a\t\ni1 \r\n", (" a\t", "\r"), ("o0", "o1")),
        ("c", ("i0", "i1"), ("o0", "o1")),
    ],
)
def test_symbols(form, symbols: str, inputs, outputs) -> None:
    circuit = read_aiger(form(2, [(6, 4, 2)], [6, 5], symbols))
    assert names(circuit) == (inputs, outputs)
    assert read_aiger(write_aag(circuit)) == circuit == read_aiger(write_aig(circuit))


@pytest.mark.parametrize("write", [write_aag, write_aig])
@pytest.mark.parametrize(
    ("name", "found"), [("", "''"), ("a\nb", r"'a\nb'"), ("\ud800", r"'\ud800'")], ids=repr
)
def test_names_that_aiger_cannot_hold(write, name: str, found: str) -> None:
    b = tc.Builder()
    x = b.input("x")
    b.output("y", x)
    with pytest.raises(ArgumentError, match=r"AIGER cannot hold") as caught:
        write(b.build().replace(output_names=[name]))
    assert found in str(caught.value)


# Writing ------------------------------------------------------------------------------------------


@given(data=st.data())
def test_any_circuit_keeps_its_function_and_names(data, line_named_circuits, table) -> None:
    circuit = data.draw(line_named_circuits)
    binary, text = read_aiger(write_aig(circuit)), read_aiger(write_aag(circuit))
    assert binary == text
    assert names(binary) == names(circuit)
    assert table(binary) == table(circuit)
    assert read_aiger(write_aig(binary)) == binary


def test_every_gate_of_two_operands(table) -> None:
    """AND, OR, NOT, buffers: one AND, on its level. The rest: the right function."""
    every = [weights for k in range(3) for weights in product(range(-3, 4), repeat=k)]
    for weights, threshold in product(every, range(-7, 8)):
        circuit = Circuit(
            input_names=["a", "b"],
            form_start=[0, len(weights)],
            form_operand=range(len(weights)),
            form_weight=weights,
            gate_form=[0],
            gate_threshold=[threshold],
            output_wire=[2],
            output_names=["y"],
        )
        again = read_aiger(write_aig(circuit))
        assert table(again) == table(circuit)
        if circuit.gates[0].kind != "weighted":
            assert (again.size, again.depth) == (1, 1)


def test_literal_circuits_of_two_operands_keep_size_and_levels() -> None:
    rng = np.random.default_rng(1)
    for _ in range(30):
        b = tc.Builder(share=False, fold=False)
        wires = list(b.inputs("x", 4))
        for _ in range(20):
            p, q = (wires[i] for i in rng.integers(0, len(wires), 2))
            p, q = (~p if rng.random() < 0.5 else p), (~q if rng.random() < 0.5 else q)
            choice = rng.integers(4)
            wires.append(b.gate([p & q, p | q, tc.all([p]), tc.all([~q])][choice]))
        b.output("y", wires[-4:])
        circuit = b.build()
        again = read_aiger(write_aig(circuit))
        assert again.levels.tolist() == circuit.levels.tolist()
        assert (again.truth_table() == circuit.truth_table()).all()


def test_wide_gates_are_trees_of_least_depth() -> None:
    b = tc.Builder()
    x = b.inputs("x", 9)
    deep = x[0] & x[1] & x[2]
    b.output("all", tc.all([*x[3:], deep & x[1]]))
    b.output("any", tc.any(x))
    assert [int(d) for d in tc.measure.output_levels(read_aiger(write_aig(b.build())))] == [4, 4]


def test_gates_that_share_a_form_share_its_adder() -> None:
    b = tc.Builder()
    total = b.form(tc.sum(b.inputs("x", 15)))
    b.output("y", [total >= k for k in range(2, 15)])
    together = read_aiger(write_aig(b.build()))
    b = tc.Builder()
    b.output("y", tc.sum(b.inputs("x", 15)) >= 7)
    alone = read_aiger(write_aig(b.build()))
    assert together.size < 1.5 * alone.size
    assert alone.size < tc.measure.fan_in_2(b_sum(15)).size


def b_sum(n: int) -> Circuit:
    b = tc.Builder()
    b.output("y", tc.sum(b.inputs("x", n)) >= n // 2)
    return b.build()


def test_too_many_ands_are_not_written(monkeypatch) -> None:
    monkeypatch.setattr(lowering, "MOST_ANDS", 100)
    assert read_aiger(write_aag(b_sum(9))).size <= 100
    with pytest.raises(LimitError, match="takes more than 100 ANDs in AIGER"):
        write_aag(b_sum(40))


def test_numbers_of_seven_bits() -> None:
    values = [0, 1, 127, 128, 16383, 16384, 2**32, 2**62, 2**63 - 1]
    assert _encode(np.array(values)) == b"".join(seven_bits(value) for value in values)
    assert _encode(np.array([128, 16383])) == b"\x80\x01\xff\x7f"
    assert _encode(np.zeros(0, np.int64)) == b""
