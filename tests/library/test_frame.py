"""The frame: records, parameters, the registry, and a check that can fail."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tcsim as tc
from tcsim.errors import ArgumentError, LimitError
from tcsim.library import Construction, Parameter, check, get, names, registry
from tcsim.library.listing import as_data, listing
from tcsim.library.oracles import digits, each, number
from tcsim.library.vectors import sample

TWO = Construction(
    name="two",
    summary="AND and XOR of matching wires of two buses",
    claim="AC0",
    source="here",
    parameters=(Parameter("n", "wires", least=1, most=100),),
    inputs=lambda n: {"x": (2, n), "flip": ()},
    build=lambda x, flip, n: {
        "both": [a & b for a, b in zip(*x, strict=True)],
        "odd": [x[0][n - 1] ^ flip],
    },
    formulas=lambda n: {"depth": 2, "size": n + 2, "edges": 2 * n + 5, "max_weight": 2},
    oracle=lambda x, flip, n: {"both": x.min(axis=1), "odd": x[:, 0, n - 1] ^ flip},
    points=({"n": 1}, {"n": 3}),
    example={"n": 2},
)


def failures(record: Construction, **options: object) -> dict[str, str]:
    return {v.claim: v.failure for v in check(record, **options) if not v.passed}


def test_names_of_inputs_and_outputs() -> None:
    circuit = TWO.circuit(n=2)
    assert circuit.input_names == ("x[0][0]", "x[0][1]", "x[1][0]", "x[1][1]", "flip")
    assert circuit.output_names == ("both[0]", "both[1]", "odd[0]")
    assert circuit.size == 4
    assert failures(TWO) == {}


def test_wrong_formulas_fail() -> None:
    wrong = {"depth": 3, "size": 5, "edges": 0, "max_weight": 1, "majority.depth": 0}
    found = failures(replace(TWO, formulas=lambda n: wrong))
    assert found == {
        "depth": "at n = 1 the formula gives 3, the circuit has 2",
        "size": "at n = 1 the formula gives 5, the circuit has 3",
        "edges": "at n = 1 the formula gives 0, the circuit has 7",
        "max_weight": "at n = 1 the formula gives 1, the circuit has 2",
        "majority.depth": "at n = 1 the formula gives 0, the circuit has 3",
    }


def test_a_wrong_oracle_fails() -> None:
    def oracle(x: np.ndarray, flip: np.ndarray, n: int) -> dict[str, np.ndarray]:
        return {"both": x.min(axis=1), "odd": x[:, 0, 0] ^ flip}

    assert failures(replace(TWO, oracle=oracle)) == {
        "function": "at n = 3 odd[0] is 0, by the oracle 1, where x[0][0] = 1, x[0][1] = 0, "
        "x[0][2] = 0, x[1][0] = 0, x[1][1] = 0, x[1][2] = 0, flip = 0"
    }


def test_an_oracle_of_another_shape_fails() -> None:
    short = replace(TWO, oracle=lambda x, flip, n: {"both": x.min(axis=1)})
    assert "has 1 output bits, the circuit 2" in failures(short)["function"]
    swapped = replace(
        TWO, oracle=lambda x, flip, n: {"odd": x[:, 0, n - 1] ^ flip, "both": x.min(axis=1)}
    )
    assert "outputs are ['odd', 'both']" in failures(swapped)["function"]


def test_no_points_do_not_pass() -> None:
    assert set(failures(TWO, points=[])) == {"depth", "size", "edges", "max_weight", "function"}


def test_exhaustive_or_random() -> None:
    verdict = check(TWO, [{"n": 2}, {"n": 40}], vectors=32, samples=100)[-1]
    assert (verdict.points, verdict.exhaustive, verdict.vectors) == (2, 1, 132)


def test_missing_formulas_are_an_error() -> None:
    with pytest.raises(ArgumentError, match="two has no formula for edges, max_weight"):
        check(replace(TWO, formulas=lambda n: {"depth": 2, "size": n + 2}))


def test_unknown_measures_are_an_error() -> None:
    for name, message in {"tri.size": "no basis 'tri'", "majority.hue": "no measure"}.items():
        record = replace(TWO, formulas=lambda n, name=name: {**TWO.formulas(n), name: 1})
        with pytest.raises(ArgumentError, match=message):
            check(record)


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({}, "two needs n: wires, for instance 2"),
        ({"n": 0}, "n must be at least 1, not 0"),
        ({"n": 101}, "n must be at most 100, not 101"),
        ({"n": 1.5}, "n takes an integer, not 1.5"),
        ({"n": "8"}, "n takes an integer, not '8'"),
        ({"n": 1, "m": 2}, "two has no parameter 'm'; it has n"),
    ],
)
def test_parameters(given_: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        TWO.circuit(**given_)


def test_kinds_of_parameters() -> None:
    many = Parameter("w", "weights", None, kind="integers")
    assert many.parsed("3,-1,2") == (3, -1, 2)
    assert many.parsed("") == ()
    assert many.checked(np.array([1, 2])) == (1, 2)
    word = Parameter("r", "a word", kind="text")
    assert word.parsed("1,2") == "1,2"
    for value in (3, "3,4"):
        with pytest.raises(ArgumentError, match="w must be a sequence of integers"):
            many.checked(value)
    with pytest.raises(ArgumentError, match="r must be text, not 3"):
        word.checked(3)
    with pytest.raises(ArgumentError, match="--w 1,x: not an integer"):
        many.parsed("1,x")
    with pytest.raises(ArgumentError, match="one integer is needed"):
        Parameter("n", "wires").parsed("1,2")


@pytest.mark.parametrize(
    ("name", "huge", "message"),
    [
        ("addition", {"n": 10**6}, "1,000,006,999,999 gates and operands, more than 1,000,000,000"),
        ("majority-carry-save", {"k": 10**6}, "more than 2^1000004 gates and operands"),
        ("multiplication-small", {"n": 10**30}, "a power of more than 10,000,000 binary digits"),
        ("squaring", {"n": 10**6}, "a sum of more than 500,000 terms"),
        ("iterated-multiplication", {"m": 10**9, "b": 1}, "1,000,000,000 numbers of 1 binary"),
        ("powering-remainders", {"n": 10**9, "k": 10**9}, "at most 512 digits"),
        ("powering", {"n": 10**9, "k": 10**9}, "the limit is 20,000"),
        ("powering", {"n": 1000, "k": 20}, "more than 100,000 terms"),
        ("regular-tree", {"n": 10**12}, "gates and operands"),
        ("barrington", {"d": 10**30}, "a power of more than"),
    ],
)
def test_huge_circuits_are_refused_by_their_formulas(
    name: str, huge: dict[str, int], message: str
) -> None:
    with pytest.raises(LimitError, match=re.escape(message)):
        get(name).circuit(**huge)


def test_require_room() -> None:
    """Majority of n wires has 1 gate and n operands."""
    get("majority").require_room(10, n=9)
    with pytest.raises(LimitError, match="majority would have 10 gates and operands, more than 9"):
        get("majority").require_room(9, n=9)


def test_a_default_is_used() -> None:
    assert get("mod").circuit(n=6) == get("mod").circuit(n=6, m=3, r=0)


def test_unknown_names() -> None:
    with pytest.raises(ArgumentError, match="no construction 'pairity'; did you mean parity"):
        get("pairity")
    with pytest.raises(ArgumentError, match="there are majority, k-of-n"):
        get("")


def test_other_packages_join_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    def points(group: str) -> list[EntryPoint]:
        assert group == "tcsim.library"
        here = "tests.library.test_frame"
        named = {"two": f"{here}:TWO", "majority": f"{here}:TWO", "text": f"{here}:__doc__"}
        named |= {"lost": f"{here}:nothing"}
        return [EntryPoint(name, value, group) for name, value in named.items()]

    monkeypatch.setattr("importlib.metadata.entry_points", points)
    registry._added.cache_clear()
    try:
        with pytest.warns(RuntimeWarning, match="has the name 'majority' of another"):
            assert names()[-3:] == ("two", "text", "lost")
        assert get("two").name == "two"
        assert get("majority").name == "majority"
        with pytest.raises(ArgumentError, match="is str, not a Construction"):
            get("text")
        assert "\ntext\n  unavailable: tests.library.test_frame:__doc__ is str, not a" in listing()
        assert list(as_data("lost")) == ["name", "unavailable"]
        with pytest.raises(ArgumentError, match=r"lost .* cannot be loaded: AttributeError"):
            get("lost")
    finally:
        registry._added.cache_clear()


def test_building_loads_no_sympy() -> None:
    code = (
        "import sys, tcsim.library as l; l.get('addition').circuit(n=8);"
        "assert not {'sympy', 'numba', 'hypothesis'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.lists(st.integers(0, 2**100), min_size=1, max_size=5), st.integers(0, 101))
def test_digits_and_numbers(values: list[int], count: int) -> None:
    array = np.array(values, dtype=object)
    wanted = [value % (1 << count) for value in values]
    assert number(digits(array, count)).tolist() == wanted


def test_digits_of_negative_numbers() -> None:
    assert digits(np.array([-2]), 70).tolist() == [[0] + [1] * 69]


def test_each_row() -> None:
    rows = each(lambda a, b: [a.sum() % 2, b[0]], np.eye(3, dtype=int), np.ones((3, 1), int))
    assert rows.tolist() == [[1, 1]] * 3


@given(st.integers(0, 100), st.integers(0, 30))
def test_samples_are_bits(count: int, inputs: int) -> None:
    batch = sample(np.random.default_rng(0), count, inputs)
    assert batch.shape == (count, inputs)
    assert batch.dtype == np.uint8
    assert batch.max(initial=0) <= 1


def test_samples_hold_long_carries() -> None:
    """Of pairs of 32-digit numbers some differ nowhere, and some add up to 2**32 - 1."""
    batch = sample(np.random.default_rng(0), 1000, 64)
    x, y = number(batch[:, :32]), number(batch[:, 32:])
    assert (x == y).sum() > 20
    assert (x + y == 2**32 - 1).sum() > 20


def test_circuits_are_as_built() -> None:
    """Nothing is folded: at n = 1 parity is a gate over a gate."""
    assert get("parity").circuit(n=1).depth == 2
    b = tc.Builder()
    b.output(
        "odd", TWO.build(x=[b.inputs("x", 1), b.inputs("y", 1)], flip=b.input("f"), n=1)["odd"]
    )
    assert b.build().depth == 2
