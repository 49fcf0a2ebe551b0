from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tcsim.errors import ArgumentError, LimitError
from tcsim.hierarchy import Delays, Gates, Loop, Module, leaf
from tests.hierarchy.plans import Plan, leaves, nets, plans

T = sympy.Symbol("T", integer=True, nonnegative=True)
ROWS = {"h": {"h": 4, "c": 3, "x": 4}, "c": {"h": 3, "c": 2, "x": 3}}


def lstm(fused: int = 0) -> Module:
    """An LSTM step: h', c' from h, c, x; fused, the products of h and x take a level less."""
    less = {"h": fused, "x": fused, "c": 0}
    rows = {o: {i: d - less[i] for i, d in row.items()} for o, row in ROWS.items()}
    first = Gates(8, {"h": 1, "x": 1})
    return leaf(["h", "c", "x"], rows, [first, *(Gates(4, row) for row in rows.values())])


def test_an_lstm_takes_4_levels_a_step_or_3() -> None:
    loop = Loop(lstm())
    assert loop.module.delays == Delays([[4, 3, 4], [3, 2, 3]])
    assert (loop.slope, loop.cycle) == (Fraction(4), ("h",))
    assert [loop.times(t).depth for t in (1, 2, 3, 6)] == [4, 8, 12, 24]
    depth = loop.depth()
    assert (depth.formula(T), depth.start) == (4 * T, 0)
    assert Loop(lstm(1)).depth().formula(T) == 3 * T
    assert loop.depth({"x": 9}).formula(T) == 4 * T + 9
    assert loop.depth({"c": 9}).formula(T) == 4 * T + 8
    assert loop.depth({"c": 9})(0) == 9


def test_depth_through_what_follows() -> None:
    row = {"h": 2}
    head = leaf(["h", "c"], {"y": row, "c": {"c": 0}}, [Gates(1, {"h": 1}), Gates(1, row)])
    assert Loop(lstm()).depth(then=head).formula(T) == 4 * T + 2
    with pytest.raises(ArgumentError, match="then has the inputs"):
        Loop(lstm()).depth(then=lstm())


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Loop, dict[str, int]]:
    plan: Plan = draw(plans() | nets(leaves()))
    module = plan.module
    targets = draw(st.permutations(module.inputs))
    state = {
        output: target
        for output, target in zip(module.outputs, targets, strict=False)
        if draw(st.integers(0, 3))
    }
    free = [name for name in module.outputs if name not in state]
    gather = [name for name in free if draw(st.booleans())]
    arrival = {name: draw(st.integers(0, 30)) for name in module.inputs}
    return Loop(module, state, gather), arrival


@given(rounds(), st.integers(1, 9))
def test_the_sequence_is_the_depth_of_every_repetition(
    drawn: tuple[Loop, dict[str, int]], times: int
) -> None:
    loop, arrival = drawn
    depth = loop.depth(arrival)
    state_only = set(loop.module.outputs) == set(loop.state)
    for rounds_ in (*range(0 if state_only else 1, 9), depth.start, depth.start + 100):
        if rounds_ or state_only:
            module = loop.times(rounds_)
            assert depth(rounds_) == max(module.arrive(arrival).values())
    assert depth(0) == max((arrival[name] for name in loop.state.values()), default=depth(0))
    assert depth.slope == loop.slope
    module = loop.times(times)
    assert module.schedule(arrival).depth == depth(times)
    assert module.size == loop.size(times) == sum(module.schedule(arrival).levels)


@given(rounds())
def test_the_cycle_is_one_of_state_ports(drawn: tuple[Loop, dict[str, int]]) -> None:
    loop, _ = drawn
    back = {target: output for output, target in loop.state.items()}
    steps = zip(loop.cycle, [*loop.cycle[1:], *loop.cycle[:1]], strict=True)
    delays = [loop.module.delay(back[following], port) for port, following in steps]
    if delays:
        assert Fraction(sum(delays), len(delays)) == loop.slope


def test_state_that_changes_places_has_half_a_slope() -> None:
    rows = {"a": {"b": 2}, "b": {"a": 3}}
    swap = Loop(
        leaf(["a", "b"], rows, [Gates(1, row) for row in rows.values()] + [Gates(1, {"a": 1})])
    )
    assert (swap.slope, set(swap.cycle)) == (Fraction(5, 2), {"a", "b"})
    depth = swap.depth()
    assert (depth.period, depth.start) == (2, 0)
    assert [depth(t) for t in range(6)] == [0, 3, 5, 8, 10, 13]
    assert str(depth.formula(T)) == "5*T/2 + Piecewise((0, Eq(Mod(T, 2), 0)), (1/2, True))"


def test_no_state_no_slope() -> None:
    row = {"x": 3}
    once = Loop(leaf(["x"], {"y": row}, [Gates(5, row)]))
    assert (once.slope, once.cycle, once.state) == (0, (), {})
    assert once.times(9).levels == (0, 0, 0, 45)
    assert once.depth().formula(T) == 3
    assert once.depth()(0) is None


def test_the_first_round_may_be_the_latest() -> None:
    rows = {"s": {"x": 1}, "y": {"s": 1}}
    late = Loop(leaf(["s", "x"], rows, [Gates(1, row) for row in rows.values()]), gather=["y"])
    assert late.times(5).arrive({"s": 10}) == {"s": 1, "y": 11}
    assert late.depth({"s": 10}).formula(T) == 11
    assert Loop(late.module).times(5).arrive({"s": 10}) == {"s": 1, "y": 2}


def test_symbolic_size() -> None:
    assert Loop(lstm()).size(T) == 16 * T
    assert Loop(lstm()).size(10) == 160


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Loop(lstm()).times(-1), "T must be from 0"),
        (lambda: Loop(lstm()).times(1.5), "T must be an integer, not 1.5"),
        (lambda: Loop(lstm()).times(T), "T must be a number, not T"),
        (lambda: Loop(lstm(), {}).times(0), "T must be at least 1: the output 'h' is not state"),
        (lambda: Loop(lstm()).size(-1), "T must be at least 0, not -1"),
        (lambda: Loop(lstm()).size(0.5), "T must be an integer or a sympy expression"),
        (lambda: Loop(lstm(), {"y": "h"}), "state: there is no 'y'"),
        (lambda: Loop(lstm(), {"h": "y"}), "there is no 'y'; there are: h, c, x"),
        (lambda: Loop(lstm(), {"h": "h", "c": "h"}), "'h' is given twice"),
        (lambda: Loop(lstm(), ["h"]), "state must be a mapping"),
        (lambda: Loop(lstm(), gather=["h"]), "gather: there is no 'h'; there are: none"),
        (lambda: Loop("lstm"), "module must be a Module"),
        (lambda: Loop(lstm()).depth({"y": 1}), "arrival: there is no 'y'"),
        (lambda: Loop(lstm()).depth(then=3), "then must be a Module"),
        (lambda: Loop(leaf(["x"], {})).depth(), "no output whose depth"),
    ],
    ids=lambda value: value if isinstance(value, str) else "make",
)
def test_bad_input(make: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        make()


def test_delays_that_grow_too_far() -> None:
    with pytest.raises(LimitError, match="fewer repetitions"):
        Loop(lstm()).times(1 << 60)
