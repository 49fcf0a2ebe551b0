"""AIGER: each broken file is refused with its line or byte, what was found, what was expected."""

from __future__ import annotations

import tracemalloc

import pytest

from tcsim.errors import ParseError
from tcsim.formats.aiger import read_aiger

HEADER = "expected the counts M I L O A (and at most B C J F) below 10**18, one blank before each"

HEADERS = {
    "aag": "expected 'aag ' or 'aig '",
    "AAG 0 0 0 0 0\n": "found b'AAG '; expected 'aag ' or 'aig '",
    "aag 0 0 0 0 0": "found b'aag 0 0 0 0 0'; expected a header line that ends in a newline",
    "aag 0 0 0 0\n": HEADER,
    "aag 0 0 0 0 0 0 0 0 0 0\n": HEADER,
    "aag  0 0 0 0 0\n": HEADER,
    "aag 0 0 0 0 0 \n": HEADER,
    "aag 0 0 0 0 0\r\n": HEADER,
    "aag 0 0 0 0 -1\n": HEADER,
    "aag 0 0 0 0 +1\n": HEADER,
    "aag 0 0 0 0 00\n": HEADER,
    "aag 0 0 0 0 1_0\n": HEADER,
    "aag 0 0 0 0 \u0661\n": HEADER,
    f"aag {10**18} 0 0 0 0\n": HEADER,
    f"aag {'9' * 5000} 0 0 0 0\n": "expected a header line that ends in a newline",
    "aag 1 0 1 0 0\n2 3\n": "the circuit is sequential: 1 latches; expected 0 (unroll it first)",
    "aag 1 1 0 0 0 1\n2\n2\n": "1 bad state properties; expected 0: only outputs are read",
    "aag 1 1 0 0 0 0 2\n2\n": "2 invariant constraint properties; expected 0",
    "aag 1 1 0 0 0 0 0 3\n2\n": "3 justice properties; expected 0",
    "aag 1 1 0 0 0 0 0 0 4\n2\n": "4 fairness properties; expected 0",
    "aag 2 2 0 0 1\n": "the largest variable is 2; expected at least 3, for 2 inputs and 1 ANDs",
    "aig 4 2 0 0 1\n": "the largest variable is 4; expected 3, for 2 inputs and 1 ANDs",
    "aig 2 2 0 0 1\n": "the largest variable is 2; expected 3, for 2 inputs and 1 ANDs",
}

TEXT = ["aag 5 2 0 1 2", "2", "4", "8", "6 2 4", "8 6 3", "i0 a", "o0 y", "c", "comment"]
"""Lines of a good file."""

LINES = {
    (2, "3"): (2, "literal 3 is defined; expected an even one, 2..10"),
    (2, "0"): (2, "literal 0 is defined; expected an even one, 2..10"),
    (2, "12"): (2, "literal 12 is defined; expected an even one, 2..10"),
    (2, "2 4"): (2, "found b'2 4\\n'; expected one literal of an input and a newline"),
    (2, ""): (2, "found b'\\n'; expected one literal of an input"),
    (2, " 2"): (2, "found b' 2\\n'; expected one literal of an input"),
    (2, "x"): (2, "found b'x\\n'; expected one literal of an input"),
    (2, "\u0662"): (2, "expected one literal of an input"),
    (2, "2\r"): (2, "found b'2\\r\\n'; expected one literal of an input"),
    (3, "2"): (3, "literal 2 is defined again; line 2 defines it"),
    (4, "10"): (4, "literal 10 is used but not defined; expected 0, 1 or a literal of an input or"),
    (4, "13"): (4, "literal 13 is used but not defined"),
    (4, "-1"): (4, "found b'-1\\n'; expected one literal of an output"),
    (4, "1" * 19): (4, "expected one literal of an output"),
    (5, "6 2"): (5, "found b'6 2\\n'; expected three literals, one blank between them, of an AND"),
    (5, "6 2 4 6"): (5, "found b'6 2 4 6\\n'; expected three literals"),
    (5, "6  2 4"): (5, "expected three literals, one blank between them"),
    (5, "6\t2 4"): (5, "expected three literals, one blank between them"),
    (5, "7 2 4"): (5, "literal 7 is defined; expected an even one, 2..10"),
    (5, "4 2 2"): (5, "literal 4 is defined again; line 3 defines it"),
    (6, "6 2 4"): (6, "literal 6 is defined again; line 5 defines it"),
    (6, "8 10 2"): (6, "literal 10 is used but not defined"),
    (6, "8 99 2"): (6, "literal 99 is used but not defined"),
    (6, "8 9 2"): (6, "the AND 8 depends on itself, a cycle: 8 reads 8"),
    (5, "6 2 8"): (5, "the AND 6 depends on itself, a cycle: 6 reads 8 reads 6"),
    (7, "i2 a"): (7, "a name for input 2; the file has 2 inputs"),
    (7, "o1 a"): (7, "a name for output 1; the file has 1 outputs"),
    (7, "i0"): (7, "found b'i0\\n'; expected a symbol such as 'i0 name' or 'o0 name'"),
    (7, "i0 "): (7, "found b'i0 \\n'; expected a symbol"),
    (7, "i00 a"): (7, "found b'i00 a\\n'; expected a symbol"),
    (7, "l0 a"): (7, "found b'l0 a\\n', the name of a latch; the header announces none"),
    (7, "b0 a"): (7, "the name of a bad state property; the header announces none"),
    (7, "c0 a"): (7, "the name of an invariant constraint; the header announces none"),
    (7, "j0 a"): (7, "the name of a justice property; the header announces none"),
    (7, "f0 a"): (7, "the name of a fairness constraint; the header announces none"),
    (7, "10 6 8"): (7, "found b'10 6 8\\n'; expected a symbol such as 'i0 name' or 'o0 name'"),
    (7, ""): (7, "found b'\\n'; expected a symbol"),
    (8, "i0 b"): (8, "input 0 is named again"),
    (8, "i1 a"): (8, "inputs 0 and 1 are both named 'a'"),
    (9, "comment"): (9, "found b'comment\\n'; expected a symbol"),
}  # fmt: skip

