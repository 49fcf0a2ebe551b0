"""Depth in the depths of holes: a maximum of sums."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tcsim.report.serial_depth import MOST, SerialDepth

TERMS = st.lists(st.tuples(st.integers(0, 20), st.frozensets(st.integers(1, 4))), min_size=1)


@given(first=TERMS, second=TERMS, depths=st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_terms_that_are_left_out_never_decide(first, second, depths) -> None:
    def value(terms) -> int:
        return max(levels + sum(depths[hole] for hole in holes) for levels, holes in terms)

    a, b = SerialDepth.of(first), SerialDepth.of(second)
    assert value(a.terms) == value(first)
    assert value(a.along(b).terms) == max(value(first), value(second))
    assert value(a.plus(3).through(2).terms) == max(
        3 + levels + sum(depths[hole] for hole in holes | {2}) for levels, holes in first
    )
    assert a.at_least == max(levels for levels, _ in first)


def test_too_many_terms_are_a_bound() -> None:
    every = [(0, frozenset({k, k + 1})) for k in range(1, 2 * MOST, 2)] + [(9, frozenset({300}))]
    found = SerialDepth.of([*every, *((0, frozenset({k})) for k in range(400, 410))])
    assert not found.complete
    assert str(found).startswith(">= max(")
    assert found.at_least == 9
