"""Campaigns on a dask cluster: a scheduler and workers in processes of their own."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tcsim.campaign import Compare, Find, Histogram, exhaustive
from tests.campaign.conftest import adder

distributed = pytest.importorskip(
    "distributed", reason="needs distributed: pip install 'tcsim[dist]'"
)

# Dask's own warnings are not about campaigns.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two workers of one thread each, on the loopback interface alone."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
            dashboard_address=None, silence_logs=50,
        ) as cluster,
        distributed.Client(cluster) as connected,
    ):  # fmt: skip
        yield connected


def test_the_workers_do_the_parts(client: Any) -> None:
    executor = client.get_executor()
    result = exhaustive(adder(6), Histogram(), executor=executor, part=64)
    assert result.value == exhaustive(adder(6), Histogram()).value
    found = exhaustive(adder(6), Find(), against=adder(6, wrong=5), executor=executor, part=64)
    assert found.value == exhaustive(adder(6), Find(), against=adder(6, wrong=5)).value


def test_a_worker_that_is_killed_changes_nothing(client: Any, tmp_path: Path) -> None:
    """SIGKILL in the middle: its parts are done by the others."""
    path = tmp_path / "sweep.json"
    processes = client.run(os.getpid)
    seen = []

    def kill_one(done: int, total: int) -> None:
        seen.append(done)
        if len(seen) == 3:
            os.kill(next(iter(processes.values())), signal.SIGKILL)

    result = exhaustive(
        adder(6), Compare(), against=adder(6, wrong=5), executor=client.get_executor(),
        checkpoint=path, part=64, in_flight=4, progress=kill_one,
    )  # fmt: skip
    assert len(seen) > 3
    assert result.value == exhaustive(adder(6), Compare(), against=adder(6, wrong=5)).value
    data = json.loads(path.read_text())
    ((first, last, partial),) = data["finished"]
    assert (first, last) == (0, 2**12)
    assert partial[0] == result.value.differences
    # What another process finds there is the whole result.
    again = exhaustive(adder(6), Compare(), against=adder(6, wrong=5), checkpoint=path)
    assert again.value == result.value
