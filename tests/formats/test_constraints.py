"""DIMACS and OPB: their solutions, by trying all assignments, are the runs of the circuit."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError
from tcsim.formats.dimacs import write_dimacs
from tcsim.formats.opb import write_opb


@st.composite
def small_circuits(draw: st.DrawFn) -> tc.Circuit:
    """Two or three inputs, up to three gates of any weights, some of them constant."""
    builder = tc.Builder(share=False, fold=False)
    wires = [builder.input(f"x{i}") for i in range(draw(st.integers(2, 3)))]
    for _ in range(draw(st.integers(1, 3))):
        weights = draw(st.lists(st.integers(-4, 4), min_size=len(wires), max_size=len(wires)))
        wires.append(builder.gate(tc.dot(weights, wires) >= draw(st.integers(-6, 6))))
    builder.output("f", wires[-1])
    builder.output("one", builder.constant(1))
    return builder.build()


def runs(circuit: tc.Circuit, value: int | None = None) -> set[tuple[int, ...]]:
    """Inputs and gates of every run in which the output f is `value`."""
    found = set()
    for row in product((0, 1), repeat=circuit.n_inputs):
        gates = circuit.trace([row])[0].tolist()
        if value is None or circuit(row)[0] == value:
            found.add((*row, *gates))
    return found


def opb_solutions(text: str) -> set[tuple[int, ...]]:
    head, *lines = text.splitlines()
    words = head.split()
    variables, count = int(words[2]), int(words[4])
    constraints = []
    for line in lines:
        if line.startswith("*"):
            continue
        left, right = line.removesuffix(";").split(">=")
        tokens = left.split()
        pairs = [(int(w), int(x[1:]) - 1) for w, x in zip(tokens[::2], tokens[1::2], strict=True)]
        constraints.append((pairs, int(right)))
    assert len(constraints) == count
    assert {x for pairs, _ in constraints for _, x in pairs} <= set(range(variables))
    return {
        row
        for row in product((0, 1), repeat=variables)
        if all(sum(w * row[x] for w, x in pairs) >= bound for pairs, bound in constraints)
    }


@given(small_circuits(), st.sampled_from([None, 0, 1]))
def test_opb(circuit: tc.Circuit, value: int | None) -> None:
    asserted = None if value is None else {"f": value, "one": 1}
    text = write_opb(circuit, asserted=asserted).decode()
    assert opb_solutions(text) == runs(circuit, value)
    assert not opb_solutions(write_opb(circuit, asserted={"one": 0}).decode())


def cnf(text: str) -> tuple[int, list[list[int]]]:
    lines = [line for line in text.splitlines() if not line.startswith("c")]
    _, kind, variables, count = lines[0].split()
    clauses = [[int(word) for word in line.split()] for line in lines[1:]]
    assert (kind, int(count)) == ("cnf", len(clauses))
    assert all(clause[-1] == 0 for clause in clauses)
    return int(variables), [clause[:-1] for clause in clauses]


def models(variables: int, clauses: list[list[int]]) -> list[tuple[int, ...]]:
    """All models, by assigning the variables in order and dropping what breaks a clause."""
    found: list[tuple[int, ...]] = [()]
    by_last: dict[int, list[list[int]]] = {}
    for clause in clauses:
        by_last.setdefault(max(map(abs, clause), default=0), []).append(clause)
    if 0 in by_last:
        return []
    for variable in range(1, variables + 1):
        found = [
            row
            for prefix in found
            for row in ((*prefix, 0), (*prefix, 1))
            if all(
                any(row[abs(x) - 1] == (x > 0) for x in clause)
                for clause in by_last.get(variable, [])
            )
        ]
    return found


@settings(max_examples=30)
@given(small_circuits(), st.sampled_from([None, 0, 1]))
def test_dimacs(circuit: tc.Circuit, value: int | None) -> None:
    asserted = None if value is None else {"f": value, "one": 1}
    variables, clauses = cnf(write_dimacs(circuit, asserted=asserted).decode())
    kept = circuit.n_inputs + circuit.size
    # The gate's clause may stand behind auxiliary variables: renumber those in between.
    found = models(variables, clauses)
    assert {row[:kept] for row in found} == runs(circuit, value)
    assert len(found) == len(runs(circuit, value))  # auxiliary variables are determined
    assert not models(*cnf(write_dimacs(circuit, asserted={"one": 0}).decode()))


def test_the_map_of_variables() -> None:
    builder = tc.Builder()
    a, b = builder.input("a b"), builder.input("é")
    builder.output("f", builder.gate(a & b, "both"))
    builder.output("one", builder.constant(1))
    circuit = builder.build()
    wanted = ["input {}1 a b", "input {}2 \\xe9", "gate {}3 both", "output {}3 f"]
    cnf_text, opb_text = write_dimacs(circuit).decode(), write_opb(circuit).decode()
    for line in wanted:
        assert "c " + line.format("") + "\n" in cnf_text
        assert "* " + line.format("x") + "\n" in opb_text
    assert "c output constant-1 one\n" in cnf_text


def test_opb_of_large_integers() -> None:
    builder = tc.Builder()
    a, b = builder.input("a"), builder.input("b")
    builder.output("f", 10**5000 * a + b >= 10**5000)
    text = write_opb(builder.build())
    assert b"+1" + b"0" * 5000 + b" x1" in text


def test_unknown_outputs() -> None:
    builder = tc.Builder()
    builder.output("f", builder.input("a"))
    circuit = builder.build()
    for write in (write_dimacs, write_opb):
        with pytest.raises(ArgumentError, match="there is no output 'g'; there are f"):
            write(circuit, asserted={"g": 1})
        with pytest.raises(ArgumentError, match="'f' is 0 or 1, not 2"):
            write(circuit, asserted={"f": 2})
