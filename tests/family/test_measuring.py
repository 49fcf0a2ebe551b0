"""Members are measured exactly; what cannot be built is refused before it is tried."""

from __future__ import annotations

import pytest

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.family import measure_family
from tcsim.family.foresight import BYTES_EACH, estimate, rungs
from tests.family import families


def test_values_are_those_of_the_circuits():
    points = measure_family(
        tc.Family(families.adder), [1, 2, 5], keys=["majority.depth", "fan_in_2.size"]
    )
    for point in points:
        circuit = families.adder(point.n)
        assert point.values["inputs"] == 2 * point.n
        assert point.values["outputs"] == point.n
        for key in ("depth", "size", "width", "edges", "max_weight"):
            assert point.values[key] == getattr(circuit.measures, key)
        assert point.values["majority.depth"] == tc.measure.majority(circuit).depth
        assert point.values["fan_in_2.size"] == tc.measure.fan_in_2(circuit).size
        assert point.content_id == circuit.content_id


def test_gates_that_are_no_and_or_not_are_counted():
    assert [p.foreign for p in measure_family(tc.Family(families.dnf), [2, 4], gates=True)] == [
        0,
        0,
    ]
    [point] = measure_family(tc.Family(families.parity), [5], gates=True)
    assert point.foreign == sum(
        gate.kind in {"maj", "k-of-n", "weighted"} for gate in families.parity(5).gates
    )


def test_a_family_that_is_not_deterministic_is_found():
    with pytest.raises(ArgumentError, match="not deterministic: built twice at n = 4"):
        measure_family(tc.Family(families.unstable), [4, 8])


def test_other_names_make_another_circuit():
    names = iter(range(100))

    def renamed(n):
        b = tc.Builder()
        b.output(f"y{next(names)}", tc.any(b.inputs("x", n)))
        return b.build()

    with pytest.raises(ArgumentError, match="not deterministic"):
        measure_family(tc.Family(renamed), [4])


def test_members_between_those_asked_for_may_be_missing():
    asked = []

    def build(n):
        asked.append(n)
        if n not in (5, 400):
            raise ValueError(n)
        return families.tree(n)

    points = measure_family(tc.Family(build), [5, 400])
    assert [point.n for point in points] == [5, 400]
    assert 10 in asked  # on the way to 400, for the estimate


def test_an_exponential_family_is_refused_in_time():
    built = []

    def build(n):
        built.append(n)
        return families.dnf(n)

    with pytest.raises(LimitError) as caught:
        measure_family(tc.Family(build, name="dnf"), [2, 4, 8, 16, 32], memory=3_000_000)
    message = str(caught.value)
    assert max(built) == 8
    assert "the family dnf at n = 16 would have about" in message
    assert "measure smaller n" in message


def test_a_far_member_is_refused_at_once():
    built = []

    def build(n):
        built.append(n)
        return families.chain(n)

    with pytest.raises(LimitError, match="n = 1000000000 would have"):
        measure_family(tc.Family(build), [4, 10**9], memory=10**9)
    assert max(built) <= 64


@pytest.mark.parametrize("power", [1, 2, 3])
def test_estimates_of_polynomials(power):
    items = {n: 5 * n**power + 3 * n for n in (4, 8, 16, 32, 64)}
    for n in (128, 1024):
        true = 5 * n**power + 3 * n
        assert estimate(n, items, bent=False).items == pytest.approx(true, rel=0.35)
        assert estimate(128, items).items == pytest.approx(5 * 128**power + 3 * 128, rel=0.2)
        assert estimate(n, items).memory == pytest.approx(estimate(n, items).items * BYTES_EACH)


@pytest.mark.parametrize("points", [(4, 8, 16), (9, 10, 11), (6, 9, 13)])
def test_estimates_of_exponentials_continue_the_bend(points):
    items = {n: 2**n * n for n in points}
    after = round(points[-1] * points[-1] / points[-2])
    estimated = estimate(after, items).items
    assert 0.1 < estimated / (2**after * after) < 30


def test_no_estimate_from_nothing():
    assert estimate(8, {}) is None
    assert estimate(8, {4: 10}) is None
    assert estimate(8, {8: 10, 16: 20}) is None
    assert estimate(2**60, {n: 4**n for n in (4, 8, 16)}) is not None
    assert "TB" in str(estimate(2**60, {n: 4**n for n in (4, 8, 16)}))


def test_rungs():
    assert rungs(4, {}, 4) == []
    assert rungs(100, {}, 4) == [4, 8, 16, 32]
    assert rungs(16, {2: 1, 4: 1, 8: 1}, 2) == []
    assert rungs(0, {}, 0) == []


def test_progress():
    calls = []
    measure_family(tc.Family(families.tree), [2, 4, 8], progress=lambda *a: calls.append(a))
    assert calls == [(0, 3), (1, 3), (2, 3), (3, 3)]
