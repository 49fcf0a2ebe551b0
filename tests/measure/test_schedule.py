"""Processors and live values, against an independent scheduler and brute force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.measure import live_values, processors
from tcsim.strategies import circuits
from tests.measure.oracle import flatten
from tests.measure.test_path import output_gates, paths_up

CIRCUITS = circuits(size=(0, 9), outputs=(0, 3))


def list_schedule(flat, count):
    """Steps of a list schedule: of the ready gates, those with the longest way up go first."""
    height = [max(len(path) for path in paths_up(flat, gate)) for gate in range(len(flat.gates))]
    fired, steps = set(), 0
    while len(fired) < len(flat.gates):
        ready = [
            gate
            for gate in range(len(flat.gates))
            if gate not in fired and fired.issuperset(flat.operands(gate))
        ]
        ready.sort(key=lambda gate: (-height[gate], gate))
        fired.update(ready[:count])
        steps += 1
    return steps


@given(CIRCUITS, st.integers(1, 5))
def test_list_schedule(circuit, count):
    flat = flatten(circuit)
    found = processors(circuit, count)
    assert found.processors == count
    assert found.steps == list_schedule(flat, count)
    work, span = circuit.size, max(flat.levels(), default=0)
    assert found.lower == max(span, -(-work // count))
    assert found.upper == span + (work - span) // count
    assert found.lower <= found.steps <= found.upper
    assert found.speedup == (work / found.steps if work else 1)


@given(CIRCUITS)
def test_one_processor_and_enough(circuit):
    span = int(circuit.levels.max(initial=0))
    assert processors(circuit, 1).steps == circuit.size
    for many in (max(circuit.size, 1), 10**6, 2**80):
        found = processors(circuit, many)
        assert found.steps == found.lower == found.upper == span


@pytest.mark.parametrize("count", [0, -1, 1.5, True, "4", None])
def test_bad_counts(count):
    with pytest.raises(ArgumentError, match="processors"):
        processors(tc.Builder().build(), count)


@given(CIRCUITS)
def test_live_values(circuit):
    flat = flatten(circuit)
    made = [0] * flat.inputs + flat.levels()
    kept = {wire for wire in flat.outputs if wire >= 0}
    expected = []
    for level in range(max(made, default=0) + 1):
        needed = kept.union(
            wire
            for (terms, _), at in zip(flat.gates, flat.levels(), strict=True)
            if at > level
            for wire in terms
        )
        expected.append(sum(made[wire] <= level for wire in needed))
    assert live_values(circuit).tolist() == expected
    assert output_gates(flat) <= {wire - flat.inputs for wire in kept}
