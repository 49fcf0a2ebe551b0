"""Circuits as ANDs of two literals: right on every gate that has this form, refused elsewhere."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim import _accelerate
from tcsim.circuit import Circuit
from tcsim.literals import Literals, and_literals


def of_gates(n: int, gates: list[tuple[list[tuple[int, int]], int]]) -> Circuit:
    """A circuit of gates of (wire, weight) pairs and a threshold; each gate is an output."""
    terms = [pair for pairs, _ in gates for pair in pairs]
    return Circuit(
        input_names=[f"i{k}" for k in range(n)],
        form_start=np.cumsum([0, *(len(pairs) for pairs, _ in gates)]),
        form_operand=[wire for wire, _ in terms],
        form_weight=[weight for _, weight in terms],
        gate_form=list(range(len(gates))),
        gate_threshold=[threshold for _, threshold in gates],
        output_wire=[n + g for g in range(len(gates))],
        output_names=[f"o{g}" for g in range(len(gates))],
    )


def values(n: int, found: Literals) -> list[list[int]]:
    """The values of the gates on every input vector, by the definition of `Literals`."""
    rows = []
    for row in range(1 << n):
        wires = [row >> k & 1 for k in range(n)]
        for (one, two), flip in zip(found.pairs.tolist(), found.flip.tolist(), strict=True):
            wires.append((wires[one >> 1] ^ one & 1) & (wires[two >> 1] ^ two & 1) ^ flip)
        rows.append(wires[n:])
    return rows


@pytest.fixture(params=["lists", "compiled"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to run a kernel."""
    if request.param == "compiled":
        monkeypatch.setattr(_accelerate, "COMPILE_ABOVE", -1)
        monkeypatch.setattr(_accelerate, "COMPILED_ABOVE", -1)


@pytest.mark.usefixtures("way")
def test_every_gate_of_two_operands() -> None:
    some = range(-3, 4)
    gates = [([(0, u), (1, v)], t) for u, v, t in product(some, some, range(-7, 8))]
    gates += [([(wire, u)], t) for wire in (0, 1) for u, t in product(some, range(-4, 5))]
    gates += [([], t) for t in (-1, 0, 1)]
    circuit = of_gates(2, gates)
    found = and_literals(circuit)
    assert found is not None
    assert found.pairs.dtype == np.int32
    assert found.flip.dtype == np.uint8
    np.testing.assert_array_equal(values(2, found), circuit.truth_table())


@given(st.data())
def test_gates_that_read_gates_and_share_forms(data: st.DataObject) -> None:
    n, gates = data.draw(st.integers(0, 3)), []
    small = st.integers(-3, 3)
    for gate in range(data.draw(st.integers(1, 8))):
        wires = data.draw(st.sets(st.integers(0, n + gate - 1), max_size=2)) if n + gate else ()
        gates.append(([(wire, data.draw(small)) for wire in sorted(wires)], data.draw(small)))
    circuit = of_gates(n, gates)
    form = data.draw(st.integers(0, circuit.size - 1))
    # A gate at the end compares the form of another.
    circuit = circuit.replace(
        gate_form=[*circuit.gate_form, form],
        gate_threshold=[*circuit.gate_threshold, data.draw(small)],
        gate_scope=[0] * (circuit.size + 1),
        output_wire=[*circuit.output_wire, n + circuit.size],
        output_names=[*circuit.output_names, "again"],
    )
    if any(not pairs for pairs, _ in gates) and not n:
        assert and_literals(circuit) is None
        return
    found = and_literals(circuit)
    assert found is not None
    assert values(n, found) == circuit.truth_table().tolist()


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("circuit", "why"),
    [
        (of_gates(3, [([(0, 1), (1, 1)], 2), ([(0, 1), (1, 1), (2, 1)], 2)]), "three operands"),
        (of_gates(3, [([], 0), ([(0, 1), (1, 1), (2, 1)], 2)]), "three operands beside none"),
        (of_gates(0, [([], 0)]), "a constant without an input"),
        (of_gates(2, [([(0, 2**61 + 1), (1, 1)], 2)]), "a large weight"),
        (of_gates(2, [([(0, 1), (1, -(2**61) - 1)], 2)]), "a large negative weight"),
        (of_gates(2, [([(0, 2**70), (1, 1)], 2)]), "a weight beyond int64"),
        (of_gates(2, [([(0, 1), (1, 1)], 2**70)]), "a threshold beyond int64"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused(circuit: Circuit, why: str) -> None:
    assert and_literals(circuit) is None, why


@pytest.mark.usefixtures("way")
def test_nested_forms_are_refused() -> None:
    circuit = of_gates(2, [([(0, 1), (1, 1)], 2), ([(~0, 1), (0, 1)], 2)])
    assert and_literals(circuit) is None


@pytest.mark.usefixtures("way")
def test_weights_at_the_bound() -> None:
    circuit = of_gates(2, [([(0, 2**61), (1, 2**61)], 2**62), ([(0, -(2**61))], -(2**63) + 1)])
    found = and_literals(circuit)
    assert found is not None
    assert values(2, found) == circuit.truth_table().tolist()


def test_no_gates() -> None:
    b = tc.Builder()
    b.output("y", b.inputs("x", 1)[0])
    found = and_literals(b.build())
    assert found is not None
    assert found.pairs.shape == (0, 2)
