"""Merging decides large circuits that are alike inside; its proofs hold."""

from __future__ import annotations

import itertools
import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim import transform
from tcsim.equivalence import Proof, Verdict, equivalent
from tcsim.equivalence.graph import AndGraph
from tcsim.equivalence.prover import Prover
from tcsim.errors import ArgumentError, MissingExtraError
from tcsim.strategies import circuits
from tests.equivalence.multipliers import multiplier


def random_circuit(
    size: int, seed: int, *, inputs: int = 64, rewritten: bool = False, wrong: int | None = None
) -> tc.Circuit:
    """A random circuit of weighted gates; rewritten, every gate is written in another way.

    Args:
        size: gates, at least; a XOR counts as one.
        seed: of the choices that both circuits share.
        inputs: number of inputs.
        rewritten: whether in another way.
        wrong: which gate has a threshold that is off by one.
    """
    choose, coin = random.Random(seed), random.Random(seed + 1)
    b = tc.Builder()
    wires = list(b.inputs("x", inputs))
    while len(wires) < size + inputs:
        # Mostly recent wires, so that the circuit is deep; XORs keep it from becoming constant.
        count = choose.randint(2, 4)
        chosen = [wires[-1 - int(choose.expovariate(1 / 60)) % len(wires)] for _ in range(count)]
        weights = [choose.choice([-2, -1, 1, 1, 2]) for _ in chosen]
        low, high = sum(w for w in weights if w < 0), sum(w for w in weights if w > 0)
        limit = choose.randint(low + 1, max(high, low + 1)) + (len(wires) - inputs == wrong)
        form, rest = tc.dot(weights, chosen), tc.dot(weights[1:], chosen[1:])
        first, way = chosen[0], coin.randrange(3)
        if choose.random() < 0.4:
            new = first ^ chosen[1]
            if rewritten:
                new = ~((first & chosen[1]) | (~first & ~chosen[1]))
        elif not rewritten:
            new = form >= limit
        elif way == 0:
            new = 3 * form >= 3 * limit - 2
        elif way == 1:
            new = ~b.gate(-1 * form >= 1 - limit)
        else:
            new = (first & (rest >= limit - weights[0])) | (~first & (rest >= limit))
        wires.append(b.gate(new))
    b.output("y", wires[-30:])
    return b.build()


@pytest.mark.parametrize(
    "change",
    [transform.simplify, transform.to_nand, transform.bounded_fanin, transform.to_majority_basis],
)
@pytest.mark.parametrize("name", ["adder", "bar"])
def test_transforms_of_benchmarks(root: Path, name: str, change) -> None:
    circuit = tc.read(root / f"tests/data/epfl/{name}.aig")
    result = equivalent(circuit, change(circuit))
    assert result.verdict is Verdict.EQUIVALENT
    assert result.method in ("sat", "identical")


@pytest.mark.parametrize("name", ["div"])
@pytest.mark.slow
def test_transforms_of_a_large_benchmark(root: Path, name: str) -> None:
    circuit = tc.read(root / f"tests/data/epfl/{name}.aig")
    for change in (transform.simplify, transform.to_nand):
        assert equivalent(circuit, change(circuit), time_limit=None)


@pytest.mark.parametrize("steps", [("balancing",), ("sop_refactoring", "aig_cut_rewriting")])
@pytest.mark.parametrize("name", ["adder", "bar"])
def test_resynthesis_by_another_tool(
    root: Path, tmp_path: Path, name: str, steps: tuple[str, ...]
) -> None:
    pytest.importorskip("aigverse", reason="needs aigverse: pip install '.[test]'")
    from aigverse import algorithms
    from aigverse import io as files

    path = root / f"tests/data/epfl/{name}.aig"
    network = files.read_aiger_into_aig(str(path))
    for step in steps:
        network = getattr(algorithms, step)(network)
    files.write_aiger(network, str(tmp_path / "other.aig"))
    result = equivalent(tc.read(path), tc.read(tmp_path / "other.aig"))
    assert result.verdict is Verdict.EQUIVALENT


def test_rewritten_gates() -> None:
    a, b = random_circuit(400, 5), random_circuit(400, 5, rewritten=True)
    result = equivalent(a, b)
    assert (result.verdict, result.method) == (Verdict.EQUIVALENT, "sat")
    assert result.tried[-1].numbers["merged"] > 50


def test_ten_thousand_gates() -> None:
    a = random_circuit(8_000, 5)
    assert a.size >= 10_000
    result = equivalent(a, transform.simplify(a))
    assert (result.verdict, result.method) == (Verdict.EQUIVALENT, "sat")


@pytest.mark.slow
def test_ten_thousand_rewritten_gates() -> None:
    a, b = random_circuit(8_000, 5), random_circuit(8_000, 5, rewritten=True)
    assert equivalent(a, transform.to_nand(a), method="sat", time_limit=None)
    assert equivalent(a, b, method="sat", time_limit=None)


