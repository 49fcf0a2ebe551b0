"""Functions of binary words: meaning, circuit and formula agree, exhaustively on short words."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import NetworkError
from tcsim.networks import Code, Sketch, WordArithmetic, WordSum
from tcsim.networks.operations.word_arithmetic import FUNCTIONS

RANDOM = np.random.default_rng(0)


def binary(lo: int, hi: int) -> Code:
    return Code(lo, hi, "binary")


def wrapped(value: int, code: Code) -> int:
    return code.lo + (value - code.lo) % (code.steps + 1)


def truncated(x: int, y: int) -> int:
    return 0 if y == 0 else int(math.copysign(abs(x) // abs(y), x * y)) if x * y else 0


def placed(words: tuple[int, ...], rank: int, *, down: bool) -> int:
    return sorted(range(len(words)), key=lambda i: (-words[i] if down else words[i], i))[rank]


MEANING = {
    "cast": lambda x, _: x,
    "add": lambda x, y, _: x + y,
    "subtract": lambda x, y, _: x - y,
    "multiply": lambda x, y, _: x * y,
    "at_least": lambda x, y, _: int(x >= y),
    "more": lambda x, y, _: int(x > y),
    "equal": lambda x, y, _: int(x == y),
    "divide": lambda x, y, _: truncated(x, y),
    "remainder": lambda x, y, _: x - y * truncated(x, y) if y else 0,
    "modulo": lambda x, y, _: x % y if y else 0,
    "bitwise_and": lambda x, y, _: x & y,
    "bitwise_or": lambda x, y, _: x | y,
    "bitwise_xor": lambda x, y, _: x ^ y,
    "bitwise_not": lambda x, _: ~x,
    "shift_left": lambda x, y, bits: x << y if 0 <= y < bits else 0,
    "shift_right": lambda x, y, bits: x >> y if 0 <= y < bits else (-1 if x < 0 else 0),
    "select": lambda c, x, y, _: x if c else y,
    "pick": lambda i, *rest: rest[:-1][i],
    "largest": lambda *rest: max(rest[:-1]),
    "smallest": lambda *rest: min(rest[:-1]),
    "ranked": lambda *rest: rest[placed(rest[:-1], 1, down=True)],
    "ranked_place": lambda *rest: placed(rest[:-1], 1, down=True),
}
"""In Python integers; the last argument is the number of digits of the result."""

CODES = [binary(0, 15), binary(-8, 7), binary(-3, 9)]


def network(function: str, codes: list[Code], out: Code, **options: object):
    sketch = Sketch()
    edges = [sketch.input(f"x{i}", (), code) for i, code in enumerate(codes)]
    return sketch.network(sketch.add(WordArithmetic(function, out, **options), *edges))


def agree(one, columns: list[np.ndarray]) -> None:
    """Circuit, shared or as built, and formula agree with the network."""
    expected = one(*columns)
    for share, fold in ((True, True), (False, False)):
        circuit = tc.networks.compile(one, share=share, fold=fold)
        assert np.array_equal(one.decode(circuit(one.encode(*columns))), expected)
    cost = one.cost().numbers().total
    measured = (circuit.depth, circuit.size, circuit.edges, circuit.measures.max_fan_in)
    assert cost.exact
    assert (cost.depth, cost.size, cost.edges, cost.max_fan_in) == measured
    assert cost.max_weight >= circuit.measures.max_weight
    assert (circuit.size and max(cost.levels)) == circuit.width


def operands(function: str, code: Code) -> list[Code]:
    if function == "select":
        return [Code(0, 1), code, binary(0, 3)]
    if function == "pick":
        return [binary(-3, 2), code, binary(0, 3), binary(0, 1)]
    return [code] * {1: 1, 2: 2}.get(FUNCTIONS[function].operands[1], 3)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("code", CODES, ids=str)
def test_every_value_of_short_words(function: str, code: Code) -> None:
    outs = [binary(0, 1)] if function in ("at_least", "more", "equal") else CODES[:2]
    for out in outs:
        codes = operands(function, code)
        options = {"rank": 1} if function.startswith("ranked") else {}
        one = network(function, codes, out, **options)
        rows = list(itertools.product(*(range(c.lo, c.hi + 1) for c in codes)))
        columns = list(np.array(rows).T)
        expected = [wrapped(MEANING[function](*row, out.wires), out) for row in rows]
        assert one(*columns).tolist() == expected
        agree(one, columns)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_words_of_eight_digits(function: str) -> None:
    for code in (binary(0, 255), binary(-128, 127)):
        out = binary(0, 1) if function in ("at_least", "more", "equal") else code
        codes = [c if c not in CODES else code for c in operands(function, code)]
        options = {"rank": 1} if function.startswith("ranked") else {}
        one = network(function, codes, out, **options)
        columns = [RANDOM.integers(c.lo, c.hi + 1, 60) for c in codes]
        expected = [
            wrapped(MEANING[function](*map(int, row), out.wires), out)
            for row in zip(*columns, strict=True)
        ]
        assert one(*columns).tolist() == expected
        agree(one, columns)


@pytest.mark.parametrize(
    ("function", "depth"),
    [
        ("cast", 0),
        ("at_least", 1),
        ("bitwise_and", 1),
        ("add", 2),
        ("bitwise_xor", 2),
        ("shift_left", 2),
        ("multiply", 3),
        ("largest", 3),
        ("ranked", 4),
        ("divide", 18),
    ],
)
def test_depth_does_not_hide(function: str, depth: int) -> None:
    code = binary(0, 2**16 - 1)
    out = binary(0, 1) if function == "at_least" else code
    options = {"rank": 1} if function == "ranked" else {}
    one = network(function, operands(function, code), out, **options)
    assert one.cost().numbers().total.depth == depth


@given(st.data())
def test_wide_words_add_and_multiply_as_machine_integers(data: st.DataObject) -> None:
    bits = data.draw(st.sampled_from([16, 32]))
    code = binary(-(1 << bits - 1), (1 << bits - 1) - 1)
    rows = data.draw(st.lists(st.tuples(*[st.integers(code.lo, code.hi)] * 2), min_size=1))
    x, y = np.array(rows).T
    kind = np.dtype(f"int{bits}")
    for function in ("add", "subtract", "multiply", "bitwise_xor"):
        one = WordArithmetic(function, code)
        with np.errstate(all="ignore"):
            a, b = x.astype(kind), y.astype(kind)
            expected = {
                "add": a + b,
                "subtract": a - b,
                "multiply": a * b,
                "bitwise_xor": a ^ b,
            }[function]
        assert np.array_equal(one(x, y), expected.astype(np.int64))


@given(st.data())
def test_sums_of_words(data: st.DataObject) -> None:
    inputs, outputs = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 2))
    small = st.integers(-9, 9)
    weights = data.draw(
        st.lists(
            st.lists(small, min_size=outputs, max_size=outputs), min_size=inputs, max_size=inputs
        )
    )
    bias = data.draw(st.lists(small, min_size=outputs, max_size=outputs))
    code, out = data.draw(st.sampled_from(CODES)), data.draw(st.sampled_from(CODES[:2]))
    sketch = Sketch()
    x = sketch.input("x", (2, inputs), code)
    one = sketch.network(sketch.add(WordSum(weights, bias, out), x))
    rows = RANDOM.integers(code.lo, code.hi + 1, (30, 2, inputs))
    expected = out.lo + (rows @ np.array(weights) + bias - out.lo) % (out.steps + 1)
    assert np.array_equal(one(rows), expected)
    agree(one, [rows])


def test_operands_broadcast_and_may_be_one() -> None:
    sketch = Sketch()
    x, y = (sketch.input(name, shape, CODES[1]) for name, shape in (("x", (2, 1)), ("y", (3,))))
    one = sketch.network(sketch.add(WordArithmetic("add", CODES[1]), x, y))
    a, b = RANDOM.integers(-8, 8, (20, 2, 1)), RANDOM.integers(-8, 8, (20, 3))
    circuit = tc.networks.compile(one)
    assert np.array_equal(one.decode(circuit(one.encode(a, b))), one(a, b))
    sketch = Sketch()
    x = sketch.input("x", (2,), CODES[1])
    twice = sketch.network(sketch.add(WordArithmetic("add", CODES[1]), x, x))
    cost = twice.cost().numbers().total
    circuit = tc.networks.compile(twice, share=False, fold=False)
    assert not cost.exact
    assert cost.size == circuit.size
    assert cost.edges >= circuit.edges


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: WordArithmetic("plus", CODES[0]), "no function 'plus'"),
        (lambda: WordArithmetic("add", Code(0, 15)), "binary code"),
        (lambda: WordArithmetic("add", CODES[2]), r"2\*\*b values"),
        (lambda: WordArithmetic("bitwise_and", binary(-1, 2)), "from 0 or"),
        (lambda: WordArithmetic("equal", CODES[0]), "gives 0 or 1"),
        (lambda: WordArithmetic("ranked", CODES[0], rank=-1), "rank"),
        (lambda: WordSum([[1]], [0], CODES[2]), "a sum of words is in a binary"),
        (lambda: network("add", CODES[:1], CODES[0]), "1 operands"),
        (lambda: network("add", [Code(0, 3)] * 2, CODES[0]), "Recode"),
        (lambda: network("select", CODES, CODES[0]), "a value that is 0 or 1"),
        (lambda: network("pick", [CODES[0], CODES[0]], CODES[0]), "pick reads"),
        (lambda: network("ranked", CODES[:2], CODES[0], rank=2), "no rank 2"),
    ],
)
def test_bad_input(make, match: str) -> None:
    with pytest.raises(NetworkError, match=match):
        make()
