"""How large the circuits of constant depth become: polynomials in the length of the word.

A memory at position j is an OR over pairs of positions (when it was set, and j), and each of its
ANDs reads the places between: so there are at most quadratically many gates and cubically many
operands. From some length on all positions but the first have the same gates, and the numbers are
polynomials of that degree, one for each remainder of the length modulo the period of the counters.
Their coefficients are read off the circuits of four lengths.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tcsim.builder import Builder
from tcsim.library.languages.automaton import complete, digits
from tcsim.library.languages.decomposition import cascade
from tcsim.library.languages.recognize import recognize_shortcut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcsim.library.languages.automaton import Automaton
    from tcsim.measure import Measures

DIFFERENCES = {
    "q": "(n - t) / p, for the least length t that is congruent to n modulo p, and large enough; "
    "p is the period of the counters",
    "s0": "gates at length t",
    "s1": "their first difference, at steps of p",
    "s2": "their second difference",
    "e0": "operands at length t",
    "e1": "their first difference",
    "e2": "their second difference",
    "e3": "their third difference",
    "d": "depth at length t, and from there on",
    "w": "largest weight at length t, and from there on",
}
"""What `differences` gives, in words."""


def differences(automaton: Automaton, n: int) -> dict[str, int]:
    """The numbers from which `formulas` gives the measures at length n, exactly."""
    whole = cascade(complete(automaton))
    start, period = regular_from(automaton), whole.period
    t = n if n < start else start + (n - start) % period
    samples = [_measured(automaton, t + i * period) for i in range(4)] if n >= start else []
    base = _measured(automaton, t)
    size = _newton([m.size for m in samples] or [base.size], 3)
    edges = _newton([m.edges for m in samples] or [base.edges], 4)
    return {
        "q": (n - t) // period,
        **{f"s{i}": number for i, number in enumerate(size)},
        **{f"e{i}": number for i, number in enumerate(edges)},
        "d": base.depth,
        "w": base.max_weight,
    }


def formulas(q: Any, d: Any, w: Any, **at: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Newton's forward differences in q."""
    from sympy import binomial

    return {
        "depth": d,
        "size": at["s0"] + at["s1"] * q + at["s2"] * binomial(q, 2),
        "edges": at["e0"] + at["e1"] * q + at["e2"] * binomial(q, 2) + at["e3"] * binomial(q, 3),
        "max_weight": w,
    }


def polynomials(automaton: Automaton) -> dict[str, Any]:
    """Depth, size and edges as sympy polynomials in n, from n = `regular_from` on.

    If the counters have a period, at those n that are congruent to it.

    Example:
        >>> from tcsim.library.languages.expression import automaton
        >>> polynomials(automaton("(a|b)*ab(a|b)*"))["size"]
        n**2/2 + 7*n/2 - 6
    """
    import sympy

    start = regular_from(automaton)
    n = sympy.Symbol("n")
    numbers = differences(automaton, start)
    del numbers["q"]
    steps = (n - start) / cascade(complete(automaton)).period
    expanded = formulas(q=steps, **numbers)
    return {
        name: sympy.expand(sympy.expand_func(sympy.sympify(expanded[name])))
        for name in ("depth", "size", "edges")
    }


def regular_from(automaton: Automaton) -> int:
    """The length from which on every memory has been set at other than the first positions."""
    return 2 * cascade(complete(automaton)).height + 2


def _newton(values: list[int], count: int) -> list[int]:
    """First entries of the rows of differences; 0 where there are no more."""
    rows = []
    for _ in range(count):
        rows.append(values[0] if values else 0)
        values = [b - a for a, b in pairwise(values)]
    return rows


@cache
def _measured(automaton: Automaton, n: int) -> Measures:
    builder = Builder(share=False, fold=False)
    width = digits(len(automaton.alphabet))
    word = [builder.inputs(f"word[{i}]", width) for i in range(n)]
    builder.output("accepted", recognize_shortcut(automaton, word))
    return builder.build().measures
