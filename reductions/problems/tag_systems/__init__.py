"""Tag systems, cyclic tag systems and clockwise machines: on the way from machines to Rule 110.

Rule 110 simulates cyclic tag systems (Cook 2004), which simulate Turing machines in polynomial time
by way of clockwise machines (Neary and Woods 2006). Here are the interpreters, and two of the maps:
tag systems to cyclic ones, Turing machines to clockwise ones.
"""

from __future__ import annotations

from reductions.problems.tag_systems.clockwise import ClockwiseMachine, clockwise
from reductions.problems.tag_systems.cyclic import CyclicTag, cyclic
from reductions.problems.tag_systems.tag import COLLATZ, TagSystem

__all__ = ["COLLATZ", "ClockwiseMachine", "CyclicTag", "TagSystem", "clockwise", "cyclic"]
