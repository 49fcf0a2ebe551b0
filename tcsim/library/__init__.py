"""A library of constructions: circuits with formulas, sources and oracles, one a file.

Each is a function over wires, to build with, and stands alone as a circuit:
``tcsim.library.get("addition").circuit(n=8)``. `check` measures circuits against the formulas and
evaluates them against an oracle.
"""

from __future__ import annotations

from tcsim.library.checking import Verdict, check
from tcsim.library.construction import Construction
from tcsim.library.listing import describe
from tcsim.library.parameter import Parameter
from tcsim.library.registry import get, names

__all__ = ["Construction", "Parameter", "Verdict", "check", "describe", "get", "names"]
