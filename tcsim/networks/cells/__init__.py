"""Recurrent cells as integer operations, and what runs them over a sequence.

A cell writes one step into a `Sketch`. Its serial depth per step is that of a named construction,
which `fused` changes: a rounded sum and the product that reads it then take one level in place of
two. Every fused cell computes the same integers as its plain form.
"""

from tcsim.networks.cells.cell import Cell as Cell
from tcsim.networks.cells.elman import Elman as Elman
from tcsim.networks.cells.gru import GRU as GRU
from tcsim.networks.cells.lstm import LSTM as LSTM
from tcsim.networks.cells.step import step_network as step_network
from tcsim.networks.cells.unrolling import bidirectional as bidirectional
from tcsim.networks.cells.unrolling import last as last
from tcsim.networks.cells.unrolling import stack as stack
from tcsim.networks.cells.unrolling import states as states

__all__ = [
    "GRU",
    "LSTM",
    "Cell",
    "Elman",
    "bidirectional",
    "last",
    "stack",
    "states",
    "step_network",
]
