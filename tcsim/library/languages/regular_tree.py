"""Any regular language as a family: the tree of matrix products, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcsim.library.construction import Construction
from tcsim.library.languages.automaton import complete, digits
from tcsim.library.languages.recognize import recognize_tree
from tcsim.library.languages.records import inputs, oracle, parameters, parsed
from tcsim.library.languages.tree import levels
from tcsim.library.parameter import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcsim.library.languages.automaton import Automaton


def _build(
    word: Any,  # noqa: ANN401
    expression: str,
    alphabet: str,
    arity: int,
    **_: int,
) -> Mapping[str, Any]:
    return {"accepted": recognize_tree(parsed(expression, alphabet), word, arity)}


def _quantities(n: int, expression: str, alphabet: str, arity: int) -> Mapping[str, int]:
    found = parsed(expression, alphabet)
    least, letters = complete(found), len(found.alphabet)
    every, start, accepting = range(least.size), [least.start], sorted(least.accepting)
    ends = [(start, accepting)] if n == 1 else [(start, every), (every, accepting)]
    steps = [(1, _step(least, letters, rows, columns)) for rows, columns in ends]
    if n > 2:
        steps.append((n - 2, _step(least, letters, every, every)))
    return {
        "n": n,
        "arity": arity,
        "s": least.size,
        "f": len(accepting),
        "h": levels(n, arity),
        "g": sum(times * gates for times, (gates, _, _) in steps),
        "o": sum(times * operands for times, (_, operands, _) in steps),
        "l": max(depth for _, (_, _, depth) in steps),
    }


def _step(
    automaton: Automaton, letters: int, rows: Iterable[int], columns: Iterable[int]
) -> tuple[int, int, int]:
    """Gates, operands and levels of entries of a letter's matrix, from its digits."""
    rows, columns = list(rows), set(columns)
    width = digits(letters)
    gates, operands, depth = len(rows) * len(columns), 0, 1
    for number, moves in enumerate(automaton.moves):
        entries = sum(moves[p] in columns for p in rows)
        operands += entries
        if not entries or width == 1:
            continue
        codes = 1 if number < letters else (1 << width) - letters
        gates += codes + (codes > 1)
        operands += codes * width + (codes > 1) * codes
        depth = max(depth, 2 + (codes > 1))
    if width == 1:  # x OR NOT x, where both letters have the same move, is one term
        zero, one = automaton.moves
        operands -= sum(zero[p] == one[p] and one[p] in columns for p in rows)
    return gates, operands, depth


def _formulas(**at: Any) -> Mapping[str, Any]:  # noqa: ANN401
    from sympy import Max, Min, Piecewise, Sum, Symbol, ceiling

    n, arity, s, f, h = (at[name] for name in ("n", "arity", "s", "f", "h"))
    i = Symbol("i", integer=True)

    def all_products(cost: Any) -> Any:  # noqa: ANN401
        """Of entries that multiply k matrices: the first has one row, the last f columns."""
        parts = ceiling(n / arity ** (i + 1))
        rest = ceiling(n / arity**i) - arity * (parts - 1)
        below = (s + (parts - 2) * s**2) * cost(arity) + Piecewise(
            (0, rest < 2), (s * f * cost(rest), True)
        )
        top = f * cost(ceiling(n / arity ** (Max(h, 1) - 1)))
        return Sum(below, (i, 0, Max(h - 2, -1))) + Min(h, 1) * top

    return {
        "depth": at["l"] + 2 * h + 1,
        "size": at["g"] + 1 + all_products(lambda k: s ** (k - 1) + 1),
        "edges": at["o"] + f + all_products(lambda k: (k + 1) * s ** (k - 1)),
        "max_weight": 1,
    }


_ARITY = Parameter("arity", "most matrices multiplied at once", least=2, default=2)

REGULAR_TREE = Construction(
    name="regular-tree",
    summary="Any regular language in logarithmic depth: a tree of products of 0/1 matrices",
    claim="NC1",
    source="Ladner and Fischer 1980, Parallel prefix computation, for one word",
    parameters=parameters("(a|b)*ab(a|b)*", _ARITY),
    inputs=inputs,
    build=_build,
    formulas=_formulas,
    oracle=oracle,
    points=(
        *({"n": n, "expression": "(a|b)*ab(a|b)*"} for n in (1, 2, 3, 4, 5, 8, 13)),
        *({"n": n, "expression": "(ab)*", "arity": 3} for n in (1, 2, 3, 4, 7, 10, 28)),
        *({"n": n, "expression": "(abc)*a?", "arity": 2} for n in (1, 2, 5, 11)),
        *({"n": n, "expression": ".*aa", "alphabet": "abcde", "arity": 4} for n in (1, 2, 3, 5)),
    ),
    example={"n": 2, "expression": "a*"},
    quantities=_quantities,
    meanings={
        "s": "states of the least automaton",
        "f": "states in which it accepts",
        "h": "levels of the tree, the least h with arity^h >= n",
        "g": "gates of the matrices of the letters: s^2 each, and those that decode letters",
        "o": "their operands",
        "l": "their depth",
    },
)
