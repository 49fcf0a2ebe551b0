"""The comparison of engines: repeatable, of every kind, and it finds what is planted."""

from collections import Counter

import numpy as np

from tcsim.circuit import FALSE, TRUE
from tcsim.simulate import bigint, specimens
from tcsim.simulate.differential import ENGINES, trials


def test_engines_agree():
    assert ENGINES == ("bigint", "bits")
    for trial in trials(1, 0, 300):
        assert not trial.failures, (trial, trial.circuit)


def test_a_run_may_be_cut_anywhere():
    whole = list(trials(2, 0, 20))
    cut = [*trials(2, 0, 7), *trials(2, 7, 13)]
    assert [(t.kind, t.way, t.vectors, t.circuit) for t in whole] == [
        (t.kind, t.way, t.vectors, t.circuit) for t in cut
    ]


def test_circuits_are_of_every_kind():
    seen = Counter()
    for number in range(800):
        kind, circuit, _ = specimens.specimen(0, number)
        ends = circuit.output_wire.tolist()
        forms = np.bincount(circuit.gate_form, minlength=circuit.n_forms)
        seen[kind] += 1
        seen["no inputs"] += circuit.n_inputs == 0
        seen["no outputs"] += not ends
        seen["constants"] += FALSE in ends and TRUE in ends
        seen["inputs as outputs"] += any(0 <= wire < circuit.n_inputs for wire in ends)
        seen["output twice"] += len(set(ends)) < len(ends)
        seen["nested"] += bool((circuit.form_operand < 0).any())
        seen["shared form"] += bool((forms > 1).any())
        seen["unused form"] += bool((forms == 0).any())
        seen["empty form"] += bool((np.diff(circuit.form_start) == 0).any())
        seen["weight 0"] += bool((circuit.weights == 0).any())
        seen["weight beyond int64"] += bool(circuit.big_weights)
        seen["weight -2**63"] += bool((circuit.weights == -(2**63)).any())
        seen["threshold beyond int64"] += bool(circuit.big_thresholds)
        seen["fan-in above 64"] += bool((np.diff(circuit.form_start) > 60).any())
    assert set(specimens.KINDS) < set(seen)
    assert min(seen.values()) >= 3, seen


def test_gates_are_rarely_constant():
    constant = total = 0
    for trial in trials(3, 0, 160):
        if trial.way == "gates" and trial.vectors > 1:
            batch = np.random.default_rng(0).integers(0, 2, (200, trial.circuit.n_inputs), np.uint8)
            values = trial.circuit.trace(batch)
            constant += int((values == values[0]).all(axis=0).sum())
            total += trial.circuit.size
    assert total > 50
    assert constant < total / 3


def test_a_wrong_answer_is_found(monkeypatch):
    right = bigint._at_least
    monkeypatch.setattr(
        bigint,
        "_at_least",
        lambda digits, lowest, bits: (
            right(digits, 0, [0, *bits][lowest:]) if lowest else right(digits, lowest, bits)
        ),
    )
    failed = [trial for trial in trials(0, 0, 200) if trial.failures]
    assert failed
    assert all("bigint" in trial.failures for trial in failed)


def test_an_engine_that_fails_is_found(monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("no digits")

    monkeypatch.setattr(bigint, "_at_least", fail)
    failed = [trial for trial in trials(0, 0, 200) if trial.failures]
    assert failed[0].failures["bigint"] == "ZeroDivisionError: no digits"
