"""Verdicts against truth tables; what a verdict rests on; planted differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.equivalence import Verdict, deciding, equivalent, simulation
from tcsim.errors import ArgumentError, LimitError, TcsimError
from tcsim.strategies import circuits
from tests.equivalence.multipliers import multiplier

METHODS = ["auto", "exhaustive", "sampled", "sat", "linear"]
PAIRED = circuits(inputs=3, outputs=2, weights=(-3, 3))


def parity(n: int, chain: bool) -> tc.Circuit:
    b = tc.Builder()
    x = b.inputs("x", n)
    if chain:
        odd = x[0]
        for wire in x[1:]:
            odd = odd ^ wire
    else:
        ranks = [tc.sum(x) >= k for k in range(1, n + 1)]
        odd = tc.sum(ranks[0::2]) - tc.sum(ranks[1::2]) >= 1
    b.output("odd", odd)
    return b.build()


@pytest.mark.parametrize("method", METHODS)
@given(a=PAIRED, b=PAIRED, same=st.booleans())
@settings(max_examples=15)
def test_a_verdict_is_that_of_the_truth_tables(
    method: str, a: tc.Circuit, b: tc.Circuit, same: bool
) -> None:
    if same:
        b = tc.transform.to_nand(a)
    a = a.replace(input_names="xyz", output_names="pq")
    b = b.replace(input_names="xyz", output_names="pq")
    # The same wires at other places: z, x, y and q, p.
    turned = tc.Builder()
    wires = {name: turned.input(name) for name in "zxy"}
    copies = tc.transform.relabel(b, inputs=lambda name: name)
    outputs = _copied(copies, turned, [wires[name] for name in "xyz"])
    for name, place in (("q", 1), ("p", 0)):
        turned.output(name, outputs[place])
    other = turned.build()
    rows = (np.arange(8)[:, None] >> np.arange(3)) & 1
    left, right = a(rows, engine="reference"), b(rows, engine="reference")
    result = equivalent(a, other, method=method)
    if not (left == right).all():
        assert result.verdict is Verdict.DIFFERENT
        example = result.counterexample
        row = int(example.inputs @ (1 << np.arange(3)))
        assert (example.outputs_a == left[row]).all()
        assert (example.outputs_b == right[row]).all()
        assert example.places == np.flatnonzero(left[row] != right[row]).tolist() != []
        assert not result
    elif method == "sampled" and result.method != "identical":
        assert result.verdict is Verdict.UNDECIDED
    else:
        assert result.verdict is Verdict.EQUIVALENT
        assert result


def _copied(circuit: tc.Circuit, b: tc.Builder, inputs: list[object]) -> list[object]:
    wires = list(inputs)
    for gate in range(circuit.size):
        terms = circuit.expand(int(circuit.gate_form[gate]))
        form = tc.dot(list(terms.values()), [wires[w] for w in terms])
        wires.append(b.gate(form >= circuit.threshold(gate)))
    ends = circuit.output_wire.tolist()
    return [wires[w] if w >= 0 else b.constant(w + 2) for w in ends]


def test_identical_circuits_are_not_evaluated() -> None:
    result = equivalent(parity(40, chain=True), parity(40, chain=True))
    assert (result.method, result.vectors) == ("identical", 0)


@pytest.mark.parametrize(("limit", "method"), [(6, "exhaustive"), (4, "exhaustive"), (None, "sat")])
def test_auto(monkeypatch: pytest.MonkeyPatch, limit: int | None, method: str) -> None:
    """All vectors to 20 inputs; to 30 if they fit into the time; then SAT."""
    monkeypatch.setattr(deciding, "EXHAUSTIVE_FIRST", limit or 0)
    if limit is None:
        monkeypatch.setattr(deciding, "EXHAUSTIVE_LIMIT", 0)
    result = equivalent(parity(5, chain=True), parity(5, chain=False))
    assert (result.verdict, result.method) == (Verdict.EQUIVALENT, method)
    ways = {6: ["exhaustive"], 4: ["sampled", "exhaustive"], None: ["sampled", "sat"]}[limit]
    assert [each.method for each in result.tried] == ways


def test_what_does_not_fit_into_the_time_is_not_begun() -> None:
    ticks = iter(range(1000))
    a, b = parity(20, chain=True), parity(20, chain=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulation.time, "monotonic", lambda: float(next(ticks)))
        inputs = deciding.match(a.input_names, b.input_names, "inputs")
        outputs = deciding.match(a.output_names, b.output_names, "outputs")
        blocks = deciding.vectors.every_vector(20, 16)
        found = simulation.search(a, b, inputs, outputs, blocks, 2**20, deadline=500.0, fits=10.0)
        # 1,024 blocks at a second each: found out after 11 of them.
        assert (found.complete, found.vectors) == (False, 11 * 1024)


@pytest.mark.parametrize("method", ["exhaustive", "sampled", "sat", "auto"])
def test_a_dropped_carry_is_found(method: str) -> None:
    a, b = multiplier(6), multiplier(6, other=True, wrong=True)
    result = equivalent(a, b, method=method)
    assert result.verdict is Verdict.DIFFERENT
    x, y = (int(result.counterexample.inputs[i : i + 6] @ (1 << np.arange(6))) for i in (0, 6))
    assert int(result.counterexample.outputs_a @ (1 << np.arange(12))) == x * y
    assert 11 in result.counterexample.places


@pytest.mark.parametrize("method", ["exhaustive", "sat"])
def test_different_multipliers(method: str) -> None:
    n = 8 if method == "exhaustive" else 5
    assert equivalent(multiplier(n), multiplier(n, other=True), method=method)


@pytest.mark.slow
def test_different_multipliers_of_15_bits() -> None:
    result = equivalent(
        multiplier(15), multiplier(15, other=True), method="exhaustive", time_limit=None
    )
    assert result
    assert result.vectors == 2**30


def test_weighted_gates_by_linear_constraints() -> None:
    """Too much for adders; the solver of linear constraints decides at once, or refuses."""
    ways = []
    for scale in (1, 3):
        b = tc.Builder()
        x = b.inputs("x", 60)
        b.output(
            "y", tc.dot([scale * (7 * k + 1) for k in range(60)], x) >= scale * 6000 - scale + 1
        )
        ways.append(b.build())
    result = equivalent(*ways, method="linear")
    assert (result.verdict, result.method) == (Verdict.EQUIVALENT, "linear")
    result = equivalent(*ways, time_limit=2)
    assert (result.verdict, result.method) == (Verdict.EQUIVALENT, "linear")
    assert [each.method for each in result.tried] == ["sampled", "sat", "linear"]
    b = tc.Builder()
    x = b.inputs("x", 60)
    b.output("y", tc.dot([2**100, *[1] * 59], x) >= 2**100)
    with pytest.raises(LimitError, match="take method sat"):
        equivalent(ways[0], b.build(), method="linear")


def test_undecided_at_the_time_limit() -> None:
    result = equivalent(multiplier(16), multiplier(16, other=True), time_limit=0)
    assert result.verdict is Verdict.UNDECIDED
    assert not result
    assert [each.method for each in result.tried] == ["sampled", "sat"]
    assert result.tried[1].numbers["open_outputs"] > 0
    result = equivalent(multiplier(8), multiplier(8, other=True), time_limit=0, method="linear")
    assert result.verdict is Verdict.UNDECIDED
    result = equivalent(multiplier(13), multiplier(13), time_limit=0, method="exhaustive")
    assert result.method == "identical"
    result = equivalent(
        multiplier(13), multiplier(13, other=True), time_limit=0, method="exhaustive"
    )
    assert result.verdict is Verdict.UNDECIDED
    assert 0 < result.vectors < 2**26


def test_wires_are_matched_by_position_on_request() -> None:
    b = tc.Builder()
    x, y = b.input("x"), b.input("y")
    b.output("q", x & ~y)
    a = b.build()
    turned = a.replace(input_names=("y", "x"))
    assert equivalent(a, turned, by_name=False)
    result = equivalent(a, turned)
    assert (result.verdict, result.inputs_matched_by) == (Verdict.DIFFERENT, "name")


def test_an_engine_that_errs_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A counterexample is evaluated by the reference engine before it is reported."""
    right = tc.Circuit.__call__

    def wrong(circuit: tc.Circuit, batch: object, *, engine: str = "auto", **options: object):
        values = right(circuit, batch, engine=engine, **options)
        return values if engine == "reference" or circuit.depth == 2 else ~values

    monkeypatch.setattr(tc.Circuit, "__call__", wrong)
    with pytest.raises(TcsimError, match="reference engine sees no difference"):
        equivalent(parity(4, chain=True), parity(4, chain=False))


