"""Which engine finishes first, by measured costs, all in nanoseconds.

An engine may first have to be loaded, or a program to be made for it. That is rented before it is
bought: each job notes what it would have saved had all been there, and once that adds up to the
price, the price counts as paid. So many short jobs take hardly longer than one long one.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tcsim.literals import and_literals

if TYPE_CHECKING:
    from collections.abc import Container

    from tcsim.circuit import Circuit

LOADING, LOADING_KERNELS = 750_000_000, 450_000_000
"""Until the compiled kernels have run once: with the import of numba, and without it."""

NAMES = ("reference", "bigint", "bits")

_saved_by_loading = 0.0
"""What all jobs of this process would have saved so far, had the kernels been loaded."""


class Work(NamedTuple):
    """How much there is to do in a circuit.

    Attributes:
        terms: of all forms, gates counted too.
        operations: bitwise ones, about: one a gate, five for each literal that is added up.
        ports: inputs and outputs.
        drafted: whether the compiled engine has a draft for it (`tcsim.simulate.draft`).
    """

    terms: int
    operations: int
    ports: int
    drafted: bool


# Measured on one core of an AMD EPYC (Zen 4), Python 3.11, on and-inverter graphs of 10 to 57,247
# gates and on sums of 3 to 1,001 literals, for 1, 64 and 1,024 words.


def running(work: Work, vectors: int) -> dict[str, float]:
    """What each engine takes for so many vectors, once it has its program."""
    words = -(-vectors // 64)
    return {
        "reference": 3_000 + work.terms * (400 + 80 * vectors),
        "bigint": 5_000 + work.operations * (115 + 0.45 * words) + work.ports * (150 + 4.5 * words),
        "bits": 15_000 + work.operations * 3 * -(-words // 32) + work.ports * 0.3 * words,
    }


def making(work: Work) -> dict[str, float]:
    """What it takes to make each engine's program."""
    return {
        "reference": 0,
        "bigint": 60_000 + 700 * work.terms,
        "bits": 200_000 + (30 if work.drafted else 300) * work.terms,
    }


def quickest(circuit: Circuit, wanted: str, vectors: int, made: Container[str]) -> str:
    """The engine that finishes first.

    Args:
        circuit: any circuit.
        wanted: ``"outputs"`` or ``"gates"``.
        vectors: how many vectors there are to evaluate.
        made: engines whose programs are there already.
    """
    global _saved_by_loading  # noqa: PLW0603 - by all circuits together
    total = expected(circuit, wanted, vectors, made)
    run = running(_work(circuit), vectors)
    saved = _saved(circuit, wanted)
    best = min(total, key=total.__getitem__)
    for name, time in run.items():
        saved[name] += max(0, run[best] - time)
    _saved_by_loading += max(0, run[best] - run["bits"])
    return best


def expected(circuit: Circuit, wanted: str, vectors: int, made: Container[str]) -> dict[str, float]:
    """What each engine takes for a job, with what it has yet to load and to make.

    Args:
        circuit: any circuit.
        wanted: ``"outputs"`` or ``"gates"``.
        vectors: how many vectors there are to evaluate.
        made: engines whose programs are there already.
    """
    run, make = running(_work(circuit), vectors), making(_work(circuit))
    saved = _saved(circuit, wanted)
    total = {
        name: time + (0 if _made(name, made) else max(0, make[name] - saved[name]))
        for name, time in run.items()
    }
    loading = LOADING_KERNELS if "numba" in sys.modules else LOADING
    total["bits"] += max(0, loading - _saved_by_loading)
    return total


def _made(name: str, made: Container[str]) -> bool:
    return name in made or (name == "bits" and "draft" in made)


def _work(circuit: Circuit) -> Work:
    return circuit.remember("work", lambda: measure_work(circuit))


def _saved(circuit: Circuit, wanted: str) -> dict[str, float]:
    """What jobs would have saved so far, had each program been there."""
    return circuit.remember(f"saved by programs of {wanted}", lambda: dict.fromkeys(NAMES, 0.0))


def kernels_are_loaded() -> None:
    """Say that compiled kernels need no loading any more."""
    global _saved_by_loading  # noqa: PLW0603 - there is nothing left to pay
    _saved_by_loading = math.inf


def measure_work(circuit: Circuit) -> Work:
    """How much there is to do, roughly, at little cost."""
    ports = circuit.n_inputs + circuit.n_outputs
    if and_literals(circuit) is not None:
        return Work(3 * circuit.size, circuit.size, ports, drafted=True)
    added = np.diff(circuit.form_start) > 2  # two literals make an AND or OR
    literals = np.bitwise_count(circuit.form_weight).astype(np.int64)
    for term, weight in circuit.big_weights.items():
        literals[term] = weight.bit_count()
    literals[circuit.form_operand < 0] *= 8  # a sum of some eight digits
    literals[~np.repeat(added, np.diff(circuit.form_start))] = 0
    return Work(
        terms=len(circuit.form_operand) + circuit.size,
        operations=circuit.size + 5 * int(literals.sum()),
        ports=ports,
        drafted=False,
    )
