"""The surface: what Python's operators mean over wires, and what they refuse."""

# ruff: noqa: SIM300 - constants on the left are reflected operators, which are tested here

import builtins
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import BuilderError
from tests.measure.oracle import flatten


def inputs(count=3, **options):
    builder = tc.Builder(**options)
    return builder, builder.inputs("x", count)


def values(builder, value):
    """The output `value` on every input vector, the first input slowest."""
    builder.output("y", value)
    return [row[0] for row in flatten(builder.build()).table()]


# What has no meaning says what to write instead ---------------------------------------------------


def test_chained_comparison():
    _, x = inputs()
    s = tc.sum(x)
    with pytest.raises(BuilderError, match=r"& for and, \| for or.*tc.all.*2 <= s <= 5"):
        _ = 2 <= s <= 5


def test_truth_values():
    _, x = inputs()
    a, b = x[0], x[1]
    uses = [
        lambda: a and b,
        lambda: a or b,
        lambda: not a,
        lambda: (a >= 1) and b,
        lambda: not (a >= 1),
        lambda: 1 if a + b else 0,
        lambda: [a] if ~a else [b],
    ]
    for use in uses:
        with pytest.raises(BuilderError, match="& for and"):
            use()


def test_comparison_binds_looser_than_and():
    _, x = inputs()
    with pytest.raises(BuilderError, match=r"parentheses, \(x >= 1\) & y"):
        _ = x[0] >= 1 & x[1]


def test_in():
    _, x = inputs()
    assert x[1] in x
    assert x[1] in [x[0], x[1]]
    assert x[1] not in [x[0], x[2]]
    with pytest.raises(BuilderError, match=r"tc\.equal"):
        _ = tc.sum(x) in [x[0] + x[1], x[2]]
    with pytest.raises(BuilderError, match="not a sequence"):
        _ = x[0] in tc.sum(x)


def test_equality_of_forms():
    builder, x = inputs()
    s = builder.form(tc.sum(x))
    for form in (tc.sum(x), s):
        with pytest.raises(BuilderError, match=r"tc\.equal"):
            _ = form == 2
        with pytest.raises(BuilderError, match=r"tc\.equal"):
            _ = form != x[0]
    with pytest.raises(TypeError, match="unhashable"):
        hash(tc.sum(x))


def test_wires_are_compared_by_identity_and_hashable():
    builder, x = inputs()
    assert x[0] == x[0]
    assert x[0] != x[1]
    assert x[0] != tc.Builder().input("x[0]")
    assert x[0] != 0
    assert len({x[0], x[0], x[1], x[0] >= 1, x[0] >= 1}) == 4
    s = builder.form(tc.sum(x))
    assert {s: 1}[s] == 1


def test_products():
    _, x = inputs()
    with pytest.raises(BuilderError, match="product of two bits"):
        _ = x[0] * x[1]
    with pytest.raises(BuilderError, match=r"integer here, not float 1\.5"):
        _ = 1.5 * x[0]
    with pytest.raises(BuilderError, match="not str"):
        _ = x[0] + "1"
    with pytest.raises(BuilderError, match="weights @ bus"):
        _ = 2 * x
    with pytest.raises(BuilderError, match="not Bus"):
        _ = x[0] + x


@pytest.mark.parametrize("shape", [(3,), (3, 3), (1,)])
def test_arrays_times_a_wire(shape):
    array = np.ones(shape, int)
    _, x = inputs()
    for use in (lambda: array * x[0], lambda: x[0] * array, lambda: array + (x[0] >= 1)):
        with pytest.raises(BuilderError, match="array @ bus"):
            use()
    with pytest.raises(BuilderError):
        _ = array >= x[0]
    with pytest.raises(BuilderError, match="weights @ bus"):
        _ = array * x


def test_array_scalars_are_integers():
    builder, x = inputs(1)
    for weight in (np.int64(2), np.uint8(2), np.array(2), np.True_.astype(int) * 2):
        form = weight * x[0] + weight
        assert form.constant == 2
        assert type(form.constant) is int
        assert tc.sum([weight, x[0]]).constant == 2
    with pytest.raises(BuilderError, match="float64"):
        _ = np.float64(2) * x[0]
    assert values(builder, np.int64(1) <= x[0]) == [0, 1]


@pytest.mark.parametrize("what", [tc.sum, tc.all, tc.any, tc.majority], ids=lambda f: f.__name__)
def test_one_value_is_no_sequence(what):
    _, x = inputs()
    for value in (x[0], tc.sum(x), 3, np.array(3), "x", None):
        with pytest.raises(BuilderError, match="expected a sequence"):
            what(value)


def test_forms_and_numbers_are_no_signals():
    _, x = inputs()
    for what in (tc.all, tc.any, tc.majority, lambda signals: tc.at_least(1, signals)):
        with pytest.raises(BuilderError, match="compare it first"):
            what([x[0], x[1] + x[2]])
        with pytest.raises(BuilderError, match=r"builder\.constant"):
            what([x[0], 1])