START = b"aig 130 128 0 1 2\n256\n"
"""A binary file up to its ANDs, 258 and 260; 22 bytes."""

BINARY = {
    b"": (22, "the file ends within 2 ANDs; each takes 2 bytes or more"),
    b"\x01\x01\x01": (22 + 3, "the file ends within 2 ANDs; each takes 2 bytes or more"),
    b"\x80\x01\x01\x80\x01": (22 + 5, "3 of 4 differences; expected the next one, complete"),
    b"\x80\x80\x80\x80": (22, "0 of 4 differences; expected the next one, complete"),
    b"\x01\x01\x01\x80": (22 + 3, "3 of 4 differences; expected the next one, complete"),
    b"\x00\x01\x01\x01": (22, "the AND with literal 258 has the difference 0; expected 1 to 258"),
    b"\x01\x01\x00\x01": (24, "the AND with literal 260 has the difference 0; expected 1 to 260"),
    b"\x83\x02\x00\x01\x01": (22, "AND with literal 258 has the difference 259; expected 1 to 258"),
    b"\x80\x02\x03\x01\x01": (24, "AND with literal 258 has the difference 3; expected 0 to 2"),
    b"\x02\x01\x80\x01\xf0\x7f": (
        26,
        "AND with literal 260 has the difference 16368; expected 0 to",
    ),
    b"\x01" + b"\xff" * 9 + b"\x01\x01\x01": (23, "a difference of more than 9 bytes; expected at"),
    b"\x01" + b"\xff" * 8 + b"\x7f\x01\x01": (
        23,
        "has the difference 9223372036854775807; expected",
    ),
    b"\xff" * 8 + b"\x7f" + b"\xff" * 8 + b"\x7f\x01\x01": (22, "difference 9223372036854775807;"),
    b"\x01\x01\x01\x01\n": (
        26,
        "found b'\\n'; expected a symbol such as 'i0 name' or 'o0 name', a",
    ),
    b"\x01\x01\x01\x01\xff\x00": (26, "found b'\\xff\\x00'; expected a symbol"),
    b"\x01\x01\x01\x01i0 x": (26, "found b'i0 x'; expected a newline at the end of a symbol"),
    b"\x01\x01\x01\x01i0 \xff\n": (26, "found the name b'\\xff'; expected UTF-8 text"),
    b"\x01\x01\x01\x01i0 x\ni0 x\n": (31, "input 0 is named again"),
    b"\x01\x01\x01\x01o1 x\n": (26, "a name for output 1; the file has 1 outputs"),
    b"\x01\x01\x01\x01l0 x\n": (26, "the name of a latch; the header announces none"),
}

