"""When to load compiled kernels: once NumPy has taken about as long as loading them would have."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

VALUES_WITH_NUMBA = 2**26
"""Values, one a byte, that NumPy packs while kernels are loaded into a process that has numba,"""

VALUES_WITHOUT_NUMBA = 2**30
"""and where numba must be loaded, too."""

_done: dict[str, int] = {}
"""Values that NumPy has dealt with because loading the kernels would not have paid."""


def kernels(name: str, values: int) -> ModuleType | None:
    """A module of ``tcsim.simulate.kernels`` whose steps are vector instructions.

    Args:
        name: the module's name.
        values: how many values there are, in terms of the time that NumPy takes to pack one.

    Returns:
        None where it is not loaded yet and not worth it for all values so far, and where its steps
        do not run: with NUMBA_DISABLE_JIT=1, and on big-endian machines.
    """
    if os.environ.get("NUMBA_DISABLE_JIT", "0") != "0" or sys.byteorder != "little":
        return None
    full = f"tcsim.simulate.kernels.{name}"
    if full not in sys.modules:
        limit = VALUES_WITH_NUMBA if "numba" in sys.modules else VALUES_WITHOUT_NUMBA
        _done[name] = _done.get(name, 0) + values
        if _done[name] <= limit:
            return None
    return import_module(full)
