"""Evaluation of circuits: batches, truth tables, random vectors, traces, packed words.

Three engines: `reference` (a vector at a time, the oracle; it shares no code with the others),
`bigint` (Python integers, a bit a vector) and the compiled one, whose stages are `cover`,
`normalize`, `schedule` and `emit` (together `program`) and `kernels`. `choice` says which is used.
"""

from tcsim.simulate.evaluation import evaluate, trace
from tcsim.simulate.explain import explain
from tcsim.simulate.incremental import Incremental
from tcsim.simulate.packing import pack, unpack
from tcsim.simulate.sampling import random_inputs, random_outputs
from tcsim.simulate.table import truth_table, truth_table_blocks

__all__ = [
    "Incremental",
    "evaluate",
    "explain",
    "pack",
    "random_inputs",
    "random_outputs",
    "trace",
    "truth_table",
    "truth_table_blocks",
    "unpack",
]
