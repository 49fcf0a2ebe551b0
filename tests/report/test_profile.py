"""Bins of levels: nothing lost, nothing twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tcsim.report.profile import bins


@given(st.lists(st.integers(0, 50), max_size=200), st.integers(1, 30))
def test_bins_partition_the_levels(counts: list[int], most: int) -> None:
    levels = (0, *counts)
    found = bins(levels, most)
    assert len(found) <= most
    covered = [level for b in found for level in range(b.first, b.last + 1)]
    assert covered == list(range(1, len(levels)))
    for b in found:
        part = levels[b.first : b.last + 1]
        assert (b.gates, b.most, b.mean) == (sum(part), max(part), sum(part) / len(part))
    assert len({b.last - b.first for b in found[:-1]}) <= 1
