"""Conversions of class: adders, sorting networks, balanced formulas, branching programs."""

from __future__ import annotations

from itertools import permutations, product
from math import log, log2

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.library import check, get
from tcsim.library.balancing import balance
from tcsim.library.barrington import FIRST, SECOND, commutator, inverse, program
from tcsim.library.boolean_formula import formula_of
from tcsim.library.branching_program import IDENTITY, times
from tcsim.library.carry_save import count_by_adders, full_adder, majority_by_adders
from tcsim.library.sorting_network import comparators, majority_by_network, sort_by_network
from tcsim.measure import BASES
from tcsim.transform import bounded_fanin


def build(n: int, function: object, name: str = "f", **options: bool) -> tc.Circuit:
    b = tc.Builder(**options)
    b.output(name, function(b.inputs("x", n)))
    return b.build()


def ones(n: int) -> np.ndarray:
    return np.array([row.bit_count() for row in range(2**n)])


# Majority of fan-in 2


def test_full_adder() -> None:
    table = build(3, lambda x: full_adder(*x)).truth_table()
    assert (table @ [1, 2]).tolist() == ones(3).tolist()


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_counting_by_adders(k: int) -> None:
    n = 2**k - 1
    table = build(n, count_by_adders).truth_table()
    assert (table @ 2 ** np.arange(k)).tolist() == ones(n).tolist()


def test_adders_fill_up_with_constants() -> None:
    """Majority of 5 as that of 7 with one 1 and one 0, in a Builder that folds."""
    b = tc.Builder()
    x = b.inputs("x", 5)
    b.output("majority", majority_by_adders([*x, b.constant(0), b.constant(1)]))
    assert (b.build().truth_table()[:, 0] == (ones(5) >= 3)).all()


@pytest.mark.parametrize("name", ["majority-carry-save", "sorting-network"])
def test_fan_in_2(name: str) -> None:
    circuit = get(name).circuit(k=5)
    assert {len(gate.terms) for gate in circuit.gates} == {2}
    assert circuit.measures.max_weight == 1


@pytest.mark.parametrize("n", [*range(11), 13])
def test_sorting_any_number(n: int) -> None:
    """By the zero-one principle a network that sorts bits sorts everything."""
    table = build(n, sort_by_network).truth_table()
    wanted = np.arange(n) < ones(n)[:, None]
    assert (table == wanted).all()
    if n:
        majority = build(n, majority_by_network)
        assert (majority.truth_table()[:, 0] == (ones(n) > n / 2)).all()
        assert all(weight > 0 for gate in majority.gates for weight in gate.terms.values())


def test_published_numbers_of_comparators() -> None:
    """Knuth, section 5.2.2: 1, 3, 5, 9, 12, 16, 19, 26, .., 63 for n = 2, 3, .., 9; 16."""
    counts = {n: len(list(comparators(n))) for n in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16)}
    assert counts == {0: 0, 1: 0, 2: 1, 3: 3, 4: 5, 5: 9, 6: 12, 7: 16, 8: 19, 9: 26, 16: 63}


def test_bad_numbers_of_wires() -> None:
    b = tc.Builder()
    for wires in ([], b.inputs("x", 4)):
        with pytest.raises(ArgumentError, match=r"x must have 2\*\*k - 1 wires, not"):
            count_by_adders(wires)
    with pytest.raises(ArgumentError, match="at least one wire"):
        majority_by_network([])


@pytest.mark.parametrize("name", ["majority", "parity", "binary-count", "addition-ac0", "mod"])
def test_inclusion_in_nc(name: str) -> None:
    """Each level of unweighted gates takes at most 8 lg(fan-in) + 8 levels of fan-in 2."""
    for n in (3, 10, 40):
        circuit = get(name).circuit(n=n)
        most = circuit.measures.max_fan_in
        assert circuit.measures.max_weight == 1
        small = BASES["fan_in_2"](circuit)
        assert small.depth <= circuit.depth * (8 * log2(most) + 8)
        if n <= 10:
            converted = bounded_fanin(circuit)
            assert converted.depth == small.depth
            assert {len(gate.terms) for gate in converted.gates} <= {0, 1, 2}


