"""Which engine a job is given: short ones need nothing loaded, and losses add up."""

import math

import pytest

import tcsim as tc
from tcsim.simulate import choice


@pytest.fixture(autouse=True)
def cold(monkeypatch):
    """As in a process that has loaded nothing."""
    monkeypatch.setattr(choice, "_saved_by_loading", 0.0)
    monkeypatch.setattr(choice, "LOADING_KERNELS", choice.LOADING)


def _circuit(gates):
    b = tc.Builder(fold=False, share=False)
    x = b.inputs("x", 9)
    y = x[0]
    for i in range(gates):
        y = y & x[i % 8 + 1]
    b.output("y", y)
    return b.build()


def test_by_the_length_of_the_job():
    pick = {
        (gates, vectors): choice.quickest(_circuit(gates), "outputs", vectors, ())
        for gates, vectors in ((3, 1), (1000, 2**16), (1000, 2**28))
    }
    assert list(pick.values()) == ["reference", "bigint", "bits"]


def test_loaded_kernels_cost_nothing_more():
    circuit = _circuit(1000)
    assert choice.quickest(circuit, "outputs", 2**18, ()) == "bigint"
    choice.kernels_are_loaded()
    assert choice.quickest(circuit, "outputs", 2**18, ("bits",)) == "bits"
    assert math.isinf(choice._saved_by_loading)


def test_many_short_jobs_pay_for_loading():
    """Altogether they lose no more than loading takes."""
    work, vectors = choice.measure_work(_circuit(10)), 2**24
    run = choice.running(work, vectors)
    picks = [choice.quickest(_circuit(10), "outputs", vectors, ()) for _ in range(400)]
    short = picks.index("bits")
    assert short > 10
    assert set(picks[:short]) == {"bigint"}
    assert short * (run["bigint"] - run["bits"]) <= choice.LOADING


def test_a_program_is_made_once_it_would_have_paid():
    circuit = _circuit(3)
    picks = [choice.quickest(circuit, "outputs", 4, ()) for _ in range(100)]
    assert picks[0] == "reference"
    assert picks[-1] == "bigint"
    assert choice.quickest(circuit, "gates", 4, ()) == "reference"
    assert choice.quickest(circuit, "gates", 4, ("bigint",)) == "bigint"


def test_work_counts_literals_that_are_added_up():
    b = tc.Builder(fold=False, share=False)
    x = b.inputs("x", 4)
    b.output("y", [x[0] + x[1] >= 2, 3 * x[0] + x[1] - 2**70 * x[2] + x[3] >= 2])
    work = choice.measure_work(b.build())
    assert work == choice.Work(
        terms=6 + 2, operations=2 + 5 * (2 + 1 + 1 + 1), ports=6, drafted=False
    )