def test_wires_of_two_builders():
    first, x = inputs()
    second, z = inputs()
    mixed = [x[0] + z[0] >= 1, x[0] & z[0], (z[0] >= 1) ^ x[0], ~z[0], z[0]]
    for value in mixed:
        with pytest.raises(BuilderError, match="another Builder"):
            first.output("y", value)
    with pytest.raises(BuilderError, match="another Builder"):
        first.form(z[0] + 1)
    with pytest.raises(BuilderError, match="another Builder"):
        first.form(x[0] + second.form(tc.sum(z)))
    made = z[0] & z[1]
    second.output("y", made)
    with pytest.raises(BuilderError, match="another Builder"):
        first.output("y", made | x[0])
    with pytest.raises(BuilderError, match="another Builder"):
        first.output("y", ~made)


# What has a meaning has the right one -------------------------------------------------------------

CONDITIONS = {
    "ge": (lambda x: x[0] + x[1] >= x[2] + 1, lambda a, b, c: a + b >= c + 1),
    "gt": (lambda x: 2 * x[0] - x[1] > x[2], lambda a, b, c: 2 * a - b > c),
    "le": (lambda x: x[0] - 1 <= x[1] - x[2], lambda a, b, c: a - 1 <= b - c),
    "lt": (lambda x: 1 < tc.sum(x), lambda a, b, c: 1 < a + b + c),
    "reflected": (lambda x: 2 <= 3 - x[0] + +x[1], lambda a, b, c: 2 <= 3 - a + b),
    "negative": (lambda x: -(x[0] + 2 * x[1]) >= -2, lambda a, b, c: a + 2 * b <= 2),
    "and": (lambda x: x[0] & x[1] & ~x[2], lambda a, b, c: a and b and not c),
    "or": (lambda x: ~x[0] | (x[1] | x[2]), lambda a, b, c: not a or b or c),
    "xor": (lambda x: x[0] ^ ~x[1] ^ x[2], lambda a, b, c: (a + (1 - b) + c) % 2),
    "not": (lambda x: ~(x[0] & ~x[1]), lambda a, b, c: not (a and not b)),
    "twice": (lambda x: ~~x[0], lambda a, b, c: a),
    "same": (lambda x: x[0] & x[0], lambda a, b, c: a),
    "opposite": (lambda x: x[0] & ~x[0], lambda a, b, c: 0),
    "self xor": (lambda x: x[0] ^ x[0], lambda a, b, c: 0),
    "all": (lambda x: tc.all([x, ~x[0]]), lambda a, b, c: 0),
    "any": (lambda x: tc.any(x[:]), lambda a, b, c: a or b or c),
    "none": (lambda x: ~tc.any([x[0], [x[1], x[2]]]), lambda a, b, c: not (a or b or c)),
    "majority": (lambda x: tc.majority([*x, x[0]]), lambda a, b, c: 2 * a + b + c > 2),
    "at least": (lambda x: tc.at_least(2, [x[0], ~x[1], x[2]]), lambda a, b, c: a + 1 - b + c > 1),
    "equal": (lambda x: tc.equal(tc.sum(x), 2), lambda a, b, c: a + b + c == 2),
    "equal forms": (lambda x: tc.equal(x[0] + x[1], 2 * x[2]), lambda a, b, c: a + b == 2 * c),
    "of conditions": (
        lambda x: (x[0] >= x[1]) + 2 * (x[1] & x[2]) - ~x[2] >= 1,
        lambda a, b, c: (a >= b) + 2 * (b and c) - (1 - c) >= 1,
    ),
    "of booleans": (lambda x: True <= x[0] + False, lambda a, b, c: a),
    "builtins sum": (lambda x: builtins.sum(x) >= 2, lambda a, b, c: a + b + c >= 2),
    "builtins sum of conditions": (
        lambda x: builtins.sum(w >= 1 for w in x) >= 2,
        lambda a, b, c: a + b + c >= 2,
    ),
    "dot": (lambda x: tc.dot([1, -2, 3], x) >= 1, lambda a, b, c: a - 2 * b + 3 * c >= 1),
    "matrix product": (lambda x: [1, -2, 3] @ x >= 1, lambda a, b, c: a - 2 * b + 3 * c >= 1),
    "array product": (lambda x: np.array([2, 0, 1]) @ x >= 2, lambda a, b, c: 2 * a + c >= 2),
    "no terms": (lambda x: tc.all([]), lambda a, b, c: 1),
    "no terms or": (lambda x: tc.any([]), lambda a, b, c: 0),
    "no terms majority": (lambda x: tc.majority([]), lambda a, b, c: 0),
    "no terms sum": (lambda x: tc.sum([]) >= 0, lambda a, b, c: 1),
}


@pytest.mark.parametrize("fold", [True, False])
@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("name", CONDITIONS)
def test_meaning(name, share, fold):
    make, expected = CONDITIONS[name]
    builder, x = inputs(share=share, fold=fold)
    wanted = [int(bool(expected(*vector))) for vector in product((0, 1), repeat=3)]
    assert values(builder, make(x)) == wanted


