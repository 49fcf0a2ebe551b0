"""Compile kernels with numba, and keep them on disk where there is a folder for it."""

from __future__ import annotations

from typing import Any

import llvmlite.binding
import numba

PLAIN = bool(numba.config.DISABLE_JIT)  # type: ignore[attr-defined]
"""Whether kernels run as plain Python, as NUMBA_DISABLE_JIT=1 asks for."""

jit = numba.njit(nogil=True)
"""For functions that kernels call: the kernel's cache holds them."""


def jit_cached(function: Any) -> Any:
    """For kernels, which Python calls."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the package nor the home directory is writable
        return jit(function)


def features() -> str:
    """The features of the processor that kernels are compiled for, as LLVM writes them."""
    config: Any = numba.config
    if config.CPU_NAME not in (None, "", "host"):
        return str(config.CPU_FEATURES or "")
    return str(llvmlite.binding.get_host_cpu_features().flatten())
