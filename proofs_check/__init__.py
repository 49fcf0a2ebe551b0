"""Machine checks of the statements of "The Serial Scaling Hypothesis".

Each statement is checked by a named method (symbolic, exhaustive, by properties, by intervals or by
a solver), and the outcome says what was checked and under which assumptions.

Nothing is public yet.
"""

from __future__ import annotations

__all__: list[str] = []
