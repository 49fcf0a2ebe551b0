"""Search: is a function one threshold gate, and the smallest or shallowest circuit for it."""

from tcsim.search.counting import count_threshold_functions
from tcsim.search.gate import Refutation, ThresholdGate
from tcsim.search.synthesis import Step, Synthesis, shallowest, smallest
from tcsim.search.threshold import is_threshold, threshold_gate

__all__ = [
    "Refutation",
    "Step",
    "Synthesis",
    "ThresholdGate",
    "count_threshold_functions",
    "is_threshold",
    "shallowest",
    "smallest",
    "threshold_gate",
]
