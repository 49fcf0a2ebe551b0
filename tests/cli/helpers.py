"""A circuit that can be right, deep or wrong; types of the fixtures that run the command."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from click.testing import Result

import tcsim as tc

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


def parity(n: int, *, chain: bool = False, wrong_at: int | None = None) -> tc.Circuit:
    """XOR of n inputs: at depth 2, or as a chain; wrong on the input with that many ones."""
    b = tc.Builder()
    x = b.inputs("x", n)
    if chain:
        odd = x[0]
        for wire in x[1:]:
            odd = odd ^ wire
    else:
        ranks = [tc.sum(x) >= k for k in range(1, n + 1)]
        odd = tc.sum(ranks[0::2]) - tc.sum(ranks[1::2]) >= 1
    if wrong_at is not None:
        odd = odd ^ tc.equal(tc.sum(x), wrong_at)
    b.output("odd", odd)
    b.output("some", tc.any(x))
    return b.build()
