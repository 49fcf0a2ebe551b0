from fractions import Fraction

import pytest
import sympy
from hypothesis import given

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy import Delays
from tests.hierarchy.matrices import squares

T = sympy.Symbol("T", integer=True, nonnegative=True)


@given(squares(4))
def test_the_formula_is_every_explicit_power(matrix: Delays) -> None:
    powers, n = matrix.powers(), matrix.shape[0]
    entries = {(i, j): powers.entry(i, j) for i in range(n) for j in range(n)}
    explicit = Delays.identity(n)
    for exponent in range(powers.start + 2 * powers.period + 12):
        assert powers[exponent] == explicit
        for (i, j), entry in entries.items():
            assert entry(exponent) == explicit[i, j]
            assert exponent < entry.start or entry.linear(exponent) == explicit[i, j]
        explicit = matrix @ explicit
    for (i, j), entry in entries.items():
        assert entry.start <= powers.start
        assert entry.start == 0 or entry(entry.start - 1) != entry.linear(entry.start - 1)
        far = 10**9 + 7
        assert entry(far) == (matrix**far)[i, j]


@given(squares(3))
def test_sympy_says_the_same(matrix: Delays) -> None:
    powers = matrix.powers()
    for i in range(matrix.shape[0]):
        entry = powers.entry(i, 0)
        formula = entry.formula(T)
        for exponent in range(entry.start, entry.start + 2 * entry.period + 1):
            value = entry(exponent)
            assert formula.subs(T, exponent) == (-sympy.oo if value is None else value)


@given(squares(4))
def test_the_slope_of_the_diagonal_is_the_largest_cycle_mean(matrix: Delays) -> None:
    mean, powers = matrix.cycle_mean(), matrix.powers()
    slopes = [powers.entry(i, i).slope for i in range(matrix.shape[0])]
    found = [slope for slope in slopes if slope is not None]
    assert max(found, default=None) == (None if mean is None else mean.value)


def test_a_late_winner_is_not_missed() -> None:
    """For a million rounds the slow cycle leads; a stretch that looks linear proves nothing."""
    matrix = Delays([[3, None, None], [0, None, 0], [None, None, 4]])
    matrix |= Delays([[None] * 3, [None] * 3, [-(10**6), None, None]])
    powers = matrix.powers()
    entry = powers.entry(1, 0)
    assert entry.slope == 4
    assert entry(1000) == 3 * 999
    assert 900_000 < entry.start < 1_100_000
    for exponent in (entry.start - 1, entry.start, entry.start + 1, 2 * 10**6):
        assert entry(exponent) == (matrix**exponent)[1, 0]
    assert entry(entry.start - 1) != entry.linear(entry.start - 1)


def test_residues_may_grow_at_different_rates() -> None:
    """Even rounds by a cycle of length 2 and delay 10, odd ones by another path of delay 1."""
    matrix = Delays(
        [
            [None, 5, None, None],
            [5, None, None, None],
            [None, None, 1, None],
            [0, None, 0, None],
        ]
    )
    source = Delays([[None] * 5] * 5)
    rows = [[*row, None] for row in matrix.rows()] + [[None] * 5]
    rows[0][4] = rows[2][4] = 0
    entry = (Delays(rows) | source).powers().entry(3, 4)
    assert entry.period == 2
    assert entry.slope == 5
    assert {Fraction(step, 2) for step in entry.increments} == {1, 5}
    assert str(entry.formula(T)) == "Piecewise((5*T - 10, Eq(Mod(T, 2), 0)), (T - 2, True))"


def test_formulas_are_short() -> None:
    assert Delays([[4, 3], [3, 2]]).powers().entry(0, 1).formula(T) == 4 * T - 1
    halves = Delays([[None, 2], [3, None]]).powers().entry(0, 0)
    assert str(halves.formula(T)) == "Piecewise((5*T/2, Eq(Mod(T, 2), 0)), (-oo, True))"
    swap = Delays([[0, 2], [3, 0]]).powers().entry(0, 0)
    assert str(swap.formula(T)) == "5*T/2 + Piecewise((0, Eq(Mod(T, 2), 0)), (-5/2, True))"
    assert Delays([[None, 2], [None, None]]).powers().entry(0, 1).slope is None


def test_limits_and_bad_input() -> None:
    # Rings of coprime lengths: their powers repeat every 2 * 3 * 5 * 7 * 11 * 13 * 17 exponents.
    sizes, n = (2, 3, 5, 7, 11, 13, 17), 58
    rows: list[list[int | None]] = [[None] * n for _ in range(n)]
    first = 0
    for size in sizes:
        for k in range(size):
            rows[first + (k + 1) % size][first + k] = 1
        first += size
    with pytest.raises(LimitError, match="repeat every 510,510 exponents"):
        Delays(rows).powers()
    powers = Delays([[1]]).powers()
    with pytest.raises(ArgumentError, match="no entry"):
        powers.entry(0, 1)
    with pytest.raises(ArgumentError, match="T must be from 0"):
        powers.entry(0, 0)(-1)
    with pytest.raises(ArgumentError, match="symbol must be"):
        powers.entry(0, 0).formula("T")
