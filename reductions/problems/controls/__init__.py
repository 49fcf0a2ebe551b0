"""Problems that look serial and are not known to be: controls for claims of inherent seriality.

Each is solved step by step, and, if it is in NC, in few rounds of many operations at once; the two
are tested equal. None of them is the target of a reduction from a P-complete problem.
"""

from __future__ import annotations

from reductions.problems.controls.control import Control
from reductions.problems.controls.listing import CONTROLS, control

__all__ = ["CONTROLS", "Control", "control"]
