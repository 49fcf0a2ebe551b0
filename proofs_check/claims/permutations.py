"""Appendix E: products of permutations, and the depth that they need."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING, Any

import numpy as np

from proofs_check.checks import check
from proofs_check.methods import every
from proofs_check.outcome import Outcome, exhausted, refuted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@check("exhaustive", flips={"of S_4": {"points": 4}, "of S_3": {"points": 3}})
def s5_is_not_solvable(*, points: int = 5) -> Outcome:
    """The commutators of S_5 make A_5, and those of A_5 make A_5 again."""
    from tcsim.library.languages.monoid import compose, generate

    group = generate(tuple(range(points)), list(permutations(range(points))), compose)
    series = [len(level.elements) for level in group.derived_series]
    if group.solvable:
        return refuted(f"the derived series has sizes {series}", {"points": points})
    return exhausted(f"the derived series has sizes {series}", "all of S_5", 120, series=series)


@check("exhaustive", flips={"241": {"pairs": 241}, "24 of another group": {"cycles": 20}})
def five_cycles_with_a_five_cycle_commutator(*, pairs: int = 240, cycles: int = 24) -> Outcome:
    """Of the 576 pairs of five-cycles 240 have a commutator that is a five-cycle."""
    from tcsim.library.barrington import commutator

    five = [p for p in permutations(range(5)) if _order(p) == 5]
    found = sum(_order(commutator(a, b)) == 5 for a in five for b in five)
    if (found, len(five)) != (pairs, cycles):
        says = f"{len(five)} five-cycles, {found} pairs"
        return refuted(says, {"five-cycles": len(five), "pairs": found})
    return exhausted(f"{found} of {len(five) ** 2} pairs", "all pairs", len(five) ** 2)


def _order(p: tuple[int, ...]) -> int:
    from tcsim.library.branching_program import times

    power, count = p, 1
    while power != tuple(range(len(p))):
        power, count = times(power, p), count + 1
    return count


LENGTHS = {"and2": 4, "or2": 4, "xor2": 16, "and4": 16, "maj3": 28, "parity4": 256}


@check("exhaustive", flips={"4^d - 1": {"less": 1}})
def barrington_lengths(*, less: int = 0) -> Outcome:
    """Programs of AND2, OR2, XOR2, AND4, MAJ3, PARITY4 have 4, 4, 16, 16, 28, 256 instructions.

    Each is run on all inputs.
    """
    import tcsim as tc
    from tcsim.library.barrington import program

    b = tc.Builder(share=False)
    x = b.inputs("x", 4)

    def xor(p: Any, q: Any) -> Any:  # noqa: ANN401 - wires and conditions
        return (p & ~q) | (~p & q)

    b.output("and2", x[0] & x[1])
    b.output("or2", x[0] | x[1])
    b.output("xor2", xor(x[0], x[1]))
    b.output("and4", (x[0] & x[1]) & (x[2] & x[3]))
    b.output("maj3", (x[0] & x[1]) | (x[2] & (x[0] | x[1])))
    b.output("parity4", xor(xor(x[0], x[1]), xor(x[2], x[3])))
    made = b.build()
    rows = np.array(list(product((0, 1), repeat=4)), np.uint8)
    values = made(rows)
    for place, name in enumerate(made.output_names):
        found = program(made, place)
        if len(found) != LENGTHS[name] - less:
            return refuted(f"{name} has {len(found)} instructions", {"function": name})
        for row, value in zip(rows.tolist(), values[:, place], strict=True):
            if (found.product(row) == found.target) != bool(value):
                return refuted(f"{name} is wrong", {"function": name, "input": row})
    return exhausted("the lengths, and the functions", "six functions, 16 inputs each", 96)


TREES = (
    (16, 2, 2250, 8), (16, 4, 15750, 4), (64, 2, 9450, 12), (64, 3, 20300, 8),
    (64, 4, 66150, 6), (256, 2, 38250, 16), (256, 4, 267750, 8),
)  # fmt: skip


@check("exhaustive", flips={"one level less": {"less": 1}, "half the gates": {"share": 2}})
def s5_trees(*, less: int = 0, share: int = 1) -> Outcome:
    """Products of 16, 64, 256 permutations by trees of arity 2, 3, 4: gates and depth, built."""
    from tcsim.library import get

    built: Any = get("word-problem")

    def holds(row: tuple[int, int, int, int]) -> bool:
        n, arity, gates, depth = row
        known = built.formulas(**built.quantities(n=n, k=5, arity=arity))
        found = int(known["size"].doit()), int(known["depth"])
        small = built.circuit(n=4, k=5, arity=arity)
        formulas = built.formulas(**built.quantities(n=4, k=5, arity=arity))
        measured = (small.size, small.depth)
        equal = measured == (int(formulas["size"].doit()), int(formulas["depth"]))
        return equal and found == (gates // share, depth - less)

    return every(TREES, holds, "gates and depth", "seven trees; n = 4 measured")


@check("exhaustive", repairs={"fan-in 2": {"unbounded": False}})
def binary_tree_is_best(*, unbounded: bool = True) -> Outcome:
    """No product of 64 permutations has less than the 12 levels of the binary tree."""
    from tcsim.library import get

    construction: Any = get("word-problem")
    for arity in (2, 3, 4) if unbounded else (2,):
        made = construction.formulas(**construction.quantities(n=64, k=5, arity=arity))
        gates, depth = int(made["size"].doit()), int(made["depth"])
        if depth < 12:
            says = f"arity {arity} has depth {depth} with {gates} gates"
            known = {"n": 64, "arity": arity, "depth": depth, "gates": gates}
            return refuted(says, known, recheck="permutation tree")
    return exhausted("12 levels", "binary trees", 1)


@check("exhaustive", flips={"constant arity": {"growing": False}})
def larger_arity_is_shallower(*, growing: bool = True) -> Outcome:
    """With arity lg n the tree has at most 5 lg n / lg lg n levels, and nodes of 25 n^3 gates."""
    from math import ceil, log2

    def holds(exponent: int) -> bool:
        arity = exponent if growing else 2
        levels, reach = 0, 1
        while reach < 2**exponent:
            reach, levels = reach * arity, levels + 1
        per_node = 25 * 5 ** (arity - 1) + 25
        return 2 * levels <= ceil(5 * exponent / log2(exponent)) and per_node <= 25 * 2 ** (
            3 * exponent
        )

    return every(range(8, 200), holds, "depth and size", "n = 2^8 .. 2^199")


@check("symbolic", flips={"S_4": {"points": 4}})
def table_of_products(*, points: int = 5) -> Outcome:
    """The table of S_5^n has 120^n = e^(n ln 120) rows."""
    from sympy import exp, factorial, log, symbols

    from proofs_check.methods import equal

    n = symbols("n", positive=True)
    return equal(factorial(points) ** n, exp(n * log(120)), "the number of rows")


@check("exhaustive", flips={"after four": {"memory": 4}})
def rnn_multiplies_permutations(*, memory: int = 120) -> Outcome:
    """A state of 120 values and the multiplication table of S_5 follow any product: all pairs."""
    from tcsim.library.branching_program import times

    group = list(permutations(range(5)))[:memory]
    place = {p: i for i, p in enumerate(group)}
    count = 0
    for a in group:
        for b in group:
            if times(a, b) not in place:
                return refuted("a product is no state", {"a": a, "b": b})
            count += 1
    return exhausted("the table is closed", "all pairs", count)


def _unary(bits: Sequence[int]) -> Callable[[int], int]:
    return lambda n: bits[n]


@check("exhaustive", flips={"one bias for all lengths": {"per_length": False}})
def biases_decide_unary_languages(*, per_length: bool = True) -> Outcome:
    """One neuron [b_n >= 1] with b_n in {0, 1} decides any unary language: lengths to 11."""

    def holds(language: tuple[int, ...]) -> bool:
        decide = _unary(language)
        bias = [decide(n) if per_length else decide(0) for n in range(len(language))]
        return all((bias[n] >= 1) == bool(decide(n)) for n in range(len(language)))

    says = "the neuron decides it"
    return every(product((0, 1), repeat=12), holds, says, "all languages of lengths 0 to 11")