# Formulas

LEAVES = st.tuples(st.just("x"), st.integers(0, 5), st.booleans())
FORMULAS = st.recursive(
    LEAVES, lambda inner: st.tuples(st.sampled_from("&|"), inner, inner), max_leaves=40
)


def signal(formula: tuple, x: list) -> tc.Signal:
    kind, left, right = formula
    if kind == "x":
        return ~x[left] if right else x[left]
    left, right = signal(left, x), signal(right, x)
    return left & right if kind == "&" else left | right


def leaves(formula: tuple) -> int:
    return 1 if formula[0] == "x" else leaves(formula[1]) + leaves(formula[2])


def chain(n: int) -> tc.Circuit:
    def function(x: list) -> tc.Signal:
        result = x[0]
        for i, wire in enumerate(x[1:]):
            result = result | wire if i % 2 else result & ~wire
        return result

    return build(n, function)


@given(FORMULAS)
def test_balancing(formula: tuple) -> None:
    circuit = build(6, lambda x: signal(formula, x), share=False, fold=False)
    flat = balance(circuit)
    assert (flat.truth_table() == circuit.truth_table()).all()
    assert flat.depth <= circuit.depth
    kinds = {gate.kind for gate in flat.gates}
    if kinds != {"not"}:  # the complement of an input, which as an output is a gate
        assert kinds <= {"and", "or"}
        assert flat.depth <= 2 * log(leaves(formula), 1.5)


@pytest.mark.parametrize(("n", "depth"), [(16, 9), (64, 16), (256, 23), (1024, 29)])
def test_balancing_a_chain(n: int, depth: int) -> None:
    """The values were measured; the bound is 2 log_1.5 n."""
    circuit = chain(n)
    flat = balance(circuit)
    assert circuit.depth == n - 1
    assert flat.depth == depth <= 2 * log(n, 1.5)
    vectors = np.random.default_rng(0).random((500, n)) < np.linspace(0.05, 0.95, 500)[:, None]
    assert (flat(vectors.astype(np.uint8)) == circuit(vectors.astype(np.uint8))).all()
    assert (flat.input_names, flat.output_names) == (circuit.input_names, circuit.output_names)


def test_what_is_no_formula() -> None:
    with pytest.raises(ArgumentError, match="bounded_fanin makes them so"):
        formula_of(build(3, tc.majority))
    with pytest.raises(ArgumentError, match="there is no output 1; there are 1"):
        balance(chain(3), 1)

    def tower(x: list) -> tc.Signal:
        a, b = x
        for _ in range(20):
            a, b = a & b, a | b
        return a

    with pytest.raises(LimitError, match="a formula of 1,048,576 leaves"):
        balance(build(2, tower, share=False, fold=False))


def test_constant_formulas() -> None:
    circuit = build(2, lambda x: (x[0] + x[1] >= 0) & (x[0] >= 2), share=False, fold=False)
    flat = balance(circuit)
    assert (flat.size, flat.truth_table().any()) == (0, False)
    with pytest.raises(ArgumentError, match="the output is the constant 0"):
        program(circuit)


@pytest.mark.parametrize("weights", [(1, 1), (2, 1), (-1, 3), (-2, -2), (1, -1), (0, 1), (5, 0)])
def test_any_gate_of_two_operands(weights: tuple[int, int]) -> None:
    for threshold in range(-5, 7):
        b = tc.Builder(share=False, fold=False)
        x = b.inputs("x", 2)
        gate = tc.dot(weights, x) >= threshold
        b.output("f", [gate, ~gate & x[0]])
        circuit = b.build()
        for output in (0, 1):
            found = balance(circuit, output).truth_table()[:, 0]
            assert (found == circuit.truth_table()[:, output]).all()


