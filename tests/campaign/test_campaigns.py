"""Campaigns against truth tables; whatever the cut, the order and the workers."""

from __future__ import annotations

import collections
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tcsim as tc
from tcsim.campaign import (
    Compare,
    Count,
    Extent,
    Find,
    Histogram,
    Ones,
    Task,
    exhaustive,
    random,
    running,
    target,
)
from tcsim.errors import ArgumentError, LimitError, TcsimError
from tcsim.simulate import evaluate, truth_table, unpack
from tcsim.simulate.sources import random_words
from tcsim.strategies import circuits
from tests.campaign.conftest import adder
from tests.campaign.helpers import Seen, Shuffled


def expected(task: Task, bits: np.ndarray) -> object:
    """The value of a task, from 0/1 outputs of shape (vectors, outputs)."""
    some = np.flatnonzero(bits.any(axis=1)).tolist()
    first = some[0] if some else None
    counts = tuple(bits.sum(axis=0, dtype=int).tolist())
    if isinstance(task, Ones):
        return dict(sorted(collections.Counter(bits.sum(axis=1).tolist()).items()))
    if isinstance(task, Histogram):
        numbers = [int("".join(map(str, row[::-1])) or "0", 2) for row in bits.tolist()]
        return dict(sorted(collections.Counter(numbers).items()))
    if isinstance(task, Compare):
        return (len(some), first, counts)
    return first if isinstance(task, Find) else counts


TASKS = [Count(), Find(), Histogram(), Ones()]


@given(circuits(), st.sampled_from(TASKS))
def test_exhaustive_equals_the_truth_table(circuit: tc.Circuit, task: Task) -> None:
    result = exhaustive(circuit, task)
    assert result.value == expected(task, truth_table(circuit))
    assert result.vectors == 2**circuit.n_inputs
    assert result.outputs == circuit.output_names


