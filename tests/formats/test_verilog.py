"""Structural Verilog: expressions against Python's operators, aigverse's files, the writer."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ParseError
from tcsim.formats.verilog import read_verilog, write_verilog


def one_output(expression: str, names: str = "abcd") -> tc.Circuit:
    ports = ", ".join(names)
    text = f"module m({ports}, y); input {ports}; output y; assign y = {expression}; endmodule"
    return read_verilog(text.encode())


@st.composite
def expressions(draw: st.DrawFn, depth: int = 4) -> tuple[str, str]:
    """The same expression in Verilog and in Python."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        leaf = draw(st.sampled_from([*"abcd", "1'b0", "1'b1"]))
        return leaf, leaf[-1] if leaf.startswith("1'") else leaf
    kind = draw(st.sampled_from(["~", "!", "&", "&&", "|", "||", "^", "~^", "^~", "?"]))
    (v, p), *rest = [draw(expressions(depth - 1)) for _ in range(3)]
    if kind in "~!":
        return f"{kind}({v})", f"(1 - {p})"
    (w, q), (x, r) = rest
    if kind == "?":
        return f"({v}) ? ({w}) : ({x})", f"({q} if {p} else {r})"
    python = f"({p} {kind[0]} {q})" if "~" not in kind else f"(1 - ({p} ^ {q}))"
    return f"({v}) {kind} ({w})", python


@given(expressions())
def test_expressions(pair: tuple[str, str]) -> None:
    verilog, python = pair
    circuit = one_output(verilog)
    for row in range(16):
        bits = [row >> i & 1 for i in range(4)]
        expected = eval(python, dict(zip("abcd", bits, strict=True)))
        assert circuit(bits).tolist() == [expected]


@pytest.mark.parametrize(
    ("expression", "python", "size", "depth"),
    [
        ("a & b & ~c & d", "a & b & (1 - c) & d", 1, 1),
        ("a & b | c & d", "a & b | c & d", 3, 2),
        ("a | b ^ c & d", "a | b ^ c & d", 4, 4),
        ("a & (b & c)", "a & b & c", 2, 2),
        ("a ^ b ^ c ^ d", "a ^ b ^ c ^ d", 3, 2),
        ("a ~^ b ^ c", "1 - (a ^ b) ^ c", 2, 2),
        ("~a & !b", "1 - (a | b)", 1, 1),
        ("a ? b : c ? d : a", "b if a else d if c else a", 6, 4),
        ("a ? b ? c : d : a", "(c if b else d) if a else a", 6, 4),
        ("a || b && c", "a | b & c", 2, 2),
        ("~(a | b) ? c & d : d", "(c & d) if not (a | b) else d", 5, 3),
        ("a", "a", 0, 0),
        ("1'b1", "1", 0, 0),
    ],
)
def test_precedence_and_gates(expression: str, python: str, size: int, depth: int) -> None:
    circuit = one_output(expression)
    assert (circuit.size, circuit.depth) == (size, depth)
    for row in range(16):
        bits = [row >> i & 1 for i in range(4)]
        assert circuit(bits).tolist() == [eval(python, dict(zip("abcd", bits, strict=True)))]


def test_primitives_vectors_and_comments() -> None:
    text = r"""// a comment
    /* another
    */ `timescale 1ns/1ps
    (* keep *) module top (input [1:0] a, input wire \b+c , output [0:1] y, output z);
      wire w, v = a[0] & \b+c ;
      nand n1 (w, a[0], a[1], \b+c ), (y[1], w, 1'b1);
      not (y[0], z0);
      xnor x1 (z0, v, a[1]);
      buf (z, w);
    endmodule
    """
    circuit = read_verilog(text.encode())
    assert circuit.input_names == ("a[0]", "a[1]", "b+c")
    assert circuit.output_names == ("y[0]", "y[1]", "z")
    for row in range(8):
        a0, a1, b = bits = [row >> i & 1 for i in range(3)]
        w = 1 - (a0 & a1 & b)
        assert circuit(bits).tolist() == [(a0 & b) ^ a1, 1 - w, w]


def test_a_deep_expression_needs_no_recursion() -> None:
    n = 20_000
    assert one_output("(" * n + "a & b" + ")" * n).size == 1
    assert one_output("~" * n + "a").size == 0
    nested = "a & b" + " & c | d" * n
    assert one_output(nested).size == n + 1


@pytest.fixture(scope="module")
def aigverse() -> Any:
    pytest.importorskip("aigverse", reason="needs aigverse: pip install '.[test]'")
    import aigverse.io

    return aigverse