def test_errors() -> None:
    a = parity(3, chain=True)
    with pytest.raises(ArgumentError, match="A has 3 inputs, B has 4"):
        equivalent(a, parity(4, chain=True))
    with pytest.raises(ArgumentError, match="method is 'magic'; there are 'auto'"):
        equivalent(a, a, method="magic")
    with pytest.raises(ArgumentError, match="samples must be a positive integer, not 0"):
        equivalent(a, a, samples=0)
    with pytest.raises(ArgumentError, match="time_limit is -1"):
        equivalent(a, a, time_limit=-1)
    with pytest.raises(ArgumentError, match=r"positive integer, not 2\.5"):
        equivalent(a, a, samples=2.5)
    with pytest.raises(ArgumentError, match="seed must be an integer of at least 0, not -1"):
        equivalent(a, a, seed=-1)
    with pytest.raises(ArgumentError, match=r"b must be a Circuit .* not list"):
        equivalent(a, [0, 1])
    with pytest.raises(ArgumentError, match="time_limit is '3'"):
        equivalent(a, a, time_limit="3")
    with pytest.raises(ArgumentError, match="time_limit is nan"):
        equivalent(a, a, time_limit=float("nan"))
    with pytest.raises(LimitError, match="at most 30 inputs, not 31"):
        equivalent(parity(31, chain=True), parity(31, chain=False), method="exhaustive")