@pytest.mark.parametrize("wrong", range(0, 300, 30))
def test_one_wrong_gate(wrong: int) -> None:
    """Some are seen at the outputs, some are not: as all vectors say."""
    a = random_circuit(300, 5, inputs=10)
    b = random_circuit(300, 5, inputs=10, rewritten=True, wrong=wrong)
    verdicts = [equivalent(a, b, method=method).verdict for method in ("sat", "exhaustive")]
    assert verdicts[0] is verdicts[1]


def test_nodes_of_which_one_implies_the_other() -> None:
    graph = AndGraph(2)
    x, both = 2, graph.conjunction(2, 4)
    prover = Prover(graph, graph.left, graph.right, float("inf"), None)
    assert prover.equal(both, x, None) is False
    assert prover.model == {1}
    assert prover.equal(both ^ 1, x ^ 1, None) is False
    assert prover.equal(both, 0, None) is False
    assert prover.model == {1, 2}
    prover.close()


@pytest.mark.parametrize("place", [0x0123456789ABCDEF, 0x0123456789ABCDEE])
def test_a_difference_that_no_sample_finds(place: int) -> None:
    """One of 2**64 vectors, where the first circuit is 0 or 1: the solver must find it."""
    ways = []
    for secret in (None, place):
        b = tc.Builder()
        x = b.inputs("x", 64)
        odd = x[0]
        for wire in x[1:]:
            odd = odd ^ wire
        if secret is not None:
            hit = tc.all([wire if secret >> i & 1 else ~wire for i, wire in enumerate(x)])
            odd = odd ^ hit
        b.output("y", odd)
        ways.append(b.build())
    result = equivalent(*ways)
    assert (result.verdict, result.method) == (Verdict.DIFFERENT, "sat")
    number = sum(int(bit) << i for i, bit in enumerate(result.counterexample.inputs))
    assert number == place


@given(circuits(inputs=(0, 5), size=(0, 12), weights=(-4, 4)))
def test_a_graph_computes_its_circuit(circuit: tc.Circuit) -> None:
    n = circuit.n_inputs
    graph = AndGraph(n)
    ends = graph.add(circuit, range(2, 2 * n + 2, 2))
    for row in itertools.product((0, 1), repeat=n):
        values = [0, *row]
        for node in range(n + 1, len(graph)):
            left, right = graph.left[node], graph.right[node]
            values.append((values[left >> 1] ^ left & 1) & (values[right >> 1] ^ right & 1))
        found = [values[end >> 1] ^ end & 1 for end in ends]
        assert found == circuit(row, engine="reference").tolist()


# Proofs: a checker of its own, which shares nothing with the solver ---------------------------


def refuted(proof: Proof) -> bool:
    """Whether every lemma follows by unit propagation, the empty clause in the end."""
    clauses: list[tuple[int, ...]] = []
    watch: dict[int, list[int]] = {}
    for each in proof.clauses:
        _add(each, clauses, watch)
    for lemma in proof.lemmas:
        if not _conflict([-literal for literal in lemma], clauses, watch):
            return False
        _add(lemma, clauses, watch)
    return bool(proof.lemmas) and proof.lemmas[-1] == ()


def _add(clause: tuple[int, ...], clauses: list, watch: dict[int, list[int]]) -> None:
    for literal in clause:
        watch.setdefault(-literal, []).append(len(clauses))
    watch.setdefault(0, []).extend([len(clauses)] if len(clause) <= 1 else [])
    clauses.append(clause)


def _conflict(assumed: list[int], clauses: list, watch: dict[int, list[int]]) -> bool:
    true = set(assumed)
    if any(-literal in true for literal in assumed):
        return True
    waiting = [*assumed, 0]
    while waiting:
        for number in watch.get(waiting.pop(), []):
            clause = clauses[number]
            if any(literal in true for literal in clause):
                continue
            left = [literal for literal in clause if -literal not in true]
            if not left:
                return True
            if len(left) == 1:
                true.add(left[0])
                waiting.append(left[0])
    return False


@given(circuits(inputs=4, outputs=2, size=(2, 10), weights=(-3, 3)), st.booleans())
@settings(max_examples=40)
def test_proofs_of_small_circuits(circuit: tc.Circuit, nand: bool) -> None:
    other = (transform.to_nand if nand else transform.to_majority_basis)(circuit)
    result = equivalent(circuit, other, method="sat", proof=True)
    if result.method != "identical":
        assert refuted(result.proof)


@pytest.mark.parametrize("n", [3, 4])
def test_proofs_of_multipliers(n: int) -> None:
    result = equivalent(multiplier(n), multiplier(n, other=True), method="sat", proof=True)
    assert result.tried[-1].numbers["merged"] > 0
    proof = result.proof
    assert refuted(proof)
    # The checker itself: it wants the lemmas, and that some output differs.
    assert not refuted(replace(proof, lemmas=((),)))
    assert not refuted(replace(proof, clauses=proof.clauses[:-1]))


