"""Hypothesis strategies for tests of your own: circuits, and batches of inputs for them.

Arguments say which values are valid, never how often each comes up. All examples are valid by
construction and shrink towards few inputs, few gates, few terms and small weights.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tcsim.circuit import Circuit
from tcsim.strategies.circuits import Range, circuits
from tcsim.strategies.inputs import any_integers, batches
from tcsim.strategies.shapes import KINDS

__all__ = ["KINDS", "Range", "any_integers", "batches", "circuits"]


def _register() -> None:
    """What Hypothesis calls when it is imported: `from_type(Circuit)` is then `circuits()`."""
    st.register_type_strategy(Circuit, circuits())
