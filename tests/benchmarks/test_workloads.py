"""Each workload gives rows on tiny sizes, and checks its results on the way."""

from importlib import import_module

import pytest

from benchmarks import machine, table
from benchmarks.__main__ import WORKLOADS
from benchmarks.harness import Bench

# Others start processes or other tools, which take seconds: `python -m benchmarks --quick`.
QUICK = {"W2": 2, "W5": 4, "W6": 4, "VOTE": 1}


@pytest.mark.parametrize("name", QUICK)
def test_rows(name, tmp_path, monkeypatch):
    if name == "W2":
        pytest.importorskip("aigverse", reason="needs aigverse: pip install aigverse")
    monkeypatch.setattr("benchmarks.harness.A_RUNS", 1)
    monkeypatch.setattr("benchmarks.harness.pin", lambda cores: None)
    bench = Bench(tmp_path, machine.cores(), runs=1, quick=True)
    rows = list(import_module(f"benchmarks.{WORKLOADS[name]}").rows(bench))
    assert len(rows) == QUICK[name]
    assert rows[0].target is not None
    for row in rows:
        assert row.workload == name
        if row.cores <= len(bench.cores):
            assert row.value > 0
            assert row.ours.seconds
        assert len(table.line(row)) <= 80


def test_all_workloads_can_be_loaded():
    for name in WORKLOADS.values():
        assert callable(import_module(f"benchmarks.{name}").rows)
