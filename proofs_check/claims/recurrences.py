"""Appendix C: how many steps recurrences take, and which of them can be skipped."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from proofs_check.checks import check
from proofs_check.methods import every

if TYPE_CHECKING:
    from proofs_check.outcome import Outcome


def _steps(n: int, layers: int, *, feedback: bool) -> int:
    """The longest path through n tokens and the layers: to each layer from itself, or the top."""

    @cache
    def depth(token: int, layer: int) -> int:
        below = depth(token, layer - 1) if layer else 0
        if token == 0:
            return below + 1
        from_before = depth(token - 1, layers - 1 if feedback else layer)
        return max(below, from_before) + 1

    return max(depth(token, layers - 1) for token in range(n))


@check("exhaustive", flips={"n L": {"product": True}, "one more": {"more": 1}})
def wavefront(*, product: bool = False, more: int = 0) -> Outcome:
    """An RNN of L layers, each of which reads its own last state, takes n + L - 1 steps."""

    def holds(case: tuple[int, int]) -> bool:
        n, layers = case
        claimed = n * layers if product else n + layers - 1 + more
        return _steps(n, layers, feedback=False) == claimed

    cases = ((n, layers) for n in (*range(1, 12), 40) for layers in (*range(1, 8), 12))
    return every(cases, holds, "so many steps", "n to 11 and 40, to 7 layers and 12")


@check("exhaustive", flips={"n + L - 1": {"total": True}})
def feedback_from_the_top(*, total: bool = False) -> Outcome:
    """Where the next token needs the top layer's state, n L steps are needed: 96 n at L = 96."""

    def holds(case: tuple[int, int]) -> bool:
        n, layers = case
        claimed = n + layers - 1 if total else n * layers
        return _steps(n, layers, feedback=True) == claimed

    return every(product((1, 2, 5, 6), (1, 2, 7, 96)), holds, "so many steps", "to 6 tokens")


Matrix = tuple[tuple[Fraction, ...], ...]


def _times(a: Matrix, b: Matrix) -> Matrix:
    columns = list(zip(*b, strict=True))
    return tuple(
        tuple(sum((x * y for x, y in zip(row, col, strict=True)), Fraction(0)) for col in columns)
        for row in a
    )


def _closed_form(m: Matrix, xs: list[Matrix], shift: int) -> Matrix:
    total: Any = None
    for place, x in enumerate(xs):
        term = x
        for _ in range(len(xs) - place + shift):
            term = _times(m, term)
        total = term if total is None else _add(total, term)
    return total  # type: ignore[no-any-return]


def _add(a: Matrix, b: Matrix) -> Matrix:
    return tuple(tuple(x + y for x, y in zip(p, q, strict=True)) for p, q in zip(a, b, strict=True))


@check("exhaustive", flips={"powers one less": {"shift": -1}, "elementwise": {"linear": False}})
def linear_states_have_a_closed_form(*, shift: int = 0, linear: bool = True) -> Outcome:
    """s_k = M (s_(k-1) + x_(k-1)) is M^(k-1) x_1 + ... + M x_(k-1), in exact rationals."""
    from random import Random

    def holds(case: tuple[int, int]) -> bool:
        seed, n = case
        random = Random(seed)
        m: Matrix = tuple(tuple(Fraction(random.randint(-9, 9), 7) for _ in "ab") for _ in "ab")
        xs: list[Matrix] = [
            tuple((Fraction(random.randint(-9, 9), 5),) for _ in "ab") for _ in range(n)
        ]
        state: Matrix = ((Fraction(0),), (Fraction(0),))
        for x in xs:
            state = _times(m, _add(state, x))
            if not linear:  # a clamp between steps
                state = tuple(
                    tuple(max(Fraction(-1), min(Fraction(1), v)) for v in r) for r in state
                )
        return state == _closed_form(m, xs, shift)

    says = "recurrence and closed form agree"
    return every(product(range(20), range(1, 8)), holds, says, "20 matrices, n to 7")


@check("exhaustive", flips={"the one after x_(t+1)": {"offset": 1}, "x_(t-2)": {"offset": -2}})
def which_state_is_needed(*, offset: int = -1) -> Outcome:
    """To run an RNN on x_t, of the states after other tokens the one after x_(t-1) is read."""

    def holds(t: int) -> bool:
        reads = {token: {token - 1} for token in range(1, 30)}  # s_t = f(x_t, s_(t-1))
        return t + offset in reads[t]

    return every(range(2, 29), holds, "it is the one before", "t to 28")


@check("exhaustive", flips={"without hypotheses": {"diagonal": False}})
def constant_transitions_need_few_powers(*, diagonal: bool = True) -> Outcome:
    """The powers of a diagonal matrix are those of its entries; of other matrices they are not."""

    def holds(case: tuple[int, int, int, int]) -> bool:
        a, b, c, n = case
        off = Fraction(0 if diagonal else c)
        m: Matrix = ((Fraction(a), off), (Fraction(0), Fraction(b)))
        power = m
        for _ in range(n):
            power = _times(power, m)
        return power == tuple(tuple(x ** (n + 1) for x in row) for row in m)

    cases = product(range(-2, 3), range(-2, 3), (1, 2), range(1, 6))
    return every(cases, holds, "powers entry by entry", "25 matrices, powers to 6")


@check("symbolic", flips={"one layer more": {"layers": 97}})
def numbers_of_steps(*, layers: int = 96) -> Outcome:
    """32768 tokens at 96 steps each are 3145728 steps."""
    from sympy import Integer

    from proofs_check.methods import equal

    return equal(Integer(32768) * layers, Integer(3145728), "the product")
