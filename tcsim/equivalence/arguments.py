"""What `tcsim.equivalent` asks of its arguments."""

from __future__ import annotations

from tcsim.circuit import Circuit
from tcsim.errors import ArgumentError


def check(a: object, b: object, samples: object, seed: object, time_limit: object) -> None:
    """Check the arguments that no other part checks.

    Raises:
        ArgumentError: naming the first that is wrong.
    """
    for name, circuit in (("a", a), ("b", b)):
        if not isinstance(circuit, Circuit):
            raise ArgumentError(
                f"{name} must be a Circuit (tcsim.read reads one), not {type(circuit).__name__}"
            )
    if isinstance(samples, bool) or not isinstance(samples, int) or samples < 1:
        raise ArgumentError(f"samples must be a positive integer, not {samples!r}")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ArgumentError(f"seed must be an integer of at least 0, not {seed!r}")
    if time_limit is not None and not (isinstance(time_limit, int | float) and time_limit >= 0):
        raise ArgumentError(f"time_limit is {time_limit!r}: seconds, or None for no limit")
