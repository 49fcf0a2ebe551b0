import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcsim.hierarchy import UltimatelyLinear


@st.composite
def sequences(draw: st.DrawFn) -> UltimatelyLinear:
    period = draw(st.sampled_from([1, 2, 4, 6]))
    window = draw(st.tuples(*[st.none() | st.integers(-9, 9)] * period))
    rates = [draw(st.integers(0, 2)) for _ in range(period)]
    increments = tuple(
        0 if value is None else period * rate for value, rate in zip(window, rates, strict=True)
    )
    early = draw(st.lists(st.none() | st.integers(-9, 9), max_size=5))
    return UltimatelyLinear(len(early), period, window, increments, early.__getitem__)


@given(sequences(), st.integers(0, 20))
def test_other_forms_have_the_same_values(sequence: UltimatelyLinear, steps: int) -> None:
    values = [sequence(T) for T in range(60)]
    reduced, later = sequence.reduced(), sequence.after(steps)
    assert [reduced(T) for T in range(60)] == values
    assert [later(T) for T in range(60 - steps)] == values[steps:]
    assert [later.reduced()(T) for T in range(60 - steps)] == values[steps:]
    assert reduced.slope == later.slope == sequence.slope
    assert reduced.start <= sequence.start
    assert sequence.period % reduced.period == 0


def test_a_shorter_period_needs_equal_rates() -> None:
    """The first steps look like slope 2; the residues then part."""
    parting = UltimatelyLinear(0, 2, (0, 2), (4, 6))
    assert parting.reduced().period == 2
    together = UltimatelyLinear(0, 2, (0, 2), (4, 4))
    assert together.reduced() == UltimatelyLinear(0, 1, (0,), (2,))


@pytest.mark.parametrize("T", range(6))
def test_none_is_a_value(T: int) -> None:
    every_other = UltimatelyLinear(0, 4, (None, 1, None, 3), (0, 4, 0, 4)).reduced()
    assert every_other.period == 2
    assert every_other(T) == (T if T % 2 else None)
