"""Equivalence by merging: nodes that are equal become one, from the inputs up to the outputs.

Simulation says which nodes may be equal, a SAT solver decides, and what it finds instead (a vector
on which they differ) makes the simulation sharper. Two circuits that are much alike inside are
decided by many small questions instead of a large one.

Source: A. Kuehlmann, V. Paruthi, F. Krohm, M. K. Ganai, "Robust Boolean reasoning for equivalence
checking and functional property verification", IEEE TCAD 21(12), 2002; A. Mishchenko,
S. Chatterjee, R. Brayton, N. Een, "Improvements to combinational equivalence checking", ICCAD 2006.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcsim.equivalence.graph import AndGraph
from tcsim.equivalence.merging import Merging, Sweep
from tcsim.equivalence.proof import ProofLog

if TYPE_CHECKING:
    from tcsim.circuit import Circuit
    from tcsim.typing import Integers, Progress


def sweep(
    a: Circuit,
    b: Circuit,
    inputs: Integers,
    outputs: Integers,
    *,
    deadline: float,
    proof: bool = False,
    seed: int = 0,
    progress: Progress | None = None,
) -> Sweep:
    """Decide the equivalence of two circuits by merging what is equal inside them.

    Args:
        a: the one circuit.
        b: the other.
        inputs: int64: input k of A is input ``inputs[k]`` of B.
        outputs: the same of outputs.
        deadline: as `time.monotonic` counts, or infinity.
        proof: whether to keep a proof.
        seed: of random vectors.
        progress: called as ``progress(done, total)`` in nodes, over all rounds.

    Raises:
        MissingExtraError: python-sat is not installed.
        LimitError: the circuits take too many ANDs.
    """
    n = a.n_inputs
    graph = AndGraph(n)
    mine = list(range(2, 2 * n + 2, 2))
    theirs = [0] * n
    for place, literal in zip(inputs.tolist(), mine, strict=True):
        theirs[place] = literal
    ends_a = graph.add(a, mine)
    ends_b = graph.add(b, theirs)
    pairs = [(x, ends_b[k]) for x, k in zip(ends_a, outputs.tolist(), strict=True)]
    merging = Merging(graph, pairs, deadline, ProofLog(graph) if proof else None, seed)
    try:
        return merging.run(progress)
    finally:
        merging.prover.close()
