"""The engines agree on circuits of every kind, and with what the gates say in plain words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import FALSE, TRUE, Circuit
from tcsim.errors import ArgumentError
from tcsim.simulate import trace
from tcsim.simulate.engines import choose_engine
from tcsim.simulate.program import compile_program
from tcsim.simulate.reference import reference

FAST = ("bigint", "bits")
ENGINES = (*FAST, "reference")
LANES = (0, 1, 2, 63, 64, 65, 130)

weights = st.one_of(
    st.integers(-3, 3),
    st.sampled_from((-1, 1)),
    st.sampled_from(
        [s * (2**k + d) for s in (-1, 1) for k in (31, 62, 63, 64, 200) for d in (-1, 0)]
    ),
    st.integers(-(2**70), 2**70),
)


@st.composite
def circuits(draw, max_inputs=6, max_forms=8):
    """Circuits of raw arrays: zero weights, empty, shared, nested and unused forms, any outputs."""
    n_inputs = draw(st.integers(0, max_inputs))
    small = draw(st.booleans())
    weight = st.integers(-2, 2) if small else weights
    forms, gates = [], []
    for _ in range(draw(st.integers(0, max_forms))):
        wires = range(n_inputs + len(gates))
        operands = [*(~f for f in range(len(forms))), *wires]
        chosen = draw(st.sets(st.sampled_from(operands), max_size=7)) if operands else set()
        terms = {operand: draw(weight) for operand in sorted(chosen)}
        forms.append(terms)
        for _ in range(draw(st.integers(0, 3))):
            form = draw(st.integers(0, len(forms) - 1))
            # A threshold at, just above or just below a value that the form can nearly take.
            ones = draw(st.sets(st.sampled_from(wires))) if wires else set()
            threshold = _value(forms, form, ones) + draw(st.integers(-1, 1))
            gates.append((form, threshold))
    outputs = draw(st.lists(st.integers(FALSE, n_inputs + len(gates) - 1), max_size=6))
    return Circuit(
        input_names=[f"x{i}" for i in range(n_inputs)],
        form_start=np.cumsum([0, *map(len, forms)]),
        form_operand=[operand for terms in forms for operand in terms],
        form_weight=[w for terms in forms for w in terms.values()],
        gate_form=[form for form, _ in gates],
        gate_threshold=[threshold for _, threshold in gates],
        output_wire=outputs,
        output_names=[f"y{i}" for i in range(len(outputs))],
    )


def _value(forms, form, ones):
    return sum(
        w * ((operand in ones) if operand >= 0 else _value(forms, ~operand, ones))
        for operand, w in forms[form].items()
    )


def _vectors(circuit, count, seed):
    return np.random.default_rng(seed).integers(0, 2, (count, circuit.n_inputs), np.uint8)


@given(circuits(), st.sampled_from(LANES), st.integers(0, 2**32))
def test_engines_agree(circuit, count, seed):
    batch = _vectors(circuit, count, seed)
    want = circuit(batch, engine="reference")
    assert want.shape == (count, circuit.n_outputs)
    assert want.dtype == np.uint8
    for engine in FAST:
        got = circuit(batch, engine=engine)
        assert got.dtype == np.uint8
        np.testing.assert_array_equal(got, want)


@given(circuits(), st.sampled_from(LANES), st.integers(0, 2**32))
def test_traces_agree(circuit, count, seed):
    batch = _vectors(circuit, count, seed)
    want = trace(circuit, batch, engine="reference")
    assert want.shape == (count, circuit.size)
    for engine in FAST:
        np.testing.assert_array_equal(trace(circuit, batch, engine=engine), want)
    np.testing.assert_array_equal(circuit.trace(batch), want)


@given(circuits(), st.integers(1, 4), st.integers(0, 2**32))
def test_engines_agree_on_packed_words(circuit, count, seed):
    words = np.random.default_rng(seed).integers(0, 2**64, (circuit.n_inputs, count), np.uint64)
    want = circuit(words, packed=True, engine="reference")
    for engine in FAST:
        got = circuit(words, packed=True, engine=engine)
        assert got.shape == (circuit.n_outputs, count)
        assert got.dtype == np.uint64
        np.testing.assert_array_equal(got, want)
        values = circuit(tc.unpack(words, 64 * count), engine=engine)
        np.testing.assert_array_equal(tc.unpack(got, 64 * count), values)


@given(circuits(), st.integers(0, 2**64 - 1), st.integers(0, 2**40), st.integers(0, 3))
def test_engines_make_the_same_inputs(circuit, seed, first, count):
    want = choose_engine(circuit, "reference", "outputs", 64)
    for name in FAST:
        engine = choose_engine(circuit, name, "outputs", 64 * count)
        got, expected = engine.random(seed, first, count), want.random(seed, first, count)
        assert got.dtype == np.uint64
        np.testing.assert_array_equal(got, expected)
        np.testing.assert_array_equal(engine.counting(first, count), want.counting(first, count))


@given(circuits(max_inputs=8), st.sampled_from((8, 32)), st.integers(1, 70), st.integers(0, 2**32))
def test_blocks_change_nothing(circuit, pitch, count, seed):
    """Rows and slots are used again from block to block: nothing may leak between blocks."""
    wires = np.concatenate((circuit.output_wire, [FALSE, TRUE]))
    program = compile_program(circuit, wires)
    words = np.random.default_rng(seed).integers(0, 2**64, (circuit.n_inputs, count), np.uint64)
    rows = program.rows(pitch)
    rows[:] = 0xDEAD_BEEF_DEAD_BEEF
    got, again = np.empty((2, len(wires), count), np.uint64)
    program.words(words, got, rows)
    want = reference(circuit, tc.unpack(words, 64 * count), wires)
    np.testing.assert_array_equal(tc.unpack(got, 64 * count), want)
    program.words(words, again, rows)
    np.testing.assert_array_equal(again, got)


@given(circuits())
def test_values_of_constants_inputs_and_repeated_outputs(circuit):
    wires = [FALSE, TRUE, *range(circuit.n_inputs), TRUE, *range(circuit.n_inputs)]
    chosen = circuit.replace(output_wire=wires, output_names=[f"y{i}" for i in range(len(wires))])
    batch = _vectors(circuit, 65, 1)
    zero, one = np.zeros((65, 1), np.uint8), np.ones((65, 1), np.uint8)
    want = np.hstack((zero, one, batch, one, batch))
    for engine in ENGINES:
        np.testing.assert_array_equal(chosen(batch, engine=engine), want)


def _check(circuit, batch, want):
    for engine in FAST:
        np.testing.assert_array_equal(circuit(batch, engine=engine), want)


def _example():
    """Every kind of gate, over shared and nested forms, on six inputs."""
    b = tc.Builder()
    x = b.inputs("x", 6)
    s = b.form(2 * x[0] - 3 * x[1] + x[2])
    u = b.form(x[4] - 2 * s + x[5])
    b.output("and", x[0] & ~x[1] & x[2])
    b.output("or", x[0] | ~x[1])
    b.output("maj", tc.majority(x))
    b.output("s", [s >= t for t in range(-3, 4)])
    b.output("nested", [x[3] - 2 * s + 3 * u >= t for t in range(-9, 12, 4)])
    b.output("big", 2**70 * x[3] - 5 * x[1] - s >= 2**70 - 2)
    b.output("xor", x[0] ^ x[1] ^ x[2])
    b.output("one", b.constant(1))
    b.output("in", x[3])
    return b.build()


def _example_says(x):
    s = 2 * x[0] - 3 * x[1] + x[2]
    u = x[4] - 2 * s + x[5]
    return [
        x[0] and not x[1] and x[2],
        x[0] or not x[1],
        sum(x) > 3,
        *(s >= t for t in range(-3, 4)),
        *(x[3] - 2 * s + 3 * u >= t for t in range(-9, 12, 4)),
        2**70 * x[3] - 5 * x[1] - s >= 2**70 - 2,
        (x[0] + x[1] + x[2]) % 2,
        True,
        x[3],
    ]


@pytest.mark.nojit
@pytest.mark.parametrize("engine", ENGINES)
def test_every_kind_of_gate(engine):
    batch = np.array([[r >> i & 1 for i in range(6)] for r in range(64)] + [[1] * 6], np.uint8)
    want = np.array([_example_says([int(bit) for bit in vector]) for vector in batch], np.uint8)
    np.testing.assert_array_equal(_example()(batch, engine=engine), want)


@pytest.mark.nojit
@pytest.mark.parametrize("count", [1, 3, 4, 5, 17])
def test_sums_of_many_sizes(count):
    """Adders of two and of four literals, waiting carries, and cascades of them."""
    b = tc.Builder()
    x = b.inputs("x", count)
    weights = [1 + (i * 5) % 7 for i in range(count)]
    total = tc.dot(weights, x)
    b.output("y", [total >= t for t in range(1, sum(weights) + 1)])
    batch = np.random.default_rng(count).integers(0, 2, (70, count), np.uint8)
    want = (batch @ np.array(weights))[:, None] >= np.arange(1, sum(weights) + 1)
    _check(b.build(), batch, want)


@pytest.mark.parametrize("fan_in", [63, 64, 100, 1001])
def test_majority_counts(fan_in):
    b = tc.Builder()
    b.output("vote", tc.majority(b.inputs("x", fan_in)))
    batch = np.random.default_rng(0).integers(0, 2, (3000, fan_in), np.uint8)
    # Rows right at the threshold: sums of exactly fan_in // 2 and one more.
    for row, ones in enumerate((fan_in // 2, fan_in // 2 + 1, 0, fan_in)):
        batch[row] = np.arange(fan_in) < ones
    want = 2 * batch.sum(axis=1, dtype=np.int64) > fan_in
    _check(b.build(), batch, want[:, None])


def test_huge_weights_decide():
    """2**200 and its neighbors differ only in the lowest of 201 columns."""
    thresholds = (1, 2, 3, 2**200, 2**200 + 1, 2 - 2**200)
    b = tc.Builder()
    x = b.inputs("x", 3)
    form = 2**200 * x[0] - (2**200 - 1) * x[1] + x[2]
    b.output("y", [form >= t for t in thresholds])
    circuit = b.build()
    batch = [[r >> i & 1 for i in range(3)] for r in range(8)]
    sums = [2**200 * p - (2**200 - 1) * q + r for p, q, r in batch]
    want = [[s >= t for t in thresholds] for s in sums]
    for engine in ENGINES:
        np.testing.assert_array_equal(circuit(batch, engine=engine), want)


def test_sums_of_int64_weights_do_not_overflow():
    """Each weight fits int64, their sum does not."""
    b = tc.Builder()
    x = b.inputs("x", 8)
    total = (2**63 - 1) * tc.sum(x)
    b.output("y", [total >= k * (2**63 - 1) for k in range(1, 9)])
    b.output("z", [-total >= -k * (2**63 - 1) for k in range(8)])
    circuit = b.build()
    assert not circuit.big_weights
    batch = np.array([[r >> i & 1 for i in range(8)] for r in range(256)])
    ones = batch.sum(axis=1)[:, None]
    want = np.hstack((ones >= np.arange(1, 9), ones <= np.arange(8)))
    _check(circuit, batch, want)


def test_a_long_chain_of_nested_forms():
    """s[i+1] = s[i] + x[i]: no recursion, and one addition a form."""
    b = tc.Builder()
    x = b.inputs("x", 3000)
    s = b.form(x[0])
    for wire in x[1:]:
        s = b.form(s + wire)
    b.output("y", s >= 1500)
    circuit = b.build()
    batch = np.random.default_rng(0).integers(0, 2, (4, 3000), np.uint8)
    want = batch.sum(axis=1, dtype=np.int64) >= 1500
    for engine in ENGINES:
        np.testing.assert_array_equal(circuit(batch, engine=engine)[:, 0], want)


@pytest.mark.parametrize("engine", ENGINES)
def test_batches_of_any_layout(engine):
    circuit = _example()
    rng = np.random.default_rng(0)
    words = rng.integers(0, 2**64, (12, 6), np.uint64)
    bits = rng.integers(0, 2, (260, 12), np.uint8)
    for frozen in (words, bits):
        frozen.flags.writeable = False
    want = circuit(np.ascontiguousarray(bits[::2, ::-2]), engine="reference")
    np.testing.assert_array_equal(circuit(bits[::2, ::-2], engine=engine), want)
    np.testing.assert_array_equal(circuit(bits[::2, ::-2] > 0, engine=engine), want)
    np.testing.assert_array_equal(
        circuit(np.asfortranarray(bits[::2, ::-2]).astype(">i4"), engine=engine), want
    )
    want = circuit(np.ascontiguousarray(words[::-2, ::2]), packed=True, engine="reference")
    np.testing.assert_array_equal(circuit(words[::-2, ::2], packed=True, engine=engine), want)


def test_an_unknown_engine_is_named():
    with pytest.raises(ArgumentError, match=r"engine is 'fast'; there are 'auto', 'bigint', "):
        _example()([0] * 6, engine="fast")


def test_sums_without_digits():
    """Empty forms that others use have nothing to clear, add or compare."""
    empty, inputs = 1000, 4
    circuit = Circuit(
        input_names=[f"x{i}" for i in range(inputs)],
        form_start=[0] * (empty + 1) + [empty + inputs],
        form_operand=[*range(-empty, inputs)],
        form_weight=[1] * (empty + inputs),
        gate_form=[empty],
        gate_threshold=[2],
        output_wire=[inputs],
        output_names=["y"],
    )
    batch = _vectors(circuit, 70, 0)
    for engine in FAST:
        np.testing.assert_array_equal(
            circuit(batch, engine=engine), circuit(batch, engine="reference")
        )


def test_packed_rows_in_any_order():
    b = tc.Builder()
    x = b.inputs("x", 5)
    b.output("y", [tc.majority(x), x[0] & ~x[1]])
    circuit = b.build()
    words = np.random.default_rng(0).integers(0, 2**64, (5, 3), np.uint64)
    for engine in FAST:
        got = circuit(words[::-1], packed=True, engine=engine)
        want = circuit(words[::-1].copy(), packed=True, engine="reference")
        np.testing.assert_array_equal(got, want)
