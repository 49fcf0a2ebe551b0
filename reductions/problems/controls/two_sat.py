"""2-SAT: unit propagation over clauses of two literals follows paths, and paths are found by NL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reductions.problems.controls.control import Control

if TYPE_CHECKING:
    from random import Random

Formula = tuple[int, tuple[tuple[int, int], ...]]
"""Number of variables, and clauses of two literals: 2 v, or 2 v + 1 for its negation."""


def propagate(formula: Formula) -> bool:
    """Variable after variable: a value whose propagation meets no contradiction is kept."""
    variables, clauses = formula
    true: set[int] = set()
    for variable in range(variables):
        if {2 * variable, 2 * variable + 1} & true:
            continue
        kept = None
        for literal in (2 * variable, 2 * variable + 1):
            trial = _closed(true | {literal}, clauses)
            if not any(one ^ 1 in trial for one in trial):
                kept = trial
                break
        if kept is None:
            return False
        true = kept
    return True


def _closed(true: set[int], clauses: tuple[tuple[int, int], ...]) -> set[int]:
    found, grown = set(true), True
    while grown:
        new = {b for a, b in clauses if a ^ 1 in found} | {a for a, b in clauses if b ^ 1 in found}
        grown = not new <= found
        found |= new
    return found


def closure(formula: Formula) -> tuple[bool, int]:
    """The closure of the implications by squaring: no literal leads to its negation and back."""
    variables, clauses = formula
    size = 2 * variables
    reach = np.eye(size, dtype=np.int64)
    for a, b in clauses:
        reach[a ^ 1, b] = reach[b ^ 1, a] = 1
    rounds = max(0, size - 1).bit_length()
    for _ in range(rounds):
        reach = np.minimum(reach @ reach, 1)
    literal = np.arange(size)
    forth = reach[literal, literal ^ 1]
    return not bool((forth & forth[literal ^ 1]).any()), rounds


def _draw(random: Random, n: int) -> Formula:
    variables = max(1, n)
    literals = range(2 * variables)
    count = random.randint(0, 3 * variables)
    return variables, tuple(
        (random.choice(literals), random.choice(literals)) for _ in range(count)
    )


TWO_SAT = Control(
    name="2-SAT",
    question="Is there an assignment that satisfies all clauses of two literals?",
    complexity="NL-complete, so in NC2: reachability among literals",
    in_nc=True,
    assumption="Clauses of three literals with one positive (Horn) are P-complete to propagate.",
    reference="Jones, Lien, Laaser 1976; Papadimitriou 1994, theorem 16.3",
    draw=_draw,
    serial=propagate,
    parallel=closure,
    rounds=lambda n: max(0, 2 * max(1, n) - 1).bit_length(),
)
