"""The harness: what is compared with what, and when nothing is said. No test looks at a clock."""

import itertools

import pytest

from benchmarks import harness, table
from benchmarks.harness import Bench, Row, Side, Target


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.setattr(harness, "PAUSE", 0.0)
    monkeypatch.setattr(harness, "pin", lambda cores: None)
    return Bench(tmp_path, cores=(0,), runs=5)


def side(*seconds, work=1.0):
    turns = itertools.cycle(seconds)
    return Side("side", lambda: next(turns), work)


def row(**fields):
    return Row("W0", "case", "ratio", **fields)


def test_ratio_is_of_medians_per_work(bench):
    found = bench.compare(row(target=Target(2, 4)), side(2.0, work=10.0), side(3.0, work=5.0))
    assert found.value == pytest.approx(3.0)
    assert found.verdict == "must"
    assert found.ours.seconds == [2.0] * 5


@pytest.mark.parametrize(
    ("kind", "value", "verdict"),
    [("ratio", 4, "aim"), ("ratio", 1.9, "MISSED"), ("fraction", 2, "must")],
)
def test_large_values_are_good(kind, value, verdict):
    assert Row("W0", "case", kind, value, Target(2, 4)).verdict == verdict


@pytest.mark.parametrize(
    ("kind", "value", "verdict"),
    [("seconds", 2, "aim"), ("GiB", 4, "must"), ("seconds", 4.1, "MISSED")],
)
def test_small_values_are_good(kind, value, verdict):
    assert Row("W0", "case", kind, value, Target(4, 2)).verdict == verdict


@pytest.mark.parametrize("noisy", [0, 1])
def test_a_side_that_differs_from_itself_gives_no_ratio(bench, noisy):
    sides = [side(1.0), side(1.0)]
    # One run is untimed, so A and A' see 1.2 and 1.0 in turn.
    sides[noisy] = side(1.0, 1.2)
    found = bench.compare(row(target=Target(1, 2)), *sides)
    assert found.value is None
    assert found.verdict == "INCONCLUSIVE"
    assert "INCONCLUSIVE" in table.line(found)


def test_nine_percent_are_agreement(bench):
    assert bench.compare(row(), side(1.0, 1.09), side(1.0)).value is not None


def test_a_second_attempt_may_agree(bench):
    noisy, quiet = [1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0], [1.0] * 100
    found = bench.compare(row(), side(*noisy, *quiet), side(1.0))
    assert [len(attempt) for attempt in found.ours.again] == [6, 6]
    assert found.value == pytest.approx(1.0)


def test_sides_take_turns(bench):
    order = []
    sides = [Side(name, lambda name=name: order.append(name) or 1.0) for name in "ab"]
    bench.compare(row(), *sides)
    assert "".join(order[-10:]) == "ab" * 5


def test_unwanted_rows_are_not_measured(tmp_path):
    bench = Bench(tmp_path, cores=(0,), match="other")
    found = bench.alone(row(), Side("side", lambda: pytest.fail("it ran")))
    assert (found.ours, found.verdict) == (None, "not run")


def test_clocked_runs_a_short_job_often(bench, monkeypatch):
    ticks = iter([0.0, 0.06, 0.2, 0.8])  # one job takes 0.06 s, then three 0.6 s
    monkeypatch.setattr(harness.time, "perf_counter", lambda: next(ticks))
    jobs = []
    assert bench.clocked(lambda: jobs.append(0))() == pytest.approx(0.2)
    assert len(jobs) == 1 + 1 + 3


def test_json_round_trip(bench):
    found = bench.compare(row(target=Target(1, 2), note="so"), side(1.0), side(2.0))
    assert Row.from_dict(found.as_dict()) == found
