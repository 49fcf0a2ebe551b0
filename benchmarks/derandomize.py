"""DERANDOMIZE: a vote of 101 seeds of a 1,000-gate decider, verified on all 2^24 inputs.

Run as ``python -m benchmarks.derandomize``; ``--quick`` takes tiny sizes. Measured is
`reductions.derandomize.verify` alone, on as many threads as there are cores, with the checkpoint
that it resumes from; beside it, what building the vote takes, and the most memory of the process.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import tcsim as tc
from benchmarks import machine
from reductions.derandomize import BIT, Answers, Domain, circuit_decider, verify, voting_circuit

if TYPE_CHECKING:
    from tcsim import Builder, Bus, Circuit
    from tcsim.expressions import Signal


def random_layers(builder: Builder, x: Bus, s: Bus, gates: int, seed: int) -> list[Signal]:
    """Layers of 100 gates: each reads seven gates of the layer before, and a bit of the seed."""
    rng = np.random.default_rng(seed)
    layer: list[Signal] = list(x)
    width = 100
    for _ in range(gates // width):
        above: list[Signal] = []
        for _ in range(width):
            picked: list[Signal] = [layer[i] for i in rng.integers(len(layer), size=7)]
            weights = [int(w) for w in rng.choice([-1, 1], size=8)]
            terms = [*picked, s[int(rng.integers(len(s)))]]
            above.append(builder.gate(tc.dot(weights, terms) >= int(rng.integers(-1, 3))))
        layer = above
    return layer


def decider(inputs: int, gates: int, seed_bits: int) -> Circuit:
    """Are half of the inputs 1? The answer is turned where 75 of the 100 last gates fire."""
    builder = tc.Builder()
    x, s = builder.inputs("x", inputs), builder.inputs("s", seed_bits)
    noise = random_layers(builder, x, s, gates - 4, seed=5)
    turned = tc.sum(noise) >= (3 * len(noise)) // 4
    builder.output("y", (tc.sum(x) >= inputs // 2) ^ turned)
    return builder.build()


def main() -> None:
    """Build, verify, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.derandomize", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it works")
    quick = parser.parse_args().quick
    inputs, gates, k = (10, 204, 5) if quick else (24, 1_004, 101)
    cores = len(machine.cores())
    source = decider(inputs, gates, 64)
    start, spent = time.perf_counter(), time.process_time()
    made = circuit_decider(source, pool=k, seed=1)
    vote = voting_circuit([made.circuit(number) for number in range(k)])
    print(f"decider {source.size:,} gates, vote {vote.size:,} gates, depth {vote.depth}")
    print(f"built in {_since(start, spent)}")
    b = tc.Builder()
    x = b.inputs("x", inputs)
    b.output("y", tc.sum(x) >= inputs // 2)
    domain, right = Domain(BIT, inputs), Answers(b.build(), None)
    with tempfile.TemporaryDirectory(prefix="tcsim-benchmarks-") as folder:
        start, spent = time.perf_counter(), time.process_time()
        found = verify(vote, right, domain, checkpoint=Path(folder) / "done.json", workers=cores)
        took = _since(start, spent)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(found.statement)
    print(f"verified in {took} on {cores} threads; {most:,.0f} MiB at most")


def _since(start: float, spent: float) -> str:
    """Time by the clock and of processors: they differ where others use these."""
    return f"{time.perf_counter() - start:.1f} s ({time.process_time() - spent:.1f} s of CPU)"


if __name__ == "__main__":
    main()