@given(circuits(), st.sampled_from(TASKS), st.integers(1, 300), st.integers(0, 2**64 - 1))
def test_random_equals_evaluation(circuit: tc.Circuit, task: Task, vectors: int, seed: int) -> None:
    """Counts that are no multiple of 64 too: the bits behind the last vector do not count."""
    words = random_words(circuit.n_inputs, seed, 0, -(-vectors // 64))
    batch = unpack(words, vectors)
    result = random(circuit, task, vectors, seed=seed)
    assert result.value == expected(task, evaluate(circuit, batch, engine="reference"))
    assert np.array_equal(result.vector(vectors - 1), batch[-1])


@given(st.data())
@settings(max_examples=15)
def test_neither_the_cut_nor_the_order_shows(data: st.DataObject) -> None:
    task = data.draw(st.sampled_from([*TASKS, Compare()]))
    against = adder(5, wrong=3) if task == Compare() else None
    executor = Shuffled(data.draw(st.integers(0, 99)))
    part, in_flight = 64 * data.draw(st.integers(1, 20)), data.draw(st.integers(1, 9))
    result = exhaustive(
        adder(5), task, against=against, executor=executor, part=part, in_flight=in_flight
    )
    assert result.value == exhaustive(adder(5), task, against=against).value


def test_compare_two_circuits(add5: tc.Circuit, add5_wrong: tc.Circuit) -> None:
    """Bit 3 of x + y has a carry below it iff the lower three bits of both add up to 8 or more."""
    result = exhaustive(add5, Compare(), against=add5_wrong)
    low = sum(x + y >= 8 for x in range(8) for y in range(8))
    assert result.value == (16 * low, 7 + 32, (0, 0, 0, 16 * low, 0, 0))
    assert not result.value.equal
    assert result.vector(39).tolist() == [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert exhaustive(add5, Find(), against=add5_wrong).value == 39
    assert exhaustive(add5, Compare(), against=adder(5)).value.equal
    assert exhaustive(add5, Find(), against=adder(5)).value is None
    assert exhaustive(add5, Ones(), against=add5_wrong).value == {0: 1024 - 16 * low, 1: 16 * low}
    assert exhaustive(add5, Count(), against=add5_wrong, outputs=["s[3]"]).value == (16 * low,)


def test_inputs_and_outputs_are_matched_by_name(add5: tc.Circuit) -> None:
    """The same adder, its inputs declared in another order, its outputs too."""
    b = tc.Builder()
    y, x = b.inputs("y", 5), b.inputs("x", 5)
    total = tc.sum(2**k * (x[k] + y[k]) for k in range(5))
    for k in reversed(range(6)):
        # Bit k is 1 from each odd multiple of 2**k up to the even one behind it.
        steps = [total >= at for at in range(2**k, 63, 2**k)]
        b.output(f"s[{k}]", tc.sum(steps[0::2]) - tc.sum(steps[1::2]) >= 1)
    assert exhaustive(add5, Compare(), against=b.build()).value.equal


def test_outputs_and_buses(add5: tc.Circuit) -> None:
    sums = collections.Counter(x + y for x in range(32) for y in range(32))
    assert exhaustive(add5, Histogram(), outputs="s").value == dict(sorted(sums.items()))
    result = exhaustive(add5, Histogram(), outputs=["s[5]", "s[0]"])
    assert result.outputs == ("s[5]", "s[0]")
    assert sum(result.value.values()) == 1024
    for names, message in {
        "t": "no output, nor bus of outputs, 't'",
        "s[6]": r"near are s\[",
        ("s", "s[1]"): "twice",
    }.items():
        with pytest.raises(ArgumentError, match=message):
            exhaustive(add5, Count(), outputs=names)


def test_wide_histograms(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many bits as there are ways to count, more than 64 bits; and too many values."""
    for n in (8, 9, 16, 17, 70):
        b = tc.Builder()
        x = b.inputs("x", 4)
        b.output("wide", [x[k % 4] for k in range(n)])
        circuit = b.build()
        result = exhaustive(circuit, Histogram())
        assert result.value == expected(Histogram(), truth_table(circuit))
        assert max(result.value) == 2**n - 1
    monkeypatch.setattr("tcsim.campaign.histogram.MOST_VALUES", 15)
    with pytest.raises(LimitError, match="more than 15 different integers"):
        exhaustive(circuit, Histogram())


def test_every_vector_is_mapped_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "_LONGEST_BLOCK", 2)
    for vectors in (1, 63, 64, 65, 1000):
        seen = random(adder(5), Seen(), vectors, executor=Shuffled(3), in_flight=2, part=192)
        ends = [first + count for first, count in seen.value]
        assert [first for first, _ in seen.value] == [0, *ends[:-1]]
        assert ends[-1] == vectors
        assert max(count for _, count in seen.value) <= 128


def test_find_leaves_out_what_comes_later() -> None:
    """One vector of 2**20 is found in the second part; hardly more than these two are evaluated."""
    b = tc.Builder()
    x = b.inputs("x", 20)
    b.output("y", tc.sum(2**k * x[k] for k in range(20)) >= 1500)
    executor = Shuffled(0)
    assert exhaustive(b.build(), Find(), executor=executor, in_flight=1, part=1024).value == 1500
    assert executor.ran <= 3  # the first one only said that it lacks the circuit


@pytest.mark.parametrize("workers", [2, 5])
def test_threads(add5: tc.Circuit, workers: int) -> None:
    result = exhaustive(add5, Histogram(), workers=workers, part=64)
    assert result.value == exhaustive(add5, Histogram()).value
    assert not [t for t in threading.enumerate() if t.name.startswith("tcsim")]


def test_an_executor_of_threads(add5: tc.Circuit) -> None:
    with ThreadPoolExecutor(2) as pool:
        result = exhaustive(add5, Count(), executor=pool, part=64)
        assert pool.submit(int).result() == 0  # it was not shut down
    assert result.value == exhaustive(add5, Count()).value


def test_an_executor_of_processes(add5: tc.Circuit) -> None:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        assert exhaustive(add5, Count(), executor=pool).value == exhaustive(add5, Count()).value


@pytest.mark.parametrize("workers", [1, 3])
def test_an_interrupt_leaves_no_thread(add5: tc.Circuit, workers: int) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exhaustive(add5, Count(), workers=workers, part=64, progress=interrupt)
    assert not [t for t in threading.enumerate() if t.name.startswith("tcsim")]


def test_progress(add5: tc.Circuit) -> None:
    seen: list[tuple[int, int]] = []
    exhaustive(add5, Count(), part=256, progress=lambda *now: seen.append(now))
    assert seen == [(256, 1024), (512, 1024), (768, 1024), (1024, 1024), (1024, 1024)]


def test_no_inputs_and_no_outputs() -> None:
    b = tc.Builder()
    assert exhaustive(b.build(), Count()).value == ()
    b = tc.Builder()
    b.output("yes", b.constant(1))
    circuit = b.build()
    assert exhaustive(circuit, Find()).value == 0
    assert exhaustive(circuit, Histogram()).value == {1: 1}


def test_bad_arguments(add5: tc.Circuit) -> None:
    for arguments, message in [
        ({"task": Compare}, "not a tcsim.campaign.Task"),
        ({"task": Compare()}, "Compare compares two circuits: give against="),
        ({"workers": 0}, "workers is 0"),
        ({"part": 100}, "part is 100, not a multiple of 64"),
        ({"part": 0}, "part is 0"),
        ({"in_flight": 0}, "in_flight is 0"),
        ({"executor": 3}, "not a concurrent.futures.Executor"),
        ({"executor": Shuffled(0), "workers": 2}, "one of workers and executor"),
        ({"against": adder(4)}, "10 inputs, B has 8"),
    ]:
        with pytest.raises(ArgumentError, match=message):
            exhaustive(add5, **{"task": Count(), **arguments})
    for vectors, seed in ((0, 0), (True, 0), (1.5, 0), (2**63, 0), (1, -1), (1, 2**64)):
        with pytest.raises(ArgumentError, match=r"vectors|seed"):
            random(add5, Count(), vectors, seed=seed)
    for number in (-1, 1024, True):
        with pytest.raises(ArgumentError, match="number"):
            exhaustive(add5, Count()).vector(number)
    with pytest.raises(LimitError, match=r"2\*\*42 vectors, the limit is 40"):
        exhaustive(adder(21), Count())


def test_an_executor_that_breaks_down(add5: tc.Circuit) -> None:
    from concurrent.futures.process import BrokenProcessPool

    class Broken(Shuffled):
        def submit(self, fn: object, /, *args: object, **kwargs: object) -> object:
            raise BrokenProcessPool("a process died")

    with pytest.raises(TcsimError, match=r"broke down.*a process died"):
        exhaustive(add5, Count(), executor=Broken(0))


def test_parts_are_neither_tiny_nor_huge() -> None:
    """By the cost of the circuit, and several for each worker."""
    for bits, workers in ((5, 1), (16, 1), (16, 4)):
        made = target.make_target(adder(bits), None, None, 4**bits, None)
        part = running._part(made, running.Options(None, workers, None, None, None, None))
        assert part % 64 == 0
        assert 2**10 <= part <= 2**22
        if workers == 4:
            assert part <= 4**bits // 4


def test_tasks_refuse_broken_results() -> None:
    extent = Extent(64, 192, 2)
    assert Count().from_json([5, 128], extent) == (5, 128)
    assert Find().from_json(64, extent) == 64
    assert Compare().from_json([3, 70, [1, 2]], extent) == (3, 70, (1, 2))
    assert Histogram().from_json([[3, 28], [0, 100]], extent) == {0: 100, 3: 28}
    bad = {
        Count(): [None, [1], [1, 129], [1, -1], [1, True], [1, 2.0], "ab", [1, 2, 3]],
        Find(): [63, 192, True, "64", [64]],
        Compare(): [[], [1, None, [1, 0]], [0, 64, [0, 0]], [1, 64, [1]], [200, 64, [1, 1]]],
        Histogram(): [{}, [[1, 128], [1, 0]], [[4, 128]], [[0, 127]], [[0]], [[-1, 128]], 3],
        Ones(): [[[3, 128]]],
    }
    for task, values in bad.items():
        for value in values:
            with pytest.raises(ValueError, match=r"."):
                task.from_json(value, extent)