TREES = st.recursive(
    st.tuples(st.just("x"), st.integers(0, 2)) | st.tuples(st.just("constant"), st.integers(0, 1)),
    lambda tree: (
        st.tuples(st.sampled_from("&|^"), tree, tree)
        | st.tuples(st.just("~"), tree)
        | st.tuples(
            st.just("form"),
            st.lists(st.tuples(st.integers(-3, 3), tree), max_size=3),
            st.integers(-3, 3),
        )
    ),
    max_leaves=12,
)


def build(tree, builder, x, *, shared):
    kind, *rest = tree
    if kind == "x":
        return x[rest[0]]
    if kind == "constant":
        return builder.constant(rest[0])
    if kind == "form":
        terms = [weight * build(part, builder, x, shared=shared) for weight, part in rest[0]]
        form = tc.sum(terms) + 1
        return (builder.form(form) if shared else form) >= rest[1]
    parts = [build(part, builder, x, shared=shared) for part in rest]
    if kind == "~":
        return ~parts[0]
    return {"&": parts[0].__and__, "|": parts[0].__or__, "^": parts[0].__xor__}[kind](parts[1])


def evaluate(tree, vector):
    kind, *rest = tree
    if kind == "x":
        return vector[rest[0]]
    if kind == "constant":
        return rest[0]
    if kind == "form":
        return int(sum(weight * evaluate(part, vector) for weight, part in rest[0]) + 1 >= rest[1])
    parts = [evaluate(part, vector) for part in rest]
    return {"~": lambda a: 1 - a, "&": int.__and__, "|": int.__or__, "^": int.__xor__}[kind](*parts)


@given(TREES, st.booleans(), st.booleans(), st.booleans())
def test_expressions_mean_what_they_say(tree, share, fold, shared):
    builder, x = inputs(share=share, fold=fold)
    found = values(builder, build(tree, builder, x, shared=shared))
    assert found == [evaluate(tree, vector) for vector in product((0, 1), repeat=3)]


@given(TREES)
def test_a_named_gate_has_the_value_of_its_expression(tree):
    builder, x = inputs()
    wire = builder.gate(build(tree, builder, x, shared=False))
    found = values(builder, [wire, ~wire])
    assert found == [evaluate(tree, vector) for vector in product((0, 1), repeat=3)]


# What is built --------------------------------------------------------------------------------


def test_xor_is_two_gates_at_depth_two():
    builder, x = inputs(2)
    builder.output("y", x[0] ^ x[1])
    circuit = builder.build()
    assert (circuit.size, circuit.depth) == (2, 2)
    assert [gate.terms for gate in circuit.gates] == [{0: 1, 1: 1}, {0: 1, 1: 1, 2: -2}]


def test_equal_is_three_gates_at_depth_two():
    builder, x = inputs(4)
    builder.output("y", tc.equal(tc.sum(x), 2))
    circuit = builder.build()
    assert (circuit.size, circuit.depth) == (3, 2)
    assert [gate.kind for gate in circuit.gates] == ["k-of-n", "k-of-n", "and"]


@pytest.mark.parametrize("share", [True, False])
def test_discarded_conditions_build_nothing(share):
    builder, x = inputs(share=share, fold=False)
    x[0] >= 1  # noqa: B015
    (x[0] >= 1) & (x[1] + x[2] >= 2)
    (x[0] ^ x[1]) ^ x[2]
    ~(x[0] | x[1])
    tc.equal(tc.sum(x), 1) | (x[0] & x[1])
    2 * (x[0] & x[1]) + 1 >= 2  # noqa: B015
    assert len(builder) == 0
    assert builder.build().size == 0


def test_a_condition_becomes_a_gate_once():
    builder, x = inputs(share=False)
    both = x[0] & x[1]
    builder.output("y", [both, both | x[2], both + x[0] >= 2])
    assert len(builder) == 3


def test_negation_is_absorbed():
    builder, x = inputs(fold=False, share=False)
    inner = ~(x[0] & x[1])
    builder.output("y", ~inner | ~x[2])
    circuit = builder.build()
    assert [(gate.terms, gate.threshold) for gate in circuit.gates] == [
        ({0: 1, 1: 1}, 2),
        ({2: -1, 3: 1}, 0),
    ]


def test_a_chain_of_ten_thousand():
    length = 10_000
    builder, x = inputs(2)
    value = x[0]
    for _ in range(length):
        value = value ^ x[1]
    builder.output("y", ~value)
    circuit = builder.build()
    assert circuit.size == 2 * length
    assert circuit.depth == 2 * length
    del value


def test_texts():
    builder, x = inputs()
    assert repr(x[1]) == "<Wire x[1]>"
    assert repr(builder.constant(1)) == "<Wire constant 1>"
    assert repr(builder.gate(x[0] & x[1])) == "<Wire gate 0>"
    assert repr(x[0] + x[1] + 3) == "<LinearForm: 2 terms, constant 3>"
    assert repr(x[0] + x[1] >= 2) == "<Condition: 2 terms >= 2>"
    assert repr(~x[0]) == "<Negation of <Wire x[0]>>"
    assert repr(builder.form(tc.sum(x))) == "<SharedForm 1>"
