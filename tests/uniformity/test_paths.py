"""The extended connection language: paths of operands, and programs bound to others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tcsim.errors import ArgumentError
from tcsim.uniformity import (
    ConnectionLanguage,
    Program,
    Unary,
    bound,
    check_paths,
    read_description,
)
from tcsim.uniformity.programs import addition, majority, parity, permutations, rule110, tableau


def circuit(module, n):
    return read_description(Program(module.describe).run(Unary(n)).output)


@pytest.mark.parametrize(
    ("module", "n", "walks"),
    [
        (parity, 0, None), (parity, 1, None), (parity, 4, None), (majority, 0, None),
        (majority, 5, None), (addition, 1, None), (addition, 2, None), (addition, 4, 60),
        (permutations, 1, None), (permutations, 3, 80), (permutations, 5, 60), (rule110, 1, None),
        (rule110, 3, 200), (rule110, 6, 80),
    ],
)  # fmt: skip
def test_paths_lead_where_the_circuit_leads(module, n, walks):
    check = check_paths(ConnectionLanguage.of(module), circuit(module, n), n, walks=walks)
    assert check.differences == ()


def test_paths_by_hand():
    language = ConnectionLanguage.of(parity)
    # Gate 3 adds up the thresholds, gates 0 to 2; these read the inputs.
    assert language.follow(3, 3, []) == 6
    assert language.follow(3, 3, [1]) == 4
    assert language.follow(3, 3, [1, 2]) == 2
    for path in ([3], [1, 3], [1, 2, 0], [0, 0, 0, 0], [-1], [1, -1]):
        assert language.follow(3, 3, path) == -1
    assert language.follow(3, 4, []) == language.follow(3, -1, [0]) == -1


def one_further(n: int, g: int, p: int) -> int:
    return n + p if 0 <= p < n else -1


def test_a_wrong_operand_is_found():
    right = {q: getattr(parity, q) for q in ("gate", "threshold", "weight", "output", "inputs")}
    wrong = SimpleNamespace(**right, operand=one_further, __name__="wrong")
    check = check_paths(ConnectionLanguage.of(wrong), circuit(parity, 3), 3)
    assert "from gate 0, path [0]: wire 3 by the language, 0 in the circuit" in check.differences
    without = ConnectionLanguage.of(SimpleNamespace(**right, __name__="without"))
    with pytest.raises(ArgumentError, match="has no operand"):
        check_paths(without, circuit(parity, 3), 3)


def test_a_longer_path_takes_more_steps_but_hardly_more_space():
    language = ConnectionLanguage.of(rule110)
    n, gate = 2**20, 6 * 2**39 + 5
    costs = []
    for length in (4, 32):
        language.space = language.steps = 0
        assert language.follow(n, gate, [0] * length) >= 0
        costs.append((language.space, language.steps))
    assert costs[1][0] <= costs[0][0] + 16
    assert costs[1][1] > 5 * costs[0][1]


def test_binding_leaves_the_module_alone():
    short = bound(tableau, T0=7, T1=0, T2=0)
    assert Program(short.cells).run(3).result == 8
    assert Program(tableau.cells).run(3).result == 5
    with pytest.raises(ArgumentError, match="has no 'T9'"):
        bound(tableau, T9=1)
