"""Transforms: one pass a file, a new circuit out.

Every transform leaves its argument alone and keeps the function of the outputs.
"""

from tcsim.transform.bounded_fanin import bounded_fanin, to_nand, to_nor
from tcsim.transform.combine import compose, parallel, relabel
from tcsim.transform.dual_rail import to_majority_basis, to_monotone
from tcsim.transform.flatten import TradeOff, flatten_to_depth, trade_off
from tcsim.transform.restrict import restrict
from tcsim.transform.simplify import Savings, simplification, simplify
from tcsim.transform.small_weights import DEPTH_PER_GATE, small_weights
from tcsim.transform.unroll import unroll

__all__ = [
    "DEPTH_PER_GATE",
    "Savings",
    "TradeOff",
    "bounded_fanin",
    "compose",
    "flatten_to_depth",
    "parallel",
    "relabel",
    "restrict",
    "simplification",
    "simplify",
    "small_weights",
    "to_majority_basis",
    "to_monotone",
    "to_nand",
    "to_nor",
    "trade_off",
    "unroll",
]
