"""How a circuit would be evaluated, and why: for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tcsim.literals import and_literals
from tcsim.simulate.choice import expected
from tcsim.simulate.engines import BitsEngine, best_program, check_engine
from tcsim.simulate.instructions import (
    ADD_FOUR,
    ADD_SIXTEEN,
    ADD_SIXTEEN_INVERTED,
    ADD_SIXTEEN_MIXED,
    ADD_TWO,
    AND_EIGHT,
    CLEAR,
    COMPARE,
    LAYER,
    RECORD,
    SUM,
)
from tcsim.simulate.operations import OPERATIONS

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.simulate.program import Program
    from tcsim.typing import Integers

_NAMES = {
    **{number: operation.name for number, operation in enumerate(OPERATIONS)},
    AND_EIGHT: "and of eight",
    COMPARE: "comparison, four digits",
    CLEAR: "digit cleared",
    ADD_TWO: "adder of two",
    ADD_FOUR: "adder of four",
    ADD_SIXTEEN: "adder of sixteen",
    ADD_SIXTEEN_INVERTED: "adder of sixteen, inverted",
    ADD_SIXTEEN_MIXED: "adder of sixteen, mixed",
    SUM: "sum",
    LAYER: "layer",
}

_LENGTHS = {
    **{number: 1 + operation.operands for number, operation in enumerate(OPERATIONS)},
    **RECORD,
    ADD_SIXTEEN_INVERTED: RECORD[ADD_SIXTEEN],
    ADD_SIXTEEN_MIXED: RECORD[ADD_SIXTEEN],
}


def explain(circuit: Circuit, vectors: int, *, engine: str = "auto") -> str:
    """Say which engine would evaluate so many vectors, by which operations, and why.

    The engine's program is made for it, so that the answer is what would run.

    Args:
        circuit: any circuit.
        vectors: how many vectors.
        engine: as in `tcsim.simulate.evaluate`.

    Returns:
        Lines of text.

    Raises:
        ArgumentError: an unknown engine.
        LimitError: the circuit is too large for memory.

    Example:
        >>> import tcsim as tc
        >>> b = tc.Builder()
        >>> x = b.inputs("x", 64)
        >>> b.output("vote", tc.majority(x))
        >>> print(tc.simulate.explain(b.build(), 10**6, engine="bits"))
        engine bits: asked for
        1 gate, 1 sum of a form
          program: the best: drafts are of gates of two operands alone
          2,048 vectors and 71 values at a time
                  1  sum
                  7  digit cleared
                  4  adder of sixteen
                  1  adder of four
                  1  adder of two
                  2  comparison, four digits
    """
    check_engine(engine)
    chosen, lines = engine, [f"engine {engine}: asked for"]
    if engine == "auto":
        made = circuit.remember("programs of outputs", dict[str, object])
        times = expected(circuit, "outputs", vectors, made)
        chosen = min(times, key=times.__getitem__)
        lines = [f"engine {chosen}: the quickest, with all that is yet to be loaded and made"]
        lines += [f"  {time / 1e6:>12,.3f} ms  {name}" for name, time in times.items()]
    if chosen != "bits":
        return "\n".join(lines)
    program, draft = best_program(circuit, "outputs", vectors)
    block = 64 * BitsEngine(program, vectors).pitch
    found = counts(program)
    if draft:
        reason = f"a draft: {vectors:,} vectors would not make up for a better one"
    elif and_literals(circuit) is None:
        reason = "the best: drafts are of gates of two operands alone"
    else:
        reason = f"the best: {vectors:,} vectors make up for the time that it takes"
    lines += [
        f"{_number(circuit.size, 'gate')}, {_number(found['sum'], 'sum')} of a form",
        f"  program: {reason}",
        f"  {block:,} vectors and {program.n_slots:,} values at a time",
        *(f"  {number:>9,}  {name}" for name, number in found.items()),
    ]
    for layer in program.notes:
        lines.append(f"  layer: {layer}")
    return "\n".join(lines)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def counts(program: Program) -> Counter[str]:
    """How many records of each kind a program runs, by name."""
    found: Counter[str] = Counter()
    code, at = program.code, 0
    while at < len(code):
        kind = int(code[at])
        if kind == SUM:
            found[_NAMES[SUM]] += 1
            _count_runs(program.adders[code[at + 1] : code[at + 2]], found)
            at += 3
        elif kind == LAYER:
            found[_NAMES[LAYER]] += 1
            at += 4 + int(code[at + 2]) + int(code[at + 3 + code[at + 2]])
        else:
            at += _count_run(code, at, found)
    return found


def _count_runs(code: Integers, found: Counter[str]) -> None:
    at = 0
    while at < len(code):
        at += _count_run(code, at, found)


def _count_run(code: Integers, at: int, found: Counter[str]) -> int:
    kind, n = int(code[at]), int(code[at + 1])
    found[_NAMES[kind]] += n
    return 2 + n * _LENGTHS[kind]