def test_circuits_of_any_kind_become_formulas() -> None:
    """Majority of five: as fan-in 2, as a formula, balanced."""
    circuit = bounded_fanin(build(5, tc.majority))
    flat = balance(circuit)
    assert flat.depth <= 2 * log(formula_of(circuit).leaves, 1.5)
    assert (flat.truth_table()[:, 0] == (ones(5) >= 3)).all()


# Barrington


def xor(a: tc.Signal, b: tc.Signal) -> tc.Signal:
    return (a & ~b) | (~a & b)


PROGRAMS = {
    "literal": (1, lambda x: ~x[0], 1),
    "and": (2, lambda x: x[0] & x[1], 4),
    "or": (2, lambda x: x[0] | x[1], 4),
    "xor": (2, lambda x: xor(x[0], x[1]), 16),
    "and of 4": (4, lambda x: (x[0] & x[1]) & (x[2] & x[3]), 16),
    "majority": (3, lambda x: (x[0] & x[1]) | (x[2] & (x[0] | x[1])), 28),
    "parity": (4, lambda x: xor(xor(x[0], x[1]), xor(x[2], x[3])), 256),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_of_known_length(name: str) -> None:
    """The product is the target where the formula is true, else the identity; and back again."""
    n, function, length = PROGRAMS[name]
    circuit = build(n, function, share=False, fold=False)
    steps = program(circuit)
    assert len(steps) == length
    back = build(n, steps.accept, share=False, fold=False)
    table = circuit.truth_table()
    assert (back.truth_table() == table).all()
    for row, value in enumerate(table[:, 0]):
        vector = [row >> i & 1 for i in range(n)]
        assert steps.product(vector) == (steps.target if value else IDENTITY)
    if n > 1:
        assert back.depth == 2 * (length - 1).bit_length()


@given(FORMULAS.filter(lambda formula: leaves(formula) <= 12))
def test_programs(formula: tuple) -> None:
    circuit = build(6, lambda x: signal(formula, x), share=False, fold=False)
    if circuit.depth > 5:
        circuit = balance(circuit)
    table = circuit.truth_table()[:, 0]
    assume(table.any() and not table.all())
    steps = program(circuit)
    assert len(steps) <= 4**circuit.depth
    for row in range(0, 64, 5):
        found = steps.product([row >> i & 1 for i in range(6)])
        assert found == (steps.target if table[row] else IDENTITY)


def cycle_length(permutation: tuple[int, ...]) -> int:
    point, length = permutation[0], 1
    while point:
        point, length = permutation[point], length + 1
    return length


def test_five_cycles() -> None:
    """24 of the 120 permutations; 240 of the 576 ordered pairs have a five-cycle commutator."""
    cycles = [p for p in permutations(range(5)) if cycle_length(p) == 5]
    assert len(cycles) == 24
    assert sum(cycle_length(commutator(a, b)) == 5 for a, b in product(cycles, repeat=2)) == 240
    assert {cycle_length(p) for p in (FIRST, SECOND, commutator(FIRST, SECOND))} == {5}
    assert all(times(p, inverse(p)) == IDENTITY for p in cycles)


def test_trees_of_other_arity_and_parts() -> None:
    """The program of an OR over conditions, multiplied four at a time."""
    steps = program(build(2, lambda x: x[0] | x[1]))
    circuit = build(3, lambda x: steps.accept([x[0] & x[1], ~x[2]], arity=4))
    rows = np.arange(8)
    wanted = (rows & 3 == 3) | (rows & 4 == 0)
    assert (circuit.truth_table()[:, 0] == wanted).all()
    assert circuit.depth == 3


def test_bad_programs() -> None:
    steps = program(chain(3))
    with pytest.raises(ArgumentError, match="the program has 3 inputs, not 2"):
        steps.product([0, 1])
    with pytest.raises(ArgumentError, match="over 3 inputs needs as many wires"):
        build(2, steps.accept)
    with pytest.raises(LimitError, match="balance makes the formula shallower"):
        program(chain(30))


def test_larger_formula() -> None:
    for verdict in check("barrington", [{"d": 4}], vectors=0, samples=128):
        assert verdict.passed, verdict.failure
