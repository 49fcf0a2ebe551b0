"""Evaluation of circuits: batches, truth tables, traces, packed words.

Two engines share no code: `reference` (Python integers, the oracle) and the bit-parallel one,
whose stages are `normalize`, `order`, `emit` (together `program`) and `kernels`.
"""

from tcsim.simulate.evaluation import evaluate, trace
from tcsim.simulate.incremental import Incremental
from tcsim.simulate.packing import pack, unpack
from tcsim.simulate.sampling import random_inputs, random_outputs
from tcsim.simulate.table import truth_table, truth_table_blocks

__all__ = [
    "Incremental",
    "evaluate",
    "pack",
    "random_inputs",
    "random_outputs",
    "trace",
    "truth_table",
    "truth_table_blocks",
    "unpack",
]