def test_a_proof_of_rewritten_gates(tmp_path: Path) -> None:
    a, b = random_circuit(300, 8), random_circuit(300, 8, rewritten=True)
    result = equivalent(a, b, method="sat", proof=True)
    assert refuted(result.proof)
    result.proof.write(tmp_path / "a.cnf", tmp_path / "a.drat")
    head, *lines = (tmp_path / "a.cnf").read_text().splitlines()
    assert head == f"p cnf {result.proof.variables} {len(lines)}"
    used = {abs(int(word)) for line in lines for word in line.split()}
    assert max(used) == result.proof.variables
    assert (tmp_path / "a.drat").read_text().splitlines()[-1] == "0"


def test_another_checker_takes_the_proof(tmp_path: Path) -> None:
    """A checker of DRAT that shares no code with this project, on the files as they are written."""
    dratify = pytest.importorskip("dratify", reason="needs dratify: pip install '.[test]'")
    a, b = random_circuit(60, 8), random_circuit(60, 8, rewritten=True)
    proof = equivalent(a, b, method="sat", proof=True).proof
    cnf, drat = tmp_path / "a.cnf", tmp_path / "a.drat"
    proof.write(cnf, drat)
    clauses = dratify.parse_dimacs(cnf.read_text())
    assert dratify.check_proof(clauses, drat.read_text()).ok
    assert not dratify.check_proof(clauses, "0\n").ok
    with pytest.raises(ArgumentError, match="cannot write"):
        proof.write(tmp_path / "none" / "a.cnf", drat)


LARGE = [
    ({0: -8766502076645437686, 3: 1}, -8585912516949180960),
    ({0: -6464970203747338386, 4: 1, 5: 5120493295834793677}, -2074158202158717511),
    ({1: 1, 6: -1, 8: -1}, -1),
    ({0: -1}, 0),
    ({2: -1}, 0),
    (
        {2: -1667282920679414365, 6: 4533202361492377956, 8: 6023617110883706843},
        -1200452750033876945,
    ),
    ({1: -1, 5: -1}, -1),
    (
        {0: -8666638272574891655, 5: 1030635194554457881, 6: -7629746523602015996},
        -15148830510866338697,
    ),
    (
        {1: 7072339438281602684, 2: 1, 5: -2927923018944480731, 12: -7579988444015293957},
        5968713907368708039,
    ),
    ({4: 1, 10: 2475175932686216357, 14: -7170047103554414634}, 335161212754928934),
]
"""Gates of seven inputs, {wire: weight} and threshold, with adders of 64 digits."""


def test_a_node_is_merged_into_earlier_ones_alone() -> None:
    """What a round merges may give a node the operands that a later node had the round before."""
    ways = []
    for scale in (1, 3):
        b = tc.Builder(share=False, fold=False)
        wires = list(b.inputs("x", 7))
        for terms, limit in LARGE:
            form = tc.dot([scale * w for w in terms.values()], [wires[i] for i in terms])
            wires.append(b.gate(form >= scale * (limit - 1) + 1))
        for place in (15, 16):
            b.output(f"y{place}", wires[place])
        ways.append(b.build())
    assert equivalent(*ways, method="sat").verdict is Verdict.EQUIVALENT


def test_a_missing_solver(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal gates alone are merged without it; otherwise the error names the extra."""

    monkeypatch.setitem(sys.modules, "pysat", None)
    circuit = tc.read(root / "tests/data/epfl/adder.aig")
    assert equivalent(circuit, transform.to_nand(circuit), method="sat")
    a, b = multiplier(16), multiplier(16, other=True)
    with pytest.raises(MissingExtraError, match=r"pip install 'tcsim\[sat\]'"):
        equivalent(a, b, method="sat")
    result = equivalent(a, b)
    assert result.verdict is Verdict.UNDECIDED
    assert "pip install" in result.tried[-1].outcome
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    with pytest.raises(MissingExtraError, match="ortools"):
        equivalent(a, b, method="linear")


def test_without_inputs_or_outputs() -> None:
    b = tc.Builder()
    b.output("one", b.constant(1))
    one = b.build()
    b = tc.Builder()
    b.output("one", b.constant(0))
    zero = b.build()
    for method in ("sat", "linear", "exhaustive", "sampled"):
        assert equivalent(one, zero, method=method).verdict is Verdict.DIFFERENT
    b = tc.Builder(share=False, fold=False)
    b.gate(tc.sum([]) >= 1)
    dead = b.build()
    for method in ("sat", "linear", "exhaustive"):
        assert equivalent(tc.Builder().build(), dead, method=method)
    assert np.asarray(equivalent(one, zero).counterexample.inputs).shape == (0,)
