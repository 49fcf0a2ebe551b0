"""Run a plain loop either in Python or compiled by numba, whichever finishes first.

Importing numba and loading a compiled kernel costs more than half a second, so short loops run in
Python on lists. The loops use nothing but indexing and arithmetic, so that both ways agree.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

COMPILE_ABOVE = 1_000_000
"""Inner steps above which compiling pays, the import of numba included."""

COMPILED_ABOVE = 100_000
"""Inner steps above which it pays where numba is already there."""

READY_ABOVE = 1_000
"""Inner steps above which it pays to call what has been compiled or loaded in this process."""

_ready: set[Callable[..., Any]] = set()


def compiles(steps: int) -> bool:
    """Whether `run` compiles a loop of about so many steps."""
    return steps > (COMPILED_ABOVE if "numba" in sys.modules else COMPILE_ABOVE)


def run(kernel: Callable[..., T], steps: int, *args: Any) -> T:  # noqa: ANN401
    """Call ``kernel(*args)``; arrays that are writable may be written to.

    Args:
        kernel: a module-level function over integers and one-dimensional arrays.
        steps: about how often its innermost loop runs.
        args: its arguments.
    """
    if compiles(steps) or (steps > READY_ABOVE and kernel in _ready):
        _ready.add(kernel)
        compiled: Callable[..., T] = _compiled(kernel)
        return compiled(*args)
    lists = [arg.tolist() if isinstance(arg, np.ndarray) else arg for arg in args]
    result = kernel(*lists)
    for arg, values in zip(args, lists, strict=True):
        if isinstance(arg, np.ndarray) and arg.flags.writeable:
            arg[:] = values
    return result


@cache
def _compiled(kernel: Callable[..., T]) -> Callable[..., T]:
    import numba  # loading it costs half a second

    try:
        compiled: Callable[..., T] = numba.njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # no folder to cache in: compile for this process alone
        compiled = numba.njit(nogil=True)(kernel)
    return compiled
