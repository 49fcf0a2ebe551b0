"""Connection languages agree with the circuits of the generators, and those with oracles."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings

from tcsim.errors import ArgumentError, CircuitError
from tcsim.strategies import circuits
from tcsim.uniformity import (
    ConnectionLanguage,
    Program,
    Unary,
    check_language,
    describe,
    query_growth,
    read_description,
)
from tcsim.uniformity.programs import addition, majority, parity, permutations, rule110

MODULES = {
    parity: (0, 1, 2, 5),
    majority: (0, 1, 2, 6),
    addition: (0, 1, 2, 3),
    permutations: (1,),
    rule110: (0, 1, 2),
}


def circuit(module, n):
    return read_description(Program(module.describe).run(Unary(n)).output)


@pytest.mark.parametrize(
    ("module", "n"), [(m, n) for m, several in MODULES.items() for n in several],
    ids=lambda value: getattr(value, "__name__", value),
)  # fmt: skip
def test_languages_are_those_of_the_circuits(module, n):
    check = check_language(ConnectionLanguage.of(module), circuit(module, n), n)
    assert check.differences == ()
    assert check.queries > 0


@pytest.mark.parametrize(("module", "n"), [(permutations, 2), (permutations, 3), (rule110, 6)])
def test_larger_circuits_sampled(module, n):
    check = check_language(ConnectionLanguage.of(module), circuit(module, n), n, sample=3)
    assert check.differences == ()


def wrong_threshold(n: int, g: int) -> int:
    return g + 1 if g < n else 2


def wrong_weight(n: int, g: int, p: int, h: int) -> int:
    return h == p and g < n and 0 <= p < n


def one_gate_more(n: int, g: int) -> int:
    return 0 <= g <= n + 1


def wrong_output(n: int, k: int, h: int) -> int:
    return h == 2 * n


def more_inputs(n: int) -> int:
    return n + 1


@pytest.mark.parametrize(
    ("question", "wrong", "words"),
    [
        ("threshold", wrong_threshold, "gate 4: threshold 2 by the language, 1 in the circuit"),
        ("weight", wrong_weight, "gate 4, operand 0, wire 4: weight 0"),
        ("gate", one_gate_more, "has a gate 5"),
        ("output", wrong_output, "output -1, wire 8"),
        ("inputs", more_inputs, "5 inputs by the language, 4 in the circuit"),
    ],
)
def test_wrong_languages_are_found(question, wrong, words):
    right = {q: getattr(parity, q) for q in ("gate", "threshold", "weight", "output", "inputs")}
    module = SimpleNamespace(**{**right, question: wrong}, __name__="wrong")
    check = check_language(ConnectionLanguage.of(module), circuit(parity, 4), 4)
    assert words in check.differences[0]
    assert len(check.differences) <= 10


def test_queries_about_far_members_take_logarithmic_space():
    for module in (parity, majority, addition, permutations, rule110):
        rows = query_growth(ConnectionLanguage.of(module))
        [(_, first, _), *_, (_, last, _)] = rows
        assert last <= 9 * first  # lg n grows eightfold from 2**8 to 2**64
    assert len({steps for _, _, steps in query_growth(ConnectionLanguage.of(parity))}) == 1
    with pytest.raises(ArgumentError, match="at least 2"):
        query_growth(ConnectionLanguage.of(parity), [1])


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_parity_and_majority_are_what_they_are_called(n):
    vectors = np.array(list(product((0, 1), repeat=n)), np.uint8)
    ones = vectors.sum(axis=1)
    assert (circuit(parity, n)(vectors)[:, 0] == ones % 2).all()
    assert (circuit(majority, n)(vectors)[:, 0] == (2 * ones > n)).all()


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_iterated_addition_adds(n):
    width, random = n.bit_length(), np.random.default_rng(n)
    numbers = random.integers(0, 1 << width, (200, n))
    numbers[0], numbers[1] = 0, (1 << width) - 1
    vectors = (numbers[:, :, None] >> np.arange(width) & 1).reshape(200, -1).astype(np.uint8)
    found = circuit(addition, n)(vectors).astype(int)
    assert ((found << np.arange(found.shape[1])).sum(axis=1) == numbers.sum(axis=1)).all()


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6])
def test_the_tree_multiplies_permutations(n):
    random = np.random.default_rng(n)
    words = np.array([[random.permutation(5) for _ in range(n)] for _ in range(20)])
    vectors = (words[..., None] == np.arange(5)).reshape(20, -1).astype(np.uint8)
    found = circuit(permutations, n)(vectors).reshape(20, 5, 5)
    for word, matrix in zip(words, found, strict=True):
        image = np.arange(5)
        for permutation in word:
            image = permutation[image]
        assert (matrix == (image[:, None] == np.arange(5))).all()


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_rule_110_is_its_table(n):
    tableau = circuit(rule110, n)
    assert tableau.depth == 2 * n
    for cells in product((0, 1), repeat=n):
        row = [0, *cells, 0]
        for _ in range(n):
            new = [110 >> (4 * row[i - 1] + 2 * row[i] + row[i + 1]) & 1 for i in range(1, n + 1)]
            row = [0, *new, 0]
        assert tableau(cells).tolist() == row[1:-1]


@settings(max_examples=25)
@given(circuits())
def test_descriptions_keep_the_circuit(original):
    read = read_description(describe(original))
    assert read.measures == original.measures
    assert describe(read) == describe(original)


@pytest.mark.parametrize(
    ("tape", "error"),
    [
        ("", ArgumentError),
        ("0,1,;", ArgumentError),
        ("10,0,;", ArgumentError),
        ("0,1,;10,0,;10,0,;", ArgumentError),
        ("0,1,;0,1,;10,0,;", ArgumentError),
        ("0,-1,;10,;", ArgumentError),
        ("0,1,;1,1,1,;10,;", ArgumentError),
        ("0,1,;;10,;", ArgumentError),
        ("0,1,;11,1,;10,;", ArgumentError),
        ("0,1,;1,1,1,101,;10,;", CircuitError),
        ("0,1,;10,11,;", CircuitError),
    ],
)
def test_text_that_describes_no_circuit(tape, error):
    with pytest.raises(error):
        read_description(tape)
