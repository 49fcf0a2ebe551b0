"""Hypothesis strategies for tests of your own: circuits, integer networks, inputs for them.

Arguments say which values are valid, never how often each comes up. All examples are valid by
construction and shrink towards few inputs, few gates, few terms and small weights.
"""

from __future__ import annotations

from tcsim.strategies.circuit import circuits
from tcsim.strategies.graph import arrays, graphs
from tcsim.strategies.inputs import any_integers, batches
from tcsim.strategies.network import networks, rows
from tcsim.strategies.ranges import Range
from tcsim.strategies.shapes import KINDS

__all__ = [
    "KINDS",
    "Range",
    "any_integers",
    "arrays",
    "batches",
    "circuits",
    "graphs",
    "networks",
    "rows",
]