@pytest.mark.parametrize("name", ["adder", "bar"])
def test_files_of_another_writer(name: str, aigverse: Any, epfl: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.v"
    aigverse.io.write_verilog(aigverse.io.read_aiger_into_aig(epfl / f"{name}.aig"), path)
    circuit, other = tc.read(path), tc.read(epfl / f"{name}.aig")
    assert (circuit.size, circuit.depth) == (other.size, other.depth)
    batch = np.random.default_rng(1).integers(0, 2, (256, circuit.n_inputs))
    assert (circuit(batch) == other(batch)).all()


def test_another_reader_takes_two_input_gates(aigverse: Any, epfl: Path, tmp_path: Path) -> None:
    circuit = tc.read(epfl / "bar.aig")
    tc.write(circuit, tmp_path / "bar.v")
    graph = aigverse.io.read_verilog_into_aig(tmp_path / "bar.v")
    assert (graph.num_pis, graph.num_pos, graph.num_gates) == (135, 128, circuit.size)
    aigverse.io.write_aiger(graph, tmp_path / "again.aig")
    again = tc.read(tmp_path / "again.aig")
    batch = np.random.default_rng(2).integers(0, 2, (256, circuit.n_inputs))
    assert (again(batch) == circuit(batch)).all()


def test_names_that_are_keywords_or_odd() -> None:
    builder = tc.Builder()
    builder.output("assign", builder.input("input") & builder.input("x[3]") & builder.input("a b"))
    circuit = builder.build()
    text = write_verilog(circuit)
    assert rb"assign n0 = \input  & \x[3] ;" in text
    assert rb"assign \assign  = a_b & n0;" in text
    copy = read_verilog(text)
    assert copy.input_names == ("input", "x[3]", "a_b")
    assert copy.output_names == ("assign",)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("reg q;", "line 4: reg describes behavior or memory"),
        ("always @(posedge a) y <= b;", "line 4: always describes behavior or memory"),
        ("dff d(y, a, b);", "line 4: 'dff' is a use of another module"),
        ("assign y = a & z;", "line 4: 'z' is used but not defined"),
        ("assign y = w;\nassign w = ~y;", "line 4: a cycle: 'y' reads 'w' reads 'y'"),
        ("assign y = a;\nassign y = b;", "line 5: 'y' is defined already on line 4"),
        ("assign a = b;", "line 4: the input 'a' is driven"),
        ("assign y = a & ;", "line 4: found ';'; expected a signal"),
        ("assign y = (a & b;", "line 4: found ';'; expected ')'"),
        ("assign y = a) & b;", "line 4: found ')'; expected ','"),
        ("assign y = a ? b;", "line 4: a '?' has no ':'"),
        ("assign y = a : b;", "line 4: a ':' has no '?'"),
        ("assign y = (a ? b) : b;", "line 4: a '?' has no ':'"),
        ("assign y = 2'b10;", "line 4: the constant 2'b10 is not one bit"),
        ("assign y = 1'bx;", "line 4: the constant 1'bx is not one bit"),
        ("wire [3:0] w; assign y = w;", "line 4: 'w' is a vector; expected one bit of it"),
        ("wire [3:0] w; assign y = w[4];", "line 4: 'w' has no bit 4"),
        ("assign y = a[0];", "line 4: 'a' has no bit 0"),
        ("assign y = a + b;", "line 4: found '+'; expected ','"),
        ("output z;", "line 4: 'z' is no port of the module"),
        ("and (y);", "line 4: a gate and has an output and an input"),
        ("/* assign y = a;", "line 4: /* is not closed"),
        ("`define X a", "line 4: found '`'"),
        ("assign y = `X;", "line 4: found '`'"),
        ("parameter n = 3;", "line 4: found 'parameter'; expected input, output"),
    ],
)
def test_errors(body: str, message: str) -> None:
    text = f"module m(a, b, y);\ninput a, b;\noutput y;\n{body}\nendmodule\n"
    with pytest.raises(ParseError) as caught:
        read_verilog(text.encode(), "m.v")
    assert str(caught.value).startswith(f"m.v, {message}")


def test_wide_announcements_are_refused() -> None:
    text = b"module m(a, y); input [100000000:0] a; output y; assign y = a[3]; endmodule"
    with pytest.raises(ParseError, match="declares too many bits"):
        read_verilog(text)


def test_weighted_gates_become_adders() -> None:
    builder = tc.Builder()
    x = builder.inputs("x", 5)
    builder.output("vote", tc.majority(x))
    builder.output("odd", 2 * x[0] + 3 * x[1] - x[2] >= 4)
    circuit = builder.build()
    copy = read_verilog(write_verilog(circuit))
    rows = [[random.Random(31 * i + j).randint(0, 1) for j in range(5)] for i in range(32)]
    assert (copy(rows) == circuit(rows)).all()
    assert copy.size > circuit.size
