"""ISCAS `.bench`: every gate kind against its truth table, order, the writer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import tcsim as tc
from tcsim.errors import ParseError
from tcsim.formats.bench import read_bench, write_bench

C17 = b"""# c17
INPUT(G1gat)
INPUT(G2gat)
INPUT(G3gat)
INPUT(G6gat)
INPUT(G7gat)
OUTPUT(G22gat)
OUTPUT(G23gat)
G10gat = NAND(G1gat, G3gat)
G11gat = NAND(G3gat, G6gat)
G16gat = NAND(G2gat, G11gat)
G19gat = NAND(G11gat, G7gat)
G22gat = NAND(G10gat, G16gat)
G23gat = NAND(G16gat, G19gat)
"""

ORACLE: dict[str, Callable[[list[int]], int]] = {
    "AND": lambda x: int(all(x)),
    "NAND": lambda x: int(not all(x)),
    "OR": lambda x: int(any(x)),
    "NOR": lambda x: int(not any(x)),
    "XOR": lambda x: sum(x) % 2,
    "XNOR": lambda x: 1 - sum(x) % 2,
    "NOT": lambda x: 1 - x[0],
    "BUFF": lambda x: x[0],
    "buf": lambda x: x[0],
}


def test_c17() -> None:
    circuit = read_bench(C17)
    assert (circuit.size, circuit.depth) == (6, 3)
    for row in range(32):
        a, b, c, d, e = bits = [row >> i & 1 for i in range(5)]
        n11 = not (c and d)
        n16 = not (b and n11)
        outputs = [not (not (a and c) and n16), not (n16 and not (n11 and e))]
        assert circuit(bits).tolist() == [int(value) for value in outputs]
    assert read_bench(write_bench(circuit)) == circuit


@pytest.mark.parametrize("kind", ORACLE)
@pytest.mark.parametrize("arity", range(1, 7))
def test_kinds(kind: str, arity: int) -> None:
    if kind in ("NOT", "BUFF", "buf") and arity > 1:
        return
    names = [f"x{i}" for i in range(arity)]
    text = "\n".join(
        [*(f"input( {n} )" for n in names), "OUTPUT(f)", f"f={kind}({','.join(names)})"]
    )
    circuit = read_bench(text.encode())
    table = circuit.truth_table()[:, 0].tolist()
    assert table == [ORACLE[kind]([r >> i & 1 for i in range(arity)]) for r in range(1 << arity)]
    parity = kind in ("XOR", "XNOR")
    assert circuit.size == (arity // 2 + 1 if parity else 1)
    assert circuit.depth == (2 if parity and arity > 1 else 1)


def test_any_order_and_constants() -> None:
    circuit = read_bench(
        b"OUTPUT(f)\nf = OR(g, zero)\nzero = gnd\ng = AND(a, one)\none = vdd\nINPUT(a)"
    )
    assert circuit.truth_table().tolist() == [[0], [1]]
    assert circuit.gate_names == {0: "g", 1: "f"}


def test_a_cycle_is_named() -> None:
    with pytest.raises(ParseError, match="line 3: a cycle: 'f' reads 'g' reads 'h' reads 'f'"):
        read_bench(b"INPUT(a)\nOUTPUT(f)\nf = AND(a, g)\ng = NOT(h)\nh = NOT(f)", "c.bench")


def test_a_long_chain_needs_no_recursion() -> None:
    n = 20_000
    lines = [f"g{i + 1} = NOT(g{i})" for i in reversed(range(n))]
    circuit = read_bench("\n".join(["INPUT(g0)", f"OUTPUT(g{n})", *lines]).encode())
    assert circuit.depth == n


def test_weighted_gates_become_adders() -> None:
    builder = tc.Builder()
    x = builder.inputs("x", 4)
    builder.output("f", 3 * x[0] - 2 * x[1] + x[2] + x[3] >= 2)
    circuit = builder.build()
    copy = read_bench(write_bench(circuit))
    assert copy.truth_table().tolist() == circuit.truth_table().tolist()
    assert copy.size > circuit.size
