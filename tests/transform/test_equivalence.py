"""Every transform keeps the function, and costs what it promises: on any circuit."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim import measure
from tcsim.circuit import Circuit
from tcsim.measure.majority import dual_rail
from tcsim.strategies import circuits
from tcsim.transform import (
    DEPTH_PER_GATE,
    bounded_fanin,
    compose,
    flatten_to_depth,
    parallel,
    relabel,
    restrict,
    simplification,
    simplify,
    small_weights,
    to_majority_basis,
    to_monotone,
    to_nand,
    to_nor,
    trade_off,
    unroll,
)

SMALL = circuits(inputs=(0, 4), size=(0, 8), weights=(-4, 4))
HEAVY = circuits(inputs=(1, 4), size=(1, 4), weights=(-(2**70), 2**70))


def table(circuit: Circuit) -> list[list[int]]:
    """The outputs on all inputs, by the reference engine."""
    rows = list(itertools.product((0, 1), repeat=circuit.n_inputs))
    batch = np.array(rows, np.uint8).reshape(len(rows), circuit.n_inputs)
    values: list[list[int]] = circuit(batch, engine="reference").tolist()
    return values


def levels(circuit: Circuit) -> tuple[int, ...]:
    """Gates by level, without the trailing level 0 of an empty circuit."""
    return circuit.measures.levels if circuit.size else ()


@given(SMALL | HEAVY)
def test_majority_basis(circuit: Circuit) -> None:
    built, predicted = to_majority_basis(circuit), measure.majority(circuit)
    assert table(built) == table(circuit)
    assert (built.depth, built.size) == (predicted.depth, predicted.size)
    assert not built.size or levels(built) == predicted.levels


@pytest.mark.parametrize(
    ("transform", "predict"),
    [(bounded_fanin, measure.fan_in_2), (to_nand, measure.nand), (to_nor, measure.nor)],
)
@given(circuit=SMALL | HEAVY)
@settings(max_examples=30)
def test_two_input_gates(transform, predict, circuit: Circuit) -> None:
    built, predicted = transform(circuit), predict(circuit)
    assert table(built) == table(circuit)
    found = built.measures
    assert (found.depth, found.size, found.wires) == (
        predicted.depth,
        predicted.size,
        predicted.wires,
    )
    assert not built.size or found.levels == predicted.levels
    assert found.max_fan_in <= predicted.max_fan_in <= 2


@given(SMALL | circuits(inputs=9, size=(1, 3), weights=(1, 1)), st.integers(2, 5))
def test_bounded_fanin(circuit: Circuit, k: int) -> None:
    built, predicted = bounded_fanin(circuit, k), measure.bounded_fanin(circuit, k)
    assert table(built) == table(circuit)
    found = built.measures
    assert (found.depth, found.size, found.wires) == (
        predicted.depth,
        predicted.size,
        predicted.wires,
    )
    assert not built.size or found.levels == predicted.levels
    assert found.max_fan_in <= predicted.max_fan_in <= k


@pytest.mark.parametrize("k", [2, 3, 4, 7])
@pytest.mark.parametrize("n", [2, 3, 4, 5, 8, 9, 10, 16, 17, 28])
def test_trees_are_as_shallow_and_small_as_can_be(n: int, k: int) -> None:
    b = tc.Builder()
    b.output("all", tc.all(b.inputs("x", n)))
    found = bounded_fanin(b.build(), k).measures
    assert found.size == -(-(n - 1) // (k - 1))
    assert k ** (found.depth - 1) < n <= k**found.depth


@pytest.mark.parametrize(("transform", "kinds"), [(to_nand, {"or"}), (to_nor, {"and"})])
@given(circuit=SMALL)
@settings(max_examples=30)
def test_nand_and_nor_are_the_only_gates(transform, kinds, circuit: Circuit) -> None:
    # NAND is an OR of complements, NOR an AND of complements; NOT is either with one operand.
    for gate in transform(circuit).gates:
        assert gate.kind in kinds | {"not", "constant 0", "constant 1"}
        assert all(weight < 0 for weight in gate.terms.values())


@given(SMALL | HEAVY)
def test_monotone(circuit: Circuit) -> None:
    built = to_monotone(circuit)
    rail, predicted = dual_rail(circuit), measure.majority(circuit)
    assert built.depth == predicted.depth_literal
    assert built.size == predicted.size - int(rail.inverted_inputs.sum())
    assert all(weight >= 0 for form in range(built.n_forms) for _, weight in built.terms(form))
    rows = list(itertools.product((0, 1), repeat=circuit.n_inputs))
    batch = []
    for row in rows:
        value = dict(zip(circuit.input_names, row, strict=True))
        value.update({f"not {name}": 1 - bit for name, bit in value.items()})
        batch.append([value[name] for name in built.input_names])
    found = built(np.array(batch, np.uint8).reshape(len(rows), -1), engine="reference")
    assert found.tolist() == table(circuit)


@given(SMALL | HEAVY)
def test_simplify(circuit: Circuit) -> None:
    built, savings = simplification(circuit)
    assert table(built) == table(circuit)
    assert circuit.size - built.size == savings.gates
    assert circuit.depth - built.depth == savings.depth
    assert len(measure.dead_gates(built)) == 0
    again, more = simplification(built)
    assert (more.constant, more.duplicate, more.dead) == (0, 0, 0)
    assert again.size == built.size


@given(SMALL, st.data())
def test_restrict(circuit: Circuit, data: st.DataObject) -> None:
    names = data.draw(st.sets(st.sampled_from(circuit.input_names or ("",)), max_size=3))
    values = {name: data.draw(st.integers(0, 1)) for name in sorted(names - {""})}
    rows = [
        row
        for row in itertools.product((0, 1), repeat=circuit.n_inputs)
        if all(row[circuit.input_names.index(name)] == bit for name, bit in values.items())
    ]
    batch = np.array(rows, np.uint8).reshape(len(rows), circuit.n_inputs)
    wanted = circuit(batch, engine="reference").tolist()
    literal = restrict(circuit, values, simplify=False)
    assert literal.size == circuit.size
    assert table(literal) == wanted
    assert table(restrict(circuit, values)) == wanted


@given(SMALL, circuits(inputs=(0, 3), size=(0, 4), outputs=(0, 3)))
def test_compose(inner: Circuit, outer: Circuit) -> None:
    count = min(inner.n_outputs, outer.n_inputs)
    wiring = dict(zip(outer.input_names[:count], inner.output_names[:count], strict=True))
    outer = relabel(outer, inputs=lambda name: f"outer {name}")
    wiring = {f"outer {name}": source for name, source in wiring.items()}
    built = compose(inner, outer, wiring)
    assert built.size == inner.size + outer.size
    assert built.depth <= inner.depth + outer.depth
    free = outer.n_inputs - count
    wanted = []
    for row in itertools.product((0, 1), repeat=inner.n_inputs + free):
        middle = inner(row[: inner.n_inputs], engine="reference").tolist()[:count]
        wanted.append(outer([*middle, *row[inner.n_inputs :]], engine="reference").tolist())
    assert table(built) == wanted


@given(SMALL, SMALL)
def test_parallel(one: Circuit, two: Circuit) -> None:
    built = parallel(one, two, share_inputs=False)
    assert (built.size, built.depth) == (one.size + two.size, max(one.depth, two.depth))
    assert table(built) == [a + b for a in table(one) for b in table(two)]
    same = parallel(one, one)
    assert same.input_names == one.input_names
    assert table(same) == [row + row for row in table(one)]


@given(SMALL, st.integers(0, 3))
@settings(max_examples=30)
def test_unroll(step: Circuit, times: int) -> None:
    count = min(step.n_inputs, step.n_outputs)
    state = dict(zip(step.output_names[:count], step.input_names[:count], strict=True))
    built = unroll(step, times, state, fresh_inputs=False)
    assert built.size == times * step.size
    others = step.n_inputs - count if times else 0
    for row in itertools.product((0, 1), repeat=count + others):
        carried, last = list(row[:count]), []
        for _ in range(times):
            made = step([*carried, *row[count:]], engine="reference").tolist()
            carried, last = made[:count], made[count:]
        assert built(row, engine="reference").tolist() == carried + last


@given(circuits(inputs=(1, 4), size=(3, 10), weights=(-3, 3)))
@settings(max_examples=30)
def test_flatten_to_depth(circuit: Circuit) -> None:
    bounds = {point.depth: point.size_bound for point in trade_off(circuit)}
    for depth in range(2, circuit.depth):
        built = flatten_to_depth(circuit, depth)
        assert table(built) == table(circuit)
        assert built.depth <= depth
        assert built.size <= bounds.get(depth, built.size)


@given(circuits(inputs=(1, 3), size=(1, 3), weights=(-(2**20), 2**20)))
@settings(max_examples=30)
def test_small_weights(circuit: Circuit) -> None:
    built = small_weights(circuit)
    assert table(built) == table(circuit)
    assert built.depth <= DEPTH_PER_GATE * circuit.depth
    assert built.measures.max_weight <= 2 << max(circuit.measures.max_fan_in.bit_length(), 1)


def test_the_trade_off_is_monotone_and_exponential() -> None:
    b = tc.Builder()
    x = b.inputs("x", 8)
    parity = x[0] ^ x[1]
    for wire in x[2:]:
        parity = parity ^ wire
    b.output("parity", parity)
    circuit = b.build()
    points = trade_off(circuit)
    assert [point.depth for point in points] == list(range(14, 1, -1))
    sizes = [point.size_bound for point in points]
    assert sizes == sorted(sizes)
    assert sizes[-1] == 2**8 + 1
    shallow = flatten_to_depth(circuit, 2)
    # The least DNF of parity: 2**(n-1) minterms and their OR.
    assert (shallow.depth, shallow.size) == (2, 2**7 + 1)


@pytest.mark.parametrize("weights", [(9, 5, 3), (31, -17, 6, 1), (255, 171, 85), (250, 119)])
def test_small_weights_at_every_threshold(weights: tuple[int, ...]) -> None:
    b = tc.Builder(share=False, fold=False)
    x = b.inputs("x", len(weights))
    size = sum(map(abs, weights))
    for threshold in range(-size - 1, size + 2):
        b.output(f"at least {threshold}", tc.dot(weights, x) >= threshold)
    circuit = b.build()
    built = small_weights(circuit)
    assert table(built) == table(circuit)
    assert built.measures.max_weight <= 2 << len(weights).bit_length()
    assert 1 < built.depth <= DEPTH_PER_GATE


@pytest.mark.parametrize("join", [tc.any, tc.all])
def test_flatten_a_chain(join) -> None:
    """A chain of ORs is 1 almost everywhere, one of ANDs almost nowhere: one table row each."""
    b = tc.Builder()
    x = b.inputs("x", 5)
    chain = x[0]
    for wire in x[1:]:
        chain = join([chain, wire])
    b.output("chain", chain)
    circuit = b.build()
    assert circuit.depth == 4
    built = flatten_to_depth(circuit, 2)
    assert table(built) == table(circuit)
    assert built.size == 1


@pytest.mark.parametrize("transform", [simplify, to_majority_basis, bounded_fanin, to_nor])
@given(circuit=circuits(inputs=(1, 3), size=(1, 6), names=st.from_regex(r"\A[a-z]{1,3}\Z")))
@settings(max_examples=25)
def test_names_stay_with_their_function(transform, circuit: Circuit) -> None:
    built = transform(circuit)
    rows = np.array(list(itertools.product((0, 1), repeat=circuit.n_inputs)), np.uint8)
    old, new = circuit.trace(rows), built.trace(rows)
    before = {name: gate for gate, name in circuit.gate_names.items()}
    for gate, name in built.gate_names.items():
        assert (new[:, gate] == old[:, before[name]]).all()


def test_names_are_kept_where_the_gate_is() -> None:
    b = tc.Builder()
    x = b.inputs("x", 3)
    b.output("y", b.gate(b.gate(tc.majority(x), "vote") & x[0], "both"))
    circuit = b.build()
    for transform in (simplify, to_majority_basis, lambda c: restrict(c, {"x[1]": 1})):
        assert {"vote", "both"} >= set(transform(circuit).gate_names.values()) >= {"both"}
