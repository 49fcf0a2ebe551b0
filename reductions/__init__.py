"""Reductions between decision problems, as programs that can be run, composed and checked.

A reduction here maps every instance of one problem to an instance of another, maps solutions back,
and declares what it costs, so that its correctness and its overhead can be tested.

Nothing is public yet.
"""

from __future__ import annotations

__all__: list[str] = []
