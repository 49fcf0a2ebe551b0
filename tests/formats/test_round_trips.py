"""What every format keeps of any circuit, and what its page says that it cannot hold."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError, LimitError
from tcsim.formats import formats
from tcsim.formats.networkx_graph import from_networkx, to_networkx
from tcsim.formats.registry import find
from tcsim.measure import flat_forms

BOTH_WAYS = [entry.name for entry in formats() if entry.reader and entry.writer]
Table = Callable[[Circuit], list[list[int]]]


def round_trip(name: str, circuit: Circuit) -> Circuit | None:
    """A circuit written and read; None where the format's page says that it refuses it."""
    entry = find(name)
    with suppress(ArgumentError, LimitError):
        return entry.read(entry.write(circuit))
    sizes = [*circuit.thresholds.tolist(), *flat_forms(circuit).weight.tolist()]
    assert max(map(abs, sizes), default=0) >= 2**63
    return None


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_the_function_is_kept(
    name: str, line_named_circuits: st.SearchStrategy[Circuit], table: Table
) -> None:
    @settings(max_examples=25)
    @given(line_named_circuits)
    def check(circuit: Circuit) -> None:
        copy = round_trip(name, circuit)
        if copy is not None:
            assert copy.n_inputs == circuit.n_inputs
            assert table(copy) == table(circuit)

    check()


@pytest.mark.parametrize("name", ["tc", "npz", "json"])
def test_everything_is_kept(name: str, any_circuits: st.SearchStrategy[Circuit]) -> None:
    @settings(max_examples=25)
    @given(any_circuits)
    def check(circuit: Circuit) -> None:
        assert round_trip(name, circuit) == circuit

    check()


def flat_gates(circuit: Circuit) -> list[tuple[dict[int, int], int]]:
    return [(gate.terms, gate.threshold) for gate in circuit.gates]


def test_safetensors_keeps_all_gates_and_ports(
    any_circuits: st.SearchStrategy[Circuit],
) -> None:
    @settings(max_examples=25)
    @given(any_circuits)
    def check(circuit: Circuit) -> None:
        copy = round_trip("safetensors", circuit)
        if copy is not None:
            assert flat_gates(copy) == flat_gates(circuit)
            assert copy.input_names == circuit.input_names
            assert copy.output_names == circuit.output_names
            assert copy.output_wire.tolist() == circuit.output_wire.tolist()

    check()


def test_networkx_keeps_all_but_shared_forms(any_circuits: st.SearchStrategy[Circuit]) -> None:
    @settings(max_examples=25)
    @given(any_circuits)
    def check(circuit: Circuit) -> None:
        if "" in circuit.input_names or "" in circuit.gate_names.values():
            return  # an empty name stands for no name in a graph
        copy = from_networkx(to_networkx(circuit))
        assert flat_gates(copy) == flat_gates(circuit)
        assert copy.gate_names == circuit.gate_names
        assert [g.scope for g in copy.gates] == [g.scope for g in circuit.gates]
        assert copy.input_names == circuit.input_names
        assert copy.output_names == circuit.output_names
        assert copy.output_wire.tolist() == circuit.output_wire.tolist()

    check()


def own_gates(circuit: Circuit) -> int:
    """Outputs that need a gate of their own where an output is the name of a gate."""
    wires = circuit.output_wire.tolist()
    gates = [wire for wire in wires if wire >= circuit.n_inputs]
    free = [
        wire
        for wire, name in zip(wires, circuit.output_names, strict=True)
        if 0 <= wire < circuit.n_inputs and circuit.input_names[wire] == name
    ]
    return len(wires) - len(set(gates)) - len(free)


NAMES = st.sampled_from("abcdefgh")


@st.composite
def simple_circuits(draw: st.DrawFn, *, one_sign: bool = False, least: int = 2) -> Circuit:
    """AND and OR gates of inputs and gates, plain or negated; outputs of any kind."""
    builder = tc.Builder(share=False, fold=False)
    signals: list[tc.Wire] = [builder.input(f"x{i}") for i in range(draw(st.integers(least, 4)))]
    for _ in range(draw(st.integers(0, 6))):
        size = draw(st.integers(least, min(4, len(signals))))
        operands = draw(st.permutations(signals))[:size]
        sign = draw(st.booleans())
        literals = [x if (sign if one_sign else draw(st.booleans())) else ~x for x in operands]
        joined = tc.all(literals) if draw(st.booleans()) else tc.any(literals)
        signals.append(builder.gate(joined))
    for number in range(draw(st.integers(1, 4))):
        builder.output(f"f{number}", draw(st.sampled_from(signals)))
    return builder.build()


@given(simple_circuits())
def test_verilog_and_blif_keep_simple_gates(circuit: Circuit) -> None:
    """AND and OR with any negations, and outputs of any kind, cost nothing more."""
    for name in ("verilog", "blif"):
        copy = round_trip(name, circuit)
        assert copy is not None
        assert copy.size == circuit.size
        assert copy.depth == circuit.depth
        assert copy.input_names == circuit.input_names
        assert copy.output_names == circuit.output_names


@given(simple_circuits(one_sign=True, least=1))
def test_bench_keeps_gates_of_one_sign(circuit: Circuit) -> None:
    copy = round_trip("bench", circuit)
    assert copy is not None
    assert copy.size == circuit.size + own_gates(circuit)
    assert circuit.depth <= copy.depth <= circuit.depth + (own_gates(circuit) > 0)


def test_th_keeps_all_gates(line_named_circuits: st.SearchStrategy[Circuit]) -> None:
    @settings(max_examples=25)
    @given(line_named_circuits)
    def check(circuit: Circuit) -> None:
        copy = round_trip("th", circuit)
        if copy is not None:
            assert flat_gates(copy)[: circuit.size] == flat_gates(circuit)
            assert circuit.depth <= copy.depth <= circuit.depth + 1

    check()


@given(simple_circuits())
def test_th_adds_a_gate_per_output_that_is_none(circuit: Circuit) -> None:
    copy = round_trip("th", circuit)
    assert copy is not None
    assert copy.size == circuit.size + own_gates(circuit)
    assert flat_gates(copy)[: circuit.size] == flat_gates(circuit)
