"""Modules with (max,+) port delays: exact depth, size and width of circuits that are never built.

A module knows the longest path from each input port to each output port and, for any arrival of its
inputs, its gates by level. Instances are wired port to port; a loop gives the depth of T rounds as
a formula in T. Everything equals what measuring the flattened circuit gives, dead gates included.
"""

from __future__ import annotations

from tcsim.hierarchy.circuits import from_circuit
from tcsim.hierarchy.composition import compose, parallel, sequence
from tcsim.hierarchy.cycles import CycleMean
from tcsim.hierarchy.delays import Delays
from tcsim.hierarchy.leaves import Gates, leaf
from tcsim.hierarchy.loops import Loop
from tcsim.hierarchy.module import Module
from tcsim.hierarchy.powers import Powers
from tcsim.hierarchy.schedule import Schedule
from tcsim.hierarchy.sequences import UltimatelyLinear

__all__ = [
    "CycleMean",
    "Delays",
    "Gates",
    "Loop",
    "Module",
    "Powers",
    "Schedule",
    "UltimatelyLinear",
    "compose",
    "from_circuit",
    "leaf",
    "parallel",
    "sequence",
]
