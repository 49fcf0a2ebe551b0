"""Strict alternating circuits: their restrictions, the map to them, the gap above them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reductions import rule
from reductions.problems.alternating_circuits import Alternating
from reductions.problems.circuit_value import levels, table_of, wire_values
from reductions.problems.circuits import Monotone
from reductions.problems.do1_gap import depth_of_ones
from reductions.problems.gate_kinds import AND, BUFFER, OR
from reductions.problems.strict_alternating import (
    FRESH,
    STRICT_ALTERNATING,
    StrictAlternating,
    of_rows,
)
from reductions.problems.strict_do1_gap import StrictDepthGap
from reductions.rules import strict_alternating_cvp_strict_do1_gap as gap
from reductions.strategies import instances
from tcsim.errors import ArgumentError

NORMAL_FORM = "monotone_cvp_strict_alternating_cvp"
GAP = "strict_alternating_cvp_strict_do1_gap"


def require_strict(one):
    """The restrictions once more, from the definition."""
    n, table = len(one.values), one.gates
    kinds = dict(enumerate(table.kind.tolist(), n))
    reads = dict.fromkeys(range(n + one.circuit.size), 0)
    for gate, kind in kinds.items():
        wires = [wire for wire in table.operands[gate - n].tolist() if wire >= 0]
        assert len(wires) == len(set(wires)) == 2
        for wire in wires:
            reads[wire] += 1
            assert kind == OR if wire < n else {kind, kinds[wire]} == {AND, OR}
    assert all(count <= (1 if wire < n else 2) for wire, count in reads.items())
    assert kinds[one.output] == OR
    assert reads[one.output] == 0


@given(instances("monotone_cvp"))
def test_normal_form(source):
    mapped = rule(NORMAL_FORM).run(source)
    require_strict(mapped.instance)
    require_strict(rule(NORMAL_FORM).second(source))
    before, after = wire_values(source), wire_values(mapped.instance)
    assert [after[image] for image in mapped.images.same] == before
    assert mapped.instance.circuit.size <= 12 * source.circuit.size + len(source.values) + 4


def test_normal_form_of_a_wire_that_many_read():
    readers = 37
    rows = [(BUFFER, 0), *((BUFFER, 1) for _ in range(readers))]
    source = Monotone.of_gates(b"\1", *table_of(rows), readers)
    target = rule(NORMAL_FORM)(source)
    require_strict(target)
    assert wire_values(target)[target.output] == 1
    # Trees, not chains: the depth grows with the logarithm of the number of readers.
    assert max(levels(target)) <= 1 + 2 + 3 * 2 + 2 * 2 * (readers + 1).bit_length()


@given(instances("strict_alternating_cvp"))
def test_the_strict_gap(source):
    target = rule(GAP)(source)
    require_strict(target.circuit)
    one = wire_values(source)[source.output]
    depth = depth_of_ones(target.circuit)
    assert depth >= target.threshold if one else depth < target.epsilon * target.threshold


@given(st.integers(1, 10**6), st.fractions(Fraction(1, 1000), Fraction(999, 1000)))
def test_there_are_no_more_pairs_than_needed(gates, epsilon):
    length = gap.pairs(gates, epsilon)
    assert length % 2 == 0
    assert epsilon * (length + 1) > gates >= epsilon * (length - 1)


@pytest.mark.parametrize("epsilon", [Fraction(1, 7), Fraction(3, 5), Fraction(49, 50)])
def test_any_epsilon(epsilon):
    one = gap.rule(epsilon)
    assert all(holds for _, holds in one.invariant.steps())
    for instance in STRICT_ALTERNATING.every(2):
        target = one(instance)
        assert one.target.promise(target)
        assert one.target.decide(target) == one.source.decide(instance)
        assert (
            one.target.sizes(target)["gates"]
            == one.overhead.at(one.source.sizes(instance))["gates"]
        )
    tape, program = one.metered.run(instance)
    assert program.run(tape).output == one.metered.describe(target)


@settings(max_examples=30)
@given(instances("strict_alternating_cvp"))
def test_the_problem_accepts_what_is_strict(one):
    require_strict(one)


def refused(rows, n, output, match):
    with pytest.raises(ArgumentError, match=match):
        StrictAlternating.of_gates(bytes(n), *table_of(rows), output)


def test_refusals():
    ors = [(OR, 0, 1), (OR, 2, 3)]
    both = [*ors, (AND, 4, 5)]
    refused([(AND, 0, 1)], 2, 2, "gate 0 is an AND of an input")
    refused([(OR, 0, 1), (OR, 1, 2)], 3, 4, "input 1 is read twice")
    refused([*ors, *both[2:] * 3, (OR, 6, 7)], 4, 9, "gate 0 is read more than twice")
    refused(both, 4, 6, "the output is no OR")
    refused(both, 4, 4, "or it is read")
    refused(ors, 4, 0, "the output is no OR")
    refused([(OR, 0, 1), (BUFFER, 2)], 2, 3, "none of: and of 2, or of 2")
    refused([(OR, 0, 1), (OR, 2, 3)], 3, 4, "must alternate")
    circuit = Alternating.of_gates(b"\0", *table_of([(BUFFER, 0)]), 1)
    with pytest.raises(ArgumentError, match="StrictAlternating"):
        StrictDepthGap(circuit, 1, Fraction(1, 2))
    with pytest.raises(ArgumentError, match="epsilon"):
        gap.rule(Fraction(1))


def test_fresh_inputs_in_the_order_of_reading():
    one = of_rows([(OR, FRESH, FRESH), (OR, FRESH, FRESH), (AND, 0, 1), (OR, 2, FRESH)], bytes(5))
    assert one.gates.operands[:, :2].tolist() == [[0, 1], [2, 3], [5, 6], [4, 7]]
    assert np.count_nonzero(one.gates.kind == AND) == 1