OUTPUTS = {
    b"aig 1 1 0 2 0\n2\n": (16, "found the end of the file; expected the literal of an output"),
    b"aig 1 1 0 3 0\n2\n": (16, "the file ends within 3 outputs"),
    b"aig 1 1 0 2 0\n2\nx\n": (
        16,
        "found b'x\\n'; expected the literal of an output and a newline",
    ),
    b"aig 1 1 0 2 0\n2\n03\n": (16, "found b'03\\n'; expected the literal of an output"),
    b"aig 1 1 0 2 0\n2\n3": (16, "found b'3'; expected the literal of an output and a newline"),
    b"aig 1 1 0 2 0\n2\n4\n": (16, "output literal 4; the largest is 3"),
    b"aig 1 1 0 1 0\n5\n": (14, "output literal 5; the largest is 3"),
}


def refusal(data: bytes) -> ParseError:
    with pytest.raises(ParseError) as caught:
        read_aiger(data, "some.aiger")
    error = caught.value
    assert (error.line is None) != (error.byte is None)
    where = f"line {error.line}" if error.byte is None else f"byte {error.byte}"
    assert str(error) == f"some.aiger, {where}: {error.problem}"
    assert len(str(error)) < 250
    return error


@pytest.mark.parametrize("text", HEADERS, ids=lambda text: ascii(text)[:40])
def test_broken_headers(text: str) -> None:
    error = refusal(text.encode())
    assert HEADERS[text] in error.problem
    if text.startswith("aag "):
        assert error.line == 1
    else:
        assert error.byte == 0


def test_the_good_file_is_good() -> None:
    assert read_aiger(("\n".join(TEXT) + "\n").encode()).size == 2
    assert read_aiger(START + b"\x01\x01\x01\x01").size == 2


@pytest.mark.parametrize("change", LINES, ids=ascii)
def test_broken_lines(change: tuple[int, str]) -> None:
    number, line = change
    text = [*TEXT[: number - 1], line, *TEXT[number:]]
    error = refusal(("\n".join(text) + "\n").encode())
    expected, problem = LINES[change]
    assert error.line == expected
    assert problem in error.problem


@pytest.mark.parametrize("lines", range(1, 6))
def test_truncated_text(lines: int) -> None:
    problem = (
        f"the file ends after {lines} complete lines; expected 6, for the header, 2 inputs, "
        "1 outputs and 2 ANDs"
    )
    for end in ("\n", "\n8 6"):
        error = refusal(("\n".join(TEXT[:lines]) + end).encode())
        assert (error.line, error.problem) == (lines + 1, problem)


@pytest.mark.parametrize("ands", BINARY, ids=repr)
def test_broken_ands(ands: bytes) -> None:
    error = refusal(START + ands)
    assert (error.byte, BINARY[ands][1] in error.problem) == (BINARY[ands][0], True), error


@pytest.mark.parametrize("data", OUTPUTS, ids=repr)
def test_broken_outputs(data: bytes) -> None:
    error = refusal(data)
    assert (error.byte, OUTPUTS[data][1] in error.problem) == (OUTPUTS[data][0], True), error


def test_a_long_cycle() -> None:
    lines = ["aag 20 0 0 0 20", *(f"{2 * k} {2 * k + 2} 1" for k in range(1, 20)), "40 2 1"]
    error = refusal(("\n".join(lines) + "\n").encode())
    assert error.line == 2
    assert error.problem == (
        "the AND 2 depends on itself, a cycle: "
        "2 reads 4 reads 6 reads 8 reads 10 reads 12 reads 14 reads 16 reads ..."
    )


@pytest.mark.parametrize(
    "text",
    [
        "aag 1000000000000 0 0 0 1000000000000\n",
        "aag 1000000000000 1000000000000 0 0 0\n",
        "aag 1 0 0 999999999999999999 0\n",
        "aig 1000000000000 0 0 0 1000000000000\n",
        "aig 1000000000000 1000000000000 0 0 0\n",
        "aig 10000000 10000000 0 0 0\n",
        "aig 0 0 0 999999999999999999 0\n",
    ],
)
def test_announcing_allocates_nothing(text: str) -> None:
    tracemalloc.start()
    refusal(text.encode())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_huge_largest_variable_of_a_text_costs_nothing() -> None:
    tracemalloc.start()
    assert read_aiger(b"aag 999999999999999999 1 0 1 0\n99999999999999998\n1\n").size == 0
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
