"""What Hypothesis loads when it is imported, so that ``from_type(tcsim.Circuit)`` works.

It is apart from `tcsim.strategies` because that may be what is importing Hypothesis just then.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def register() -> None:
    """Make `tcsim.strategies.circuits` the strategy of `tcsim.Circuit`."""
    from hypothesis.strategies import register_type_strategy

    from tcsim.circuit import Circuit

    register_type_strategy(Circuit, _circuits)


def _circuits(_: type) -> Any:  # noqa: ANN401
    return import_module("tcsim.strategies").circuits()
